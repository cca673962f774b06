"""Drawings of shares with their intervals, reckoned here so that a template only prints them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from thongquan.rules.origin.shares import Share

NAME, WIDTH, FIGURE, ROW = 190, 380, 80, 30
LETTERS = 26


class Dot(NamedTuple):
    """A share: its middle, the ends of its interval, in the units of the box."""

    name: str
    y: int
    text_y: int
    low: int
    middle: int | None
    high: int
    share: Share


class Plot(NamedTuple):
    """Shares below each other on one scale; `line` is where the one they are measured against lies."""

    width: int
    height: int
    figure_x: int
    line: int | None
    dots: tuple[Dot, ...]


def plot(rows: Iterable[tuple[str, Share]], against: Share | None = None) -> Plot:
    """Shares with their intervals on a scale from 0 to the largest end."""
    known = list(rows)
    most = max([*(one.high for _name, one in known if one.of), Decimal("0.01")])
    dots = tuple(_dot(place, name, one, most) for place, (name, one) in enumerate(known))
    line = _x(against.value, most) if against is not None and against.value is not None else None
    return Plot(NAME + WIDTH + FIGURE, ROW * len(known) + 4, NAME + WIDTH + 8, line, dots)


def _dot(place: int, name: str, one: Share, most: Decimal) -> Dot:
    y = ROW * place + ROW // 2
    told = name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"
    if not one.of:
        return Dot(told, y, y + 5, NAME, None, NAME, one)
    middle = _x(one.value, most) if one.value is not None else None
    return Dot(told, y, y + 5, _x(one.low, most), middle, _x(one.high, most), one)


def _x(value: Decimal, most: Decimal) -> int:
    return NAME + int(min(value / most, Decimal(1)) * WIDTH)
