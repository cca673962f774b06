"""When taxes are due, how long a guarantee lasts, and what late payment costs.

Legal basis: Law 107/2016/QH13 Art. 9 (payment before release or clearance; guarantee of 30 days at most from
registration, with interest from release or clearance, Art. 9.1; priority enterprises until the tenth of the month after
that of release or clearance); Law on Tax Administration (0.03 % a day) and Decree 252/2026/ND-CP Art. 26 from
2026-07-01 (from the day after the due date to the day before payment). Days and rates are dated parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from thongquan.rules.money import ZERO, exact, rounded


class DayRate(NamedTuple):
    """Interest of one day as a fraction of what is owed, from a day on; None once repealed."""

    valid_from: date
    per_day: Decimal | None


def guarantee_until(registered_on: date, valid_to: date, max_days: int) -> date:
    """Last day on which a guarantee stands for a declaration: its own end, `max_days` after registration at most."""
    return min(valid_to, registered_on + timedelta(days=max_days))


def priority_due_on(released_on: date, day_of_month: int) -> date:
    """Payment day of a priority enterprise: a day of the month after release or clearance."""
    first = released_on.replace(day=1)
    return (first + timedelta(days=32)).replace(day=day_of_month)


def due_on(
    *, released_on: date | None, guaranteed_until: date | None, priority: bool, priority_day: int
) -> date | None:
    """Last day to pay: the end of the guarantee, the day of a priority enterprise, else the day of release.

    None before release when nothing else gives a day: the goods wait for the payment, so nothing can be late.
    """
    if guaranteed_until is not None:
        return guaranteed_until
    if released_on is None:
        return None
    return priority_due_on(released_on, priority_day) if priority else released_on


def interest_from(*, due: date | None, released_on: date | None, guaranteed: bool) -> date | None:
    """First day that costs interest: the day of release under a guarantee, else the day after the due date."""
    if guaranteed:
        return released_on
    return due + timedelta(days=1) if due is not None else None


def late_days(start: date | None, paid_on: date) -> int:
    """Days that cost interest: from the first day to the day before payment, both counted."""
    return max(0, (paid_on - start).days) if start is not None else 0


def interest_vnd(
    principal_vnd: Decimal, start: date | None, paid_on: date, rates: Sequence[DayRate], mode: str
) -> Decimal:
    """Interest in dong on a principal paid on a day, rounded once; each day at the rate in force on it.

    Raises LookupError for a late day before the first rate.
    """
    if start is None or paid_on <= start:
        return ZERO
    if not rates or rates[0].valid_from > start:
        raise LookupError(start.isoformat())
    with exact():
        return rounded(principal_vnd * _factor(start, paid_on, rates), mode)


def _factor(start: date, paid_on: date, rates: Sequence[DayRate]) -> Decimal:
    """The sum of the daily rates over [start, paid_on)."""
    total = ZERO
    for rate, following in pairwise([*rates, DayRate(date.max, None)]):
        first, end = max(start, rate.valid_from), min(paid_on, following.valid_from)
        if first < end:
            total += (rate.per_day or ZERO) * (end - first).days
    return total
