"""Whether a trader may use a general guarantee, from what this system holds.

Legal basis: Circular 38/2015/TT-BTC Art. 43 as amended by 39/2018.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Min
from django.utils import timezone

from thongquan.clearance.revenue.models import Liability
from thongquan.clearance.revenue.queries.balances import overdue_vnd
from thongquan.clearance.revenue.queries.law import number_of_law
from thongquan.clearance.violations.queries import counts_for_guarantee
from thongquan.rules.decision import Fault
from thongquan.rules.guarantees import TradingRecord, general_guarantee_faults


def has_conditions_for_guarantee(tax_code: str, at: datetime) -> list[Fault]:
    """Every condition of a general guarantee that the trader does not meet (TQ-REV-007 to -010); empty when all are."""
    on = timezone.localdate(at)
    activity_days = number_of_law("guarantee_activity_days", on)
    return general_guarantee_faults(
        trading_record(tax_code, at, window=timedelta(days=activity_days)),
        activity_days=activity_days,
        violations_max=number_of_law("guarantee_violations_max", on),
    )


def trading_record(tax_code: str, at: datetime, *, window: timedelta) -> TradingRecord:
    """What the books and the register of violations hold of a trader; violations count within the window before."""
    on = timezone.localdate(at)
    first = Liability.objects.filter(tax_code=tax_code).aggregate(first=Min("at"))["first"]
    counts = counts_for_guarantee(tax_code, at, window=window)
    return TradingRecord(
        tax_code=tax_code,
        on=on,
        active_since=timezone.localdate(first) if first else None,
        smuggling_or_evasion=counts.smuggling_or_evasion,
        other_violations=counts.other,
        overdue_vnd=overdue_vnd(tax_code, on),
    )
