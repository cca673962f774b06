"""Declarations that are already stored: rows of real ones, copied under other keys with COPY.

Every table that grows with declarations and is read or written on the way of a request: header, version, lines,
events, search copy, liability and debt, with all their indexes. Ledger and outbox are only ever written at their end
and are left as they are.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta

import psycopg
from psycopg import sql

from benchmarks.office import say

TABLES = {
    "declarations_declaration": "id",
    "declarations_version": "declaration_id",
    "declarations_line": "declaration_id",
    "declarations_event": "declaration_id",
    "declarations_searchcopy": "declaration_id",
    "revenue_liability": "subject",
    "revenue_debt": "subject",
}
"""In the order of writing, with the column that names the declaration."""
MARKS = {
    "fingerprint": r"\x@fingerprint@",
    "registered_at": "@at@",
    "at": "@at@",
    "office": "@office@",
    "tax_code": "@trader@",
    "state": "@state@",
    "waiting_for": "@waiting@",
    "rank": "@rank@",
    "open_vnd": "@open@",
}
"""What is not copied as it stands, by column."""
OFFICES = (b"15BB", b"20BB", b"02CI", b"03CC", b"43NB")
OPEN_SHARE, TRADERS, BATCH = 0.05, 5000, 2000
FIRST = 10_000_001_000
DAYS = 365

Chunks = dict[str, list[tuple[bytes, bytes]]]


def chunks_of(url: str) -> Chunks:
    """By table, the key and the rows of each declaration that is there, as COPY writes them, with marks."""
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT id FROM declarations_declaration ORDER BY id").fetchall()
        keys = [int(row[0]) for row in found]
        return {table: [(str(key).encode(), _rows(connection, table, key)) for key in keys] for table in TABLES}


def _columns(connection: psycopg.Connection, table: str) -> list[str]:
    """All that are not made by the database itself."""
    found = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_identity = 'NO'"
        " AND column_name <> 'xid' ORDER BY ordinal_position",
        [table],
    )
    return [str(row[0]) for row in found]


def _rows(connection: psycopg.Connection, table: str, key: int) -> bytes:
    columns = [
        sql.Literal(MARKS[name]) if name in MARKS else sql.Identifier(name) for name in _columns(connection, table)
    ]
    column = TABLES[table]
    value: object = f"declaration:{key}0" if column == "subject" else key
    question = sql.SQL("COPY (SELECT {} FROM {} WHERE {} = {}) TO STDOUT").format(
        sql.SQL(", ").join(columns), sql.Identifier(table), sql.Identifier(column), sql.Literal(value)
    )
    with connection.cursor() as cursor, cursor.copy(question) as rows:
        return b"".join(bytes(part) for part in rows)


def fill(url: str, chunks: Chunks, count: int, at: datetime) -> None:
    """Write so many declarations spread over the year before, the latest twentieth open, and gather statistics."""
    with psycopg.connect(url, autocommit=True) as connection:
        for table, several in chunks.items():
            say(f"  {table}: rows of {count:,} declarations")
            names = sql.SQL(", ").join(map(sql.Identifier, _columns(connection, table)))
            statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
            with connection.cursor() as cursor, cursor.copy(statement) as rows:
                for part in _parts(several, count, at):
                    rows.write(part)
            connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(table)))
        connection.execute("SELECT setval('declarations_import_number', %s)", [count + 100_000])


def _parts(several: list[tuple[bytes, bytes]], count: int, at: datetime) -> Iterator[bytes]:
    made = (_copied(place, *chunk, count=count, at=at) for place, chunk in _places(several, count))
    while part := list(itertools.islice(made, BATCH)):
        yield b"".join(part)


def _places(several: list[tuple[bytes, bytes]], count: int) -> Iterator[tuple[int, tuple[bytes, bytes]]]:
    return zip(range(count), itertools.cycle(several), strict=False)


def _copied(place: int, key: bytes, rows: bytes, *, count: int, at: datetime) -> bytes:
    """The rows of one declaration under another key."""
    moment = at - timedelta(days=DAYS) * (1 - place / count)
    is_open = place > (1 - OPEN_SHARE) * count
    written = rows.replace(key, b"%d" % (FIRST + place))
    for mark, value in (
        (b"@fingerprint@", hashlib.sha256(b"%d" % place).hexdigest().encode()),
        (b"@at@", moment.isoformat().encode()),
        (b"@office@", OFFICES[0 if place % 5 == 0 else 1 + place % 4]),
        (b"@trader@", b"%010d" % (place % TRADERS)),
        (b"@state@", b"channeled" if is_open else b"cleared"),
        (b"@waiting@", (b"customs", b"declarant")[place % 2] if is_open else b""),
        (b"@rank@", b"%d" % moment.timestamp() if is_open else b"0"),
        (b"@open@", b"0"),
    ):
        if mark in written:
            written = written.replace(mark, value)
    return written
