"""What follows by itself from an amendment that came too late: an open case of violation, which officers decide on.

Legal basis: Circular 38/2015/TT-BTC Art. 20 as amended (60 days from clearance and before the decision of an audit;
later with a penalty); Decree 169/2026/NĐ-CP Art. 10 (duty short and corrected late by the declarant).
"""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.numbers import number_of
from thongquan.clearance.declarations.operations.judging import LOCAL
from thongquan.clearance.declarations.queries import Happened, Stand, events_of
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.violations.operations import record_act
from thongquan.rules.codes import Code

SHORT_DUTY, WITHOUT_DUTY = "short_duty_self_corrected", "wrong_without_duty"
"""Acts of the law: corrected late with duty short, and without an effect on duty."""


def record_late_amendments(stand: Stand) -> None:
    """Record every late amendment of a declaration as an act, once; nobody is fined before people decided.

    Where the law of the day knows no such act there is nothing to propose.
    """
    for event in events_of(stand.number):
        if event.kind == Step.AMEND_AFTER and _is_late(event):
            with suppress(Refused):
                _record(stand, event)


def _is_late(event: Happened) -> bool:
    return any(one.get("code") == Code.TQ_LIF_007 for one in event.data.get("consequences", ()))


def _record(stand: Stand, event: Happened) -> None:
    version = int(event.data["version"])
    before, after = Decimal(event.data["due_before_vnd"]), Decimal(event.data["due_vnd"])
    record_act(
        actor=system_actor("declarations", offices=[stand.office]),
        subject=stand.subject,
        tax_code=stand.tax_code,
        trader_name=stand.trader_name,
        office=stand.office,
        act=SHORT_DUTY if after > before else WITHOUT_DUTY,
        declared=_side(stand, version - 1, before),
        found=_side(stand, version, after),
        difference_vnd=max(after - before, Decimal(0)),
        on=event.at.astimezone(LOCAL).date(),
        at=event.at,
        once=True,
    )


def _side(stand: Stand, version: int, due_vnd: Decimal) -> str:
    """A version by its number and what was owed under it; the same in every language."""
    return f"{number_of(stand.key, amendments=version)}: {due_vnd:f} VND"
