"""How good a ranking is."""

from __future__ import annotations

import numpy as np

from thongquan.learning.risk.arrays import Flags, Floats


def auc(score: Floats, fraud: Flags) -> float:
    """How often a fraud scores above what is none; ties count half."""
    many = int(fraud.sum())
    if many in (0, len(fraud)):
        return 0.5
    _values, places, counts = np.unique(score, return_inverse=True, return_counts=True)
    rank = np.cumsum(counts) - (counts - 1) / 2.0
    return (float(rank[places][fraud].sum()) - many * (many + 1) / 2.0) / (many * (len(fraud) - many))


def average_precision(score: Floats, fraud: Flags) -> float:
    """Mean of the precision at each fraud, from the highest score down."""
    if not fraud.any():
        return 0.0
    hits = fraud[np.argsort(-score, kind="stable")]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean())
