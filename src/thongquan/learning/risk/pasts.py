"""How features ask of what was: in training of the whole history at hand, in lodging of what a night remembered of it.

Features are written once, against `Pasts`. Whoever answers otherwise (`online`) overrides what is asked here.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from thongquan.learning.risk.arrays import DAY, Floats, Ints, joined
from thongquan.learning.risk.past import History, Revealed, known_of
from thongquan.learning.risk.peers import Usual, usual_of
from thongquan.learning.risk.trade import Trade

_CLOSES_BEFORE = 31 * DAY
_ZONE = 7 * 3600


class Remembered(Protocol):
    """What is known of earlier lines of the same key: see `past.History`."""

    def count(self, days: int = 0) -> Floats:
        """How many lines, in the last `days` days or in all."""

    def total(self, values: Floats, days: int = 0) -> Floats:
        """Sum of the values of those lines."""

    def mean(self, values: Floats, days: int = 0, *, towards: float = 0.0, weight: float = 1.0) -> Floats:
        """Mean of the values, drawn towards a number."""

    def age_days(self) -> Floats:
        """Days since the first line; -1 where there is none."""

    def rest_days(self) -> Floats:
        """Days since the last line before; -1 where there is none."""

    def last(self, values: Floats, otherwise: float = 0.0) -> Floats:
        """Value of the last line before."""


class Pasts:
    """The whole history at hand; each line sees the lines of earlier declarations.

    With `cut`, what is usual of the lines from that one on is fitted on the lines before it.
    """

    def __init__(self, cut: int | None = None) -> None:
        self.cut = cut

    def joined(self, *columns: Ints) -> Ints:
        """Tuples of places as places."""
        return joined(*columns)

    def history(self, key: Ints, trade: Trade) -> Remembered:
        """Earlier lines of the same key."""
        return History(key, trade.head, trade.at)

    def usual(self, trade: Trade) -> Usual:
        """What is usual of each line."""
        return usual_of(trade, self.cut)

    def known(self, key: Ints, revealed: Revealed, asked: Ints, at: Ints, *, days: int = 0) -> tuple[Floats, Floats]:
        """How many outcomes of the key were known, and how many of them were fraud."""
        return known_of(key, revealed, asked, at, days=days)

    def closed_before(self, pair: Ints, trade: Trade) -> Floats:
        """When an enterprise of the same pair closed, before that of the line began; NaN when none did."""
        closings, begins = closings_of(pair, trade)
        return latest_before(closings, begins, pair, trade.amounts["born"])


class Nightly(Pasts):
    """As lodging sees it: of earlier days only, and as of the midnight (of Hà Nội) before the line."""

    def history(self, key: Ints, trade: Trade) -> Remembered:
        """Lines of the same key of earlier days."""
        night = midnight(trade.at)
        return History(key, night, night)

    def known(self, key: Ints, revealed: Revealed, asked: Ints, at: Ints, *, days: int = 0) -> tuple[Floats, Floats]:
        """Outcomes known at midnight."""
        return known_of(key, revealed, asked, midnight(at), days=days)


WHOLE = Pasts()


def midnight(at: Ints) -> Ints:
    """The midnight of Hà Nội before each instant (seconds since 1970)."""
    return np.asarray((at + _ZONE) // DAY * DAY - _ZONE)


def closings_of(pair: Ints, trade: Trade) -> tuple[Floats, Ints]:
    """When enterprises closed, in the order of their pairs, and where those of each pair begin."""
    _firm, first = np.unique(trade.coded["firm"], return_index=True)
    closed, of = trade.amounts["closed"][first], pair[first]
    known = ~np.isnan(closed)
    closed, of = closed[known], of[known]
    order = np.lexsort((closed, of))
    begins = np.searchsorted(of[order], np.arange(int(pair.max(initial=-1)) + 2))
    return closed[order], begins.astype(np.int64)


def latest_before(closings: Floats, begins: Ints, pair: Ints, born: Floats) -> Floats:
    """The latest closing of each pair not later than 31 days after `born`; NaN when there is none."""
    found = np.full(len(pair), np.nan)
    place = np.minimum(pair, len(begins) - 1)
    for row in np.flatnonzero(begins[np.minimum(place + 1, len(begins) - 1)] > begins[place]).tolist():
        of = closings[begins[place[row]] : begins[place[row] + 1]]
        earlier = of[of <= born[row] + _CLOSES_BEFORE]
        if len(earlier):
            found[row] = earlier[-1]
    return found
