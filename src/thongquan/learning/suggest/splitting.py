"""Splits that keep near-duplicates on one side: what was nearly seen is no test."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from thongquan.learning.nearness import groups
from thongquan.learning.postings import Ints


def apart(descriptions: Sequence[str], *, share: float, seed: int) -> tuple[list[int], list[int]]:
    """Places of those to learn from and of those held out, about `share` of all (a fraction)."""
    fold = folds(descriptions, count=max(2, round(1.0 / share)), seed=seed)
    return np.flatnonzero(fold != 0).tolist(), np.flatnonzero(fold == 0).tolist()


def folds(descriptions: Sequence[str], *, count: int, seed: int) -> Ints:
    """For each description one of `count` parts of about the same size; near-duplicates fall into the same."""
    of = groups(descriptions)
    names, place, sizes = np.unique(of, return_inverse=True, return_counts=True)
    filled, part = np.zeros(count), np.zeros(len(names), dtype=np.int64)
    for name in np.random.Generator(np.random.PCG64(seed)).permutation(len(names)).tolist():
        part[name] = int(filled.argmin())
        filled[part[name]] += sizes[name]
    return part[place]
