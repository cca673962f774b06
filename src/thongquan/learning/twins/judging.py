"""When to raise an alarm: weights and a threshold fitted on reviewed lines, and how often such alarms were right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from thongquan.learning.curves import Floats, Groups, curve, interval_of_groups, logistic
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


class Reviewed(NamedTuple):
    """What was found for a line, whether its code is wrong, and what it hangs together with, such as its kind of goods
    ('' where nothing is known of that)."""

    found: Found
    wrong: bool
    kind: str = ""


def fitted(reviewed: Sequence[tuple[Found, bool]], *, false_alarms: float = 0.003) -> Judge:
    """Fit on lines of which it is known whether an alarm is right.

    The threshold is the lowest at which, with 95 % confidence, at most the share `false_alarms` of the lines that are
    right as declared raises an alarm. Raises ValueError when one of the two sorts is missing.
    """
    every = [Reviewed(found, wrong) for found, wrong in reviewed]
    return aimed(weighed(every), [(every, false_alarms)])


def weighed(reviewed: Sequence[Reviewed]) -> tuple[float, ...]:
    """The weights of the signs alone. Raises ValueError when one of the two sorts is missing."""
    signs, wrong = _signs(reviewed), _wrong(reviewed)
    if not 0 < wrong.sum() < len(wrong):
        raise ValueError("both right and wrong lines must have been reviewed")
    return tuple(logistic(signs, wrong).tolist())


def aimed(
    weights: tuple[float, ...], goals: Sequence[tuple[Sequence[Reviewed], float]], *, least: float = 0.0
) -> Judge:
    """A judge of these weights whose threshold keeps to the goal of each of several sets of lines, e.g. of histories of
    different lengths: the largest share of false alarms, kept to with 95 % confidence. Lines of one kind count as
    hanging together. The threshold is no lower than `least`.

    Raises ValueError when a set holds no line that is right as declared.
    """
    parts = [(_scores(weights, lines), _wrong(lines), _kinds(lines), goal) for lines, goal in goals]
    if not all((wrong == 0).any() for _, wrong, _, _ in parts):
        raise ValueError("every set needs lines that are right as declared")
    found = [_threshold(scores[wrong == 0], kinds[wrong == 0], goal) for scores, wrong, kinds, goal in parts]
    threshold = max(least, *found)
    scores, wrong = np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
    return Judge(weights, threshold, _bands(scores, wrong, threshold), len(scores))


def _signs(reviewed: Sequence[Reviewed]) -> Floats:
    return np.array([one.found.signs for one in reviewed], dtype=float).reshape(-1, SIGNS)


def _wrong(reviewed: Sequence[Reviewed]) -> Floats:
    return np.array([one.wrong for one in reviewed], dtype=float)


def _scores(weights: tuple[float, ...], reviewed: Sequence[Reviewed]) -> Floats:
    signs = _signs(reviewed)
    return np.where(signs.any(axis=1), curve(signs @ np.array(weights)), 0.0)


def _kinds(reviewed: Sequence[Reviewed]) -> Groups:
    """Each kind as a number; lines of no kind stand alone."""
    names = [one.kind or f"\n{place}" for place, one in enumerate(reviewed)]
    return np.unique(names, return_inverse=True)[1].astype(np.int64)


def _threshold(quiet: Floats, kinds: Groups, share: float) -> float:
    """The lowest from which on so few of the right lines raise an alarm that the upper end of the interval stays below
    a share."""
    order = np.argsort(-quiet, kind="stable")
    most = int(share * len(quiet))
    if most == len(quiet):
        return 0.0
    alarm = np.zeros(len(quiet))
    alarm[order[:most]] = 1.0
    while most and interval_of_groups(alarm, kinds)[1] > share:
        most -= 1
        alarm[order[most]] = 0.0
    return float(np.nextafter(quiet[order[most]], 2.0))


def _bands(scores: Floats, wrong: Floats, least: float) -> tuple[Band, ...]:
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
