"""The whole ledger as JSON lines, for verification by anyone, anywhere, without this database.

A header, then entries in leaf order with each signed head right after the last entry it covers, then an end line.
An entry carries its columns, the hash that stands in the tree, and the cached subtrees that it completed. Values are
written as the database holds them, so that what was tampered with arrives unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection, transaction

from thongquan.base.ledger.heads import SignedHead
from thongquan.base.ledger.lines import EXPORT_FORMAT, EndLine, EntryLine, HeaderLine, HeadLine, Line
from thongquan.base.ledger.models import Head, Leaf
from thongquan.base.ledger.queries.heads import public_keys, realm_words, signed_heads
from thongquan.base.ledger.queries.tree import completed_by

CHUNK = 5_000
SKIPPED_SHOWN = 20
TIME_TEXT = """to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
_ROWS_SQL = f"""
    SELECT l.index, l.hash, l.entry_id, e.xid::text::bigint, {TIME_TEXT}, e.actor, e.action, e.subject, e.details,
           e.salt, e.leaf
    FROM ledger_leaf l LEFT JOIN ledger_entry e ON e.id = l.entry_id
    WHERE l.index >= %s AND l.index < %s ORDER BY l.index
"""  # noqa: S608  (the inserted text is the constant above)
_SKIPPED_SQL = """
    SELECT e.id FROM ledger_entry e LEFT JOIN ledger_leaf l ON l.entry_id = e.id
    WHERE e.xid < %s::xid8 AND l.index IS NULL ORDER BY e.id LIMIT %s
"""
_WAITING_SQL = "SELECT count(*) FROM ledger_entry WHERE xid >= %s::xid8"
Progress = Callable[[int, int], None]


def export_lines(*, progress: Progress | None = None) -> Iterator[Line]:
    """Every line of an export, in order, as one consistent picture; reads in chunks, so memory stays small.

    `progress` is told entries done and entries in all. Must not run inside another transaction.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as sql:
            sql.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        newest = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
        total = 0 if newest is None else newest + 1
        yield _header(total)
        yield from _with_heads(_all_entries(total, progress), signed_heads())
        yield _end(total)


def _all_entries(total: int, progress: Progress | None) -> Iterator[EntryLine]:
    for start in range(0, total, CHUNK):
        end = min(start + CHUNK, total)
        yield from _entries(start, end)
        if progress:
            progress(end, total)


def _with_heads(entries: Iterable[EntryLine], heads: Iterator[SignedHead]) -> Iterator[Line]:
    """Each head stands before the first entry that it does not cover."""
    following = next(heads, None)
    for entry in entries:
        while following and following.head.size <= entry.index:
            yield HeadLine(head=following.words())
            following = next(heads, None)
        yield entry
    while following:
        yield HeadLine(head=following.words())
        following = next(heads, None)


def _header(total: int) -> HeaderLine:
    realm = realm_words()
    return HeaderLine(
        format=EXPORT_FORMAT,
        realm=realm.name,
        identity=realm.identity,
        keys={key_id: public.hex() for key_id, public in public_keys().items()},
        entries=total,
        heads=Head.objects.count(),
    )


def _entries(start: int, end: int) -> Iterator[EntryLine]:
    nodes = completed_by(start, end)
    with connection.cursor() as sql:
        sql.execute(_ROWS_SQL, [start, end])
        rows = sql.fetchall()
    for row in rows:
        completed = [(level, value.hex()) for level, value in nodes.get(row[0], [])]
        yield EntryLine(**entry_words(row), nodes=completed)


def entry_words(row: tuple[Any, ...]) -> dict[str, Any]:
    """The fields of a sealed entry, from a row of index, hash, id, xid, at and the entry's own columns."""
    index, value, entry_id, xid, at, actor, action, subject, details, salt, leaf = row
    words = {"index": index, "hash": bytes(value).hex(), "id": entry_id}
    if xid is None:
        return words
    named = {"xid": xid, "at": at, "actor": actor, "action": action, "subject": subject}
    return words | named | _details(bytes(details)) | {"salt": bytes(salt).hex(), "leaf": bytes(leaf).hex()}


def _details(details: bytes) -> dict[str, str]:
    try:
        return {"details": details.decode()}
    except UnicodeDecodeError:
        return {"details_hex": details.hex()}


def _end(total: int) -> EndLine:
    """How much came, what waits for the sealer, and entries that the sealer should have taken and did not."""
    horizon = str(Head.objects.order_by("-size").values_list("horizon", flat=True).first() or 0)
    with connection.cursor() as sql:
        sql.execute(_WAITING_SQL, [horizon])
        waiting = sql.fetchone()[0]
        sql.execute(_SKIPPED_SQL, [horizon, SKIPPED_SHOWN])
        skipped = [row[0] for row in sql.fetchall()]
    return EndLine(entries=total, waiting=waiting, skipped=skipped)
