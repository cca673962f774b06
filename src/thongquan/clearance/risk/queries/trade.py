"""The own records as the engine reads a world: lines in the order of time, and what became known of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from thongquan.clearance.risk.models import Lodged, Outcome, TradeLine, VerifiedProof
from thongquan.learning.risk.arrays import Flags, Floats, Ints
from thongquan.learning.risk.findings import Findings
from thongquan.learning.risk.model import USUAL_PART
from thongquan.learning.risk.past import Revealed
from thongquan.learning.risk.trade import AMOUNTS, CODED, Trade, trade_of

SHAPE = 1
"""Of the columns of a line: counted up when `learning.risk.trade.CODED` or `AMOUNTS` change."""
_CHUNK = 5_000
_LINES = 64
"""More lines than a declaration can have: number times this, and the line, make one key."""


class Counted(NamedTuple):
    """Where labels came from: how many lines of each source, and how many of them were found to differ."""

    lines: dict[str, int]
    found: dict[str, int]


class OwnFindings(NamedTuple):
    """What became known of lines, one row a line, and where it came from."""

    findings: Findings
    counted: Counted


def own_trade(until: datetime) -> Trade:
    """Lines lodged before a moment, in the order of time."""
    rows = TradeLine.objects.filter(at__lt=until, shape=SHAPE).order_by("at", "number", "line")
    told = rows.values_list("number", "line", "at", "imports", "coded", "amounts")
    tables = [_table(chunk) for chunk in _chunks(told.iterator(chunk_size=_CHUNK))]
    return trade_of(pa.concat_tables(tables) if tables else _table([]))


def _chunks(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    held: list[tuple[Any, ...]] = []
    for row in rows:
        held.append(row)
        if len(held) == _CHUNK:
            yield held
            held = []
    if held:
        yield held


def _table(rows: list[tuple[Any, ...]]) -> pa.Table:
    columns: dict[str, pa.Array] = {
        "declaration_key": pa.array([int(row[0]) for row in rows], pa.int64()),
        "line_no": pa.array([row[1] for row in rows], pa.int64()),
        "at": pa.array([int(row[2].timestamp()) for row in rows], pa.int64()),
        "imports": pa.array([row[3] for row in rows], pa.bool_()),
    }
    for place, name in enumerate(CODED):
        columns[name] = pa.array([row[4][place] for row in rows], pa.string())
    for place, name in enumerate(AMOUNTS):
        columns[name] = pa.array([row[5][place] for row in rows], pa.float64())
    return pa.table(columns)


def own_findings(trade: Trade, potential: Floats, until: datetime) -> OwnFindings:
    """What was known before a moment of the lines of a trade; `potential` is what each has at stake, dong.

    Of a line that several sources speak of, found by any is found; it counts from when the first one said so.
    """
    place = {key: row for row, key in enumerate((trade.declaration * _LINES + trade.line).tolist())}
    told: dict[int, tuple[int, bool, float]] = {}
    lines: dict[str, int] = {}
    found: dict[str, int] = {}
    for number, line, source, known_at, is_found, evaded in _known(until):
        row = place.get(int(number) * _LINES + line)
        if row is None:
            continue
        lines[source] = lines.get(source, 0) + 1
        found[source] = found.get(source, 0) + is_found
        told[row] = _stronger(told.get(row), (known_at, is_found, float(evaded)))
    return OwnFindings(_findings(trade, told, potential), Counted(lines, found))


def _stronger(before: tuple[int, bool, float] | None, now: tuple[int, bool, float]) -> tuple[int, bool, float]:
    """What two sources say of one line."""
    if before is None:
        return now
    if before[1] != now[1]:
        return before if before[1] else now
    return min(before[0], now[0]), now[1], max(before[2], now[2])


def _known(until: datetime) -> Iterator[tuple[str, int, str, int, bool, Decimal]]:
    rows = Outcome.objects.filter(known_at__lt=until).order_by("pk")
    told = rows.values_list("number", "line", "source", "known_at", "found", "evaded_vnd")
    for number, line, source, known_at, found, evaded in told.iterator(chunk_size=_CHUNK):
        yield number, line, source, int(known_at.timestamp()), found, evaded
    proofs = VerifiedProof.objects.filter(closed_at__lt=until, wrong=True).order_by("pk")
    for uses, closed_at in proofs.values_list("uses", "closed_at"):
        for number, refused in uses.items():
            for line in refused:
                yield number, int(line), "certificate", int(closed_at.timestamp()), True, Decimal(0)


def _findings(trade: Trade, told: dict[int, tuple[int, bool, float]], potential: Floats) -> Findings:
    row = np.array(sorted(told), dtype=np.int64)
    known = [told[one] for one in row.tolist()]
    fraud = np.array([one[1] for one in known], dtype=np.float64)
    evaded = _told_or_usual(np.array([one[2] for one in known], dtype=np.float64), fraud, potential[row])
    known_at = np.array([one[0] for one in known], dtype=np.int64)
    return Findings(Revealed(row, known_at, fraud), drawn_of(trade, row), evaded)


def _told_or_usual(evaded: Floats, fraud: Floats, potential: Floats) -> Floats:
    """What found lines evaded; where nobody reckoned it, the usual part of what is at stake stands in."""
    told = (fraud > 0) & (evaded > 0) & (potential > 0)
    usual = float(np.clip(evaded[told] / potential[told], 0.0, 1.0).mean()) if told.any() else USUAL_PART
    return np.where(fraud > 0, np.where(evaded > 0, evaded, usual * np.nan_to_num(potential)), 0.0)


def drawn_of(trade: Trade, rows: Ints) -> Flags:
    """Of some lines, whether chance chose their declaration and nothing else can have: the random lane."""
    numbers = [f"{one:012d}" for one in np.unique(trade.declaration[rows]).tolist()]
    drawn: set[int] = set()
    for first in range(0, len(numbers), _CHUNK):
        chosen = Lodged.objects.filter(drawn=True, number__in=numbers[first : first + _CHUNK])
        drawn.update(int(one) for one in chosen.values_list("number", flat=True))
    return np.array([one in drawn for one in trade.declaration[rows].tolist()], dtype=bool)


def numbers_kept(numbers: Collection[str]) -> set[str]:
    """Which of these declarations have their lines here, in the shape of this release."""
    rows = TradeLine.objects.filter(number__in=numbers, shape=SHAPE)
    return set(rows.values_list("number", flat=True).distinct())


def lines_kept() -> int:
    """How many lines of the own records stand here."""
    return TradeLine.objects.count()
