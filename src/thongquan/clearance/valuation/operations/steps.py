"""Taking a step of a consultation: row locked, permission and state asked; story, ledger row and message written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.valuation.models import Consultation, Happening
from thongquan.clearance.valuation.permissions import check_may
from thongquan.clearance.valuation.queries.consultations import consultations_in_scope
from thongquan.clearance.valuation.states import STEPS, State, Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

MOST_WORDS = 8_000


def locked(actor: Actor, consultation: int, step: Step) -> Consultation:
    """The consultation, locked until the transaction ends, when the actor may take the step and its state allows it.

    Raises `NotFound` outside the scope, `NotAllowed`, `Refused` with TQ-CVL-001.
    """
    if not consultations_in_scope(actor).filter(pk=consultation).exists():
        raise NotFound(str(consultation))
    row = Consultation.objects.select_for_update().get(pk=consultation)
    check_may(actor, STEPS[step].who, office=row.office, tax_code=row.tax_code)
    if State(row.state) not in STEPS[step].moves:
        raise Refused([Fault(code=Code.TQ_CVL_001, path="state", value=row.number)])
    return row


def take(
    row: Consultation,
    step: Step,
    actor: Actor,
    at: datetime,
    *,
    words: str = "",
    data: Mapping[str, Any] | None = None,
    changed: tuple[str, ...] = (),
    state: State | None = None,
) -> None:
    """Set the state a step leads to (`state` where it has a choice), keep the columns that changed, write, tell."""
    row.state = state or STEPS[step].moves[State(row.state)]
    row.save(update_fields=["state", *changed])
    happened(row, step, actor, at, words=words, data=data)


def happened(
    row: Consultation, step: Step, actor: Actor, at: datetime, *, words: str = "", data: Mapping[str, Any] | None = None
) -> None:
    """The story with its words; ledger row and message without them."""
    given = dict(data or {})
    Happening.objects.create(consultation=row, step=step, at=at, actor=actor.reference, words=kept(words), data=given)
    kind, subject = f"consultation.{step}", reference_of(row)
    told = {"about": row.subject, "office": row.office, "state": row.state, **given}
    record(action=kind, subject=subject, actor=actor.reference, at=at, details=told)
    announce(kind=kind, subject=subject, payload={"consultation": row.pk, **told}, at=at)


def reference_of(row: Consultation) -> str:
    """The typed reference of a consultation."""
    return f"consultation:{row.pk}"


def kept(words: str) -> str:
    """Words as they are stored."""
    return storable(words).strip()[:MOST_WORDS]


def missing_words(**texts: str) -> list[Fault]:
    """TQ-CVL-002 for each text that says nothing."""
    return [
        Fault(code=Code.TQ_CVL_002, path=name, values={"field": name})
        for name, text in texts.items()
        if not text.strip()
    ]


def check_words(**texts: str) -> None:
    """Raise `Refused` with `missing_words`."""
    if faults := missing_words(**texts):
        raise Refused(faults)
