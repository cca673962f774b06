"""Customs fee of a declaration.

Legal basis: Circular 14/2021/TT-BTC (20,000 dong a declaration) and the exemptions of Circular 274/2016/TT-BTC Art. 3,
which stand in `relief`; unverified: amounts and limits are dated parameters.
"""

from __future__ import annotations

from decimal import Decimal

from thongquan.rules.document import Document
from thongquan.rules.law import LawOfDay
from thongquan.rules.money import ZERO
from thongquan.rules.parameters import number
from thongquan.rules.relief import is_free_of_fee


def customs_fee(law: LawOfDay, document: Document, value_vnd: Decimal, taxes_vnd: Decimal) -> Decimal:
    """Give the fee in dong of an import or export: zero for small values and where little tax is paid."""
    if is_free_of_fee(document, law, value_vnd, taxes_vnd):
        return ZERO
    return number(law, f"fee_{document.flow}_vnd")
