"""Telling people: notices written in the caller's transaction, with the e-mails that carry them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from thongquan.base.notices.models import Mail, Notice, Preference
from thongquan.base.notices.words import words_of

Wish = tuple[bool, bool]
"""In the program, by e-mail."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """One event for several people; `once` is a key of the event, so that telling it again tells nobody twice."""

    to: frozenset[str]
    kind: str
    subject: str
    at: datetime
    values: Mapping[str, str] = field(default_factory=dict)
    once: str = ""


def notify(
    *, to: Iterable[str], kind: str, subject: str, values: Mapping[str, str], at: datetime, once: str = ""
) -> None:
    """Tell people (`user:12`) of something, in the running transaction and in the ways each of them chose.

    The kind must have words (`words.register`); the sentence is made when it is read. References of programs are left
    out. With `once`, a key of the event (at most 96 characters), a second call tells nobody twice.
    Raises LookupError for a kind without words.
    """
    notify_all([Note(to=frozenset(to), kind=kind, subject=subject, values=dict(values), at=at, once=once)])


def notify_all(notes: Sequence[Note]) -> int:
    """The same for many events in a few statements; returns how many notices were written."""
    wanted = [(reader, note) for note in notes for reader in sorted(note.to) if reader.startswith("user:")]
    if not wanted:
        return 0
    wishes = _wishes(wanted)
    told = _told_before(wanted)
    made: dict[tuple[str, str, int], tuple[Notice, Wish]] = {}
    for place, (reader, note) in enumerate(wanted):
        wish = wishes.get((reader, note.kind), _usual(note.kind))
        if any(wish) and (reader, note.once) not in told:
            made.setdefault((reader, note.once, 0 if note.once else place), (_notice(reader, note, wish), wish))
    _write(list(made.values()))
    return len(made)


def _wishes(wanted: Sequence[tuple[str, Note]]) -> dict[tuple[str, str], Wish]:
    readers, kinds = {reader for reader, _ in wanted}, {note.kind for _, note in wanted}
    rows = Preference.objects.filter(reader__in=readers, kind__in=kinds)
    return {(row.reader, row.kind): (row.in_app, row.by_mail) for row in rows}


def _usual(kind: str) -> Wish:
    words = words_of(kind)
    return words.in_app, words.by_mail


def _told_before(wanted: Sequence[tuple[str, Note]]) -> set[tuple[str, str]]:
    """Who was told of which of these events already."""
    keys = {note.once for _, note in wanted if note.once}
    if not keys:
        return set()
    rows = Notice.objects.filter(reader__in={reader for reader, _ in wanted}, once__in=keys)
    return set(rows.values_list("reader", "once"))


def _notice(reader: str, note: Note, wish: Wish) -> Notice:
    return Notice(
        reader=reader,
        kind=note.kind,
        subject=note.subject,
        values=dict(note.values),
        at=note.at,
        shown=wish[0],
        once=note.once,
    )


def _write(made: Sequence[tuple[Notice, Wish]]) -> None:
    with transaction.atomic():
        Notice.objects.bulk_create([notice for notice, _ in made])
        Mail.objects.bulk_create([Mail(notice=notice, next_at=notice.at) for notice, (_, by_mail) in made if by_mail])
