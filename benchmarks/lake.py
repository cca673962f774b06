"""Questions to a lake of 100 million lines, against the same questions in hand-written DuckDB SQL.

The lines are invented on disk, month by month, as compaction would have left them; then each question is asked in turns
of the lake (`lake/analyses.py`, DuckDB in the process with its limit of memory) and by hand, on the same files with the
same limit. The first run of each only warms. `TQ_BENCH_LAKE_LINES` is the number of lines.
"""

from __future__ import annotations

import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from thongquan.lake.analyses import ANALYSES
from thongquan.lake.engines import Choice, Engine, OnDuckDB, opened
from thongquan.lake.files import WHOLE, Lake, batch_name
from thongquan.lake.reading import Tables
from thongquan.lake.schemas import LINES

COUNT = int(os.environ.get("TQ_BENCH_LAKE_LINES", "100000000"))
ROUNDS = 5
MONTHS = [date(2030 + index // 12, index % 12 + 1, 1) for index in range(24)]
PARTS, OF_PART = 20, 2500
LINES_EACH = 5

# Every value follows from the number of its line: the same lake each time.
_INVENTED = """
    SELECT (10000000000 + i // {each})::BIGINT AS declaration, 0::SMALLINT AS version,
        (i % {each} + 1)::SMALLINT AS line,
        if(hash(i // {each}) % 10 < 4, 'export', 'import') AS flow,
        '15' || substr('BBBCBDBESIE1E2E3', (hash(i // {each} + 1) % 8)::INT * 2 + 1, 2) AS office,
        'VNHNG' AS gate,
        lpad((hash(i // {each} + 2) % 5000)::VARCHAR, 10, '0') AS tax_code,
        lpad((hash(i + 3) % 400 * 10000)::VARCHAR, 8, '0') AS hs,
        ['CN', 'VN', 'TH', 'KR'][(hash(i + 4) % 4 + 1)::INT] AS origin, 'B05' AS schedule,
        'Hàng hóa số ' || (hash(i + 5) % 2000) || ', hàng mới 100%' AS description,
        (hash(i + 6) % 100000)::DECIMAL(24, 4) AS quantity, 'KGM' AS unit,
        (hash(i + 7) % 100000)::DECIMAL(20, 4) AS net_weight_kg,
        (hash(i + 8) % 5000000000)::DECIMAL(20, 0) AS value_vnd,
        (hash(i + 9) % 500000000)::DECIMAL(20, 0) AS due_vnd,
        hash(i // {each} + 10) % 20 > 0 AS in_force, DATE '{month}' AS month, '{batch}' AS batch
    FROM range({first}, {last}) AS numbers(i)
"""
_BY_HAND = {
    "turnover": """
        WITH sums AS (
            SELECT office, flow, month, count(*) AS lines, sum(value_vnd) AS value_vnd
            FROM read_parquet('{files}') WHERE in_force GROUP BY office, flow, month
        )
        SELECT sums.office, sums.month, sums.flow, sums.lines, sums.value_vnd, before.value_vnd AS before_vnd,
            sums.value_vnd::DOUBLE / nullif(before.value_vnd::DOUBLE, 0) - 1 AS change
        FROM sums LEFT JOIN sums AS before ON before.office = sums.office AND before.flow = sums.flow
            AND before.month = sums.month - INTERVAL 1 YEAR
        ORDER BY sums.office, sums.flow, sums.month
    """,
    "distinct": """
        SELECT office, month, count(*) AS declarations
        FROM (SELECT DISTINCT office, month, declaration FROM read_parquet('{files}') WHERE in_force)
        GROUP BY office, month ORDER BY office, month
    """,
}


def run() -> dict[str, float]:
    """Keys `ratio`, `distinct_ratio`, seconds of each, `with_parts_s`, `peak_memory_mb`, `lines`."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("TQ_BENCH_DIR")) as home:
        lake = Lake(Path(home) / "lake")
        wholes, spent = _invented(lake)
        _say(f"{COUNT:,} lines in {len(MONTHS)} months, {wholes / 2**30:.1f} GB, invented in {spent:.0f} s")
        with opened(Choice(), lake.home) as engine:
            told = _compared(lake, engine)
            _add_parts(lake)
            told["with_parts_s"] = round(_median(_asking(lake, engine, "turnover")), 3)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**told, "peak_memory_mb": round(peak, 1), "lines": COUNT, "disk_gb": round(wholes / 2**30, 2)}


def _compared(lake: Lake, engine: Engine) -> dict[str, float]:
    told: dict[str, float] = {}
    for name in _BY_HAND:
        asking, hand = _asking(lake, engine, name), _by_hand(lake, engine, name)
        if asking().to_pylist() != hand().to_pylist():
            message = f"{name}: the two do not answer the same"
            raise AssertionError(message)
        taken = _in_turns(asking, hand)
        lake_s, hand_s = (statistics.median(several) for several in taken)
        prefix = "" if name == "turnover" else f"{name}_"
        told |= {f"{prefix}ratio": round(lake_s / hand_s, 3), f"{name}_s": round(lake_s, 3)}
        told[f"{name}_by_hand_s"] = round(hand_s, 3)
        _say(f"{name}: {lake_s:.2f} s, by hand {hand_s:.2f} s")
    return told


def _asking(lake: Lake, engine: Engine, name: str) -> Callable[[], pa.Table]:
    """The question from the listing of files on, as the command asks it."""
    return lambda: engine.answer(ANALYSES[name].question(Tables(lake, engine)))


def _by_hand(lake: Lake, engine: Engine, name: str) -> Callable[[], pa.Table]:
    """The same in SQL, in a session of the same engine: the same memory, threads and place to spill."""
    assert isinstance(engine, OnDuckDB)
    session: Any = engine.backend.con.cursor()
    statement = _BY_HAND[name].format(files=lake.home / "lines" / "*" / f"{WHOLE}*.parquet")
    return lambda: session.sql(statement).to_arrow_table()


def _in_turns(*questions: Callable[[], pa.Table]) -> list[list[float]]:
    """Times of the rounds of each; they alternate, so that a slow minute is everybody's."""
    taken: list[list[float]] = [[] for _ in questions]
    for turn in range(ROUNDS):
        order = range(len(questions)) if turn % 2 else reversed(range(len(questions)))
        for place in order:
            taken[place].append(_timed(questions[place]))
    return taken


def _median(question: Callable[[], pa.Table]) -> float:
    question()
    return statistics.median(_timed(question) for _ in range(ROUNDS))


def _timed(question: Callable[[], pa.Table]) -> float:
    started = time.perf_counter()
    question()
    return time.perf_counter() - started


def _invented(lake: Lake) -> tuple[int, float]:
    """Write the wholes of all months; bytes on disk and seconds."""
    started, size = time.perf_counter(), 0
    with duckdb.connect(config={"memory_limit": "2GB", "preserve_insertion_order": False}) as session:
        session.execute("SET enable_progress_bar = false")
        for place, month in enumerate(MONTHS):
            path = lake.folder("lines", month) / f"{WHOLE}000001-{batch_name(1, 1)}.parquet"
            path.parent.mkdir(parents=True)
            rows = _statement(COUNT * place // len(MONTHS), COUNT * (place + 1) // len(MONTHS), month, batch_name(1, 1))
            session.execute(f"COPY ({rows}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
            size += path.stat().st_size
    if pq.read_schema(path).names != LINES.schema.names:
        raise AssertionError("the invented lines are not lines of the lake")
    return size, time.perf_counter() - started


def _statement(first: int, last: int, month: date, batch: str) -> str:
    return _INVENTED.format(first=first, last=last, month=month, batch=batch, each=LINES_EACH)


def _add_parts(lake: Lake) -> None:
    """What a day brings behind the compaction: parts in the last month, which replace some of its rows."""
    end = COUNT
    with duckdb.connect() as session:
        for number in range(PARTS):
            batch = batch_name(2, number + 1)
            first = max(0, end - (number + 1) * OF_PART)
            path = lake.folder("lines", MONTHS[-1]) / f"part-{batch}.parquet"
            session.execute(f"COPY ({_statement(first, first + OF_PART, MONTHS[-1], batch)}) TO '{path}'")


def _say(words: str) -> None:
    from benchmarks.office import say

    say(words)
