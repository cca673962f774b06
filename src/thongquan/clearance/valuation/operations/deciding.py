"""The outcome: proposed by an officer, decided by a second person; where the declared value falls, duties follow.

Legal basis: Circular 39/2015/TT-BTC; Law on Tax Administration 108/2025/QH15 (assessment by customs).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor, system_actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.operations.reports import report_check
from thongquan.clearance.control.queries.conditions import VALUE_CONSULTATION
from thongquan.clearance.declarations.operations.reassessing import reassess
from thongquan.clearance.declarations.queries import stand_by_subject
from thongquan.clearance.declarations.states import STEPS as DECLARATION_STEPS
from thongquan.clearance.declarations.states import State as DeclarationState
from thongquan.clearance.declarations.states import Step as DeclarationStep
from thongquan.clearance.revenue.operations import assess
from thongquan.clearance.valuation.models import Consultation, Reassessed
from thongquan.clearance.valuation.operations.determining import reassessed, standing_determinations
from thongquan.clearance.valuation.operations.opening import PROGRAM
from thongquan.clearance.valuation.operations.steps import check_words, kept, locked, missing_words, take
from thongquan.clearance.valuation.states import ACCEPTED, REJECTED, State, Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.encoding import decoded_decision


def propose_outcome(*, actor: Actor, consultation: int, outcome: str, text: str, at: datetime) -> None:
    """Propose that the declared value stands (`accepted`) or falls (`rejected`); a rejection is reckoned at once.

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-CVL-001, or all of -002, -011 (a line without another value).
    """
    with transaction.atomic():
        row = locked(actor, consultation, Step.PROPOSE)
        faults = missing_words(text=text)
        if outcome not in (ACCEPTED, REJECTED):
            faults.append(Fault(code=Code.TQ_CVL_002, path="outcome", values={"field": "outcome"}))
        if outcome == REJECTED and not _all_found(row):
            faults.append(Fault(code=Code.TQ_CVL_011, path="outcome", value=row.number))
        if faults:
            raise Refused(faults)
        data = {"outcome": outcome}
        if outcome == REJECTED:
            data["short_vnd"] = str(reassessed(row, actor, at).short_vnd)
        row.outcome, row.reasoning, row.proposed_by, row.proposed_at = outcome, kept(text), actor.reference, at
        changed = ("outcome", "reasoning", "proposed_by", "proposed_at")
        take(row, Step.PROPOSE, actor, at, words=text, data=data, changed=changed)


def return_outcome(*, actor: Actor, consultation: int, words: str, at: datetime) -> None:
    """Give a proposed outcome back. Raises `NotFound`, `NotAllowed`; `Refused` with TQ-CVL-001, -002."""
    with transaction.atomic():
        row = locked(actor, consultation, Step.RETURN)
        check_words(words=words)
        row.outcome, row.proposed_by, row.proposed_at = "", "", None
        take(row, Step.RETURN, actor, at, words=words, changed=("outcome", "proposed_by", "proposed_at"))


def decide_outcome(*, actor: Actor, consultation: int, at: datetime, words: str = "") -> str:
    """Decide as proposed, as another person; gives `accepted` or `rejected`.

    Rejected: duties are assessed with the values found, in the books and where the sum is shown, and fall due; the
    declaration itself keeps what was declared. Clearance waits no longer. Raises `NotFound`, `NotAllowed`; `Refused`
    with TQ-CVL-001, -003, or with the faults of the document when it was amended since into something else.
    """
    with transaction.atomic():
        row = locked(actor, consultation, Step.DECIDE)
        if row.proposed_by == actor.reference:
            raise Refused([Fault(code=Code.TQ_CVL_003, path="actor", value=row.number)])
        row.decided_by, row.decided_at = actor.reference, at
        data = {"outcome": row.outcome}
        if row.outcome == REJECTED:
            latest = reassessed(row, actor, at)
            data["short_vnd"] = str(latest.short_vnd)
            _assess(row, latest, actor, at)
        state = State.REJECTED if row.outcome == REJECTED else State.ACCEPTED
        take(row, Step.DECIDE, actor, at, words=words, data=data, changed=("decided_by", "decided_at"), state=state)
        _let_go(row, at)
        return row.outcome


def _all_found(row: Consultation) -> bool:
    """Whether every line in question has another value."""
    return set(row.lines) <= {one.line for one in standing_determinations(row)}


def _assess(row: Consultation, latest: Reassessed, actor: Actor, at: datetime) -> None:
    decision = decoded_decision(bytes(latest.decision))
    reassess(actor=actor, subject=row.subject, due_vnd=decision.due_vnd)
    assess(
        subject=row.subject,
        tax_code=row.tax_code,
        office=row.office,
        totals_vnd=decision.totals_vnd,
        fee_vnd=decision.fee_vnd,
        secured_vnd=decision.secured_vnd,
        reason="valuation",
        actor=actor,
        at=at,
    )


def _let_go(row: Consultation, at: datetime) -> None:
    """Tell clearance that the value is no longer open, where the declaration still waits for it."""
    stand = stand_by_subject(row.subject)
    if stand is None or DeclarationState(stand.state) not in DECLARATION_STEPS[DeclarationStep.REPORT_CHECK].moves:
        return
    report_check(actor=system_actor(PROGRAM), number=stand.number, name=VALUE_CONSULTATION, outcome="good", at=at)
