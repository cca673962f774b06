"""Which engine answers: DuckDB in this process, or Spark. The questions are the same; only `opened` knows a difference.

`LAKE_ENGINE` is `duckdb` (when unset) or `spark`, for which the extra `thongquan[spark]` and Java 17 must be there;
`LAKE_SPARK_MASTER` names its cluster (`local[*]`), `LAKE_MEMORY_MB` the memory an engine may use (3072: with the
program around it, it stays below 4 GB). What does not fit into memory goes to disk, under the lake.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import ibis
import ibis.expr.types as ir
import pyarrow as pa

DUCKDB, SPARK = "duckdb", "spark"
MEMORY_MB = 3072


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The engine and what it may use."""

    engine: str = DUCKDB
    memory_mb: int = MEMORY_MB
    spark_master: str = "local[*]"


class Engine(Protocol):
    """What reading and asking need of an engine."""

    def read(self, files: Sequence[Path], schema: ibis.Schema) -> ir.Table:
        """The rows of Parquet files; columns that an older file has not are null."""

    def empty(self, schema: pa.Schema) -> ir.Table:
        """A table without rows."""

    def answer(self, question: ir.Table) -> pa.Table:
        """The rows of an expression."""


def chosen() -> Choice:
    """What the environment asks for. Raises ValueError for an engine that is none."""
    engine = os.environ.get("LAKE_ENGINE", DUCKDB) or DUCKDB
    if engine not in (DUCKDB, SPARK):
        message = f"LAKE_ENGINE is {engine!r}; it must be {DUCKDB} or {SPARK}"
        raise ValueError(message)
    return Choice(
        engine=engine,
        memory_mb=int(os.environ.get("LAKE_MEMORY_MB", MEMORY_MB)),
        spark_master=os.environ.get("LAKE_SPARK_MASTER", "local[*]"),
    )


@contextlib.contextmanager
def opened(choice: Choice, home: Path) -> Iterator[Engine]:
    """The chosen engine at work on the lake in a folder."""
    with _spilling(home) as room, contextlib.closing(_made(choice, room)) as engine:
        yield engine


@contextlib.contextmanager
def in_process(choice: Choice, home: Path) -> Iterator[OnDuckDB]:
    """DuckDB, whatever engine was chosen to answer: it makes the wholes."""
    with _spilling(home) as room, contextlib.closing(OnDuckDB(choice, room)) as engine:
        yield engine


def _made(choice: Choice, room: Path) -> OnSpark | OnDuckDB:
    return OnSpark(choice, room) if choice.engine == SPARK else OnDuckDB(choice, room)


@contextlib.contextmanager
def _spilling(home: Path) -> Iterator[Path]:
    """A folder for what does not fit into memory, deleted afterwards."""
    rooms = home / ".spill"
    rooms.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=rooms, ignore_cleanup_errors=True) as room:
        yield Path(room)


class OnDuckDB:
    """DuckDB in this process."""

    def __init__(self, choice: Choice, spill: Path) -> None:
        self.backend = ibis.duckdb.connect(
            memory_limit=f"{choice.memory_mb}MB",
            temp_directory=str(spill),
            preserve_insertion_order=False,
            autoinstall_known_extensions=False,  # nothing is fetched while it works
        )
        self.backend.con.execute("SET enable_progress_bar = false")  # programs read our standard output

    def read(self, files: Sequence[Path], schema: ibis.Schema) -> ir.Table:
        """See `Engine`."""
        found = self.backend.read_parquet(list(map(str, files)), union_by_name=True, hive_partitioning=False)
        return with_all(found, schema)

    def empty(self, schema: pa.Schema) -> ir.Table:
        """See `Engine`."""
        return ibis.memtable(schema.empty_table(), schema=ibis.Schema.from_pyarrow(schema))

    def answer(self, question: ir.Table) -> pa.Table:
        """See `Engine`."""
        return self.backend.to_pyarrow(question)

    def portions(self, question: ir.Table, rows: int) -> Iterator[pa.RecordBatch]:
        """The rows of an expression over files, so many at a time."""
        yield from self.backend.con.sql(self.backend.compile(question)).to_arrow_reader(rows)

    def write(self, rows: ir.Table, path: Path, *, compression: str) -> None:
        """Write the rows of an expression as one Parquet file."""
        self.backend.to_parquet(rows, str(path), compression=compression)

    def close(self) -> None:
        """End it."""
        self.backend.disconnect()


class OnSpark:
    """A Spark session; Spark is imported here and nowhere else, since it is an extra."""

    def __init__(self, choice: Choice, spill: Path) -> None:
        builder = importlib.import_module("pyspark.sql").SparkSession.builder
        types = importlib.import_module("ibis.backends.pyspark.datatypes")
        settings = {
            "spark.sql.session.timeZone": "UTC",
            "spark.driver.memory": f"{choice.memory_mb}m",
            "spark.local.dir": str(spill),
            "spark.sql.warehouse.dir": str(spill / "warehouse"),
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.shuffle.partitions": "8",
        }
        builder = builder.appName("thongquan-lake").master(choice.spark_master)
        for name, value in settings.items():
            builder = builder.config(name, value)
        self.session = builder.getOrCreate()
        self.types = types.PySparkSchema
        self.backend = ibis.pyspark.connect(self.session)
        self.named = 0

    def read(self, files: Sequence[Path], schema: ibis.Schema) -> ir.Table:
        """See `Engine`."""
        reader = self.session.read.schema(self.types.from_ibis(schema))
        return self._named(reader.parquet(*map(str, files)))

    def empty(self, schema: pa.Schema) -> ir.Table:
        """See `Engine`."""
        return self._named(self.session.createDataFrame([], self.types.from_ibis(ibis.Schema.from_pyarrow(schema))))

    def _named(self, frame: Any) -> ir.Table:
        self.named += 1
        frame.createOrReplaceTempView(f"lake_{self.named}")
        return self.backend.table(f"lake_{self.named}")

    def answer(self, question: ir.Table) -> pa.Table:
        """See `Engine`. Straight to Arrow: the way of the library leads over data frames of another."""
        answered = self.session.sql(self.backend.compile(question)).toArrow()
        return answered.cast(question.schema().to_pyarrow())

    def close(self) -> None:
        """End it."""
        self.session.stop()


def with_all(found: ir.Table, schema: ibis.Schema) -> ir.Table:
    """The table with all columns it has today: those younger than its files are null."""
    if set(schema.names) <= set(found.columns):
        return found.select(*schema.names)
    columns = {name: found[name] if name in found.columns else ibis.null(type_) for name, type_ in schema.items()}
    return found.select(**columns)
