"""Notes of a declaration for officers of its office, whom they name, and the mentions that wait for somebody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

import msgspec
from django.db.models import QuerySet

from thongquan.base.accounts.queries import Actor, names_of, officers_of
from thongquan.clearance.casework.models import Mention, Note
from thongquan.clearance.casework.permissions import (
    WRITERS,
    check_is_colleague,
    colleague_offices,
    reads_withdrawn,
)
from thongquan.clearance.declarations.queries import Stand, stand_of

MOST = 100


class NoteView(msgspec.Struct, frozen=True, kw_only=True):
    """A note with names. `text` is empty for a withdrawn one, but for those who oversee the office."""

    id: int
    text: str
    by: str
    at: datetime
    mentioned: list[str]
    is_mine: bool
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None


class MentionView(msgspec.Struct, frozen=True, kw_only=True):
    """A note that names somebody and waits for them."""

    note_id: int
    number: str
    text: str
    by: str
    at: datetime
    mentioned: list[str]


def officers_to_mention(office: str, at: datetime) -> dict[str, str]:
    """Names by reference of the officers of an office who can be named in its notes, ordered by name."""
    return officers_of(office, WRITERS, at)


def mentioned_in(text: str, officers: Mapping[str, str]) -> set[str]:
    """References of the officers that a text names as `@Full Name`; a name that several bear names nobody."""
    once = {name for name, count in Counter(officers.values()).items() if count == 1}
    found: set[str] = set()
    for reference, name in sorted(officers.items(), key=lambda one: -len(one[1])):
        if name in once:
            text, count = re.subn(rf"@{re.escape(name)}(?!\w)", "", text)
            found |= {reference} if count else set()
    return found


def notes_of(*, actor: Actor, number: str) -> tuple[Stand, list[NoteView]]:
    """The latest notes of a declaration, newest first. Raises `NotFound` for everyone but customs of its office."""
    stand = stand_of(actor=actor, number=number)
    check_is_colleague(actor, stand.office)
    rows = list(Note.objects.filter(declaration_id=stand.key).prefetch_related("mentions").order_by("-id")[:MOST])
    names = _names(rows) if rows else {}
    return stand, [_view(row, actor, names) for row in rows]


def _names(rows: list[Note]) -> dict[str, str]:
    people = {row.written_by for row in rows} | {row.withdrawn_by for row in rows}
    return names_of(people | {one.officer for row in rows for one in row.mentions.all()})


def _view(row: Note, actor: Actor, names: Mapping[str, str]) -> NoteView:
    shows = row.withdrawn_at is None or reads_withdrawn(actor, row.office)
    return NoteView(
        id=row.pk,
        text=row.text if shows else "",
        by=names.get(row.written_by, row.written_by),
        at=row.written_at,
        mentioned=[names.get(one.officer, one.officer) for one in row.mentions.all()] if shows else [],
        is_mine=row.written_by == actor.reference,
        withdrawn_by=names.get(row.withdrawn_by, row.withdrawn_by),
        withdrawn_at=row.withdrawn_at,
    )


def mentions_of(actor: Actor) -> list[MentionView]:
    """Notes that name this officer and wait, oldest first; only of offices that are still the officer's."""
    rows = list(_waiting(actor).select_related("note__declaration").order_by("id")[:MOST])
    names = names_of({row.note.written_by for row in rows})
    return [
        MentionView(
            note_id=row.note_id,
            number=row.note.declaration.number,
            text=row.note.text,
            by=names.get(row.note.written_by, row.note.written_by),
            at=row.note.written_at,
            mentioned=[actor.name],
        )
        for row in rows
    ]


def count_mentions(actor: Actor) -> int:
    """How many mentions wait for this officer."""
    return _waiting(actor).count()


def _waiting(actor: Actor) -> QuerySet[Mention]:
    return Mention.objects.filter(
        officer=actor.reference, done_at=None, note__office__in=colleague_offices(actor), note__withdrawn_at=None
    )
