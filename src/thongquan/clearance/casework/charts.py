"""The small drawing of the team page, computed here so that its template only prints it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from thongquan.clearance.casework.queries.team import Load

WIDTH, ROW, NAME, MARGIN = 720, 30, 200, 120
BAR = 18


class Bar(NamedTuple):
    """An officer's bar: the name, what is in time and what is late as lengths, and the figures written behind it."""

    y: int
    text_y: int
    name: str
    in_time: int
    late_x: int
    late: int
    end: int
    waiting: int
    late_count: int


class Chart(NamedTuple):
    """Horizontal bars; the drawing grows with the team."""

    width: int
    height: int
    start: int
    bars: tuple[Bar, ...]


def load_chart(loads: Sequence[Load], nobody: str) -> Chart | None:
    """Who has how much that waits for customs, and how much of it is late; None where nothing waits."""
    most = max((one.waiting for one in loads), default=0)
    if not most:
        return None
    room = WIDTH - NAME - MARGIN
    bars = []
    for place, one in enumerate(loads):
        whole = one.waiting * room // most
        late = one.late * room // most
        y = place * ROW + (ROW - BAR) // 2
        name = one.name or nobody
        shown = name if len(name) <= 26 else f"{name[:25]}…"
        bars.append(
            Bar(y, y + 14, shown, whole - late, NAME + whole - late, late, NAME + whole + 8, one.waiting, one.late)
        )
    return Chart(WIDTH, ROW * len(bars), NAME, tuple(bars))
