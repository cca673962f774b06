"""Findings of a world as labels: what officers concluded, known when it was, money worked out from their word."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from thongquan.learning.risk.evaluating import read_truth
from thongquan.learning.risk.findings import learning_of, read_findings
from thongquan.learning.risk.loop import Prepared


def test_labels_are_what_officers_found_and_later_than_the_line(small_world: Path, ready: Prepared) -> None:
    found = read_findings(small_world, ready.trade, ready.potential)
    revealed = found.revealed
    assert (np.diff(revealed.row) > 0).all()
    assert (revealed.known_at > ready.trade.at[revealed.row]).all()
    truth = read_truth(small_world / "truth", ready.trade)
    assert truth.fraud[revealed.row][revealed.fraud > 0].all()
    assert revealed.fraud.sum() < truth.fraud.sum()
    assert 0 < found.by_chance.mean() < 1


def test_evaded_money_comes_near_to_the_truth(small_world: Path, ready: Prepared) -> None:
    found = read_findings(small_world, ready.trade, ready.potential)
    truth = read_truth(small_world / "truth", ready.trade)
    caught = found.revealed.fraud > 0
    told, real = found.evaded[caught], truth.evaded[found.revealed.row][caught]
    owed = real > 0
    assert np.median(told[owed] / real[owed]) == pytest.approx(1.0, abs=0.5)
    assert (found.evaded[~caught] == 0).all()


def test_everything_a_model_learns_from_stands_in_one_order(small_world: Path, ready: Prepared) -> None:
    learned = learning_of(small_world, ready.trade)
    assert learned.features.values.shape == (len(ready.trade), len(learned.features.names))
    assert len(learned.labels.fraud) == len(learned.findings.revealed.row)
    assert np.array_equal(learned.labels.at, ready.trade.at[learned.findings.revealed.row])


def test_a_world_without_inspections_is_told(small_world: Path, ready: Prepared, tmp_path: Path) -> None:
    shutil.copytree(small_world, tmp_path / "world", ignore=shutil.ignore_patterns("inspections", "truth"))
    with pytest.raises(FileNotFoundError, match="inspections"):
        read_findings(tmp_path / "world", ready.trade, ready.potential)
