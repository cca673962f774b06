"""Drawings of this room, computed here so that templates only print them: they need no script."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from thongquan.clearance.origin.queries.history import OfMonth

WIDTH, HEIGHT, FOOT, TOP = 640, 132, 22, 18
WIDEST = 48


class Bar(NamedTuple):
    """A month: its place, heights of all certificates and of the bad ones, and where its words stand."""

    x: int
    width: int
    y: int
    height: int
    bad_y: int
    bad: int
    middle: int
    month: date
    certificates: int
    doubtful: int


class Chart(NamedTuple):
    """Standing bars, one for each month."""

    width: int
    height: int
    foot: int
    bars: tuple[Bar, ...]


def months_chart(months: Sequence[OfMonth]) -> Chart | None:
    """Certificates month by month, those doubted or refused dark at the foot; None where there is nothing."""
    most = max((one.certificates for one in months), default=0)
    if not most:
        return None
    room, floor = HEIGHT - FOOT - TOP, HEIGHT - FOOT
    step = min(WIDEST + 12, WIDTH // len(months))
    bars = []
    for place, one in enumerate(months):
        tall = max(one.certificates * room // most, 2)
        bad = tall * one.bad // one.certificates
        x, width = place * step + 4, step - 8
        bars.append(
            Bar(x, width, floor - tall, tall, floor - bad, bad, x + width // 2, one.month, one.certificates, one.bad)
        )
    return Chart(WIDTH, HEIGHT, HEIGHT - 6, tuple(bars))
