"""Writing and withdrawing notes: append-only, a correction is a new note."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import Conflict, NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.notices.operations import notify
from thongquan.clearance.casework.models import Mention, Note
from thongquan.clearance.casework.operations.common import kept_words, salted, words_faults
from thongquan.clearance.casework.permissions import check_can_write_notes, check_is_colleague
from thongquan.clearance.casework.queries.notes import mentioned_in, officers_to_mention
from thongquan.clearance.casework.words import MENTIONED
from thongquan.clearance.control.operations.common import tell
from thongquan.clearance.declarations.queries import Stand, stand_of
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def write_note(*, actor: Actor, number: str, text: str, at: datetime, mentions: Iterable[str] = ()) -> int:
    """Write a note on a declaration for customs alone, and tell the officers it names; gives its id.

    `mentions` are references (`user:12`) beside those written as `@Full Name`. Raises `NotFound` for everyone but
    customs of the office, `NotAllowed` for those who only read, `Refused`: TQ-CSW-001, -002, -003.
    """
    stand = stand_of(actor=actor, number=number)
    check_can_write_notes(actor, stand.office)
    words = kept_words(text)
    officers = officers_to_mention(stand.office, at)
    named = {*(one for one in mentions if one), *mentioned_in(words, officers)}
    faults = words_faults(words, path="text")
    strangers = sorted(named - officers.keys())
    faults += [Fault(code=Code.TQ_CSW_003, path="mention", value=one[:40]) for one in strangers]
    if faults:
        raise Refused(faults)
    return _written(actor, stand, words, named, at)


def _written(actor: Actor, stand: Stand, words: str, named: set[str], at: datetime) -> int:
    salt, digest = salted(words)
    with transaction.atomic():
        note = Note.objects.create(
            declaration_id=stand.key,
            office=stand.office,
            text=words,
            salt=salt,
            written_by=actor.reference,
            written_at=at,
        )
        Mention.objects.bulk_create(Mention(note=note, officer=one) for one in sorted(named))
        _tell("note.written", note, stand.subject, actor, at, sha256=digest)
        told = sorted(named - {actor.reference})
        if told:
            values = {"number": stand.number, "by": actor.name}
            notify(to=told, kind=MENTIONED, subject=stand.subject, values=values, at=at)
    return note.pk


def withdraw_note(*, actor: Actor, note_id: int, at: datetime) -> str:
    """Take back a note of one's own: it stays, told as withdrawn. Gives the number of its declaration.

    Raises `NotFound` outside the office, `NotAllowed` for the note of another, `Conflict` when withdrawn already.
    """
    with transaction.atomic():
        rows = Note.objects.select_for_update(of=("self",)).select_related("declaration")
        note = rows.filter(pk=note_id).first() if 0 < note_id < 2**63 else None
        if note is None:
            raise NotFound("note")
        check_is_colleague(actor, note.office)
        if note.written_by != actor.reference:
            raise NotAllowed("casework.note")
        if note.withdrawn_at is not None:
            raise Conflict("note")
        note.withdrawn_by, note.withdrawn_at = actor.reference, at
        note.save(update_fields=["withdrawn_by", "withdrawn_at"])
        Mention.objects.filter(note=note, done_at=None).update(done_at=at)
        stand = stand_of(actor=actor, number=note.declaration.number)
        _tell("note.withdrawn", note, stand.subject, actor, at)
        return stand.number


def finish_mention(*, actor: Actor, note_id: int, at: datetime) -> None:
    """Say that one has dealt with a note one was named in. Raises `NotFound` for one that does not wait for one."""
    rows = Mention.objects.filter(note_id=note_id, officer=actor.reference, done_at=None)
    if not rows.update(done_at=at):
        raise NotFound("mention")


def _tell(action: str, note: Note, subject: str, actor: Actor, at: datetime, **more: str) -> None:
    """On the note itself, never on the declaration: the trader reads the declaration's own entries."""
    tell(action, f"note:{note.pk}", actor, at, {"on": subject, "office": note.office, **more})
