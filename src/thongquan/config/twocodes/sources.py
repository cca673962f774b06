"""Lines for a scan, from files of anybody or from the lake, as tables of one shape. Every fault is told at once."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from thongquan.lake.analyses import in_force
from thongquan.lake.engines import OnDuckDB
from thongquan.lake.files import Lake
from thongquan.lake.reading import Tables
from thongquan.learning.twins.scan import LINES, NEEDED

_MOST_TOLD = 20
_BLOCK = 1 << 22
_AT_ONCE = 20_000
_ZERO = ("value_vnd", "price_usd")
_KINDS = (".csv", ".parquet")


class SourceError(Exception):
    """The lines cannot be read; the message names file, line and column of every fault, 20 at most."""


def files_of(source: Path) -> list[Path]:
    """The files of lines: the one named, or all in a folder. Raises SourceError when there is none."""
    found = sorted(path for path in source.rglob("*") if path.suffix in _KINDS) if source.is_dir() else [source]
    if not found or not all(path.is_file() and path.suffix in _KINDS for path in found):
        message = f"{source}: no CSV or Parquet file of lines"
        raise SourceError(message)
    return found


def lines_in(paths: Sequence[Path]) -> Iterator[pa.Table]:
    """The lines of these files. Raises SourceError."""
    for path in paths:
        try:
            begin = 2 if path.suffix == ".csv" else 1
            for rows in _csv(path) if path.suffix == ".csv" else _parquet(path):
                yield _shaped(rows, path, begin)
                begin += len(rows)
        except (OSError, pa.ArrowInvalid, UnicodeDecodeError) as error:
            message = f"{path}: {error}"
            raise SourceError(message) from None


def _csv(path: Path) -> Iterator[pa.Table]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = next(csv.reader(file), [])
    reader = pyarrow.csv.open_csv(
        path,
        read_options=pyarrow.csv.ReadOptions(block_size=_BLOCK),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types={name: pa.string() for name in head}, strings_can_be_null=True, null_values=[""]
        ),
    )
    yield from (pa.Table.from_batches([batch]) for batch in reader)


def _parquet(path: Path) -> Iterator[pa.Table]:
    file = pq.ParquetFile(path)
    known = [name for name in LINES.names if name in file.schema_arrow.names]
    yield from (pa.Table.from_batches([batch]) for batch in file.iter_batches(_AT_ONCE, columns=known))


def _shaped(rows: pa.Table, path: Path, begin: int) -> pa.Table:
    """The columns of a scan; what a file does not have is unknown."""
    if missing := [name for name in NEEDED if name not in rows.column_names]:
        message = f"{path}: line 1: no column {', '.join(missing)}"
        raise SourceError(message)
    faults: list[str] = []
    columns = [_column(rows, one, faults, path, begin) for one in LINES]
    if faults:
        raise SourceError("\n".join(faults[:_MOST_TOLD]))
    return pa.Table.from_arrays(columns, schema=LINES)


def _column(rows: pa.Table, one: pa.Field, faults: list[str], path: Path, begin: int) -> pa.ChunkedArray | pa.Array:
    if one.name not in rows.column_names:
        empty = pa.nulls(len(rows), one.type)
        return pc.fill_null(empty, 0) if one.name in _ZERO else empty
    given = rows[one.name]
    try:
        found = _typed(given, one.type)
    except pa.ArrowInvalid:
        faults += _faulty(given, one, path, begin)
        found = pa.nulls(len(rows), one.type)
    return pc.fill_null(found, 0) if one.name in _ZERO else found


def _typed(given: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    if pa.types.is_integer(kind) and (pa.types.is_decimal(given.type) or pa.types.is_floating(given.type)):
        given = pc.round(given)
    return given.cast(kind)


def _faulty(given: pa.ChunkedArray, one: pa.Field, path: Path, begin: int) -> Iterator[str]:
    for place, value in enumerate(given):
        try:
            _typed(pa.chunked_array([pa.array([value.as_py()], given.type)]), one.type)
        except pa.ArrowInvalid:
            yield f"{path}: line {begin + place}: {one.name} is {value.as_py()!r}, not a {_WORDS[one.type]}"


_WORDS = {
    pa.int64(): "whole number",
    pa.float64(): "number",
    pa.date32(): "day such as 2026-03-31",
    pa.string(): "text",
}


def lines_of_lake(lake: Lake, engine: OnDuckDB) -> Iterator[pa.Table]:
    """The lines in force in the lake; the day of a line is the first of its month."""
    if not lake.months("lines"):
        return
    rows = in_force(Tables(lake, engine)["lines"])
    wanted = rows.select(
        id=ibis.literal("declaration:") + rows.declaration.cast("string") + "/" + rows.line.cast("string"),
        description=rows.description,
        code=rows.hs,
        importer=rows.tax_code,
        origin=rows.origin,
        office=rows.office,
        on=rows.month,
        value_vnd=rows.value_vnd.cast("int64"),
        duty_vnd=rows.due_vnd.cast("int64"),
    )
    for batch in engine.portions(wanted, _AT_ONCE):
        yield _shaped(pa.Table.from_batches([batch]), lake.home, 1)
