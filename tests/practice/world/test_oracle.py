"""The oracle says what is so: of lines told thirty percent, three in ten are fraud."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np

from thongquan.practice import world as worlds
from thongquan.practice.world import tables
from thongquan.practice.world.writing import read_table

EDGES = (0.0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1.001)


def known(world: Path) -> tuple[np.ndarray, np.ndarray]:
    told = read_table(world, tables.ORACLE)["probability"].to_numpy()
    return told, read_table(world, tables.TRUE_LINES)["fraud"].to_numpy(zero_copy_only=False)


def test_the_oracle_is_calibrated(world: Path) -> None:
    told, fraud = known(world)
    for low, high in pairwise(EDGES):
        here = (told >= low) & (told < high)
        expected, spread = told[here].sum(), np.sqrt((told[here] * (1 - told[here])).sum())
        assert abs(fraud[here].sum() - expected) <= 4 * spread + 1, f"{low} to {high}"


def test_the_oracle_knows_more_than_any_look_up(world: Path) -> None:
    told, fraud = known(world)
    assert worlds.auc(told, fraud) > 0.85
    assert worlds.auc(told, fraud) < 0.99


def test_history_helps_the_oracle(world: Path) -> None:
    """Lines of those who were found out before are suspected more, and rightly."""
    told, fraud = known(world)
    order = np.argsort(-told, kind="stable")[: len(told) // 20]
    assert fraud[order].mean() > 8 * fraud.mean()
