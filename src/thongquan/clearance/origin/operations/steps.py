"""Taking a step of a certificate: row locked, permission and state asked, story, ledger row and message written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.origin.models import Certificate, Event
from thongquan.clearance.origin.permissions import check_may
from thongquan.clearance.origin.queries import certificates_in_scope, subject_of
from thongquan.clearance.origin.states import STEPS, State, Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

MOST_WORDS = 2000


def locked(actor: Actor, certificate: int, step: Step) -> Certificate:
    """The certificate, locked until the transaction ends, when the actor may take the step and its state allows it.

    Raises `NotFound` outside the scope, `NotAllowed`, `Refused` with TQ-ORI-054.
    """
    if not certificates_in_scope(actor).filter(id=certificate).exists():
        raise NotFound(str(certificate))
    row = Certificate.objects.select_for_update().get(id=certificate)
    check_may(actor, STEPS[step].who, office=row.office, tax_code=row.tax_code)
    check_opens(row, step)
    return row


def check_opens(row: Certificate, step: Step) -> None:
    """Raise `Refused` with TQ-ORI-054 when the state does not allow the step."""
    if State(row.state) not in STEPS[step].moves:
        values = {"step": step.value, "state": row.state}
        raise Refused([Fault(code=Code.TQ_ORI_054, path="state", value=row.number, values=values)])


def take(
    row: Certificate, step: Step, actor: Actor, at: datetime, *, words: str = "", changed: tuple[str, ...] = ()
) -> None:
    """Set the state a step leads to, keep the columns that changed, write the story and tell others once."""
    row.state = STEPS[step].moves[State(row.state)]
    row.save(update_fields=["state", *changed])
    happened(row, step, actor, at, words=words)


def happened(
    row: Certificate,
    step: Step,
    actor: Actor,
    at: datetime,
    *,
    words: str = "",
    details: Mapping[str, object] | None = None,
) -> None:
    """Write a step into the story, the ledger and the outbox; words and names stay in the story."""
    Event.objects.create(certificate=row, step=step, at=at, actor=actor.reference, words=storable(words)[:MOST_WORDS])
    kind, subject = f"origin.{step}", subject_of(row)
    told = {"state": row.state, "office": row.office, "agreement": row.agreement, **(details or {})}
    record(action=kind, subject=subject, actor=actor.reference, at=at, details=told)
    announce(kind=kind, subject=subject, payload=told, at=at)


def needed_words(text: str) -> str:
    """Words that must be there. Raises `Refused` with TQ-ORI-055."""
    told = storable(text)
    if not told:
        raise Refused([Fault(code=Code.TQ_ORI_055, path="words")])
    return told
