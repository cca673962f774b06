"""Amending after clearance: the declarant asks, an officer decides.

Legal basis: Circular 38/2015/TT-BTC Art. 20 as amended: within 60 days of clearance and before an audit is decided;
later with a penalty, which is told. Customs answers within the hours of `amendment_answer_hours`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.models import Declaration
from thongquan.clearance.declarations.operations.amending import Amended, check_base, check_words, new_version
from thongquan.clearance.declarations.operations.judging import LOCAL
from thongquan.clearance.declarations.operations.proposals import close, proposed_document, put_forward, waiting
from thongquan.clearance.declarations.operations.steps import locked_for, take_step, wrong_state
from thongquan.clearance.declarations.operations.versions import judge_version
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.declarations.states import STEPS, State, Step
from thongquan.clearance.tariff.queries import current_law
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document

DAYS = "amendment_after_clearance_days"


def request_amendment(
    *, actor: Actor, number: str, document: Document, reason: str, at: datetime, base: int | None = None
) -> tuple[Stand, tuple[Fault, ...]]:
    """Ask for an amendment after clearance; gives what follows from it when it comes late (TQ-LIF-007).

    The document is judged at once: raises `Refused` with every fault, TQ-LIF-009 while a request waits, TQ-LIF-011.
    """
    with transaction.atomic():
        declaration = locked_for(actor=actor, number=number, step=Step.REQUEST_AMENDMENT)
        state = State(declaration.state)
        if state not in STEPS[Step.AMEND_AFTER].moves:  # before release the declarant amends without asking
            raise Refused((wrong_state(declaration.number, state, Step.REQUEST_AMENDMENT),))
        check_words(reason)
        check_base(declaration, base)
        judge_version(declaration, document, at=at)
        consequences = after_consequences(declaration, at)
        put_forward(declaration, kind="amendment", actor=actor, reason=reason, at=at, document=document)
        stand = take_step(
            actor=actor,
            number=number,
            step=Step.REQUEST_AMENDMENT,
            at=at,
            reason=reason,
            details={"late": bool(consequences)},
        )
        return stand, consequences


def approve_amendment(*, actor: Actor, number: str, at: datetime, answer: str = "") -> Amended:
    """An officer accepts what was asked: it is judged again and stored as a version. Raises as `amend_declaration`."""
    with transaction.atomic():
        declaration = locked_for(actor=actor, number=number, step=Step.REFUSE_AMENDMENT)
        proposal = waiting(declaration, "amendment")
        document = proposed_document(declaration, proposal)
        close(proposal, outcome="accepted", actor=actor, at=at, answer=answer)
        return new_version(
            declaration,
            document,
            step=Step.AMEND_AFTER,
            actor=actor,
            reason=proposal.reason,
            at=at,
            consequences=after_consequences(declaration, proposal.at),
        )


def refuse_amendment(*, actor: Actor, number: str, reason: str, at: datetime) -> Stand:
    """An officer refuses what was asked, with the reason. Raises `Refused` with TQ-LIF-006, TQ-LIF-010."""
    with transaction.atomic():
        declaration = locked_for(actor=actor, number=number, step=Step.REFUSE_AMENDMENT)
        check_words(reason)
        close(waiting(declaration, "amendment"), outcome="refused", actor=actor, at=at, answer=reason)
        return take_step(actor=actor, number=number, step=Step.REFUSE_AMENDMENT, at=at, reason=reason)


def after_consequences(declaration: Declaration, at: datetime) -> tuple[Fault, ...]:
    """TQ-LIF-007 when the days since clearance are over or an audit was decided before `at`."""
    events = declaration.events.filter(at__lte=at)
    audited = events.filter(kind__in=(Step.OPEN_AUDIT, Step.AUDIT)).exists()
    cleared = events.filter(kind=Step.CLEAR).order_by("id").first()
    parameter = current_law().parameter(DAYS, at.astimezone(LOCAL).date())
    days = int(parameter.value) if parameter else 0
    late = cleared is not None and bool(days) and at > cleared.at + timedelta(days=days)
    if not (audited or late):
        return ()
    values = {"days": str(days)}
    return (Fault(code=Code.TQ_LIF_007, value=declaration.number, values=values, severity="warning"),)
