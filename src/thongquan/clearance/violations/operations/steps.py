"""Taking a step of a case: the row locked, permission and state asked, story, ledger row and message written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.violations.models import Case, Move
from thongquan.clearance.violations.permissions import check_may, sees_work
from thongquan.clearance.violations.states import STEPS, State, Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.penalties import Fine, total_of

KINDS = {
    Step.RECORD: "violation.recorded",
    Step.PROPOSE: "violation.proposed",
    Step.RETURN: "violation.returned",
    Step.DECIDE: "violation.decided",
    Step.DROP: "violation.dropped",
    Step.ANNUL: "violation.annulled",
    Step.WITHDRAW: "violation.withdrawn",
}
"""Kinds of ledger rows and messages; what `violation.decided` posts, `.annulled` and `.withdrawn` take back."""


def reference_of(case: Case) -> str:
    """The typed reference of a case."""
    return f"violation:{case.id}"


def locked_case(case: int, actor: Actor, step: Step) -> Case:
    """The case, locked, when the actor may take this step and its state allows it."""
    row = Case.objects.select_for_update().filter(id=case).first()
    if row is None or not sees_work(actor, row.office):
        raise NotFound(str(case))
    rule = STEPS[step]
    check_may(actor, rule.who, row.office)
    if State(row.state) not in rule.moves:
        values = {"step": step.value, "state": row.state}
        raise Refused([Fault(code=Code.TQ_VIO_002, path="state", value=str(case), values=values)])
    return row


def check_words(words: str) -> None:
    """Raise `Refused` with TQ-VIO-006 for words that say nothing."""
    if not words.strip():
        raise Refused([Fault(code=Code.TQ_VIO_006, path="words")])


def take_step(
    row: Case,
    step: Step,
    actor: Actor,
    at: datetime,
    *,
    details: Mapping[str, object],
    words: str = "",
    fines: list[tuple[int, Fine]] | None = None,
    fine_vnd: Decimal | None = None,
) -> None:
    """The step of the case's story, its ledger row and its message; words and tax code stay out of the ledger."""
    rows = [{"finding": finding, **msgspec.to_builtins(fine)} for finding, fine in fines or []]
    total = total_of([fine for _finding, fine in fines]) if fines is not None else None
    Move.objects.create(
        case=row, step=step, at=at, actor=actor.reference, words=words.strip(), fine_vnd=total, fines=rows
    )
    kind, subject = KINDS[step], reference_of(row)
    record(action=kind, subject=subject, actor=actor.reference, at=at, details={"office": row.office, **details})
    payload = {
        "case": row.id,
        "subject": row.subject,
        "tax_code": row.tax_code,
        "office": row.office,
        "fine_vnd": str((row.fine_vnd or 0) if fine_vnd is None else fine_vnd),
        "actor": actor.reference,
    }
    announce(kind=kind, subject=subject, payload=payload, at=at)
