"""The drawing of totals side by side, computed here so that its template only prints it: it needs no script."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

WIDTH, ROW, LINE, BAR = 480, 48, 16, 14
LONGEST = 28


class Total(NamedTuple):
    """What one schedule costs, in dong: import duty and everything else; `best` marks the cheapest."""

    name: str
    duty: Decimal
    others: Decimal
    best: bool


class Bar(NamedTuple):
    """A bar under its name and its total: lengths of duty and of the rest; `full` is the whole name."""

    y: int
    text_y: int
    name: str
    full: str
    duty: int
    others: int
    total: Decimal
    best: bool


class Chart(NamedTuple):
    """Horizontal bars, one for each schedule; the drawing grows with them and fits a phone."""

    width: int
    height: int
    bars: tuple[Bar, ...]


def totals_chart(totals: Sequence[Total]) -> Chart | None:
    """Totals as bars in the order given, import duty first; None where there is nothing to compare."""
    most = max((one.duty + one.others for one in totals), default=Decimal(0))
    if most <= 0:
        return None
    bars = []
    for place, one in enumerate(totals):
        duty, others = int(one.duty * WIDTH / most), int(one.others * WIDTH / most)
        shown = one.name if len(one.name) <= LONGEST else f"{one.name[: LONGEST - 1]}…"
        text_y = place * ROW + LINE
        bars.append(Bar(text_y + 7, text_y, shown, one.name, duty, others, one.duty + one.others, best=one.best))
    return Chart(WIDTH, ROW * len(bars), tuple(bars))
