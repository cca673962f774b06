"""The table of a line of goods (68A GovernmentAgencyGoodsItem)."""

from __future__ import annotations

from lxml.etree import _Element

from thongquan.clearance.declarations.formats.wco.groups import Group
from thongquan.clearance.declarations.formats.wco.leaves import Amount, Integer, Kilograms, Leaf, Number, Sum
from thongquan.clearance.declarations.formats.wco.nodes import Promotion, Values
from thongquan.clearance.declarations.formats.wco.parts import Part, Words
from thongquan.clearance.declarations.formats.wco.session import Reading
from thongquan.clearance.declarations.formats.wco.table.parts import (
    OURS,
    adjustment,
    container,
    paper,
    party,
    previous,
    stated,
    statement,
)
from thongquan.clearance.declarations.formats.wco.values import truth
from thongquan.rules.document import Line, RateChoice
from thongquan.rules.parts import Packaging
from thongquan.rules.supplement import Classification, DutyClaim, Origin, Procedure


def _finish(reading: Reading, element: _Element, line: Values, document: Values) -> None:
    """Number the line by its place when it has no number; leave out the currency of the invoice."""
    if "number" not in line:
        line["number"] = len(document.get("lines", ())) + 1
        reading.note(element, "absent", "SequenceNumeric")
    if "value" in line:
        said, invoiced = line.pop("supplement.value_currency", ""), document.get("invoice.currency", "")
        if said != invoiced:
            line["supplement.value_currency"] = said


def _prepare(line: Values, document: Values) -> None:
    """State the currency of the line's value: its own, else that of the invoice."""
    if "value" in line and "supplement.value_currency" not in line:
        line["supplement.value_currency"] = document.get("invoice.currency")


_EITHER = frozenset({"base_quantity", "base_unit"})

_DUTY = Part(
    "DutyTaxFee",
    "50A",
    "supplement.duty_claims",
    DutyClaim,
    Sum("AdValoremTaxBaseAmount", "116", "base"),
    Sum("DeductAmount", "111", "deduction"),
    Leaf("DutyRegimeCode", "164", "regime"),
    Number("SpecificTaxBaseQuantity", "129", "base_quantity", "base_unit"),
    Leaf("TaxRateNumeric", "115", "rate"),
    Leaf("TypeCode", "113", "kind"),
    Leaf("QuotaOrderID", "401", "quota"),
    Group(
        "Payment",
        "94A",
        Leaf("MethodCode", "107", "payment_method"),
        Sum("TaxAssessedAmount", "120", "assessed"),
        Sum("PaymentAmount", "378", "payable"),
    ),
    many=True,
    promotions=(
        Promotion({}, {"regime": "schedule"}),
        Promotion({"kind": OURS}, {"base_quantity": "quantity2", "base_unit": "unit2"}, optional=_EITHER),
        Promotion(
            {},
            {"kind": "tax", "rate": "rate", "regime": "reason"},
            optional=frozenset({"regime"}),
            many="choices",
            struct=RateChoice,
        ),
    ),
)

_COMMODITY = Group(
    "Commodity",
    "23A",
    Leaf("Description", "137", "description"),
    Part(
        "Classification",
        "21A",
        "supplement.classifications",
        Classification,
        Leaf("ID", "145", "code"),
        Leaf("IdentificationTypeCode", "", "kind"),
        many=True,
        promotions=(Promotion({"kind": "TSP"}, {"code": "hs"}),),
    ),
    Words("DangerousGoods", "12C", "supplement.dangerous_goods", "word", Leaf("UNDGID", "506", "word")),
    _DUTY,
    Group(
        "GoodsMeasure",
        "65A",
        Kilograms("GrossMassMeasure", "126", "gross_weight_kg"),
        Kilograms("NetNetWeightMeasure", "128", "net_weight_kg"),
        Number("TariffQuantity", "130", "quantity", "unit"),
    ),
    Group(
        "InvoiceLine",
        "79A",
        Amount("ItemChargeAmount", "112", "value", "supplement.value_currency"),
        Number("UnitPriceAmount", "", "unit_price"),
    ),
    container("supplement.containers"),
)

_CERTIFICATE = Promotion(
    {"category": OURS},
    {
        "number": "certificate.number",
        "issued_on": "certificate.issued_on",
        "kind": "certificate.form",
        "line": "certificate.line",
    },
    optional=frozenset({"issued_on", "kind", "line"}),
)

_STATEMENTS = statement(
    "supplement.statements",
    stated("IN_QUOTA", "in_quota", read=truth, write=lambda said: "true" if said else "false"),
    stated("PROOF_LATER", "proof_later"),
    stated("EXEMPTION", "exemption"),
    stated("EXEMPTION_LINE", "exemption_line"),
)

ITEM = Part(
    "GovernmentAgencyGoodsItem",
    "68A",
    "lines",
    Line,
    Sum("CustomsValueAmount", "108", "supplement.customs_value"),
    Integer("SequenceNumeric", "006", "number"),
    Sum("StatisticalValueAmount", "114", "supplement.statistical_value"),
    Leaf("TransactionNatureCode", "103", "supplement.transaction_nature"),
    paper("permits", _CERTIFICATE),
    _STATEMENTS,
    party("Buyer", "16A", "supplement.buyer", ("R009", "R010")),
    _COMMODITY,
    party("Consignee", "27A", "supplement.consignee", ("R014", "R015")),
    party("Consignor", "30A", "supplement.consignor", ("R020", "R021")),
    Group(
        "CustomsValuation",
        "41A",
        Leaf("MethodCode", "122", "supplement.valuation_method"),
        adjustment("supplement.adjustments"),
    ),
    Group("Destination", "99B", Leaf("CountryCode", "465", "supplement.destination_country")),
    party("DomesticDutyTaxParty", "55B", "supplement.domestic_tax_parties", ("", "R119"), many=True),
    Group("ExportCountry", "95B", Leaf("ID", "062", "supplement.export_country")),
    Part(
        "GovernmentProcedure",
        "70A",
        "supplement.procedures",
        Procedure,
        Leaf("CurrentCode", "166", "current"),
        Leaf("PreviousCode", "161", "previous"),
        many=True,
    ),
    Part(
        "Origin",
        "92A",
        "supplement.origins",
        Origin,
        Leaf("CountryCode", "063", "country"),
        Leaf("RegionID", "066", "region"),
        Leaf("TypeCode", "501", "kind"),
        many=True,
        promotions=(
            Promotion(
                {},
                {"country": "origin", "region": "supplement.origin_region", "kind": "supplement.origin_kind"},
                optional=frozenset({"region", "kind"}),
            ),
        ),
    ),
    Part(
        "Packaging",
        "93A",
        "packages",
        Packaging,
        Integer("SequenceNumeric", "006", "sequence"),
        Leaf("MarksNumbersID", "142", "marks"),
        Number("QuantityQuantity", "144", "quantity"),
        Leaf("TypeCode", "141", "kind"),
        many=True,
    ),
    previous(),
    party("Seller", "09B", "supplement.seller", ("R050", "R051")),
    Group(
        "UCR",
        "35B",
        Leaf("ID", "016", "supplement.ucr_number"),
        Leaf("TraderAssignedReferenceID", "009", "supplement.ucr"),
    ),
    Group("ValuationAdjustment", "39B", Leaf("AdditionCode", "188", "supplement.valuation_indicator")),
    many=True,
    finish=_finish,
    prepare=_prepare,
)
