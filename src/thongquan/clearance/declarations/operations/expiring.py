"""A declaration lapses when a ground of the law holds after its days: told by the clocks, written down by a step.

Legal basis: Circular 38/2015/TT-BTC Art. 22.1a as amended (`rules.clocks`).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor, system_actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.models import Declaration
from thongquan.clearance.declarations.operations.cancelling import end_declaration
from thongquan.clearance.declarations.operations.steps import locked_for
from thongquan.clearance.declarations.queries import Stand, stand_from
from thongquan.clearance.declarations.queries.clocks import clocks_of_declaration
from thongquan.clearance.declarations.states import STEPS, Step
from thongquan.clearance.tariff.queries import current_law
from thongquan.rules.clocks import Clock
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

DAYS = "void_after_days"
PREFIX = "expiry_"
CLERK = system_actor("expiry")


def lapsed_clock(actor: Actor, stand: Stand, at: datetime) -> Clock | None:
    """The clock of the ground on which the declaration is void at a moment; None while none has run out."""
    dues, _matters = clocks_of_declaration(actor=actor, stand=stand, at=at)
    clocks = (due.clock for due in dues if due.clock.name.startswith(PREFIX))
    return next((clock for clock in clocks if clock.stopped_at is None and clock.due_at < at), None)


def expire_declaration(*, actor: Actor, number: str, at: datetime) -> Stand:
    """Write down that a declaration has lapsed, with its ground. Raises `Refused` with TQ-LIF-015 when it has not."""
    with transaction.atomic():
        declaration = locked_for(actor=actor, number=number, step=Step.EXPIRE)
        clock = lapsed_clock(actor, stand_from(declaration), at)
        if clock is None:
            raise Refused((Fault(code=Code.TQ_LIF_015, value=declaration.number),))
        ground = clock.name.removeprefix(PREFIX)
        return end_declaration(declaration, step=Step.EXPIRE, ground=ground, reason="", actor=actor, at=at)


def expire_lapsed(*, at: datetime, most: int = 500) -> int:
    """Every declaration that has lapsed by now, the oldest first; how many there were. Safe to run at any time."""
    parameter = current_law().parameter(DAYS, timezone.localdate(at))
    if parameter is None:
        return 0
    before = at - timedelta(days=int(parameter.value))
    rows = Declaration.objects.filter(state__in=list(STEPS[Step.EXPIRE].moves), registered_at__lt=before)
    count = 0
    for row in rows.order_by("registered_at")[:most]:
        if lapsed_clock(CLERK, stand_from(row), at) is not None:
            try:
                expire_declaration(actor=CLERK, number=row.number, at=at)
            except Refused:  # somebody moved it along in this very moment
                continue
            count += 1
    return count
