"""Taking a step of a short declaration: its row locked, permission and state asked, event, ledger row and message.

Legal basis: each step carries its own (`states.STEPS`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.residents.models import FormEvent, QuotaUse, ShortForm
from thongquan.clearance.residents.permissions import check_may, check_may_see
from thongquan.clearance.residents.queries.forms import subject_of
from thongquan.clearance.residents.states import GIVING_BACK, STEPS, State, Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

MOST_WORDS = 2000


def locked_form(number: str) -> ShortForm:
    """The row of a registered form, locked until the transaction ends. Raises `NotFound`."""
    row = ShortForm.objects.select_for_update().filter(number=number).first() if number else None
    if row is None:
        raise NotFound(number)
    return row


def locked_for(actor: Actor, number: str, step: Step) -> ShortForm:
    """The same for an actor who may take this step now.

    Raises `NotFound` outside the actor's offices, `NotAllowed`, `Refused` with TQ-RES-003.
    """
    row = locked_form(number)
    check_may_see(actor, row.office)
    check_may(actor, STEPS[step].who, office=row.office)
    check_opens(row, step)
    return row


def check_opens(row: ShortForm, step: Step) -> None:
    """Raise `Refused` with TQ-RES-003 when the state of a form does not allow a step."""
    if State(row.state) not in STEPS[step].moves:
        values = {"step": step.value, "state": row.state}
        raise Refused([Fault(code=Code.TQ_RES_003, path="state", value=name_of(row), values=values)])


def move(
    row: ShortForm,
    step: Step,
    actor: Actor,
    at: datetime,
    *,
    words: str = "",
    details: Mapping[str, object] | None = None,
    changed: Iterable[str] = (),
) -> None:
    """Set the state a step leads to, keep the columns that changed, write the story and tell others once.

    A step that ends the form gives the person's quota back. `details` must hold no personal data.
    """
    row.state = STEPS[step].moves[State(row.state)].value
    row.save(update_fields=["state", *changed])
    if step in GIVING_BACK:
        QuotaUse.objects.filter(form=row, given_back_at=None).update(given_back_at=at)
    happened(row, step, actor, at, words=words, details=details)


def happened(
    row: ShortForm,
    step: Step,
    actor: Actor,
    at: datetime,
    *,
    words: str = "",
    details: Mapping[str, object] | None = None,
) -> None:
    """Write a step into the story, the ledger and the outbox; words stay in the story."""
    told = storable(words)[:MOST_WORDS]
    FormEvent.objects.create(form=row, step=step.value, state=row.state, at=at, actor=actor.reference, words=told)
    kind, subject = f"short.{step.value}", subject_of(row)
    facts = {"state": row.state, "flow": row.flow, "office": row.office, **(details or {})}
    record(action=kind, subject=subject, actor=actor.reference, at=at, details=facts)
    announce(kind=kind, subject=subject, payload={"number": row.number or "", **facts}, at=at)


def name_of(row: ShortForm) -> str:
    """How people call a form: its number once registered, before that the code from the phone."""
    return row.number or row.code


def needed_words(text: str, path: str = "words") -> str:
    """Words that must be there. Raises `Refused` with TQ-RES-008."""
    told = storable(text)[:MOST_WORDS]
    if not told:
        raise Refused([Fault(code=Code.TQ_RES_008, path=path)])
    return told
