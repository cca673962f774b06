"""A scan as a job: cut the lines, run the steps, write the cases; what was stopped goes on where it was.

What belongs to a job lies in a folder named by all that its result hangs on: the files with their sizes and times, the
least likeness and the deciding attributes. It is deleted when the cases are written.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from thongquan.config.twocodes.sources import lines_in, lines_of_lake
from thongquan.config.twocodes.writing import write
from thongquan.lake.engines import SPARK, Choice, OnSpark, in_process, opened
from thongquan.lake.files import Lake
from thongquan.lake.flows import FileFlow, SparkFlow, cut
from thongquan.learning.twins import Attribute
from thongquan.learning.twins.scan import LINES, Outcome, scanned

PORTION = 20_000
PER_BUCKET = 25_000
_RELEASE = 1
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class Job:
    """What to search: files, or the lake when there are none. `least` is the smallest likeness that counts."""

    files: Sequence[Path]
    lake: Lake
    out: Path
    choice: Choice
    least: float
    deciding: Sequence[Attribute] = ()

    @property
    def room(self) -> Path:
        """The folder of what is not finished."""
        return self.out / f".scan-{self._digest()}"

    def _digest(self) -> str:
        read = self.files or [
            path for month in self.lake.months("lines") for path in (*month.parts, month.whole) if path
        ]
        told = [(str(path.resolve()), path.stat().st_size, path.stat().st_mtime_ns) for path in read]
        known = (told, self.least, tuple(self.deciding), self.choice.engine, PORTION, PER_BUCKET, _RELEASE)
        return hashlib.blake2b(repr(known).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True)
class Told:
    """How it went. `seconds` are those of this run alone."""

    lines: int
    goods: int
    compared: int
    edges: int
    cases: int
    stake_vnd: int
    seconds: float
    engine: str
    resumed: bool


def run(job: Job, progress: Progress) -> Told:
    """Search, and write `cases.csv`, `cases.parquet`, `members.parquet`, `pairs.parquet` and `summary.json`.

    Raises SourceError.
    """
    started, resumed = time.monotonic(), job.room.exists()
    job.room.mkdir(parents=True, exist_ok=True, mode=0o700)
    lines = cut(job.room, _lines(job), LINES, portion=PORTION)
    count = FileFlow(job.room, 1).count(lines)
    outcome = _searched(job, lines, max(1, -(-count // PER_BUCKET)), progress)
    told = Told(
        lines=count,
        goods=outcome.goods,
        compared=outcome.compared,
        edges=len(outcome.edges),
        cases=len(outcome.cases),
        stake_vnd=sum(case.stake_vnd or 0 for case in outcome.cases),
        seconds=round(time.monotonic() - started, 1),
        engine=job.choice.engine,
        resumed=resumed,
    )
    write(outcome, told, job.out)
    shutil.rmtree(job.room)
    return told


def _lines(job: Job) -> Iterator[pa.Table]:
    if job.files:
        yield from lines_in(job.files)
        return
    with in_process(job.choice, job.lake.home) as engine:
        yield from lines_of_lake(job.lake, engine)


def _searched(job: Job, lines: Path, buckets: int, progress: Progress) -> Outcome:
    if job.choice.engine != SPARK:
        flow = FileFlow(job.room, buckets, progress)
        return scanned(flow, lines, buckets=buckets, least=job.least, deciding=job.deciding)
    with opened(job.choice, job.room) as engine:
        if not isinstance(engine, OnSpark):
            raise TypeError("Spark was asked for")
        spark = SparkFlow(engine, job.room, progress)
        return scanned(spark, spark.lines(lines), buckets=buckets, least=job.least, deciding=job.deciding)
