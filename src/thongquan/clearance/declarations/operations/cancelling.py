"""The ends: a declaration is cancelled on a ground of the law, or lapses.

Legal basis: Circular 38/2015/TT-BTC Art. 22.1 a-d as amended; the grounds are the code list `cancel_ground`.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.models import Declaration, Proposal
from thongquan.clearance.declarations.numbers import subject_of
from thongquan.clearance.declarations.operations.amending import check_words
from thongquan.clearance.declarations.operations.judging import LOCAL
from thongquan.clearance.declarations.operations.proposals import close, put_forward, waiting
from thongquan.clearance.declarations.operations.steps import locked_for, take_step
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.origin.operations.using import set_uses
from thongquan.clearance.tariff.queries import current_law
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

GROUNDS = "cancel_ground"


def request_cancellation(*, actor: Actor, number: str, ground: str, reason: str, at: datetime) -> Stand:
    """The declarant asks. Raises `Refused` with TQ-LIF-014 for an unknown ground, TQ-LIF-006, TQ-LIF-009."""
    with transaction.atomic():
        declaration = locked_for(actor=actor, number=number, step=Step.REQUEST_CANCEL)
        check_words(reason)
        _check_ground(ground, at)
        put_forward(declaration, kind="cancellation", actor=actor, reason=reason, at=at, ground=ground)
        return take_step(
            actor=actor, number=number, step=Step.REQUEST_CANCEL, at=at, reason=reason, details={"ground": ground}
        )


def cancel_declaration(*, actor: Actor, number: str, reason: str, at: datetime, ground: str = "") -> Stand:
    """An officer cancels: on the request that waits, or without one on a ground of the law.

    Raises `Refused` with TQ-LIF-006 and TQ-LIF-014.
    """
    with transaction.atomic():
        declaration = locked_for(actor=actor, number=number, step=Step.CANCEL)
        asked = Proposal.objects.filter(declaration=declaration, kind="cancellation", outcome="").first()
        if asked is not None:
            ground, reason = ground or asked.ground, reason or asked.reason
            close(asked, outcome="accepted", actor=actor, at=at, answer=reason)
        check_words(reason)
        _check_ground(ground, at)
        return end_declaration(declaration, step=Step.CANCEL, ground=ground, reason=reason, actor=actor, at=at)


def refuse_cancellation(*, actor: Actor, number: str, reason: str, at: datetime) -> Stand:
    """An officer refuses the request that waits. Raises `Refused` with TQ-LIF-006, TQ-LIF-010."""
    with transaction.atomic():
        declaration = locked_for(actor=actor, number=number, step=Step.REFUSE_CANCEL)
        check_words(reason)
        close(waiting(declaration, "cancellation"), outcome="refused", actor=actor, at=at, answer=reason)
        return take_step(actor=actor, number=number, step=Step.REFUSE_CANCEL, at=at, reason=reason)


def end_declaration(
    declaration: Declaration, *, step: Step, ground: str, reason: str, actor: Actor, at: datetime
) -> Stand:
    """End a locked declaration on a ground of the law; certificates of origin get back what it used.

    The books hear of it: what was owed is owed no more, exemption lists get back what it took (`revenue.handlers`).
    In the caller's transaction.
    """
    set_uses(actor=actor, subject=subject_of(declaration.id), takes=(), at=at)
    return take_step(
        actor=actor,
        number=declaration.number,
        step=step,
        at=at,
        reason=reason,
        data={"ground": ground},
        details={"ground": ground},
    )


def _check_ground(ground: str, at: datetime) -> None:
    on = at.astimezone(LOCAL).date()
    if f"{GROUNDS}/{ground}" not in current_law().known_codes(on):
        values = {"on": on.isoformat()}
        raise Refused((Fault(code=Code.TQ_LIF_014, path="ground", value=ground[:40], values=values),))
