"""A declaration lapses when a ground of the law holds after its days: told by the clocks, written down by a step.

Legal basis: Circular 38/2015/TT-BTC Art. 22.1a as amended (`rules.clocks`).
"""

from __future__ import annotations

from contextlib import suppress
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
from thongquan.rules.clocks import CERTAIN, Clock
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

DAYS = "void_after_days"
PREFIX = "expiry_"
GROUNDS = ("expiry_not_arrived", "expiry_documents", "expiry_not_presented", "expiry_not_in_area")
CLERK = system_actor("expiry")


def lapsed_clocks(actor: Actor, stand: Stand, at: datetime) -> list[Clock]:
    """The clocks of the grounds on which the declaration is void at a moment."""
    dues, _matters = clocks_of_declaration(actor=actor, stand=stand, at=at)
    clocks = (due.clock for due in dues if due.clock.name.startswith(PREFIX))
    return [clock for clock in clocks if clock.stopped_at is None and clock.due_at < at]


def lapsed_clock(actor: Actor, stand: Stand, at: datetime) -> Clock | None:
    """One of them, the first of `GROUNDS`; None while none has run out."""
    return min(lapsed_clocks(actor, stand, at), key=lambda clock: GROUNDS.index(clock.name), default=None)


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
    """Every declaration that has surely lapsed by now, the oldest first; how many. Safe to run at any time.

    Sure are grounds that its own events tell and whose law was verified. Whether goods have arrived, which nobody need
    have recorded, is for an officer to see.
    """
    parameter = current_law().parameter(DAYS, timezone.localdate(at))
    if parameter is None:
        return 0
    before = at - timedelta(days=int(parameter.value))
    rows = Declaration.objects.filter(state__in=list(STEPS[Step.EXPIRE].moves), registered_at__lt=before)
    checked = rows.filter(channel__gte=2)  # of channel 1 no ground is sure
    count = 0
    for row in checked.order_by("registered_at").iterator():
        if count < most and _surely_lapsed(stand_from(row), at):
            with suppress(Refused):  # somebody moved it along in this very moment
                expire_declaration(actor=CLERK, number=row.number, at=at)
                count += 1
    return count


def _surely_lapsed(stand: Stand, at: datetime) -> bool:
    return any(clock.verified and clock.name in CERTAIN for clock in lapsed_clocks(CLERK, stand, at))
