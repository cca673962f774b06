"""A planted mechanism: where it lies, what the judge then knows, and that the loop is asked about nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.curve import drawn
from thongquan.learning.risk.drifting import planted, recovery
from thongquan.learning.risk.evaluating import read_truth
from thongquan.learning.risk.loop import Prepared, Rules, weeks_of
from thongquan.learning.risk.model import Settings

WEEK = 14


def test_a_new_mechanism_begins_in_its_week_and_the_oracle_knows_of_it(small_world: Path, ready: Prepared) -> None:
    truth = read_truth(small_world / "truth", ready.trade)
    week = weeks_of(ready.trade)
    moved = planted(truth, ready.trade, week, WEEK)
    new = moved.truth.fraud & ~truth.fraud
    assert new.sum() > 10
    assert (week[new] >= WEEK).all()
    assert (moved.truth.mechanism[new] == "planted").all()
    assert (moved.truth.chance[moved.used] >= truth.chance[moved.used]).all()
    assert np.array_equal(moved.truth.fraud[~moved.used], truth.fraud[~moved.used])
    assert 0.2 < new.sum() / moved.used.sum() < 0.5


def test_recovery_is_told_week_by_week(small_world: Path, ready: Prepared) -> None:
    truth = read_truth(small_world / "truth", ready.trade)
    moved = planted(truth, ready.trade, weeks_of(ready.trade), WEEK)
    rules = Rules(opening_weeks=4, every=6, settings=Settings(rounds=15, least=10))
    told = recovery(ready, moved.truth, rules, 0.2, WEEK)
    assert len(told["weeks"]) == len(told["share"])
    assert told["weeks"][0] == -8
    assert all(0 <= one <= 1.5 for one in told["share"])


def test_the_curve_is_drawn_with_its_labels() -> None:
    picture = drawn(
        "Finds < all",
        [("5 %", [0, 1, 2], [0.1, 0.5, 0.9]), ("0 %", [0, 1, 2], [0.1, 0.2, 0.88])],
        across="weeks",
        goal=0.8,
    )
    assert picture.count("<polyline") == 2
    assert "Finds &lt; all" in picture
    assert picture.startswith("<svg")
