"""Does a directory keep the contract of a world? Every fault is told, none of them twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from thongquan.practice.world.tables import SCHEMA_VERSION, TABLES, Table
from thongquan.practice.world.writing import ABOUT, files_of, read_about, read_table

_ABOUT_KEYS = {"schema": int, "seed": int, "start": str, "months": int, "declarations": int}
_CHOICES: dict[tuple[str, str], set[Any]] = {
    ("declarations", "flow"): {"import", "export"},
    ("declarations", "channel"): {1, 2, 3},
    ("inspections", "outcome"): {"none", "error", "fraud"},
    ("inspections", "reason"): {"random", "rule"},
    ("passages", "flow"): {"import", "export"},
}
_LONGEST_TEXT, _MOST_LINES = 200, 50


def faults_of(world: Path) -> list[str]:
    """Everything in which a directory differs from the contract; empty when it is a world."""
    faults = list(_about(world))
    schemas = {table: list(_schema(world, table)) for table in TABLES}
    faults += [fault for found in schemas.values() for fault in found]
    if any(schemas.values()):
        return faults
    return faults + [fault for table in TABLES if files_of(world, table) for fault in _content(world, table)]


def _about(world: Path) -> Iterator[str]:
    try:
        about = read_about(world)
    except (OSError, ValueError) as error:
        yield f"{ABOUT}: {error}"
        return
    for key, kind in _ABOUT_KEYS.items():
        if not isinstance(about.get(key), kind):
            yield f"{ABOUT}: {key} is missing or no {kind.__name__}"
    if about.get("schema") not in (SCHEMA_VERSION, None):
        yield f"{ABOUT}: schema {about.get('schema')!r} is not {SCHEMA_VERSION}"


def _schema(world: Path, table: Table) -> Iterator[str]:
    files = files_of(world, table)
    if not files:
        if not table.optional:
            yield f"{table.path}: missing"
        return
    for path in files:
        try:
            found = pq.read_schema(path)
        except (OSError, pa.ArrowInvalid) as error:
            yield f"{path.relative_to(world)}: cannot be read: {error}"
            continue
        for column in table.columns:
            place = found.get_field_index(column.name)
            if place < 0:
                yield f"{path.relative_to(world)}: column {column.name} is missing"
            elif found.field(place).type != column.type:
                yield f"{path.relative_to(world)}: {column.name} is {found.field(place).type}, not {column.type}"


def _content(world: Path, table: Table) -> Iterator[str]:
    content = read_table(world, table, [column.name for column in table.columns])
    for column in table.columns:
        if not column.may_be_empty and content[column.name].null_count:
            yield f"{table.path}: {column.name} is empty in {content[column.name].null_count} rows"
    if _keys(content, table.key) < content.num_rows:
        yield f"{table.path}: the key {', '.join(table.key)} is not unique"
    yield from _values(table, content)
    yield from _pointers(world, table, content)


def _keys(content: pa.Table, key: tuple[str, ...]) -> int:
    if len(key) == 1:
        return int(pc.count_distinct(content[key[0]], mode="all").as_py())
    return int(content.select(list(key)).group_by(list(key)).aggregate([]).num_rows)


def _values(table: Table, content: pa.Table) -> Iterator[str]:
    for (name, column), allowed in _CHOICES.items():
        if table.name == name and table.folder == "declared":
            strange = set(pc.unique(content[column]).to_pylist()) - allowed
            if strange:
                yield f"{table.path}: {column} holds {sorted(map(str, strange))}"
    yield from _limits(table, content)


def _limits(table: Table, content: pa.Table) -> Iterator[str]:
    names = content.column_names if content.num_rows else []
    if "line_no" in names:
        least, most = pc.min_max(content["line_no"]).as_py().values()
        if least < 1 or most > _MOST_LINES:
            yield f"{table.path}: line_no is not within 1 and {_MOST_LINES}"
    if "description" in names and pc.max(pc.utf8_length(content["description"])).as_py() > _LONGEST_TEXT:
        yield f"{table.path}: a description is longer than {_LONGEST_TEXT} characters"
    for column in {"probability", "propensity"} & set(names):
        values = content[column].to_numpy()
        if not bool(np.all((values >= 0.0) & (values <= 1.0))):
            yield f"{table.path}: {column} is not within 0 and 1"


def _pointers(world: Path, table: Table, content: pa.Table) -> Iterator[str]:
    for column, other in table.points_to:
        target = next(one for one in TABLES if one.name == other and one.folder == "declared")
        known = read_table(world, target, [target.key[0]])[target.key[0]].combine_chunks()
        asked = pc.drop_null(content[column])
        lost = len(asked) - (pc.sum(pc.is_in(asked, value_set=known)).as_py() or 0)
        if lost:
            yield f"{table.path}: {column} of {lost} rows is not in {target.path}"
