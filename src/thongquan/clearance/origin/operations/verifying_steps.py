"""Taking a step of a verification: row locked, permission and state asked, story, ledger row and message written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.origin.models import CaseEvent, Verification
from thongquan.clearance.origin.operations.steps import MOST_WORDS
from thongquan.clearance.origin.permissions import check_may
from thongquan.clearance.origin.queries.verification import reference_of, verifications_in_scope
from thongquan.clearance.origin.verification_states import CASE_STEPS, CaseState, CaseStep
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable


def locked_case(actor: Actor, verification: int, step: CaseStep) -> Verification:
    """The case, locked until the transaction ends, when the actor may take the step and its state allows it.

    Raises `NotFound` outside the scope, `NotAllowed`, `Refused` with TQ-ORI-090.
    """
    if not verifications_in_scope(actor).filter(id=verification).exists():
        raise NotFound(str(verification))
    row = Verification.objects.select_for_update().get(id=verification)
    rule = CASE_STEPS[step]
    check_may(actor, rule.who, office=row.office, tax_code=row.tax_code)
    if CaseState(row.state) not in rule.moves:
        raise Refused([closed_to(row, step)])
    return row


def closed_to(row: Verification, step: CaseStep) -> Fault:
    """TQ-ORI-090: the case does not stand where the step is open."""
    values = {"step": step.value, "state": row.state}
    return Fault(code=Code.TQ_ORI_090, path="state", value=str(row.pk), values=values)


def take_case(
    row: Verification,
    step: CaseStep,
    actor: Actor,
    at: datetime,
    *,
    words: str = "",
    data: Mapping[str, Any] | None = None,
    changed: tuple[str, ...] = (),
) -> None:
    """Set the state a step leads to, keep the columns that changed, write the story and tell others once."""
    row.state = CASE_STEPS[step].moves[CaseState(row.state)]
    row.save(update_fields=["state", *changed])
    happened(row, step, actor, at, words=words, data=data)


def happened(
    row: Verification,
    step: CaseStep,
    actor: Actor,
    at: datetime,
    *,
    words: str = "",
    data: Mapping[str, Any] | None = None,
    payload: Mapping[str, object] | None = None,
) -> None:
    """Write a step into the story, the ledger and the outbox; words and names stay in the story."""
    given = dict(data or {})
    CaseEvent.objects.create(
        verification=row, step=step, at=at, actor=actor.reference, words=storable(words)[:MOST_WORDS], data=given
    )
    kind = "origin.verification.closed" if step is CaseStep.CLOSE else f"origin.verification.{step}"
    told = {"state": row.state, "office": row.office, "agreement": row.agreement, **given}
    record(action=kind, subject=reference_of(row), actor=actor.reference, at=at, details=told)
    announce(kind=kind, subject=reference_of(row), payload={"verification": row.pk, **told, **(payload or {})}, at=at)
