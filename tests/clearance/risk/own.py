"""Own records to test with: a small practice world, told as if this office had lodged and inspected it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np

from thongquan.clearance.risk.operations.outcomes import INSPECTION, KeptLine, KeptOutcome, keep_lines, keep_outcomes
from thongquan.learning.risk import Trade, read_trade
from thongquan.learning.risk.trade import AMOUNTS, CODED
from thongquan.practice.world import Plan, build

FIRST = 100_000_000_000


@cache
def world() -> tuple[Trade, tuple[tuple[int, int, datetime, bool], ...]]:
    """Trade of four months, and what inspections found: declaration, line, when, whether something differed."""
    with TemporaryDirectory() as place:
        out = Path(place) / "world"
        build(out, Plan(seed=5, months=4, declarations=1_200))
        files = sorted((out / "declared" / "inspections").glob("*.parquet")) or [out / "declared/inspections.parquet"]
        with duckdb.connect() as connection:
            rows = connection.read_parquet([str(one) for one in files]).select(
                "declaration_key, line_no, epoch(inspected_at)::bigint, outcome <> 'none'"
            )
            told = tuple(
                (key, line, datetime.fromtimestamp(at, UTC), found) for key, line, at, found in rows.fetchall()
            )
        return read_trade(out), told


def lodged_world() -> datetime:
    """Keep the lines of the world and their outcomes as own records; gives the moment after all of them."""
    trade, inspections = world()
    keep_lines([_line(trade, row) for row in range(len(trade))])
    outcomes = [
        KeptOutcome(number=str(FIRST + key), line=line, source=INSPECTION, known_at=at, found=found)
        for key, line, at, found in inspections
    ]
    keep_outcomes(INSPECTION, [], outcomes)
    return datetime.fromtimestamp(int(trade.at[-1]) + 1, UTC)


def _line(trade: Trade, row: int) -> KeptLine:
    places = {name: int(trade.coded[name][row]) for name in CODED}
    numbers = [float(trade.amounts[name][row]) for name in AMOUNTS]
    return KeptLine(
        number=str(FIRST + int(trade.declaration[row])),
        line=int(trade.line[row]),
        at=datetime.fromtimestamp(int(trade.at[row]), UTC),
        imports=bool(trade.imports[row]),
        coded=[None if place < 0 else str(trade.words[name][place]) for name, place in places.items()],
        amounts=[None if np.isnan(one) else one for one in numbers],
    )
