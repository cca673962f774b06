"""Taking a step of a workbasket: the row locked, permission and state asked, story, ledger row and message written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.lawdesk.models import Event, Workbasket
from thongquan.clearance.lawdesk.permissions import check_may
from thongquan.clearance.lawdesk.states import STEPS, State, Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def locked(actor: Actor, workbasket: int, step: Step) -> Workbasket:
    """The workbasket, locked until the transaction ends, when the actor may take the step and its state allows it.

    Raises `NotAllowed`, `NotFound`, `Refused` with TQ-LWD-001.
    """
    rule = STEPS[step]
    check_may(actor, rule.who)
    row = Workbasket.objects.select_for_update().filter(id=workbasket).first()
    if row is None:
        raise NotFound(str(workbasket))
    if State(row.state) not in rule.moves:
        raise Refused([Fault(code=Code.TQ_LWD_001, path="state", value=row.title)])
    return row


def take(
    row: Workbasket,
    step: Step,
    actor: Actor,
    at: datetime,
    *,
    words: str = "",
    data: Mapping[str, Any] | None = None,
    changed: tuple[str, ...] = (),
) -> None:
    """Set the state a step leads to, keep the columns that changed, write the story, tell."""
    row.state = STEPS[step].moves[State(row.state)]
    row.save(update_fields=["state", *changed])
    happened(row, step, actor, at, words=words, data=data)


def happened(
    row: Workbasket, step: Step, actor: Actor, at: datetime, *, words: str = "", data: Mapping[str, Any] | None = None
) -> None:
    """The story with its words, the ledger row and the message without them."""
    told = dict(data or {})
    Event.objects.create(workbasket=row, step=step, at=at, actor=actor.reference, words=words.strip(), data=told)
    kind, subject = f"workbasket.{step}", f"workbasket:{row.id}"
    details = {"state": row.state, "revision": row.revision, "effective_on": row.effective_on.isoformat(), **told}
    record(action=kind, subject=subject, actor=actor.reference, at=at, details=details)
    announce(kind=kind, subject=subject, payload={"workbasket": row.id, **details}, at=at)


def check_words(**texts: str) -> None:
    """Raise `Refused` with TQ-LWD-002 for each text that says nothing."""
    faults = [
        Fault(code=Code.TQ_LWD_002, path=name, values={"field": name})
        for name, text in texts.items()
        if not text.strip()
    ]
    if faults:
        raise Refused(faults)
