"""The mapping table: every element we know, its WCO identifier and its field, in the order of the schema.

One table drives the reader, the writer, the names in messages about faults, and `docs/wco-mapping.md`. A field that
begins with `@` depends on the flow (`national.ROLES`).
"""

from __future__ import annotations

from datetime import date

from thongquan.clearance.declarations.formats.wco.frames import Frame
from thongquan.clearance.declarations.formats.wco.groups import Group
from thongquan.clearance.declarations.formats.wco.leaves import Amount, Integer, Kilograms, Leaf, Sum
from thongquan.clearance.declarations.formats.wco.moments import Day, Moment
from thongquan.clearance.declarations.formats.wco.nodes import GATEWAY, META, Promotion
from thongquan.clearance.declarations.formats.wco.parts import Part
from thongquan.clearance.declarations.formats.wco.table.parts import (
    OURS,
    office,
    paper,
    party,
    pointer,
    stated,
    statement,
)
from thongquan.clearance.declarations.formats.wco.table.shipment import SHIPMENT
from thongquan.clearance.declarations.formats.wco.values import iso_day
from thongquan.rules.document import Document
from thongquan.rules.supplement import Amendment, Authorization, Guarantee, RouteLeg

_STATEMENTS = statement(
    "statements",
    stated("FLOW", "@flow"),
    stated("CARGO_CLASS", "cargo_class"),
    stated("PARTY_RELATION", "party_relation"),
    stated("PRICE_KIND", "invoice.price_kind"),
    stated("PAYMENT_METHOD", "invoice.payment_method"),
    stated("TAX_TERM", "tax_term"),
    stated("TEMPORARY_UNTIL", "temporary_until", read=iso_day, write=date.isoformat),
    stated("NOTES", "notes"),
)

_BORDER_MEANS = Group(
    "BorderTransportMeans",
    "15A",
    Leaf("ID", "T006", "vehicle.identifier"),
    Leaf("IdentificationTypeCode", "T018", "vehicle.identifier_kind"),
    Leaf("TypeCode", "T010", "vehicle.mode"),
    Leaf("RegistrationNationalityCode", "T014", "vehicle.nationality"),
    Leaf("ModeCode", "T022", "transport_mode"),
    Day("ArrivalDateTime", "", "arrival_on"),
    Day("DepartureDateTime", "", "departure_on"),
)

_CONSIGNMENT = Group(
    "Consignment",
    "28A",
    party("Carrier", "18A", "supplement.carrier", ("R011", "R012")),
    Group("Freight", "62A", Leaf("PaymentMethodCode", "098", "supplement.freight_payment")),
    Part(
        "Itinerary",
        "81A",
        "supplement.itinerary",
        RouteLeg,
        Integer("SequenceNumeric", "006", "sequence"),
        Leaf("RoutingCountryCode", "064", "country"),
        many=True,
    ),
)

_GUARANTEE = Part(
    "ObligationGuarantee",
    "90A",
    "supplement.guarantees",
    Guarantee,
    Sum("AmountAmount", "492", "amount"),
    Leaf("ID", "D014", "identifier"),
    Leaf("ReferenceID", "100", "reference"),
    Leaf("SecurityDetailsCode", "101", "security"),
    Leaf("AccessCode", "499", "access_code"),
    office("GuaranteeOffice", "14C", "G014", "office"),
    many=True,
    promotions=(Promotion({"security": OURS}, {"reference": "guarantee_reference"}),),
)

DECLARATION = Group(
    "Declaration",
    "42A",
    Moment("AcceptanceDateTime", "023", "supplement.accepted_at"),
    Leaf("FunctionCode", "017", "supplement.function_code"),
    Leaf("FunctionalReferenceID", "D026", "own_reference"),
    Leaf("ID", "D014", "supplement.declaration_id"),
    Moment("IssueDateTime", "D011", "supplement.issued_at"),
    Leaf("TypeCode", "D013", "supplement.type_code"),
    Integer("GoodsItemQuantity", "228", "supplement.line_count"),
    Leaf("DeclarationOfficeID", "065", "office"),
    Amount("InvoiceAmount", "109", "invoice.amount", "invoice.currency"),
    Kilograms("TotalGrossMassMeasure", "131", "gross_weight_kg"),
    Integer("TotalPackageQuantity", "146", "packages", "package_unit"),
    party("Submitter", "17B", "supplement.submitter", ("R058", "R059")),
    paper(),
    _STATEMENTS,
    party("Agent", "05A", "agent", ("R003", "R004"), role=("FunctionCode", "102")),
    Part(
        "Amendment",
        "06A",
        "supplement.amendments",
        Amendment,
        Leaf("ChangeReasonCode", "099", "reason"),
        pointer(),
        many=True,
    ),
    Part(
        "AuthorisationHolder",
        "17C",
        "supplement.authorizations",
        Authorization,
        Leaf("ID", "R144", "holder"),
        Leaf("CategoryCode", "R145", "category"),
        many=True,
    ),
    _BORDER_MEANS,
    _CONSIGNMENT,
    party("Declarant", "57B", "supplement.declarant", ("R124", "R123")),
    office("ExitOffice", "56A", "G005", "@exit_office"),
    party("Exporter", "57A", "@exporter", ("R031", "R032")),
    SHIPMENT,
    _GUARANTEE,
    office("PresentationOffice", "15C", "G015", "supplement.presentation_office"),
    office("SupervisingOffice", "97B", "G012", "supplement.supervising_office"),
)

METADATA = Group(
    "MetaData",
    "",
    Leaf("WCODataModelVersionCode", "", "supplement.message.model_version"),
    Leaf("WCOTypeName", "", "supplement.message.type_name"),
    Leaf("ResponsibleCountryCode", "", "supplement.message.country"),
    Leaf("ResponsibleAgencyName", "", "supplement.message.agency"),
    Leaf("AgencyAssignedCustomizationCode", "", "supplement.message.customization"),
    Leaf("AgencyAssignedCustomizationVersionCode", "", "supplement.message.customization_version"),
    DECLARATION,
    namespace=META,
)

_SENT = "supplement.message.submission"

SUBMISSION = Group(
    "submitDeclarationRequest",
    "",
    Group(
        "requestCommon",
        "",
        Leaf("regime", "", f"{_SENT}.regime"),
        Leaf("receiptDate", "", f"{_SENT}.received_at"),
        Leaf("clientID", "", f"{_SENT}.client"),
        Leaf("conversationID", "", f"{_SENT}.conversation"),
        Leaf("originatingPartyID", "", f"{_SENT}.originator"),
        Leaf("authenticatedPartyID", "", f"{_SENT}.authenticated"),
        namespace=GATEWAY,
    ),
    Group("requestDetail", "", METADATA, namespace=GATEWAY),
    namespace=GATEWAY,
)

ROOTS = {group.name: group for group in (SUBMISSION, METADATA, DECLARATION)}
"""What a file may begin with."""

FRAME = Frame(Document, (key for key in SUBMISSION.named() if not key.startswith("@")), SUBMISSION.many_named())
"""How a document is put together from what the table reads."""
