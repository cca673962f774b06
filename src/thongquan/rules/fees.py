"""Customs fee of a declaration.

Legal basis: Circular 14/2021/TT-BTC (20,000 dong a declaration; exempt below 500,000 dong of value or 50,000 dong of
tax), unverified: amounts and limits are dated parameters.
"""

from __future__ import annotations

from decimal import Decimal

from thongquan.rules.law import LawOfDay
from thongquan.rules.money import ZERO
from thongquan.rules.parameters import number


def customs_fee(law: LawOfDay, flow: str, value_vnd: Decimal, taxes_vnd: Decimal) -> Decimal:
    """Give the fee in dong of an import or export: zero for small values and where little tax is paid."""
    small = value_vnd < number(law, "fee_exempt_value_vnd") or taxes_vnd < number(law, "fee_exempt_tax_vnd")
    return ZERO if small else number(law, f"fee_{flow}_vnd")
