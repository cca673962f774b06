"""Has the trade moved away from what a model learned? Measures that compare what it saw with what it sees."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from thongquan.learning.curves import interval
from thongquan.learning.risk.arrays import Array, Flags, Floats
from thongquan.learning.risk.features import Features

BINS, LEAST = 10, 1e-4
WATCH, ALARM = 0.10, 0.25
"""Usual readings of a population stability index: under 0.10 nothing moved, from 0.25 on the model is in doubt."""


class Rate(NamedTuple):
    """A share with its interval of 95 % and what it was counted on."""

    share: float
    low: float
    high: float
    lines: int


class Drift(NamedTuple):
    """PSI of each feature, the highest first; calibration error (a fraction); hit rate of the random lane."""

    features: tuple[tuple[str, float], ...]
    calibration: float
    random_lane: Rate

    @property
    def alarms(self) -> tuple[str, ...]:
        """Features that moved too far."""
        return tuple(name for name, value in self.features if value >= ALARM)


def psi(before: Floats, now: Floats, bins: int = BINS) -> float:
    """Population stability index over bins that held equal parts before; what is empty is a bin of its own.

    0 when nothing is known of one side.
    """
    if not len(before) or not len(now):
        return 0.0
    known = before[~np.isnan(before)]
    edges = np.unique(np.quantile(known, np.linspace(0, 1, bins + 1)[1:-1])) if len(known) else np.zeros(0)
    was, is_now = (_shares(values, edges) for values in (before, now))
    return float(((is_now - was) * np.log(is_now / was)).sum())


def _shares(values: Floats, edges: Floats) -> Floats:
    empty = np.isnan(values)
    place = np.where(empty, len(edges) + 1, np.searchsorted(edges, np.where(empty, 0.0, values), side="right"))
    return np.maximum(np.bincount(place, minlength=len(edges) + 2) / len(values), LEAST)


def new_values(before: Array, now: Array) -> float:
    """Share of the values of today that were never seen before."""
    return float((~np.isin(now, np.unique(before))).mean()) if len(now) else 0.0


def calibration_error(said: Floats, fraud: Flags, bins: int = BINS) -> float:
    """Mean distance of what was said from what was so, over tenths of the lines (a fraction)."""
    parts = [one for one in np.array_split(np.argsort(said, kind="stable"), bins) if len(one)]
    return float(sum(abs(said[one].mean() - fraud[one].mean()) * len(one) for one in parts) / max(len(said), 1))


def rate(hits: int, count: int) -> Rate:
    """A share and how far it may be trusted."""
    share = hits / count if count else 0.0
    return Rate(share, *interval(share, count), count)


def drift_of(before: Features, now: Features, said: Floats, fraud: Flags, by_chance: Flags) -> Drift:
    """All measures of a week. `said`, `fraud`, `by_chance` are of the lines that were opened in it."""
    values = [
        (name, psi(before.values[:, place].astype(np.float64), now.values[:, place].astype(np.float64)))
        for place, name in enumerate(now.names)
    ]
    return Drift(
        tuple(sorted(values, key=lambda pair: -pair[1])),
        calibration_error(said[by_chance], fraud[by_chance]),
        rate(int(fraud[by_chance].sum()), int(by_chance.sum())),
    )
