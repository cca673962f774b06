"""How sure an answer may be: a logistic curve over what speaks for it, straightened by isotonic regression."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from thongquan.learning.curves import Floats, curve, isotonic, logistic
from thongquan.learning.suggest.scores import Judged, Scored

SHOWN = 5
_LEAST = 40


class Calibration(NamedTuple):
    """Weights of what speaks for a candidate, then the steps of a curve from what they say to what was right."""

    weights: tuple[float, ...]
    said: tuple[float, ...]
    right: tuple[float, ...]
    held_out: int

    def sureness(self, judged: Judged, level: int) -> list[float]:
        """Chance that each of the first candidates of a level is right, from 0 to 1."""
        rows = _signs(judged, level)
        if not len(rows):
            return []
        return [float(one) for one in np.interp(curve(rows @ np.array(self.weights)), self.said, self.right)]


def fitted(answers: Sequence[tuple[Judged, str]]) -> dict[int, Calibration]:
    """Fit every level on answers to descriptions that the model had not seen, each with the right code.

    A level with fewer than 40 such answers gets no calibration.
    """
    found = {}
    for level in (2, 4, 6, 8):
        known = [(judged, code) for judged, code in answers if len(code) >= level and judged.levels[level]]
        if len(known) >= _LEAST:
            found[level] = _fit(known, level)
    return found


def _fit(answers: Sequence[tuple[Judged, str]], level: int) -> Calibration:
    rows = np.concatenate([_signs(judged, level) for judged, _ in answers])
    right = np.array(
        [one.code == code[:level] for judged, code in answers for one in judged.levels[level][:SHOWN]], dtype=float
    )
    weights = logistic(rows, right)
    said, share = isotonic(curve(rows @ weights), right)
    return Calibration(tuple(weights.tolist()), tuple(said.tolist()), tuple(share.tolist()), len(answers))


def _signs(judged: Judged, level: int) -> Floats:
    """What speaks for each of the first candidates, as rows."""
    shown = judged.levels[level][:SHOWN]
    if not shown:
        return np.zeros((0, 8))
    scores = np.array([one.score for one in shown])
    best, total = float(scores[0]), float(scores.sum()) or 1.0
    second = float(scores[1]) if len(scores) > 1 else 0.0
    rows = [_sign(one, judged.known, place, second if place == 0 else best) for place, one in enumerate(shown)]
    return np.column_stack([np.array(rows), scores / total])


def _sign(one: Scored, known: float, place: int, rival: float) -> list[float]:
    return [1.0, float(place == 0), one.score - rival, one.likeness, one.votes, one.nearest, known * (place == 0)]


def calibration_error(sure: Sequence[float], right: Sequence[bool], *, bins: int = 10) -> float:
    """Expected calibration error (a fraction) over bins of equal number: how far what was said lies from what was
    right, on average."""
    if not sure:
        return 0.0
    order = np.argsort(np.array(sure), kind="stable")
    said, held = np.array(sure)[order], np.array(right, dtype=float)[order]
    parts = [part for part in np.array_split(np.arange(len(said)), bins) if len(part)]
    return float(sum(abs(said[part].mean() - held[part].mean()) * len(part) for part in parts) / len(said))
