"""Who may use a general guarantee.

Legal basis: Circular 38/2015/TT-BTC as amended by 39/2018, Art. 43: 365 days of trading activity, no smuggling or tax
evasion and at most two other violations in that time, no overdue debt. The numbers are dated parameters.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Frozen
from thongquan.rules.money import ZERO


class TradingRecord(Frozen, frozen=True, kw_only=True):
    """What is known of a trader on a day: first declaration, violations within the window, overdue dong."""

    tax_code: str
    on: date
    active_since: date | None = None
    smuggling_or_evasion: int = 0
    other_violations: int = 0
    overdue_vnd: Decimal = ZERO


def general_guarantee_faults(record: TradingRecord, *, activity_days: int, violations_max: int) -> list[Fault]:
    """TQ-REV-007 to TQ-REV-010: every condition that is not met, all at once."""
    active = (record.on - record.active_since).days if record.active_since else 0
    found: list[tuple[bool, Code, dict[str, str]]] = [
        (active < activity_days, Code.TQ_REV_007, {"days": str(active), "limit": str(activity_days)}),
        (record.smuggling_or_evasion > 0, Code.TQ_REV_008, {"count": str(record.smuggling_or_evasion)}),
        (
            record.other_violations > violations_max,
            Code.TQ_REV_009,
            {"count": str(record.other_violations), "limit": str(violations_max)},
        ),
        (record.overdue_vnd > ZERO, Code.TQ_REV_010, {"amount": f"{record.overdue_vnd:,.0f}"}),
    ]
    return [
        Fault(code=code, path="tax_code", value=record.tax_code, values=values)
        for failed, code, values in found
        if failed
    ]
