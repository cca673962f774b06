"""When to raise an alarm: weights and a threshold fitted on reviewed lines, and how often such alarms were right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from thongquan.learning.curves import curve, interval, logistic
from thongquan.learning.twins.finding import SIGNS, Found

_BANDS = 4


class Band(NamedTuple):
    """Alarms scored at least `floor`: how many were reviewed, and how many of them were right."""

    floor: float
    alarms: int
    right: int


class Judge(NamedTuple):
    """Weights of the signs; an alarm is raised from `threshold` on. `bands` are its measured precision."""

    weights: tuple[float, ...]
    threshold: float
    bands: tuple[Band, ...]
    reviewed: int

    def score(self, found: Found) -> float:
        """How much speaks for an alarm, from 0 to 1."""
        return 0.0 if not any(found.signs) else float(curve(np.array(found.signs) @ np.array(self.weights)))

    def alarms(self, found: Found) -> bool:
        """True when a person should look at this line."""
        return self.score(found) >= self.threshold

    def precision(self, found: Found) -> Band | None:
        """What became of reviewed alarms as strong as this one; None when none was reviewed."""
        score = self.score(found)
        return next((band for band in self.bands if score >= band.floor and band.alarms), None)


FIRST_JUDGE = Judge((-9.0, 8.0, -4.0, 6.0, 2.0, 4.0, 0.5, 0.3, 0.0), 0.9, (), 0)
"""For a place where nothing was reviewed yet: alarms only where texts agree almost altogether. It has no precision."""


def fitted(reviewed: Sequence[tuple[Found, bool]], *, false_alarms: float = 0.003) -> Judge:
    """Fit on lines of which it is known whether an alarm is right.

    The threshold is the lowest at which, with 95 % confidence, at most the share `false_alarms` of the lines that are
    right as declared raises an alarm. Raises ValueError when one of the two sorts is missing.
    """
    signs = np.array([found.signs for found, _ in reviewed], dtype=float).reshape(-1, SIGNS)
    wrong = np.array([is_wrong for _, is_wrong in reviewed], dtype=float)
    if not 0 < wrong.sum() < len(wrong):
        raise ValueError("both right and wrong lines must have been reviewed")
    weights = logistic(signs, wrong)
    scores = np.where(signs.any(axis=1), curve(signs @ weights), 0.0)
    quiet = np.sort(scores[wrong == 0])[::-1]
    threshold = float(np.nextafter(quiet[_allowed(len(quiet), false_alarms)], 2.0))
    return Judge(tuple(weights.tolist()), threshold, _bands(scores, wrong, threshold), len(reviewed))


def _allowed(count: int, share: float) -> int:
    """How many of so many right lines may raise an alarm, if the upper end of the interval is to stay below a share."""
    most = int(share * count)
    while most and interval(most / count, count)[1] > share:
        most -= 1
    return most


def _bands(
    scores: np.typing.NDArray[np.float64], wrong: np.typing.NDArray[np.float64], least: float
) -> tuple[Band, ...]:
    """Bands of about the same number of alarms, the strongest first."""
    alarms = np.sort(scores[scores >= least])[::-1]
    bands = []
    above = np.inf
    for part in np.array_split(alarms, _BANDS):
        if len(part) and part[-1] < above:
            inside = (scores >= part[-1]) & (scores < above)
            bands.append(Band(float(part[-1]), int(inside.sum()), int(wrong[inside].sum())))
            above = float(part[-1])
    return tuple(bands)
