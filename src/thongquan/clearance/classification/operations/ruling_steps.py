"""Taking a step of an application for an advance ruling: locked, asked, story, ledger row and message written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.classification.models import Ruling, RulingEvent
from thongquan.clearance.classification.permissions import check_may
from thongquan.clearance.classification.queries.ruling_values import ruling_name
from thongquan.clearance.classification.queries.rulings import rulings_in_scope, subject_of
from thongquan.clearance.classification.ruling_states import RULING_STEPS, RulingAct, RulingState
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

MOST_WORDS = 10_000


def locked_ruling(actor: Actor, ruling: int, step: RulingAct) -> Ruling:
    """The application, locked until the transaction ends, when the actor may take the step and its state allows it.

    Raises `NotFound` outside the scope, `NotAllowed`, `Refused` with TQ-CLS-050.
    """
    if not (0 < ruling < 2**63 and rulings_in_scope(actor).filter(id=ruling).exists()):
        raise NotFound(str(ruling))
    row = Ruling.objects.select_for_update().get(id=ruling)
    rule = RULING_STEPS[step]
    check_may(actor, rule.who, office=row.office, tax_code=row.tax_code)
    if RulingState(row.state) not in rule.moves:
        values = {"step": step.value, "state": row.state}
        raise Refused([Fault(code=Code.TQ_CLS_050, path="state", value=ruling_name(row.pk), values=values)])
    return row


def take(
    row: Ruling,
    step: RulingAct,
    actor: Actor,
    at: datetime,
    *,
    words: str = "",
    data: Mapping[str, Any] | None = None,
    changed: tuple[str, ...] = (),
) -> None:
    """Set the state a step leads to, keep the columns that changed, write the story and tell others once."""
    refused = step is RulingAct.SIGN and row.outcome == "refused"
    row.state = RulingState.REFUSED if refused else RULING_STEPS[step].moves[RulingState(row.state)]
    row.save(update_fields=["state", *changed])
    happened(row, step, actor, at, words=words, data=data)


def happened(
    row: Ruling,
    step: str,
    actor: Actor,
    at: datetime,
    *,
    words: str = "",
    data: Mapping[str, Any] | None = None,
) -> None:
    """Write a step into the story, the ledger and the outbox; words, goods and names stay in the story."""
    given = dict(data or {})
    RulingEvent.objects.create(
        ruling=row, step=step, at=at, actor=actor.reference, words=storable(words)[:MOST_WORDS], data=given
    )
    kind, subject = f"classification.ruling.{step}", subject_of(row)
    told = {"state": row.state, "office": row.office, "outcome": row.outcome if row.decided_at else ""}
    record(action=kind, subject=subject, actor=actor.reference, at=at, details=told)
    named = {"number": ruling_name(row.pk), "tax_code": row.tax_code, "actor": actor.reference}
    announce(kind=kind, subject=subject, payload={**told, "ruling": row.pk, **named}, at=at)


def needed_words(text: str, field: str = "words") -> str:
    """Words that must be there. Raises `Refused` with TQ-CLS-046."""
    told = storable(text)
    if not told:
        raise Refused([Fault(code=Code.TQ_CLS_046, path="words", values={"field": field})])
    return told
