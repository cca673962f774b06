"""The judge that ships is a whole one, and what it says of itself keeps to the goal."""

from __future__ import annotations

import json
from importlib.resources import files

from thongquan.learning.curves import interval
from thongquan.learning.twins.finding import SIGNS

TOLD = json.loads(files("thongquan.reference").joinpath("goods/two_codes_judge.json").read_text(encoding="utf-8"))


def test_it_keeps_to_the_goal_on_goods_it_was_not_fitted_on() -> None:
    noticed, wrong = TOLD["detected"]
    doubted, right = TOLD["doubted"]
    assert noticed / wrong >= 0.9
    assert interval(doubted / right, right)[1] <= 0.003


def test_it_has_a_weight_for_each_sign_and_bands_from_its_threshold_on() -> None:
    assert len(TOLD["weights"]) == SIGNS
    floors = [floor for floor, _, _ in TOLD["bands"]]
    assert floors == sorted(floors, reverse=True)
    assert floors[-1] >= TOLD["threshold"] - 1e-6
    assert all(0 <= right <= alarms for _, alarms, right in TOLD["bands"])
