"""Keeping the columns of queues: in the transaction of every step, and from the outbox for what was just lodged.

They are derived from events and never counted by a job; the same derivation fills them everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction

from thongquan.clearance.declarations.models import ENDED, Declaration
from thongquan.clearance.declarations.queries.places import perishable_among, places_of

BATCH = 500
COLUMNS = ("waiting_for", "due_at", "due_clock", "rank")
# Written by hand: a batch in one statement. What has not changed is not written anew.
_UPDATE = """
    UPDATE declarations_declaration AS d
    SET waiting_for = p.waiting_for, due_at = p.due_at, due_clock = p.due_clock, rank = p.rank,
        is_perishable = p.is_perishable
    FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::text[], %s::bigint[], %s::boolean[])
        AS p(id, waiting_for, due_at, due_clock, rank, is_perishable)
    WHERE d.id = p.id AND (d.waiting_for, d.due_at, d.due_clock, d.rank, d.is_perishable)
        IS DISTINCT FROM (p.waiting_for, p.due_at, p.due_clock, p.rank, p.is_perishable)
"""


def place_declaration(declaration: Declaration, *, at: datetime) -> None:
    """Set the columns of a locked declaration whose event was just written; the caller saves `COLUMNS`."""
    place = places_of([declaration], at)[declaration.id]
    for name, value in place._asdict().items():
        setattr(declaration, name, value)


def place_declarations(keys: Iterable[int], *, at: datetime) -> None:
    """Reckon anew where these stand. Idempotent; their rows are locked, in order, so that no step is overtaken."""
    with transaction.atomic():
        rows = list(Declaration.objects.select_for_update().filter(id__in=set(keys)).order_by("id"))
        perishable = perishable_among([row.id for row in rows], at)
        for row in rows:
            row.is_perishable = row.id in perishable
        _write(rows, at)


def _write(rows: Sequence[Declaration], at: datetime) -> None:
    places = places_of(rows, at)
    told = [(row.id, *places[row.id], row.is_perishable) for row in rows]
    if told:
        with connection.cursor() as cursor:
            cursor.execute(_UPDATE, [list(column) for column in zip(*told, strict=True)])


def place_unplaced(*, at: datetime, everything: bool = False, progress: Callable[[int], None] | None = None) -> int:
    """Reckon where declarations stand that nobody has placed yet, and with `everything` all that wait for somebody.

    For rows older than these columns, and for law that has changed. Safe to run again; returns how many were placed.
    """
    Declaration.objects.filter(rank=None, state__in=ENDED).update(rank=0)
    count, after = 0, 0
    while keys := _next_keys(after, everything=everything):
        place_declarations(keys, at=at)
        count, after = count + len(keys), keys[-1]
        if progress:
            progress(count)
    return count


def _next_keys(after: int, *, everything: bool) -> list[int]:
    rows = Declaration.objects.filter(rank=None)
    if everything:
        rows = rows | Declaration.objects.filter(waiting_for__gt="")
    return list(rows.filter(id__gt=after).order_by("id").values_list("id", flat=True)[:BATCH])
