"""Taking a step of an audit: the row locked, permission and state asked, the event, ledger row and message written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.postaudit.models import Audit, Event
from thongquan.clearance.postaudit.permissions import check_may
from thongquan.clearance.postaudit.queries import audits_in_scope
from thongquan.clearance.postaudit.states import STEPS, State, Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def locked(actor: Actor, audit: int, step: Step) -> Audit:
    """The audit, locked until the transaction ends, when the actor may take the step and its state allows it.

    Raises `NotFound` outside the scope, `NotAllowed`, `Refused` with TQ-AUD-002.
    """
    if not audits_in_scope(actor).filter(id=audit).exists():
        raise NotFound(str(audit))
    row = Audit.objects.select_for_update().get(id=audit)
    rule = STEPS[step]
    check_may(actor, rule.who, office=row.office, tax_code=row.tax_code)
    if State(row.state) not in rule.moves:
        values = {"step": step.value, "state": row.state}
        raise Refused([Fault(code=Code.TQ_AUD_002, path="state", value=row.number, values=values)])
    return row


def move(row: Audit, step: Step, *changed: str) -> None:
    """Set the state a step leads to and keep the columns that changed."""
    row.state = STEPS[step].moves[State(row.state)]
    row.save(update_fields=["state", *changed])


def happened(
    row: Audit, step: Step, actor: Actor, at: datetime, *, words: str = "", data: Mapping[str, Any] | None = None
) -> None:
    """Write the step into the story of the case; words stay here."""
    Event.objects.create(audit=row, step=step, at=at, actor=actor.reference, words=words.strip(), data=dict(data or {}))


def tell(row: Audit, step: Step, actor: Actor, at: datetime, details: Mapping[str, object] | None = None) -> None:
    """The ledger row and the message of a step; no words, no tax code."""
    kind, subject = f"audit.{step}", reference_of(row)
    told = {"about": row.subject, "office": row.office, "state": row.state, **(details or {})}
    record(action=kind, subject=subject, actor=actor.reference, at=at, details=told)
    announce(kind=kind, subject=subject, payload={"audit": row.id, **told}, at=at)


def take(
    row: Audit,
    step: Step,
    actor: Actor,
    at: datetime,
    *,
    words: str = "",
    data: Mapping[str, Any] | None = None,
    details: Mapping[str, object] | None = None,
    changed: tuple[str, ...] = (),
) -> None:
    """Move, write the story, tell."""
    move(row, step, *changed)
    happened(row, step, actor, at, words=words, data=data)
    tell(row, step, actor, at, details)


def reference_of(row: Audit) -> str:
    """The typed reference of an audit."""
    return f"audit:{row.id}"


def missing_words(**texts: str) -> list[Fault]:
    """TQ-AUD-004 for each text that says nothing."""
    return [
        Fault(code=Code.TQ_AUD_004, path=name, values={"field": name})
        for name, text in texts.items()
        if not text.strip()
    ]


def check_words(**texts: str) -> None:
    """Raise `Refused` with `missing_words`."""
    if faults := missing_words(**texts):
        raise Refused(faults)
