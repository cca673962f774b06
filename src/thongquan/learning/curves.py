"""Curves fitted to answers of which it is known whether they were right, and how far a share may be trusted."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from thongquan.rules.origin import shares

Floats = NDArray[np.float64]
Groups = NDArray[np.int64]
_STEPS, _PULL, _BLOCK = 30, 1.0, 30
_MOST_LOGIT = 30.0


def curve(values: Floats) -> Floats:
    """The logistic curve: any number to a share between 0 and 1."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(values, -_MOST_LOGIT, _MOST_LOGIT))))


def logistic(rows: Floats, right: Floats) -> Floats:
    """Newton's method with a small pull towards zero."""
    weights = np.zeros(rows.shape[1])
    pull = np.eye(rows.shape[1]) * _PULL
    for _ in range(_STEPS):
        said = curve(rows @ weights)
        slope = rows.T @ (said - right) + pull @ weights
        bend = (rows * (said * (1.0 - said))[:, None]).T @ rows + pull
        weights -= np.linalg.solve(bend, slope)
    return weights


def isotonic(said: Floats, right: Floats) -> tuple[Floats, Floats]:
    """Pool adjacent violators over blocks of at least 30 answers; between blocks the curve runs straight."""
    order = np.argsort(said, kind="stable")
    parts = np.array_split(order, max(1, len(order) // _BLOCK))
    pools: list[list[float]] = []
    for part in parts:
        pools.append([float(said[part].sum()), float(right[part].sum()), float(len(part))])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            last = pools.pop()
            pools[-1] = [one + other for one, other in zip(pools[-1], last, strict=True)]
    return np.array([one[0] / one[2] for one in pools]), np.array([one[1] / one[2] for one in pools])


def interval(share: float, count: int) -> tuple[float, float]:
    """Wilson's interval of 95 % around a share."""
    if not count:
        return 0.0, 1.0
    low, high = shares.interval(Decimal(share), count)
    return float(low), float(high)


def interval_of_groups(right: Floats, groups: Groups) -> tuple[float, float]:
    """The same around the share of `right` (0 or 1 each) where answers come in groups that hang together, such as goods
    of one kind: every answer counts as much less as the groups differ more among each other than by chance."""
    share, count = float(right.mean()) if len(right) else 0.0, len(right)
    sizes, found = np.bincount(groups), np.bincount(groups, right)
    named = int((sizes > 0).sum())
    spread = float(((found - share * sizes) ** 2).sum()) * named / max(named - 1, 1)
    worth = min(1.0, share * (1.0 - share) * count / spread) if spread else 1.0
    return interval(share, max(int(count * worth), min(count, 1)))
