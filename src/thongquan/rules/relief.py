"""Consignments too small to be charged: who is relieved of import or export duty, and of the customs fee.

Legal basis: Decree 134/2016/NĐ-CP Art. 29.3 (customs value up to 500,000 dong or duty up to 50,000 dong; not for gifts,
border residents and express goods) and 29.2 (express goods up to 1,000,000 dong of value or 100,000 dong of duty: free
of import duty, VAT is another matter); Circular 274/2016/TT-BTC Art. 3 as followed by 14/2021 (fee). Every limit and
every exception is a dated parameter; facts stored before an exception was data carry none and are decided as they were.
"""

from __future__ import annotations

from decimal import Decimal

from thongquan.rules.document import Document
from thongquan.rules.law import LawOfDay
from thongquan.rules.money import ZERO
from thongquan.rules.parameters import number, truth

SPECIAL = (
    "minimum_not_for",
    "express_minimum_value_vnd",
    "express_minimum_tax_vnd",
    "fee_exempt_express_value_vnd",
    "fee_exempt_express_tax_vnd",
    "fee_exempt_border_residents",
)
"""Parameters that only some consignments need; a law without them is complete."""
EXPRESS = "F"
BORDER_RESIDENT = "BDR"
NOT_SMALL = frozenset({"A", EXPRESS})
"""Cargo classes outside the relief of small values where the law of the day does not name them itself."""


def relief_of(document: Document, law: LawOfDay, value_vnd: Decimal, duty_vnd: Decimal) -> str:
    """Name the parameter that relieves a consignment of import and export duty; '' when none does or none is due."""
    if duty_vnd <= ZERO:
        return ""
    if not _outside(document, law):
        return _within(law, value_vnd, duty_vnd, "minimum_value_vnd", "minimum_duty_vnd")
    if document.cargo_class == EXPRESS and document.flow == "import":
        return _within(law, value_vnd, duty_vnd, "express_minimum_value_vnd", "express_minimum_tax_vnd")
    return ""


def _within(law: LawOfDay, value_vnd: Decimal, duty_vnd: Decimal, value_name: str, duty_name: str) -> str:
    """The first of two limits that is kept; a limit that the law of the day does not know relieves nobody."""
    for name, amount in ((value_name, value_vnd), (duty_name, duty_vnd)):
        if name in law.parameters and amount <= number(law, name):
            return name
    return ""


def _outside(document: Document, law: LawOfDay) -> bool:
    """Whether the relief of small values is not for such a consignment, by its cargo class or an exemption."""
    named = law.parameters.get("minimum_not_for")
    kinds = frozenset(named.value.split(",")) if named else NOT_SMALL
    return document.cargo_class in kinds or any(line.exemption in kinds for line in document.lines)


def is_free_of_fee(document: Document, law: LawOfDay, value_vnd: Decimal, taxes_vnd: Decimal) -> bool:
    """Whether no customs fee is taken: small values, little tax, and border residents within their quota.

    Express goods have limits of their own, where the value may reach the limit and the tax may not.
    """
    residents = bool(document.lines) and all(line.exemption == BORDER_RESIDENT for line in document.lines)
    if residents and truth(law, "fee_exempt_border_residents"):
        return True
    if document.cargo_class == EXPRESS and "fee_exempt_express_value_vnd" in law.parameters:
        little = taxes_vnd < number(law, "fee_exempt_express_tax_vnd")
        return little or value_vnd <= number(law, "fee_exempt_express_value_vnd")
    return value_vnd < number(law, "fee_exempt_value_vnd") or taxes_vnd < number(law, "fee_exempt_tax_vnd")


def is_special(document: Document) -> bool:
    """Whether limits other than the common ones may hold, so that the slice of law must carry `SPECIAL` parameters."""
    return document.cargo_class is not None or any(line.exemption for line in document.lines)
