"""The drawing of a dry run, computed here so that its template only prints it: who pays more or less, by chapter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from thongquan.clearance.lawdesk.trying import Chapter

WIDTH, ROW, NAME, FIGURE, BAR, MOST = 760, 30, 230, 112, 16, 16
NAME_LETTERS = 28
MILLION = Decimal(1_000_000)


class Bar(NamedTuple):
    """A chapter: less to the left of the middle line, more to the right, each with its figure in million dong."""

    y: int
    text_y: int
    name: str
    less_x: int
    less: int
    more: int
    less_told: Decimal
    more_told: Decimal
    less_text_x: int
    more_text_x: int


class Chart(NamedTuple):
    """Bars on both sides of a middle line; the drawing grows with the chapters. `left_out` have no room."""

    width: int
    height: int
    middle: int
    bars: tuple[Bar, ...]
    left_out: int


def chapter_chart(chapters: Sequence[Chapter], names: Mapping[str, str]) -> Chart | None:
    """Chapters by what moves in them, the largest first; None where nothing moves."""
    moving = sorted(chapters, key=lambda one: -(one.more_vnd + one.less_vnd))
    most = max((max(one.more_vnd, one.less_vnd) for one in moving), default=Decimal(0))
    if not most:
        return None
    room = (WIDTH - NAME - 2 * FIGURE) // 2
    middle = NAME + FIGURE + room
    bars = tuple(_bar(place, one, names, middle, room, most) for place, one in enumerate(moving[:MOST]))
    return Chart(WIDTH, ROW * len(bars), middle, bars, max(len(moving) - MOST, 0))


def _bar(place: int, one: Chapter, names: Mapping[str, str], middle: int, room: int, most: Decimal) -> Bar:
    less, more = (int((amount * room / most).to_integral_value()) for amount in (one.less_vnd, one.more_vnd))
    less, more = (max(less, int(one.less_vnd > 0)), max(more, int(one.more_vnd > 0)))
    y = place * ROW + (ROW - BAR) // 2
    name = f"{one.code} {names.get(one.code, '')}".strip()
    shown = name if len(name) <= NAME_LETTERS else f"{name[: NAME_LETTERS - 1]}…"
    return Bar(
        y,
        y + 13,
        shown,
        middle - less,
        less,
        more,
        _millions(one.less_vnd),
        _millions(one.more_vnd),
        middle - less - 6,
        middle + more + 6,
    )


def _millions(amount: Decimal) -> Decimal:
    """Million dong with as many places as say something."""
    told = amount / MILLION
    return told.quantize(Decimal(1) if told >= 100 else Decimal("0.1") if told >= 1 else Decimal("0.001"))
