"""Who handles a declaration: an officer takes it from the team's queue or gives it back, a team leader assigns it.

Each is a step that keeps the state, so it stands in the story and in the ledger.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor, officers_of
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.models import Declaration
from thongquan.clearance.declarations.operations.steps import locked_for, take_step
from thongquan.clearance.declarations.queries import Stand, stand_from
from thongquan.clearance.declarations.states import Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

HANDLERS = ("clearance_officer", "team_leader")
"""Roles that handle declarations, so those one can be assigned to."""
MOST_WORDS = 2000


def take_declaration(*, actor: Actor, number: str, at: datetime) -> Stand:
    """Take a declaration that nobody handles; one's own stays as it is, and nothing is written.

    Raises `NotFound`, `NotAllowed`, and `Refused` with TQ-VIE-003 when somebody else handles it, TQ-LIF-001 when it
    has ended.
    """
    with transaction.atomic():
        row = locked_for(actor=actor, number=number, step=Step.TAKE)
        if row.assigned_to == actor.reference:
            return stand_from(row)
        if row.assigned_to:
            raise _refused(Code.TQ_VIE_003, row)
        return _step(actor, row, Step.TAKE, actor.reference, at)


def give_back_declaration(*, actor: Actor, number: str, reason: str, at: datetime) -> Stand:
    """Give one's own declaration back to the team. Raises as above; `Refused` with TQ-VIE-004 for one of others."""
    with transaction.atomic():
        row = locked_for(actor=actor, number=number, step=Step.GIVE_BACK)
        if row.assigned_to != actor.reference:
            raise _refused(Code.TQ_VIE_004, row)
        return _step(actor, row, Step.GIVE_BACK, "", at, reason=reason)


def assign_declaration(*, actor: Actor, number: str, to: str, reason: str, at: datetime) -> Stand:
    """Assign a declaration to an officer of its office (`user:12`), or to nobody (empty): for team leaders.

    Taking it from one who has it needs a reason. Assigned as it is already, nothing is written. Raises `NotFound`,
    `NotAllowed`, and `Refused` with TQ-VIE-001 for someone who does not handle declarations of the office, TQ-VIE-002
    without the reason, TQ-LIF-001 when it has ended.
    """
    with transaction.atomic():
        row = locked_for(actor=actor, number=number, step=Step.ASSIGN)
        if to and to not in officers_of(row.office, HANDLERS, at):
            raise _refused(Code.TQ_VIE_001, row, path="to", officer=to[:32], office=row.office)
        if row.assigned_to == to:
            return stand_from(row)
        if row.assigned_to not in ("", actor.reference) and not _words(reason):
            raise _refused(Code.TQ_VIE_002, row, path="reason")
        return _step(actor, row, Step.ASSIGN, to, at, reason=reason)


def _step(actor: Actor, row: Declaration, step: Step, to: str, at: datetime, *, reason: str = "") -> Stand:
    told = {"to": to, "before": row.assigned_to}
    return take_step(
        actor=actor,
        number=row.number,
        step=step,
        at=at,
        reason=_words(reason),
        data=told,
        details=told,
        assigned_to=to,
    )


def _words(text: str) -> str:
    return storable(text)[:MOST_WORDS]


def _refused(code: Code, row: Declaration, *, path: str = "", **values: str) -> Refused:
    return Refused((Fault(code=code, path=path, value=row.number, values=values),))
