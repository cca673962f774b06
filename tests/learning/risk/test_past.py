"""What was known before a moment, against a slow way to count it."""

from __future__ import annotations

import numpy as np
import pytest

from thongquan.learning.risk.arrays import DAY, joined
from thongquan.learning.risk.past import History, Revealed, batches, known_of, medians


@pytest.fixture
def lines() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(3)
    head = np.sort(rng.integers(0, 60, 120))
    at_of_head = np.sort(rng.integers(0, 90 * DAY, 60))
    return {
        "head": head,
        "at": at_of_head[head],
        "key": rng.integers(-1, 5, 120),
        "value": rng.normal(size=120),
    }


@pytest.mark.parametrize("days", [0, 7, 30])
def test_a_history_counts_earlier_declarations_only(lines: dict[str, np.ndarray], days: int) -> None:
    key, head, at, value = (lines[name] for name in ("key", "head", "at", "value"))
    history = History(key, head, at)
    for row in range(len(key)):
        before = (key == key[row]) & (head < head[row]) & (key[row] >= 0)
        if days:
            before &= at >= at[row] - days * DAY
        assert history.count(days)[row] == before.sum()
        assert history.total(value, days)[row] == pytest.approx(value[before].sum())


def test_ages_are_those_of_the_first_and_of_the_last_line(lines: dict[str, np.ndarray]) -> None:
    key, head, at = (lines[name] for name in ("key", "head", "at"))
    history = History(key, head, at)
    for row in range(len(key)):
        before = np.flatnonzero((key == key[row]) & (head < head[row]) & (key[row] >= 0))
        expected = ((at[row] - at[before[0]]) / DAY, (at[row] - at[before[-1]]) / DAY) if len(before) else (-1, -1)
        assert (history.age_days()[row], history.rest_days()[row]) == pytest.approx(expected)


def test_an_outcome_counts_from_the_moment_it_is_known() -> None:
    revealed = Revealed(np.array([0, 1]), np.array([10 * DAY, 20 * DAY]), np.array([1.0, 0.0]))
    key = np.array([4, 4, 4, 4, 7])
    asked = np.array([2, 3, 3, 4])
    seen, hits = known_of(key, revealed, asked, np.array([10 * DAY, 10 * DAY + 1, 21 * DAY, 21 * DAY]))
    assert seen.tolist() == [0, 1, 2, 0]
    assert hits.tolist() == [0, 1, 1, 0]
    lately, found = known_of(key, revealed, np.array([3]), np.array([21 * DAY]), days=5)
    assert (lately.tolist(), found.tolist()) == ([1], [0])


def test_medians_by_group() -> None:
    middle, spread, count = medians(np.array([1.0, 9.0, 5.0, 2.0, 4.0]), np.array([0, 0, 0, 2, 2]), 3)
    assert middle[[0, 2]].tolist() == [5.0, 3.0]
    assert np.isnan(middle[1])
    assert spread[0] == pytest.approx(1.4826 * 4)
    assert count.tolist() == [3, 0, 2]


def test_batches_cover_all_lines_and_hang_on_the_first_alone() -> None:
    at = np.sort(np.random.default_rng(1).integers(0, 200 * DAY, 500))
    every = batches(at)
    assert [one[0] for one in every][1:] == [one[1] for one in every][:-1]
    assert (every[0][0], every[-1][1]) == (0, 500)
    fewer = batches(at[:300])
    assert [one[2] for one in fewer] == [one[2] for one in every[: len(fewer)]]
    assert batches(at[:0]) == []


def test_tuples_are_told_apart() -> None:
    found = joined(np.array([0, 0, 1, 1, -1]), np.array([2, -1, 2, 2, 2]))
    assert len(set(found.tolist())) == 4
    assert found[2] == found[3]
