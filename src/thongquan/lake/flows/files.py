"""Steps on one machine: each step is a folder of Parquet files, each file one portion of the work.

A file gets its name when it is complete, so a run that was stopped goes on where it was. The rows of a file lie sorted
by the column `bucket`, a row group for each, so that one bucket is read without the others. In memory are one portion
at a time and what the steps share.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from thongquan.lake.files import COMPRESSION, put_in_place

BUCKET = "bucket"
Work = Callable[[pa.Table], pa.Table]
WorkOnTwo = Callable[[pa.Table, pa.Table], pa.Table]
Progress = Callable[[str, int, int], None]
"""Called with the step, how many portions are done, and of how many."""


def silent(step: str, done: int, total: int) -> None:
    """Progress that nobody follows."""


@dataclass(frozen=True)
class _Here:
    value: Any


class FileFlow:
    """A flow in a folder. `buckets` are what the numbers in the column of that name stay below."""

    def __init__(self, home: Path, buckets: int, progress: Progress = silent) -> None:
        self.home, self.buckets, self.progress = home, buckets, progress

    def mapped(self, step: str, data: Path, work: Work, schema: pa.Schema) -> Path:
        """A portion is a file."""
        portions = [(path.name, path) for path in _files(data)]
        return self._done(step, portions, lambda path: work(pq.read_table(path)), schema)

    def reduced(self, step: str, data: Path, work: Work, schema: pa.Schema) -> Path:
        """A portion is a bucket."""
        source = _Buckets(data)
        return self._done(step, self._buckets(), lambda bucket: work(source.read(bucket)), schema)

    def joined(self, step: str, one: Path, other: Path, work: WorkOnTwo, schema: pa.Schema) -> Path:
        """A portion is a bucket of both."""
        first, second = _Buckets(one), _Buckets(other)
        return self._done(step, self._buckets(), lambda bucket: work(first.read(bucket), second.read(bucket)), schema)

    def shared(self, value: Any) -> _Here:
        """The value itself."""
        return _Here(value)

    def collected(self, data: Path, schema: pa.Schema) -> pa.Table:
        """All rows."""
        tables = [pq.read_table(path) for path in _files(data)]
        return pa.concat_tables(tables).combine_chunks() if tables else schema.empty_table()

    def count(self, data: Path) -> int:
        """How many rows; the files say it."""
        return sum(pq.read_metadata(path).num_rows for path in _files(data))

    def _buckets(self) -> list[tuple[str, int]]:
        return [(f"{bucket:06d}.parquet", bucket) for bucket in range(self.buckets)]

    def _done(
        self, step: str, portions: list[tuple[str, Any]], work: Callable[[Any], pa.Table], schema: pa.Schema
    ) -> Path:
        home = self.home / step
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        for done, (name, portion) in enumerate(portions):
            self.progress(step, done, len(portions))
            path = home / name
            if not path.exists():
                _write(work(portion), schema, path)
        self.progress(step, len(portions), len(portions))
        return home


class _Buckets:
    """Files of a step, read bucket by bucket. What stands where is looked up once."""

    def __init__(self, home: Path) -> None:
        self.groups: dict[int, list[tuple[Path, int]]] = {}
        paths = _files(home)
        self.schema = pq.read_schema(paths[0])
        place = self.schema.get_field_index(BUCKET)
        for path in paths:
            told = pq.read_metadata(path)
            for number in range(told.num_row_groups):
                bucket = told.row_group(number).column(place).statistics.min
                self.groups.setdefault(bucket, []).append((path, number))

    def read(self, bucket: int) -> pa.Table:
        """The rows of a bucket."""
        tables = [pq.ParquetFile(path).read_row_group(number) for path, number in self.groups.get(bucket, [])]
        return pa.concat_tables(tables).combine_chunks() if tables else self.schema.empty_table()


def _files(home: Path) -> list[Path]:
    return sorted(home.glob("*.parquet"))


def _write(rows: pa.Table, schema: pa.Schema, path: Path) -> None:
    """One row group for each bucket, and the name when all is there."""
    draft = path.with_suffix(".draft")
    with pq.ParquetWriter(draft, schema, compression=COMPRESSION) as file:
        for part in _by_bucket(rows.cast(schema)):
            file.write_table(part, row_group_size=max(len(part), 1))
    put_in_place(draft, path)


def _by_bucket(rows: pa.Table) -> Iterator[pa.Table]:
    buckets = rows[BUCKET].to_numpy()
    order = np.argsort(buckets, kind="stable")
    rows, buckets = rows.take(pa.array(order)), buckets[order]
    begins: list[int] = [0, *(np.flatnonzero(buckets[1:] != buckets[:-1]) + 1).tolist()] if len(buckets) else []
    for start, end in zip(begins, [*begins[1:], len(buckets)], strict=bool(begins)):
        yield rows.slice(start, end - start)


def cut(home: Path, batches: Iterable[pa.RecordBatch | pa.Table], schema: pa.Schema, *, portion: int) -> Path:
    """Write what comes as files of so many rows each; all or nothing. Gives the folder."""
    ready = home / "lines"
    if ready.exists():
        return ready
    draft = home / "lines.draft"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True, mode=0o700)
    for number, rows in enumerate(_portions(batches, schema, portion)):
        pq.write_table(rows, draft / f"{number:06d}.parquet", compression=COMPRESSION)
    draft.rename(ready)
    return ready


def _portions(batches: Iterable[pa.RecordBatch | pa.Table], schema: pa.Schema, most: int) -> Iterator[pa.Table]:
    waiting = schema.empty_table()
    for batch in batches:
        more = batch if isinstance(batch, pa.Table) else pa.Table.from_batches([batch])
        waiting = pa.concat_tables([waiting, more.cast(schema)])
        while len(waiting) >= most:
            yield waiting.slice(0, most)
            waiting = waiting.slice(most)
    if len(waiting):
        yield waiting
