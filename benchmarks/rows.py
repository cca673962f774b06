"""The rows that one lodgement writes, taken from a real one: what the bare database is measured with."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

INVOICE, PLATE = b"INVOICE-00000", b"12C-PLATE0"
TABLES = {
    "declarations_declaration": "id = %(id)s",
    "declarations_version": "declaration_id = %(id)s",
    "declarations_line": "declaration_id = %(id)s",
    "revenue_liability": "subject = %(subject)s",
    "ledger_entry": "subject = %(subject)s AND action = 'declaration.lodged'",
    "core_outboxmessage": "subject = %(subject)s AND kind = 'declaration.lodged'",
}
"""In the order of writing, with how the rows of one declaration are found."""
LINES = "declarations_line"

Row = dict[str, Any]


def rows_of(url: str) -> dict[str, list[Row]]:
    """The rows of the first declaration of this database, without the columns that the database itself fills in."""
    with psycopg.connect(url, row_factory=dict_row) as connection:
        found = connection.execute("SELECT id, number FROM declarations_declaration ORDER BY id LIMIT 1").fetchone()
        if found is None:
            raise RuntimeError("nothing was lodged")
        key = {"id": found["id"], "subject": f"declaration:{found['number']}"}
        rows = {table: connection.execute(_select(table, where), key).fetchall() for table, where in TABLES.items()}
    return {table: [_written(table, row) for row in several] for table, several in rows.items()}


def _select(table: str, where: str) -> bytes:
    return f"SELECT * FROM {table} WHERE {where} ORDER BY id".encode()


def _written(table: str, row: Row) -> Row:
    left = {"xid"} if table == "declarations_declaration" else {"xid", "id"}
    return {name: Jsonb(value) if isinstance(value, dict) else value for name, value in row.items() if name not in left}


def statements_of(rows: dict[str, list[Row]]) -> dict[str, bytes]:
    """One INSERT per table."""
    found = {}
    for table, several in rows.items():
        names = list(several[0])
        found[table] = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})".encode()
    return found


def marks_of(key: int) -> Row:
    """What tells one declaration from another in its rows; `key` has eleven digits."""
    number = f"{key}0"
    return {
        "id": str(key),
        "declaration_id": key,
        "number": number,
        "subject": f"declaration:{number}",
        "fingerprint": hashlib.sha256(number.encode()).digest(),
    }


def fresh(rows: dict[str, list[Row]], *, start: int) -> Iterator[dict[str, list[list[Any]]]]:
    """The same rows as parameters again and again, each time as another declaration with keys from `start` on."""
    for key in itertools.count(start):
        marks = {**marks_of(key), "id": key}
        lines = {name: value for name, value in marks.items() if name != "number"}
        yield {
            table: [
                [(lines if table == LINES else marks).get(name, value) for name, value in row.items()]
                for row in several
            ]
            for table, several in rows.items()
        }
