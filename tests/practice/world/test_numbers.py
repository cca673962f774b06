"""Numbers that are the same everywhere are also right."""

from __future__ import annotations

import math

import numpy as np
import pytest

from thongquan.practice.world import numbers


def test_exp_and_log_are_those_of_the_library() -> None:
    x = np.linspace(-600, 600, 20_011)
    assert np.allclose(numbers.exp(x), np.exp(x), rtol=4e-15, atol=0)
    positive = np.exp(np.linspace(-500, 500, 20_011))
    assert np.allclose(numbers.log(positive), np.log(positive), rtol=4e-15, atol=1e-15)


def test_normal_numbers_are_normal() -> None:
    drawn = numbers.normal(numbers.stream(3, "test"), 400_000)
    assert abs(drawn.mean()) < 0.01
    assert abs(drawn.std() - 1) < 0.01
    for quantile, place in ((0.001, -3.0902), (0.025, -1.95996), (0.5, 0.0), (0.975, 1.95996), (0.999, 3.0902)):
        assert (drawn < place).mean() == pytest.approx(quantile, abs=4 * math.sqrt(quantile * (1 - quantile) / 400_000))


def test_density_integrates_to_one() -> None:
    x = np.linspace(-8, 8, 4001)
    assert numbers.density(x, 0.3, 0.7).sum() * (x[1] - x[0]) == pytest.approx(1.0, abs=1e-6)


def test_parts_sum_to_the_whole() -> None:
    weights = np.array([1.0, 2.5, 0.0, 7.0, 0.1])
    assert numbers.apportioned(101, weights).sum() == 101
    assert numbers.apportioned(101, weights)[2] == 0
    places = numbers.spread(numbers.stream(1), 1060, weights)
    assert np.abs(np.bincount(places, minlength=5) - weights * 100).max() <= 1


def test_streams_differ_by_word_and_by_seed() -> None:
    draws = {float(numbers.stream(*words).random()) for words in ((1, "a"), (1, "b"), (2, "a"), (1, "a", 0))}
    assert len(draws) == 4
    assert float(numbers.stream(1, "a").random()) in draws
