"""What is said to be sure is right as often as that."""

from __future__ import annotations

import numpy as np
import pytest

from tests.learning.samples import history
from thongquan.learning.curves import interval
from thongquan.learning.suggest import Example, apart, calibration_error, evaluated, trained_and_calibrated
from thongquan.learning.suggest.calibration import fitted
from thongquan.learning.suggest.scores import Judged, Scored


def judged(gap: float) -> Judged:
    first, second = Scored("0101", 0.5 + gap, 0.5, 0.5, 0.5), Scored("0202", 0.5, 0.5, 0.5, 0.5)
    return Judged({2: [], 4: [first, second], 6: [], 8: []}, (), 1.0)


def test_the_curve_learns_how_often_a_gap_is_right() -> None:
    rng = np.random.default_rng(3)
    gaps = rng.random(4000) / 2
    answers = [(judged(gap), "0101" if rng.random() < 0.4 + gap else "0202") for gap in gaps.tolist()]
    curve = fitted(answers[:3000])[4]
    sure = [curve.sureness(one, 4)[0] for one, _ in answers[3000:]]
    right = [code == "0101" for _, code in answers[3000:]]
    assert calibration_error(sure, right) < 0.06
    assert curve.sureness(judged(0.02), 4)[0] == pytest.approx(0.42, abs=0.08)
    assert curve.sureness(judged(0.48), 4)[0] == pytest.approx(0.88, abs=0.08)


def test_few_answers_give_no_curve() -> None:
    assert fitted([(judged(0.1), "0101")] * 39) == {}


def test_the_error_is_the_distance_from_what_was_right() -> None:
    assert calibration_error([0.9] * 100, [True] * 90 + [False] * 10, bins=1) == pytest.approx(0.0)
    assert calibration_error([0.9] * 100, [True] * 50 + [False] * 50, bins=1) == pytest.approx(0.4)
    assert calibration_error([], []) == 0.0


def test_near_duplicates_stay_on_one_side() -> None:
    texts = [one.description for one in history()]
    rest, held_out = apart(texts + texts, share=0.2, seed=1)
    assert sorted(rest + held_out) == list(range(2 * len(texts)))
    assert not {texts[one % len(texts)] for one in rest} & {texts[one % len(texts)] for one in held_out}
    assert 0 < len(held_out) < len(rest)


def test_an_evaluation_tells_all_levels() -> None:
    model = trained_and_calibrated(history())
    tests = [Example(f"{one.description} nhập về", one.code) for one in history()] + [Example("táo", "x")]
    scores = evaluated(model, tests)
    assert scores.levels[8].asked == len(history())
    assert scores.levels[4].right[0] > 0.95
    assert scores.levels[4].curve[-1] == (1.0, pytest.approx(scores.levels[4].right[0]))
    assert {chapter for chapter, _, _ in scores.levels[4].chapters} == {one.code[:2] for one in history()}
    assert scores.median_ms > 0


def test_the_interval_holds_the_share() -> None:
    low, high = interval(0.28, 337)
    assert low == pytest.approx(0.235, abs=0.005)
    assert high == pytest.approx(0.330, abs=0.005)
    assert interval(0.0, 0) == (0.0, 1.0)
