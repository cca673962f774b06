"""The table of the goods shipment (67A) and of its consignment (28A)."""

from __future__ import annotations

from thongquan.clearance.declarations.formats.wco.groups import Group
from thongquan.clearance.declarations.formats.wco.leaves import Leaf, Sum
from thongquan.clearance.declarations.formats.wco.moments import Day
from thongquan.clearance.declarations.formats.wco.nodes import Promotion
from thongquan.clearance.declarations.formats.wco.parts import Part, Words
from thongquan.clearance.declarations.formats.wco.table.item import ITEM
from thongquan.clearance.declarations.formats.wco.table.parts import (
    OURS,
    address,
    adjustment,
    container,
    means,
    office,
    party,
    previous,
)
from thongquan.rules.supplement import GoodsLocation, Warehouse

_CONSIGNMENT = Group(
    "Consignment",
    "28A",
    Leaf("ContainerCode", "096", "supplement.containerized"),
    means("ArrivalTransportMeans", "10A", "supplement.arrival_means", ("T002", "T034", "T020")),
    means("DepartureTransportMeans", "46A", "supplement.departure_means", ("T004", "T029", "T021")),
    Part(
        "GoodsLocation",
        "64A",
        "supplement.location",
        GoodsLocation,
        Leaf("Name", "L016", "name"),
        Leaf("ID", "L017", "identifier"),
        Leaf("TypeCode", "L110", "kind"),
        address(),
    ),
    Group("LoadingLocation", "83A", Leaf("ID", "L010", "loading_place")),
    Words("TransportContractDocument", "", "bills_of_lading", "word", Leaf("ID", "", "word")),
    container("containers"),
    Group("UnloadingLocation", "", Leaf("ID", "", "unloading_place")),
)

_INSURANCE = Promotion({"code": OURS}, {"amount": "insurance.amount", "currency": "insurance.currency"})

_VALUATION = Group(
    "CustomsValuation",
    "41A",
    Sum("FreightChargeAmount", "117", "freight"),
    Leaf("MethodCode", "122", "valuation_method"),
    adjustment("adjustments", _INSURANCE),
)

SHIPMENT = Group(
    "GoodsShipment",
    "67A",
    Leaf("TransactionNatureCode", "103", "supplement.transaction_nature"),
    party("Buyer", "16A", "supplement.buyer", ("R009", "R010")),
    party("Consignee", "27A", "@consignee", ("R014", "R015")),
    _CONSIGNMENT,
    party("Consignor", "30A", "supplement.consignor", ("R020", "R021")),
    _VALUATION,
    Group("Destination", "99B", Leaf("CountryCode", "465", "destination_country")),
    party("DomesticDutyTaxParty", "55B", "supplement.domestic_tax_parties", ("", "R119"), many=True),
    office("EntryCustomsOffice", "", "", "@entry_office"),
    Group("ExportCountry", "95B", Leaf("ID", "062", "export_country")),
    ITEM,
    Group("GovernmentProcedure", "70A", Leaf("CurrentCode", "166", "regime")),
    party("Importer", "74A", "@importer", ("R037", "R038")),
    Group(
        "Invoice",
        "78A",
        Leaf("ID", "D016", "invoice.number"),
        Day("IssueDateTime", "D015", "invoice.issued_on"),
        Leaf("TypeCode", "", "invoice.kind"),
    ),
    party("Payer", "56B", "supplement.payer", ("R120", "R121")),
    previous(Promotion({"kind": OURS}, {"number": "temporary_reference"})),
    party("Seller", "09B", "supplement.seller", ("R050", "R051")),
    party("Surety", "19B", "supplement.surety", ("R054", "R055")),
    Group(
        "TradeTerms",
        "22B",
        Leaf("ConditionCode", "090", "invoice.incoterm"),
        Leaf("LocationID", "L002", "invoice.incoterm_place"),
    ),
    Group(
        "UCR",
        "35B",
        Leaf("ID", "016", "supplement.ucr_number"),
        Leaf("TraderAssignedReferenceID", "009", "supplement.ucr"),
    ),
    Part(
        "Warehouse",
        "43B",
        "supplement.warehouse",
        Warehouse,
        Leaf("ID", "L019", "identifier"),
        Leaf("TypeCode", "L112", "kind"),
    ),
)
