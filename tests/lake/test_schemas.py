"""Columns are only added: what was released stays readable, by our programs and by those of others."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.lake.invented import line
from thongquan.lake.engines import Engine
from thongquan.lake.files import Lake, arrow, batch_name, write_file
from thongquan.lake.reading import Tables
from thongquan.lake.schemas import LINES, TABLES, differences, month_of, recorded

RELEASED = json.loads(Path(__file__).with_name("released.json").read_text(encoding="utf-8"))


def test_nothing_released_is_gone_or_retyped() -> None:
    assert differences(RELEASED, recorded()) == []


def test_what_is_added_is_recorded() -> None:
    """A new column is released with the change that brings it: `tests/lake/released.json` names it, at the end."""
    assert {name: list(columns) for name, columns in RELEASED.items()} == {
        name: list(columns) for name, columns in recorded().items()
    }


def test_an_added_column_and_table_break_nothing() -> None:
    more = {**recorded(), "trucks": {"plate": "string"}}
    more["lines"] = {**more["lines"], "sealed": "bool"}
    assert differences(RELEASED, more) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"lines": {"hs": None}}, "lines.hs is gone"),
        ({"lines": {"value_vnd": "int64"}}, "lines.value_vnd was decimal128(20, 0) and is int64"),
        ({"payments": None}, "payments is gone"),
    ],
)
def test_each_break_is_named(change: dict[str, dict[str, str | None] | None], said: str) -> None:
    present = recorded()
    for table, columns in change.items():
        if columns is None:
            del present[table]
            continue
        for column, type_ in columns.items():
            present[table] = {name: known for name, known in present[table].items() if name != column}
            if type_ is not None:
                present[table][column] = type_
    assert differences(RELEASED, present) == [said]


def test_files_older_than_a_column_are_read_with_nothing_in_it(lake: Lake, duck: Engine) -> None:
    rows = arrow(LINES, [line(1, 1)], batch_name(1, 1))
    write_file(rows.drop_columns(["tax_code"]), lake.folder("lines", rows["month"][0].as_py()) / "part-1.1.parquet")
    assert [row["tax_code"] for row in duck.answer(Tables(lake, duck)["lines"]).to_pylist()] == [None]
    lake.write("lines", [line(2, 1)], batch=batch_name(2, 1))
    found = duck.answer(Tables(lake, duck)["lines"]).to_pylist()
    assert {row["declaration"]: row["tax_code"] for row in found} == {1: None, 2: "0100100100"}


def test_files_have_the_types_of_their_table(lake: Lake) -> None:
    lake.write("lines", [line(1, 1)], batch=batch_name(1, 1))
    [path] = lake.months("lines")[0].parts
    assert pq.read_schema(path) == TABLES["lines"].schema


def test_a_month_is_that_of_vietnam() -> None:
    from datetime import UTC, date, datetime

    assert month_of(datetime(2031, 1, 31, 16, 59, tzinfo=UTC)) == date(2031, 1, 1)
    assert month_of(datetime(2031, 1, 31, 17, 0, tzinfo=UTC)) == date(2031, 2, 1)
