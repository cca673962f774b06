"""The same steps on Spark. What a step gave is written under the folder, which all machines of the cluster must see;
a run that was stopped goes on behind the last step that is complete."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from thongquan.lake.engines import OnSpark
from thongquan.lake.flows.files import BUCKET, Progress, Work, WorkOnTwo, silent


class SparkFlow:
    """A flow on a session of Spark. Data are its frames."""

    def __init__(self, engine: OnSpark, home: Path, progress: Progress = silent) -> None:
        self.session, self.home, self.progress = engine.session, home, progress
        self.typed: Callable[[pa.Schema], Any] = importlib.import_module("pyspark.sql.pandas.types").from_arrow_schema

    def lines(self, home: Path) -> Any:
        """The rows of a folder of Parquet files."""
        return self.session.read.parquet(str(home))

    def mapped(self, step: str, data: Any, work: Work, schema: pa.Schema) -> Any:
        """See `FileFlow`."""
        return self._done(
            step, lambda: data.mapInArrow(partial(_in_batches, work=work, schema=schema), self.typed(schema))
        )

    def reduced(self, step: str, data: Any, work: Work, schema: pa.Schema) -> Any:
        """See `FileFlow`."""
        typed = partial(_typed, work=work, schema=schema)
        return self._done(step, lambda: data.groupBy(BUCKET).applyInArrow(_one(typed), self.typed(schema)))

    def joined(self, step: str, one: Any, other: Any, work: WorkOnTwo, schema: pa.Schema) -> Any:
        """See `FileFlow`."""
        typed = partial(_typed, work=work, schema=schema)
        return self._done(
            step,
            lambda: one.groupBy(BUCKET).cogroup(other.groupBy(BUCKET)).applyInArrow(_two(typed), self.typed(schema)),
        )

    def shared(self, value: Any) -> Any:
        """Sent once to each machine."""
        return self.session.sparkContext.broadcast(value)

    def collected(self, data: Any, schema: pa.Schema) -> pa.Table:
        """All rows."""
        return data.toArrow().cast(schema)

    def count(self, data: Any) -> int:
        """How many rows."""
        return int(data.count())

    def _done(self, step: str, frame: Callable[[], Any]) -> Any:
        place = self.home / step
        self.progress(step, 0, 1)
        if not (place / "_SUCCESS").exists():
            frame().write.mode("overwrite").parquet(str(place))
        self.progress(step, 1, 1)
        return self.session.read.parquet(str(place))


def _in_batches(batches: Iterator[pa.RecordBatch], *, work: Work, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield from _typed(pa.Table.from_batches([batch]), work=work, schema=schema).to_batches()


def _typed(*tables: pa.Table, work: Callable[..., pa.Table], schema: pa.Schema) -> pa.Table:
    return work(*tables).cast(schema)


def _one(work: Work) -> Work:
    """Spark asks a function for the number of its parameters."""

    def on_one(rows: pa.Table) -> pa.Table:
        return work(rows)

    return on_one


def _two(work: WorkOnTwo) -> WorkOnTwo:
    def on_two(one: pa.Table, other: pa.Table) -> pa.Table:
        return work(one, other)

    return on_two
