"""Customs fee of a declaration.

Legal basis: Circular 14/2021/TT-BTC (20,000 dong a declaration; exempt below 500,000 dong of value or 50,000 dong of
tax), unverified: amount and limits are dated parameters. Exports pay no fee here.
"""

from __future__ import annotations

from decimal import Decimal

from thongquan.rules.law import LawOfDay
from thongquan.rules.money import ZERO
from thongquan.rules.parameters import number


def customs_fee(law: LawOfDay, flow: str, value_vnd: Decimal, taxes_vnd: Decimal) -> Decimal:
    """Give the fee in dong: zero for exports, for small values and where little tax is paid."""
    if flow != "import":
        return ZERO
    small = value_vnd < number(law, "fee_exempt_value_vnd") or taxes_vnd < number(law, "fee_exempt_tax_vnd")
    return ZERO if small else number(law, "fee_import_vnd")
