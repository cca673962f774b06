"""The tables of the lake: columns with their types, key, and the moment that puts a row into its month.

Columns are only ever added, at the end and nullable for files of before: `differences` says what breaks this, and a
test holds it against the columns that were released. Dong are decimals of 20 digits as in the database, moments are
UTC, `month` is the first day of the month in Vietnam, `batch` the outbox batch that brought the row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

import pyarrow as pa

MONEY = pa.decimal128(20, 0)
MOMENT = pa.timestamp("us", tz="UTC")
WORDS = pa.list_(pa.string())
VIETNAM = timezone(timedelta(hours=7))
"""Vietnam knows no summer time, so that no table of zones is needed to tell a month."""


@dataclass(frozen=True)
class Table:
    """One table: rows of the same `key` are the same row, of which the last one written counts."""

    name: str
    key: tuple[str, ...]
    columns: tuple[tuple[str, pa.DataType], ...]

    @property
    def schema(self) -> pa.Schema:
        """All columns, those of the lake itself last."""
        return pa.schema([*self.columns, ("month", pa.date32()), ("batch", pa.string())])


_OF_DECLARATION = (("declaration", pa.int64()), ("version", pa.int16()))
_PLACE = (("flow", pa.string()), ("office", pa.string()), ("gate", pa.string()))

DECLARATIONS = Table(
    "declarations",
    ("declaration", "version"),
    (
        *_OF_DECLARATION,
        *_PLACE,
        ("number", pa.string()),
        ("regime", pa.string()),
        ("tax_code", pa.string()),
        ("source", pa.string()),
        ("actor", pa.string()),
        ("registered_at", MOMENT),
        ("at", MOMENT),
        ("lines", pa.int32()),
        ("value_vnd", MONEY),
        ("due_vnd", MONEY),
        ("secured_vnd", MONEY),
        ("fee_vnd", MONEY),
        ("in_force", pa.bool_()),
    ),
)
LINES = Table(
    "lines",
    ("declaration", "version", "line"),
    (
        *_OF_DECLARATION,
        ("line", pa.int16()),
        *_PLACE,
        ("tax_code", pa.string()),
        ("hs", pa.string()),
        ("origin", pa.string()),
        ("schedule", pa.string()),
        ("description", pa.string()),
        ("quantity", pa.decimal128(24, 4)),
        ("unit", pa.string()),
        ("net_weight_kg", pa.decimal128(20, 4)),
        ("value_vnd", MONEY),
        ("due_vnd", MONEY),
        ("in_force", pa.bool_()),
    ),
)
DUTIES = Table(
    "duties",
    ("declaration", "version", "line", "place"),
    (
        *_OF_DECLARATION,
        ("line", pa.int16()),
        ("place", pa.int16()),
        *_PLACE,
        ("tax", pa.string()),
        ("treatment", pa.string()),
        ("schedule", pa.string()),
        ("rate", pa.decimal128(18, 9)),
        ("base_vnd", MONEY),
        ("amount_vnd", MONEY),
        ("verified", pa.bool_()),
        ("in_force", pa.bool_()),
    ),
)
DECISIONS = Table(
    "decisions",
    ("declaration", "version"),
    (
        *_OF_DECLARATION,
        *_PLACE,
        ("at", MOMENT),
        ("channel", pa.int16()),
        ("reasons", WORDS),
        ("warnings", WORDS),
        ("law_version", pa.string()),
        ("rules_release", pa.string()),
        ("facts", pa.binary()),
        ("decision", pa.binary()),
        ("facts_size", pa.int32()),
        ("in_force", pa.bool_()),
    ),
)
INSPECTIONS = Table(
    "inspections",
    ("kind", "inspection"),
    (
        ("kind", pa.string()),
        ("inspection", pa.int64()),
        *_OF_DECLARATION,
        ("flow", pa.string()),
        ("office", pa.string()),
        ("opened_at", MOMENT),
        ("at", MOMENT),
        ("outcome", pa.string()),
        ("findings", pa.int32()),
        ("found", WORDS),
    ),
)
PAYMENTS = Table(
    "payments",
    ("posting",),
    (
        ("posting", pa.int64()),
        ("entry", pa.int64()),
        ("kind", pa.string()),
        ("subject", pa.string()),
        ("on", pa.date32()),
        ("at", MOMENT),
        ("debit", pa.string()),
        ("credit", pa.string()),
        ("tax", pa.string()),
        ("amount_vnd", MONEY),
    ),
)
EVENTS = Table(
    "events",
    ("event",),
    (
        ("event", pa.int64()),
        ("declaration", pa.int64()),
        ("flow", pa.string()),
        ("office", pa.string()),
        ("kind", pa.string()),
        ("state", pa.string()),
        ("actor", pa.string()),
        ("at", MOMENT),
    ),
)
TABLES = {table.name: table for table in (DECLARATIONS, LINES, DUTIES, DECISIONS, INSPECTIONS, PAYMENTS, EVENTS)}


def month_of(moment: datetime) -> date:
    """The first day of the month in Vietnam."""
    return moment.astimezone(VIETNAM).date().replace(day=1)


def recorded() -> dict[str, dict[str, str]]:
    """Types of all columns by table and column, as words."""
    return {name: {field.name: str(field.type) for field in table.schema} for name, table in TABLES.items()}


def differences(released: dict[str, dict[str, str]], present: dict[str, dict[str, str]]) -> list[str]:
    """What of the released tables is gone or has another type: files and programs of before rely on it."""
    return [*_gone(released, present), *_retyped(released, present)]


def _gone(released: dict[str, dict[str, str]], present: dict[str, dict[str, str]]) -> Iterable[str]:
    for table, columns in released.items():
        if table not in present:
            yield f"{table} is gone"
            continue
        yield from (f"{table}.{column} is gone" for column in columns if column not in present[table])


def _retyped(released: dict[str, dict[str, str]], present: dict[str, dict[str, str]]) -> Iterable[str]:
    for table, columns in released.items():
        known = present.get(table, {})
        for column, before in columns.items():
            if column in known and known[column] != before:
                yield f"{table}.{column} was {before} and is {known[column]}"
