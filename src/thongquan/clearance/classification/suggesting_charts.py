"""Drawings of the report of a model, computed here so that templates only print them: they need no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from thongquan.learning.curves import interval

WIDTH, HEIGHT, LEFT, FOOT, TOP, RIGHT = 380, 220, 40, 30, 12, 14
BARS, ROW, NAME, BAR = 16, 24, 190, 12


class Point(NamedTuple):
    """A point of a curve and what it says."""

    x: int
    y: int
    told: str


class Tick(NamedTuple):
    """A mark of an axis."""

    x: int
    y: int
    text: str


class Chart(NamedTuple):
    """Curves over two axes. `even` is the line on which what was said is what was right, where there is one."""

    width: int
    height: int
    left: int
    floor: int
    right: int
    top: int
    lines: tuple[tuple[str, tuple[Point, ...]], ...]
    ticks_x: tuple[Tick, ...]
    ticks_y: tuple[Tick, ...]
    even: bool


class Bar(NamedTuple):
    """A chapter: share right at once, its interval, how many goods were asked."""

    y: int
    text_y: int
    middle: int
    name: str
    width: int
    low: int
    high: int
    asked: int
    right: float


class Chapters(NamedTuple):
    """Bars, the most asked first; the drawing grows with them."""

    width: int
    height: int
    start: int
    bars: tuple[Bar, ...]


def _x(value: float) -> int:
    return LEFT + round(value * (WIDTH - LEFT - RIGHT))


def _y(value: float) -> int:
    return HEIGHT - FOOT - round(value * (HEIGHT - FOOT - TOP))


def _chart(lines: Sequence[tuple[str, tuple[Point, ...]]], ticks: Sequence[Tick], *, even: bool = False) -> Chart:
    shares = tuple(Tick(LEFT - 6, _y(part / 4) + 4, f"{25 * part}") for part in range(5))
    return Chart(WIDTH, HEIGHT, LEFT, HEIGHT - FOOT, WIDTH - RIGHT, TOP, tuple(lines), tuple(ticks), shares, even)


def _shares(points: Sequence[Sequence[float]]) -> tuple[Point, ...]:
    return tuple(Point(_x(one[0]), _y(one[1]), f"{one[0]:.0%}: {one[1]:.1%}") for one in points)


def _percents() -> list[Tick]:
    return [Tick(_x(part / 4), HEIGHT - FOOT + 16, f"{25 * part}") for part in range(5)]


def reliability(level: Mapping[str, Any]) -> Chart | None:
    """What was said to be sure against what was right, by tenths of the goods."""
    points = level.get("reliability") or []
    return _chart([("is-line", _shares(points))], _percents(), even=True) if points else None


def abstention(level: Mapping[str, Any]) -> Chart | None:
    """How many are right at once among the surest part of the goods."""
    points = level.get("curve") or []
    return _chart([("is-line", _shares(points))], _percents()) if points else None


def learning(curve: Sequence[Mapping[str, Any]], digits: int) -> Chart | None:
    """Right at once and within five, by how many wordings of history were learned."""
    most = max((one["wordings"] for one in curve), default=0)
    if not most:
        return None
    lines = [
        (look, tuple(_learned(one, digits, place, most) for one in curve))
        for place, look in ((0, "is-line"), (1, "is-second"))
    ]
    ticks = [Tick(_x(one["wordings"] / most), HEIGHT - FOOT + 16, str(one["wordings"])) for one in curve[1:]]
    return _chart(lines, ticks)


def _learned(one: Mapping[str, Any], digits: int, place: int, most: int) -> Point:
    share = one["right"][str(digits)][place]
    return Point(_x(one["wordings"] / most), _y(share), f"{one['wordings']}: {share:.1%}")


def chapters(level: Mapping[str, Any], names: Mapping[str, str]) -> Chapters | None:
    """Chapters with the most goods asked, each with the interval in which its true share lies (95 %)."""
    rows = sorted(level.get("chapters") or [], key=lambda row: (-row[1], row[0]))[:BARS]
    if not rows:
        return None
    bars = tuple(_bar(place, row, names) for place, row in enumerate(rows))
    return Chapters(NAME + 300 + 60, ROW * len(bars), NAME, bars)


def _bar(place: int, row: Sequence[Any], names: Mapping[str, str]) -> Bar:
    code, asked, right = row
    low, high = interval(right, asked)
    name = f"{code} {names.get(code, '')}"
    y = place * ROW + (ROW - BAR) // 2
    return Bar(
        y=y,
        text_y=y + 10,
        middle=y + BAR // 2,
        name=name if len(name) <= 28 else f"{name[:27]}…",
        width=round(300 * right),
        low=NAME + round(300 * low),
        high=NAME + round(300 * high),
        asked=asked,
        right=right,
    )
