"""Proposed law in a file: rows like those of the shipped reference data, as YAML or CSV.

YAML names each table as its shipped file is named and lists its rows; `title`, `why` and `effective_on` may stand
beside them. A CSV holds the rows of one table, told by the name of the file or else by its head. Beside the shipped
tables there are `cells` (one box of a tariff table: hs8 of two to eight digits, tax, schedule, rate as published) and
`codes` (national lines). Columns that are left out keep what holds; a row without `valid_from` holds from
`effective_on`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import PurePath
from typing import Any, NamedTuple, get_args

import yaml

from thongquan.clearance.tariff.formats.cells import read_box
from thongquan.clearance.tariff.formats.directory import KEYS
from thongquan.clearance.tariff.formats.rates import KINDS
from thongquan.clearance.tariff.formats.reading import (
    Reading,
    Row,
    amount,
    csv_rows,
    day,
    digits,
    one_of,
    word,
    words,
)
from thongquan.clearance.tariff.formats.tables import DATED, NAMES, TABLES, Table, finish
from thongquan.clearance.tariff.formats.tariff import plain_options
from thongquan.rules.codes import Code
from thongquan.rules.law import Tax
from thongquan.rules.text import normalise

MAX_BYTES, MAX_ROWS = 4 * 1024 * 1024, 20_000
CELLS = Table(
    "cells.csv",
    "TariffCell",
    {
        "hs8": digits(2, 4, 6, 8),
        "tax": one_of(*get_args(Tax)),
        "schedule": str,
        "rate": str,
        "origins": words,
        **DATED,
    },
    stored_as={"hs8": "hs"},
    optional=frozenset({"schedule"}),
)
CODES = Table("codes.csv", "Node", {"hs8": digits(8), "unit": str, **NAMES, **DATED}, stored_as={"hs8": "code"})
RATES = Table("exchange_rates.csv", "ExchangeRate", {"currency": word, "kind": one_of(*KINDS), "vnd": amount, **DATED})
KNOWN = {PurePath(table.file).stem: table for table in (*TABLES, CELLS, CODES, RATES)}
_META = ("title", "why", "effective_on")
_IMPLIED = {"valid_from", "verified"}


class Said(NamedTuple):
    """What one row of the file says: only the columns that it names, under the names they are stored by."""

    table: str
    row: Row
    file: str
    number: int


class ChangesFile(NamedTuple):
    """What a file says of itself, and its rows; `effective_on` is None where it names no day."""

    title: str
    why: str
    effective_on: date | None
    rows: list[Said]


class _Plain(yaml.SafeLoader):
    """Every value a text, as in a CSV; no references, which could unfold without end."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("references are not taken")
        return super().compose_node(parent, index)


_Plain.yaml_implicit_resolvers = {}


def read_changes_file(content: bytes, file: str, reading: Reading, *, effective_on: date | None) -> ChangesFile:
    """Read a file of proposed law; every wrong value is a fault with its row. The caller's day wins over the file's."""
    if len(content) > MAX_BYTES:
        reading.fault(file, 0, "", str(len(content)), Code.TQ_FMT_001)
        return ChangesFile("", "", None, [])
    if file.lower().endswith((".yaml", ".yml")):
        return _yaml(content, file, reading, effective_on)
    table = _table_of(content, file, reading)
    rows = _of_table(table, csv_rows(content, file, reading), file, reading, effective_on) if table else []
    return ChangesFile("", "", effective_on, rows)


def read_typed_row(table: str, values: Mapping[str, str], reading: Reading, *, effective_on: date) -> ChangesFile:
    """One row as a person types it, with the columns of a table that a file may name (`cells`, `parameters`)."""
    rows = _of_table(KNOWN[table], _texts([values]), f"{table}.csv", reading, effective_on)
    return ChangesFile("", "", effective_on, rows)


def _yaml(content: bytes, file: str, reading: Reading, effective_on: date | None) -> ChangesFile:
    try:
        told = yaml.load(content, Loader=_Plain)  # noqa: S506  (a SafeLoader that makes nothing but texts)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        reading.fault(file, 0, "", " ".join(str(error).split()), Code.TQ_FMT_001)
        return ChangesFile("", "", None, [])
    if not isinstance(told, dict):
        reading.fault(file, 0, "", str(told), Code.TQ_FMT_001)
        return ChangesFile("", "", None, [])
    meta = {name: told.pop(name, "") for name in _META}
    on = effective_on or _day(meta["effective_on"], file, reading)
    rows: list[Said] = []
    for name, listed in told.items():
        table = KNOWN.get(str(name).removesuffix(".csv"))
        if table is None or not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            reading.fault(file, 0, str(name), str(name), Code.TQ_FMT_003)
            continue
        rows += _of_table(table, _texts(listed), f"{file}:{name}", reading, on)
    return ChangesFile(str(meta["title"]), str(meta["why"]), on, rows)


def _day(text: object, file: str, reading: Reading) -> date | None:
    if not text:
        return None
    try:
        return day(str(text))
    except ValueError:
        reading.fault(file, 0, "effective_on", str(text))
        return None


def _texts(rows: Iterable[Mapping[Any, Any]]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows as a CSV would give them; the first is number 1."""
    for number, row in enumerate(rows, 1):
        yield number, {str(name): normalise(_text(value)) for name, value in row.items()}


def _text(value: object) -> str:
    return " ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _table_of(content: bytes, file: str, reading: Reading) -> Table | None:
    """The table of a CSV: by the name of the file, else by its head, the one of which it has most columns."""
    named = KNOWN.get(PurePath(file).stem)
    if named is not None:
        return named
    head = set(next(csv.reader(io.StringIO(content[:4096].decode("utf-8-sig", "replace"))), []))
    fitting = [one for one in KNOWN.values() if _must(one) <= head]
    if not fitting:
        reading.fault(file, 1, "", ", ".join(sorted(head)), Code.TQ_FMT_005)
        return None
    return max(fitting, key=lambda one: len(head & one.columns.keys()))


def _must(table: Table) -> set[str]:
    """Columns that every row has: its key and its source."""
    stored = {under: name for name, under in table.stored_as.items()}
    return {stored.get(name, name) for name in KEYS[table.table]} - table.optional | {"source"}


def _of_table(
    table: Table, rows: Iterable[tuple[int, dict[str, str]]], file: str, reading: Reading, on: date | None
) -> list[Said]:
    found: list[Said] = []
    for number, values in rows:
        if number > MAX_ROWS:
            reading.fault(file, number, "", str(MAX_ROWS), Code.TQ_FMT_001)
            return found
        missing = sorted(_must(table) - values.keys())
        for name in missing:
            reading.fault(file, number, name, "", Code.TQ_FMT_005)
        if not missing:
            found += _said(table, file, number, values, reading, on)
    return found


def _said(
    table: Table, file: str, number: int, values: dict[str, str], reading: Reading, on: date | None
) -> list[Said]:
    row = _row(table, file, number, values, reading, on)
    if row is None:
        return []
    if table.table == "TariffCell":
        return [Said(table.table, one, file, number) for one in _boxes(row, file, number, reading)]
    if table.table == "Parameter" and "value" not in row:
        row["value"] = ""
    return [Said(table.table, row, file, number)] if finish(table.table, row) else []


def _row(table: Table, file: str, number: int, values: dict[str, str], reading: Reading, on: date | None) -> Row | None:
    """The columns that are there, converted; `valid_from` and `verified` may be left to be implied."""
    if not values.get("valid_from") and on is not None:
        values = {**values, "valid_from": on.isoformat()}
    row: Row = {"repealed": values.get("repealed", "") == "yes"}
    good = True
    for name, convert in table.columns.items():
        if name not in values and name not in _IMPLIED:
            continue
        try:
            row[table.stored_as.get(name, name)] = convert(values.get(name, ""))
        except ValueError:
            reading.fault(file, number, name, values.get(name, ""))
            good = False
    for name in values.keys() - table.columns.keys() - {"repealed"}:
        reading.fault(file, number, name, values[name], Code.TQ_FMT_003)
        good = False
    return row if good else None


def _boxes(row: Row, file: str, number: int, reading: Reading) -> list[Row]:
    """A cell row with its box read; one row for each day that the box itself names."""
    text = row.pop("rate", "")
    row.setdefault("schedule", "")
    blank: Row = {**row, "options": [], "excluded": [], "raw": "", "unknown": False}
    blank.setdefault("origins", [])
    if row["repealed"]:
        return [blank]
    boxes = read_box(text, tax=row["tax"], schedule=row["schedule"], edition=row["valid_from"]) if text else ()
    if not boxes or any(box.of_mfn is not None for box in boxes):
        reading.fault(file, number, "rate", text)
        return []
    return [
        {
            **blank,
            "options": plain_options(box.options),
            "excluded": list(box.excluded),
            "raw": text,
            "unknown": box.unknown,
            "valid_from": box.valid_from or row["valid_from"],
        }
        for box in boxes
    ]
