"""Live counts of queues, bounded so that they cost the same however long a queue is, and the load of officers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from django.db import connection

from thongquan.base.accounts.permissions import readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor, names_of
from thongquan.clearance.declarations.queries.files import Filters
from thongquan.clearance.declarations.queries.places import AHEAD
from thongquan.clearance.declarations.queries.queueing.pages import in_queue, of_branch
from thongquan.clearance.declarations.queries.queueing.queues import (
    HANDLED,
    SOON_CUSTOMS,
    TABLE,
    WAITS,
    Queue,
    branches_of,
    queues_of,
    side_of_queue,
    soon,
)

MOST = 1000
"""Counts stop here: more is told as `1.000+`."""
# Written by hand: the whole row of counts in one statement, each from an index alone.
_COUNT = "(SELECT count(*) FROM ({parts} LIMIT {most}) AS counted)"
_PART = "SELECT 1 FROM {table} WHERE {where}"
_LOAD = """
    SELECT assigned_to, count(*) FILTER (WHERE waiting_for = 'customs'),
        count(*) FILTER (WHERE waiting_for <> 'customs'),
        count(*) FILTER (WHERE waiting_for = 'customs' AND due_at < %s),
        count(*) FILTER (WHERE waiting_for = 'customs' AND due_at >= %s AND due_at < %s)
    FROM declarations_declaration WHERE office = ANY(%s) AND waiting_for > '' GROUP BY assigned_to
"""


class Count(msgspec.Struct, frozen=True):
    """How many rows a queue holds and how many of them are late, both up to `MOST`; `more` beyond that."""

    n: int
    late: int = 0
    more: bool = False


class OfficerLoad(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer has: open for customs, waiting for the declarant; of the first, late and due soon.

    `officer` is empty for what nobody has taken.
    """

    officer: str
    name: str
    open: int
    waiting: int
    late: int
    soon: int


def queue_counts(actor: Actor, at: datetime) -> dict[Queue, Count]:
    """The live count of each of the actor's queues, in one statement."""
    queues = queues_of(actor)
    parts: list[str] = []
    values: list[Any] = []
    for queue in queues:
        for limit in (soon(actor, at) if queue == Queue.SOON else None, at):
            sql, given = _counted(actor, queue, limit)
            parts.append(sql)
            values += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        row = cursor.fetchone()
    pairs = zip(queues, row[::2], row[1::2], strict=True)
    return {queue: Count(min(n, MOST), min(late, MOST), n > MOST) for queue, n, late in pairs}


def _counted(actor: Actor, queue: Queue, limit: datetime | None) -> tuple[str, list[Any]]:
    """How many rows of a queue are due before `limit`, or all of them for None, and the values of the statement."""
    where, values = _where(actor, queue)
    if limit is None:
        parts = [where]
    elif queue == Queue.ALL:
        parts, values = ["false"], []
    else:
        due = int(limit.timestamp())
        parts = [f"{where} AND rank <= {due - AHEAD}", f"{where} AND rank BETWEEN 0 AND {due}"]
        values = values * 2
    told = " UNION ALL ".join(_PART.format(table=TABLE, where=part) for part in parts)
    return _COUNT.format(parts=told, most=MOST + 1), values


def _where(actor: Actor, queue: Queue) -> tuple[str, list[Any]]:
    offices, enterprises = sorted(readable_offices(actor)), sorted(readable_enterprises(actor))
    scopes = [(column, codes) for column, codes in (("office", offices), ("tax_code", enterprises)) if codes]
    conditions = [f"({' OR '.join(f'{column} = ANY(%s)' for column, _codes in scopes) or 'false'})"]
    values: list[Any] = [codes for _column, codes in scopes]
    if queue != Queue.ALL:
        conditions.append(WAITS)
    if queue == Queue.MINE:
        conditions += [HANDLED, "assigned_to = %s"]
        values.append(actor.reference)
    if side := side_of_queue(actor, queue):
        conditions.append(f"waiting_for = '{side}'")
    return " AND ".join(conditions), values


def count_in_queue(actor: Actor, queue: Queue, filters: Filters, at: datetime) -> Count:
    """How many rows of a queue fit the filters, up to `MOST`."""
    rows = in_queue(actor, queue, filters, at)
    n = sum(of_branch(rows, branch)[: MOST + 1].count() for branch in branches_of(actor, queue, by_due=False))
    return Count(min(n, MOST), more=n > MOST)


def load_by_officer(actor: Actor, at: datetime) -> list[OfficerLoad]:
    """What each officer of the actor's offices has, the most late first; what nobody has taken stands at the head."""
    offices = sorted(readable_offices(actor))
    with connection.cursor() as cursor:
        cursor.execute(_LOAD, [at, at, at + SOON_CUSTOMS, offices])
        rows = cursor.fetchall()
    names = names_of([row[0] for row in rows])
    loads = [
        OfficerLoad(officer=who, name=names.get(who, who), open=n, waiting=waiting, late=late, soon=coming)
        for who, n, waiting, late, coming in rows
    ]
    return sorted(loads, key=lambda load: (load.officer != "", -load.late, -load.open, load.name))
