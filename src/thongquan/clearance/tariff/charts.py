"""Small drawings of the law pages, computed here so that templates only print them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from thongquan.clearance.tariff.queries.rates import RateRow

WIDTH, HEIGHT, MARGIN = 160, 28, 3
MARGIN_DAYS = 60


class Spark(NamedTuple):
    """A line of points for an SVG of 160 × 28, its last point, and the lowest and highest value it shows."""

    points: str
    last: tuple[str, str]
    lowest: str
    highest: str
    weeks: int


class Slider(NamedTuple):
    """A range of days for an input: its first day, its length, where the asked day lies, and the days of change."""

    first: date
    last: date
    length: int
    value: int
    marks: tuple[tuple[int, date], ...]


def sparkline(rows: Sequence[RateRow]) -> Spark | None:
    """The course of one currency, week by week; None for fewer than two weeks."""
    weeks = {row.valid_from: Decimal(row.vnd) for row in rows}
    if len(weeks) < 2:
        return None
    values = [weeks[week] for week in sorted(weeks)]
    low, high = min(values), max(values)
    spread = high - low or Decimal(1)
    step = Decimal(WIDTH - 2 * MARGIN) / (len(values) - 1)
    places = [
        (f"{MARGIN + step * place:.1f}", f"{HEIGHT - MARGIN - (value - low) / spread * (HEIGHT - 2 * MARGIN):.1f}")
        for place, value in enumerate(values)
    ]
    return Spark(" ".join(f"{x},{y}" for x, y in places), places[-1], f"{low:f}", f"{high:f}", len(values))


def slider(on: date, days: Sequence[date]) -> Slider:
    """A range that holds the asked day and every day on which something changes, with some room around."""
    first = min([on, *days]) - timedelta(days=MARGIN_DAYS)
    last = max([on, *days]) + timedelta(days=MARGIN_DAYS)
    marks = tuple(((day - first).days, day) for day in sorted(set(days)))
    return Slider(first, last, (last - first).days, (on - first).days, marks)
