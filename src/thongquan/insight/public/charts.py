"""The drawing of totals side by side, computed here so that its template only prints it: it needs no script."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

WIDTH, ROW, BAR = 720, 34, 18
NAME, MARGIN = 216, 120
LONGEST = 26


class Total(NamedTuple):
    """What one schedule costs, in dong: import duty and everything else; `best` marks the cheapest."""

    name: str
    duty: Decimal
    others: Decimal
    best: bool


class Bar(NamedTuple):
    """A bar: its place, its name, the lengths of duty and of the rest, where its figure stands, and the total."""

    y: int
    text_y: int
    name: str
    full: str
    duty: int
    others_x: int
    others: int
    end: int
    total: Decimal
    best: bool


class Chart(NamedTuple):
    """Horizontal bars, one for each schedule; the drawing grows with them."""

    width: int
    height: int
    start: int
    bars: tuple[Bar, ...]


def totals_chart(totals: Sequence[Total]) -> Chart | None:
    """Totals as bars in the order given, import duty first; None where there is nothing to compare."""
    most = max((one.duty + one.others for one in totals), default=Decimal(0))
    if most <= 0:
        return None
    room = WIDTH - NAME - MARGIN
    bars = []
    for place, one in enumerate(totals):
        duty, others = int(one.duty * room / most), int(one.others * room / most)
        shown = one.name if len(one.name) <= LONGEST else f"{one.name[: LONGEST - 1]}…"
        y = place * ROW + (ROW - BAR) // 2
        end = NAME + duty + others + 8
        bars.append(
            Bar(y, y + 14, shown, one.name, duty, NAME + duty, others, end, one.duty + one.others, best=one.best)
        )
    return Chart(WIDTH, ROW * len(bars), NAME, tuple(bars))
