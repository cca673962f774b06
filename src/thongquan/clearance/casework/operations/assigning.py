"""Giving declarations to another officer, several at once: for those who lead the office."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.notices.operations import Note, notify_all
from thongquan.clearance.casework.operations.common import kept_words, refusal, words_faults
from thongquan.clearance.casework.permissions import check_leads
from thongquan.clearance.casework.words import ASSIGNED
from thongquan.clearance.control.queries.duty import on_duty
from thongquan.clearance.declarations.numbers import key_of_number
from thongquan.clearance.declarations.operations.assigning import assign_declaration
from thongquan.clearance.declarations.queries import Stand, declarations_in_scope
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

MOST = 100
MOST_REASON = 500


def reassign(*, actor: Actor, office: str, numbers: Iterable[str], to: str, reason: str, at: datetime) -> list[Stand]:
    """Give declarations of an office to an officer (`user:12`) on duty there, all or none, and tell that officer.

    Each is a step of its declaration with its own ledger row. Raises `NotAllowed` for everyone who does not lead the
    office, `NotFound` for a declaration of another one, `Refused` with all of TQ-CSW-001, -002 (reason), -006, -007.
    """
    check_leads(actor, office)
    chosen, words = sorted(set(numbers))[:MOST], kept_words(reason)
    faults = words_faults(words, path="reason", most=MOST_REASON)
    if to not in on_duty(office, at):
        faults.append(Fault(code=Code.TQ_CSW_006, path="to", value=to[:40]))
    if not chosen:
        faults.append(Fault(code=Code.TQ_CSW_007, path="number"))
    if faults:
        raise Refused(faults)
    with transaction.atomic():
        moved = [one for number in chosen if (one := _moved(actor, office, number, to, words, at))]
        if not moved:
            raise refusal(Code.TQ_CSW_007, "number")
        if to != actor.reference:
            notify_all([_note(one, to, at) for one in moved])
    return moved


def _moved(actor: Actor, office: str, number: str, to: str, reason: str, at: datetime) -> Stand | None:
    """The declaration in its new hands; None when it is in them already."""
    row = declarations_in_scope(actor).filter(office=office, pk=key_of_number(number)).only("assigned_to").first()
    if row is None:
        raise NotFound(number)
    if row.assigned_to == to:
        return None
    return assign_declaration(actor=actor, number=number, to=to, reason=reason, at=at)


def _note(stand: Stand, to: str, at: datetime) -> Note:
    return Note(to=frozenset({to}), kind=ASSIGNED, subject=stand.subject, at=at, values={"number": stand.number})
