"""A page of a queue by keyset: what lies before it costs nothing, however deep it is.

One index gives the rows of one office or enterprise in order; for several, the first rows of each are merged.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import or_
from typing import NamedTuple

import msgspec
from django.db.models import Q, QuerySet

from thongquan.base.accounts.permissions import readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.models import Declaration
from thongquan.clearance.declarations.numbers import key_of_number
from thongquan.clearance.declarations.queries.files import Filters, Summary, declarations_in_scope, narrowed_by
from thongquan.clearance.declarations.queries.queueing.queues import (
    TABLE,
    WAITS,
    Branch,
    Queue,
    branches_of,
    soon,
)

MOST_BRANCHES = 60
"""Of more scopes the rows are sorted instead of merged."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BIGGEST = 2**62


class QueueRow(Summary, frozen=True, kw_only=True):
    """A row of a queue: whose it is, when it is due, and its `cursor` in the order of the page."""

    assigned_to: str
    due_at: datetime | None
    is_perishable: bool
    cursor: str = ""


class Cursor(NamedTuple):
    """A place in the order of a queue: the value it is ordered by (rank, or microseconds), and the key of a row."""

    value: int
    key: int

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """The cursor of an address; None for what is none."""
        value, _dot, key = text.partition(".")
        if not (value.removeprefix("-").isdecimal() and key.isdecimal() and text.isascii()) or len(text) > 40:
            return None
        found = cls(int(value), int(key))
        return found if max(abs(found.value), found.key) < _BIGGEST else None

    def __str__(self) -> str:
        return f"{self.value}.{self.key}"


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a queue. `before` and `after` are cursors of its ends where more rows lie beyond, else empty."""

    rows: list[QueueRow]
    before: str = ""
    after: str = ""


class Order(NamedTuple):
    """How a queue is ordered: by rank upwards, or by registration downwards; `backwards` reads it from its end."""

    by_rank: bool
    backwards: bool = False

    @property
    def fields(self) -> tuple[str, str]:
        """For `order_by`."""
        sign = "" if self.by_rank != self.backwards else "-"
        return (f"{sign}{self.column}", f"{sign}id")

    @property
    def column(self) -> str:
        """What rows are ordered by."""
        return "rank" if self.by_rank else "registered_at"

    def beyond(self, cursor: Cursor) -> tuple[str, list[object]]:
        """The condition of rows that follow a cursor, and its values."""
        sign = ">" if self.by_rank != self.backwards else "<"
        value = cursor.value if self.by_rank else _EPOCH + _MICROSECOND * cursor.value
        return f"({TABLE}.{self.column}, {TABLE}.id) {sign} (%s, %s)", [value, cursor.key]


_COLUMNS = [field.name for field in msgspec.structs.fields(QueueRow) if field.name != "cursor"]


def queue_page(
    *,
    actor: Actor,
    queue: Queue,
    filters: Filters,
    at: datetime,
    limit: int = 50,
    after: Cursor | None = None,
    before: Cursor | None = None,
    by_due: bool = False,
) -> Page:
    """The rows of a queue that follow `after`, or those that end before `before`; from its head without either.

    Queues are ordered by what is due first, live and perishable goods of an inspection before all; `all` by
    registration, the latest first, unless `by_due` narrows it to what waits for somebody.
    """
    order = Order(queue != Queue.ALL or by_due, backwards=before is not None)
    keys = _keys(actor, queue, filters, at, order, cursor=before or after, limit=limit + 1, by_due=by_due)
    more, keys = len(keys) > limit, keys[:limit]
    rows = _rows_of(keys[::-1] if order.backwards else keys, order)
    if not rows:
        return Page(rows=[])
    is_first = not more if order.backwards else after is None
    is_last = False if order.backwards else not more
    return Page(rows=rows, before="" if is_first else rows[0].cursor, after="" if is_last else rows[-1].cursor)


def next_in_queue(
    *, actor: Actor, queue: Queue, filters: Filters, at: datetime, cursor: Cursor | None, number: str
) -> QueueRow | None:
    """What to open after a declaration that stood at `cursor`: the row that follows, else the head of the queue."""
    for after in (cursor, None) if cursor else (None,):
        page = queue_page(actor=actor, queue=queue, filters=filters, at=at, limit=2, after=after)
        found = next((row for row in page.rows if key_of_number(row.number) != key_of_number(number)), None)
        if found is not None:
            return found
    return None


def rows_of_numbers(*, actor: Actor, numbers: list[str]) -> list[QueueRow]:
    """Rows of these declarations, in this order; those outside the actor's scope are left out."""
    keys = [key_of_number(number) for number in numbers]
    seen = set(declarations_in_scope(actor).filter(id__in=keys).values_list("id", flat=True))
    return _rows_of([key for key in dict.fromkeys(keys) if key in seen], Order(by_rank=True))


def officer_of(key: int) -> str:
    """Who has a declaration (`user:12`), empty for nobody. The caller has checked that the reader may see it."""
    return Declaration.objects.filter(id=key).values_list("assigned_to", flat=True).first() or ""


def _keys(
    actor: Actor,
    queue: Queue,
    filters: Filters,
    at: datetime,
    order: Order,
    *,
    cursor: Cursor | None,
    limit: int,
    by_due: bool,
) -> list[int]:
    """Keys of the rows, in order."""
    whole = in_queue(actor, queue, filters, at)
    if cursor is not None:
        condition, values = order.beyond(cursor)
        whole = _with(whole, condition, values)
    branches = branches_of(actor, queue, by_due=by_due)
    if len(branches) > MOST_BRANCHES:
        either = reduce(or_, (Q(**branch.equal) for branch in branches))
        return list(whole.filter(either).order_by(*order.fields).values_list("id", flat=True)[:limit])
    parts = [_part(whole, branch, order, limit) for branch in branches]
    if len(parts) < 2:
        return [key for part in parts for _value, key in part]
    merged = parts[0].union(*parts[1:])
    return [key for _value, key in merged.order_by(*order.fields)[:limit]]


def _part(
    whole: QuerySet[Declaration], branch: Branch, order: Order, limit: int
) -> QuerySet[Declaration, tuple[object, int]]:
    rows = of_branch(whole, branch)
    return rows.order_by(*order.fields).values_list(order.column, "id")[:limit]


def only_waiting(rows: QuerySet[Declaration]) -> QuerySet[Declaration]:
    """Of these those that wait for somebody, found through the indexes of queues."""
    return _with(rows, WAITS)


def of_branch(rows: QuerySet[Declaration], branch: Branch) -> QuerySet[Declaration]:
    """The rows of one piece of a queue."""
    return reduce(_with, branch.literal, rows.filter(**branch.equal))


def _with(rows: QuerySet[Declaration], condition: str, values: Sequence[object] = ()) -> QuerySet[Declaration]:
    """Rows with a condition of ours that the ORM has no words for: literals, and comparisons of pairs."""
    return rows.extra(where=[condition], params=list(values))  # noqa: S610  only constants of this package come here


def in_queue(actor: Actor, queue: Queue, filters: Filters, at: datetime) -> QuerySet[Declaration]:
    """What a queue and its filters ask of a row beside its branch."""
    rows = narrowed_by(Declaration.objects.all(), filters, actor=actor, at=at)
    if queue == Queue.MINE:
        scope = Q(office__in=readable_offices(actor)) | Q(tax_code__in=readable_enterprises(actor))
        rows = rows.filter(scope)
    if queue == Queue.SOON:
        limit = soon(actor, at)
        rows = rows.filter(rank__lte=int(limit.timestamp()), due_at__lte=limit)
    return rows


def _rows_of(keys: list[int], order: Order) -> list[QueueRow]:
    found = {row.id: row for row in Declaration.objects.filter(id__in=keys).only("id", *_COLUMNS, order.column)}
    return [_row(found[key], order) for key in keys if key in found]


def _row(row: Declaration, order: Order) -> QueueRow:
    value = (row.rank or 0) if order.by_rank else (row.registered_at - _EPOCH) // _MICROSECOND
    return QueueRow(**{name: getattr(row, name) for name in _COLUMNS}, cursor=str(Cursor(value, row.id)))
