"""Drift: what moved is seen, what did not is not."""

from __future__ import annotations

import numpy as np
import pytest

from thongquan.learning.risk.drift import ALARM, calibration_error, drift_of, new_values, psi, rate
from thongquan.learning.risk.features import Features, Meaning


def test_psi_is_small_for_the_same_and_large_for_what_moved() -> None:
    rng = np.random.default_rng(1)
    before, same, moved = rng.normal(size=5_000), rng.normal(size=5_000), rng.normal(1.5, size=5_000)
    assert psi(before, same) < 0.02
    assert psi(before, moved) > ALARM
    assert psi(before, np.where(rng.random(5_000) < 0.5, np.nan, same)) > ALARM
    assert psi(before, same[:0]) == 0.0


def test_new_values_are_counted() -> None:
    assert new_values(np.array(["a", "b"]), np.array(["a", "c", "c", "b"])) == 0.5
    assert new_values(np.array(["a"]), np.array([])) == 0.0


def test_calibration_is_the_distance_of_word_and_fact() -> None:
    said = np.repeat([0.1, 0.6], 50)
    fraud = np.zeros(100, bool)
    fraud[:10], fraud[50:80] = True, True
    assert calibration_error(said, fraud, bins=2) == pytest.approx(0.05)


def test_a_week_is_told_with_its_alarms_and_the_random_lane() -> None:
    rng = np.random.default_rng(2)
    names, meanings = ("still", "moved"), (Meaning.PRICE, Meaning.WEIGHT)
    before = Features(names, meanings, rng.normal(size=(2_000, 2)).astype(np.float32))
    now = Features(names, meanings, rng.normal([0, 2], size=(2_000, 2)).astype(np.float32))
    chance = np.arange(200) < 100
    found = drift_of(before, now, np.full(200, 0.1), np.arange(200) % 10 == 0, chance)
    assert found.alarms == ("moved",)
    assert found.features[0][0] == "moved"
    assert found.random_lane.share == 0.1
    assert found.random_lane.low < 0.1 < found.random_lane.high
    assert found.calibration < 0.1


def test_a_rate_of_nothing_is_not_trusted() -> None:
    assert (rate(0, 0).low, rate(0, 0).high) == (0.0, 1.0)
