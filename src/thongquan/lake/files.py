"""Files of the lake: a folder for each table and month, parts as they came, and at most one whole that holds them.

`part-<batch>.parquet` are the rows of one batch, named so that the same batch given again replaces its own file. A
compacted `whole-<generation>-<batch>.parquet` holds everything up to its batch: older parts and wholes beside it are
left over and not read. Batches sort as text in the order of the outbox. A file is written under another name and
renamed when it is complete; so what a reader lists is never half-written.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

import psutil
import pyarrow as pa
import pyarrow.parquet as pq

from thongquan.lake.schemas import TABLES, Table

Row = Mapping[str, object]
PART, WHOLE, SUFFIX = "part-", "whole-", ".parquet"
NOTHING = ""
COMPRESSION = "zstd"
BATCH = "batch"


@dataclass(frozen=True)
class Month:
    """What is to be read of one table and month: the whole, if there is one, and the parts that came after it."""

    folder: Path
    whole: Path | None
    parts: tuple[Path, ...]

    @property
    def generation(self) -> int:
        """How often this month was made anew."""
        return int(self.whole.name.split("-")[1]) if self.whole else 0

    @property
    def last(self) -> str:
        """The newest batch in it."""
        return max((batch_of(path) for path in (*self.parts, *([self.whole] if self.whole else []))), default=NOTHING)

    def next_whole(self, last: str) -> Path:
        """Where the next whole goes, which holds everything up to the batch `last`."""
        return self.folder / f"{WHOLE}{self.generation + 1:06d}-{last}{SUFFIX}"


def batch_of(path: Path) -> str:
    """The batch that a file is named by."""
    name = path.name.removesuffix(SUFFIX)
    return name.removeprefix(PART) if name.startswith(PART) else name.split("-", 2)[2]


def batch_name(xid: int, message: int) -> str:
    """The name of a batch by its last message: the order of names is that of the outbox."""
    return f"{xid:020d}.{message:020d}"


class Lake:
    """The files under one folder, readable by their owner only: rows name traders and hold whole decisions."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def write(self, table: str, rows: Iterable[Row], *, batch: str) -> int:
        """Write the rows of a batch, each into its month; returns how many. Each row has its `month`.

        Raises ValueError for a row with other columns than the table, ArrowInvalid for a value that does not fit.
        """
        known, count = TABLES[table], 0
        for month, several in groupby(sorted(rows, key=_month), key=_month):
            found = arrow(known, several, batch)
            write_file(found, self.folder(table, month) / f"{PART}{batch}{SUFFIX}")
            count += found.num_rows
        return count

    def folder(self, table: str, month: date) -> Path:
        """Where the rows of a month lie."""
        return self.home / table / f"{month:%Y-%m}"

    def months(self, table: str) -> list[Month]:
        """What is to be read of a table, oldest month first."""
        home = self.home / table
        folders = sorted(path for path in home.iterdir() if path.is_dir()) if home.is_dir() else []
        return [month for folder in folders if (month := month_in(folder)).whole or month.parts]

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Only one process at a time makes wholes; others wait."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.home / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _month(row: Row) -> date:
    month = row["month"]
    if not isinstance(month, date):
        raise TypeError("a row of the lake has its month")
    return month


def arrow(table: Table, rows: Iterable[Row], batch: str) -> pa.Table:
    """Rows with the types of their table. Raises ValueError for other columns."""
    found = list(rows)
    given = table.schema.remove(table.schema.get_field_index(BATCH))
    names = set(given.names)
    for row in found:
        if row.keys() != names:
            message = f"{table.name}: columns {sorted(names ^ row.keys())} do not belong together"
            raise ValueError(message)
    columns = [pa.array([row[field.name] for row in found], field.type) for field in given]
    return pa.Table.from_arrays([*columns, pa.repeat(pa.scalar(batch, pa.string()), len(found))], schema=table.schema)


def write_file(rows: pa.Table, path: Path) -> None:
    """Write one file in whole: under another name first, on the disk before it gets its own."""
    draft = drafted(path)
    pq.write_table(rows, draft, compression=COMPRESSION)
    put_in_place(draft, path)


def drafted(path: Path) -> Path:
    """The name a file has until it is complete; nobody reads it under this."""
    for folder in (path.parents[2], path.parents[1], path.parent):  # `parents=True` would not pass the mode on
        folder.mkdir(exist_ok=True, parents=True, mode=0o700)
    return path.with_name(f".{path.name}.{os.getpid()}.draft")


def put_in_place(draft: Path, path: Path) -> None:
    """Give a complete file its name, once it is on the disk."""
    _flush(draft)
    draft.replace(path)
    _flush(path.parent)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def month_in(folder: Path) -> Month:
    """What is to be read in the folder of a month."""
    names = sorted(path for path in folder.glob(f"*{SUFFIX}") if not path.name.startswith("."))
    whole = max((path for path in names if path.name.startswith(WHOLE)), default=None)
    held = batch_of(whole) if whole else NOTHING
    parts = tuple(path for path in names if path.name.startswith(PART) and batch_of(path) > held)
    return Month(folder, whole, parts)


def left_over(folder: Path) -> list[Path]:
    """Files of a month that nobody reads any more: what the whole holds, and drafts of writers that were stopped."""
    month = month_in(folder)
    read = {*month.parts, month.whole}
    complete = [path for path in folder.glob(f"*{SUFFIX}") if path not in read]
    return complete + [path for path in folder.glob("*.draft") if _is_forgotten(path)]


def _is_forgotten(draft: Path) -> bool:
    """Whether the process that wrote it is gone."""
    pid = draft.name.split(".")[-2]
    return not pid.isdecimal() or not psutil.pid_exists(int(pid))
