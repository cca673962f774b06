"""Notices as their reader sees them: unread ones first, newest first, page by page without counting."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import msgspec
from django.db.models import QuerySet

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.notices.models import Notice, Preference
from thongquan.base.notices.permissions import check_reads_notices
from thongquan.base.notices.words import Words, all_words, leads_to, told

PAGE = 30
MOST_COUNTED = 100


class NoticeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A notice in the reader's language; `url` leads to its subject, '' when nowhere."""

    id: int
    kind: str
    text: str
    url: str
    at: datetime
    is_read: bool


class Place(NamedTuple):
    """Where a page of the list begins: after this notice, in the unread part or behind it."""

    is_read: bool
    id: int

    def __str__(self) -> str:
        return f"{'r' if self.is_read else 'u'}{self.id}"


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page of the list; `after` is where the next one begins, None at the end."""

    rows: list[NoticeRow]
    after: Place | None


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """How a person wants one kind. `way` is app, mail, both or none."""

    words: Words
    way: str


WAYS = {"both": (True, True), "app": (True, False), "mail": (False, True), "none": (False, False)}
_WAY_OF = {ways: name for name, ways in WAYS.items()}


def place_of(text: str) -> Place | None:
    """The place that an address names; None for the beginning and for anything else."""
    mark, digits = text[:1], text[1:19]
    return Place(mark == "r", int(digits)) if mark in ("u", "r") and digits.isascii() and digits.isdigit() else None


def unread_count(actor: Actor) -> int:
    """How many notices wait, counted up to a hundred."""
    if actor.user_id is None:
        return 0
    return Notice.objects.filter(reader=actor.reference, shown=True, read_at=None)[:MOST_COUNTED].count()


def notices_of(
    *, actor: Actor, after: Place | None = None, unread_only: bool = False, kind: str = "", size: int = PAGE
) -> Page:
    """The actor's notices from a place on. Raises NotAllowed for programs."""
    check_reads_notices(actor)
    mine = Notice.objects.filter(reader=actor.reference, shown=True)
    if kind:
        mine = mine.filter(kind=kind)
    found: list[Notice] = []
    if after is None or not after.is_read:
        found += _part(mine.filter(read_at=None), after, size + 1)
    if not unread_only and len(found) <= size:
        behind = after if after is not None and after.is_read else None
        found += _part(mine.exclude(read_at=None), behind, size + 1 - len(found))
    last = found[size - 1] if len(found) > size else None
    rows = [_row(one) for one in found[:size]]
    return Page(rows=rows, after=Place(last.read_at is not None, last.pk) if last else None)


def notice_of(*, actor: Actor, notice: int) -> NoticeRow:
    """One notice of the actor's. Raises NotAllowed, NotFound."""
    check_reads_notices(actor)
    row = Notice.objects.filter(reader=actor.reference, shown=True, pk=notice).first()
    if row is None:
        raise NotFound(str(notice))
    return _row(row)


def kinds_of(actor: Actor) -> list[Words]:
    """The kinds this person can get, in the order they were registered."""
    sides = {"all", "trader" if is_trader(actor) else "customs"}
    return [words for words in all_words() if words.side in sides]


def wishes_of(actor: Actor) -> list[Wish]:
    """How the actor wants each kind: as chosen, else as is usual. Raises NotAllowed for programs."""
    check_reads_notices(actor)
    rows = Preference.objects.filter(reader=actor.reference)
    chosen = {row.kind: (row.in_app, row.by_mail) for row in rows}
    return [
        Wish(words=words, way=_WAY_OF[chosen.get(words.kind, (words.in_app, words.by_mail))])
        for words in kinds_of(actor)
    ]


def _part(rows: QuerySet[Notice], after: Place | None, size: int) -> list[Notice]:
    if after is not None:
        rows = rows.filter(pk__lt=after.id)
    return list(rows.order_by("-pk")[:size])


def _row(row: Notice) -> NoticeRow:
    return NoticeRow(
        id=row.pk,
        kind=row.kind,
        text=told(row.kind, row.values),
        url=leads_to(row.kind, row.subject),
        at=row.at,
        is_read=row.read_at is not None,
    )
