"""Drawings of the status page, computed here so that the template only prints them: they need no script."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import log10
from typing import NamedTuple

from thongquan.insight.status.queries import Times

WIDTH, HEIGHT = 320, 132
LEFT, RIGHT, TOP, BOTTOM = 46, 34, 8, 20
DECADES = (1, 10, 100, 1_000, 10_000, 100_000)
HOUR = 3600


class Mark(NamedTuple):
    """A line of the grid with its words, or a point."""

    place: str
    label: str


class Course(NamedTuple):
    """p50 and p95 of a group over hours: runs of points (an hour without answers parts them), grid and end labels."""

    fast: tuple[str, ...]
    slow: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]
    rows: tuple[Mark, ...]
    columns: tuple[Mark, ...]
    end: tuple[tuple[str, str], tuple[str, str]]


def course_of(times: Sequence[Times], hours: Sequence[datetime], labels: Sequence[str]) -> Course:
    """The drawing of one group; times on a logarithmic scale, since milliseconds and seconds matter alike."""
    top = next((one for one in DECADES if one >= max(row.p95_ms for row in times)), DECADES[-1])
    low = max((one for one in DECADES if one <= min(row.p50_ms for row in times)), default=DECADES[0])
    low = min(low, top // 10) or 1
    scale = _Scale(low, max(top, low * 10), len(hours))
    places = {hour: place for place, hour in enumerate(hours)}
    known = [(places[row.at], row) for row in times if row.at in places]
    last = known[-1]
    return Course(
        fast=_runs([(place, row.p50_ms) for place, row in known], scale),
        slow=_runs([(place, row.p95_ms) for place, row in known], scale),
        dots=tuple((scale.x(place), scale.y(value)) for place, row in known for value in (row.p50_ms, row.p95_ms)),
        rows=tuple(Mark(scale.y(one), _words(one)) for one in DECADES if scale.low <= one <= scale.high),
        columns=tuple(Mark(scale.x(place), labels[place]) for place in range(0, len(hours), 6)),
        end=_apart((scale.x(last[0]), scale.y(last[1].p50_ms)), scale.y(last[1].p95_ms)),
    )


class _Scale(NamedTuple):
    low: int
    high: int
    hours: int

    def x(self, place: int) -> str:
        return f"{LEFT + place * (WIDTH - LEFT - RIGHT) / max(self.hours - 1, 1):.1f}"

    def y(self, milliseconds: float) -> str:
        share = log10(max(milliseconds, self.low) / self.low) / log10(self.high / self.low)
        return f"{HEIGHT - BOTTOM - min(share, 1) * (HEIGHT - TOP - BOTTOM):.1f}"


def _runs(points: Sequence[tuple[int, float]], scale: _Scale) -> tuple[str, ...]:
    runs: list[list[tuple[int, float]]] = []
    for place, value in points:
        if not runs or runs[-1][-1][0] != place - 1:
            runs.append([])
        runs[-1].append((place, value))
    return tuple(" ".join(f"{scale.x(place)},{scale.y(value)}" for place, value in run) for run in runs)


def _apart(fast: tuple[str, str], slow: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Where the labels of both lines stand: beside their ends, never on top of each other."""
    low, high = float(fast[1]), float(slow)
    if low - high < 12:
        middle = (low + high) / 2
        low, high = middle + 6, middle - 6
    x = f"{float(fast[0]) + 6:.1f}"
    return (x, f"{low + 3:.1f}"), (x, f"{high + 3:.1f}")


def _words(milliseconds: int) -> str:
    return f"{milliseconds} ms" if milliseconds < 1000 else f"{milliseconds // 1000} s"
