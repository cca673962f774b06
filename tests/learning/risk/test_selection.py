"""Selection: the law first, a model that only adds control, chance that can be drawn again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongquan.learning.risk.selection import (
    Case,
    Channel,
    Hour,
    Lane,
    batch_of,
    draw_of,
    hour_of,
    picked,
    rank_of,
)

cases = st.builds(
    Case,
    reference=st.text(min_size=1, max_size=12),
    law=st.sampled_from(Channel),
    rank=st.none() | st.floats(-20, 5),
)
hours = st.builds(
    Hour,
    threshold=st.floats(-20, 5) | st.just(float("inf")),
    random_share=st.floats(0, 1),
    seed=st.text(max_size=8),
    caps_left=st.none() | st.integers(-1, 3),
)


@given(case=cases, hour=hours)
def test_removing_model_budget_and_caps_never_raises_a_channel(case: Case, hour: Hour) -> None:
    """What the law alone asks for is the least that anybody gets: the engine only adds control."""
    with_all = picked(case, hour).channel
    assert picked(case._replace(rank=None), hour).channel <= with_all
    assert picked(case, None).channel <= with_all
    assert picked(case._replace(rank=None), None).channel == case.law
    assert picked(case._replace(rank=None), hour._replace(caps_left=None)).channel <= with_all


@given(case=cases, hour=hours)
def test_a_cap_takes_away_what_the_model_added_and_nothing_else(case: Case, hour: Hour) -> None:
    capped = picked(case, hour._replace(caps_left=0))
    assert capped == picked(case._replace(rank=None), hour)


@given(case=cases, hour=hours)
def test_a_decision_replays_from_its_stored_facts(case: Case, hour: Hour) -> None:
    first = picked(case, hour)
    assert picked(Case(*case), Hour(*hour)) == first
    assert (Lane.RANDOM in first.lanes) == (draw_of(hour.seed, case.reference) < hour.random_share)
    assert first.channel == max(case.law, Channel.RED if set(first.lanes) - {Lane.LAW} else Channel.GREEN)


def test_chance_opens_its_share() -> None:
    hour = Hour(threshold=float("inf"), random_share=0.2, seed="secret")
    lanes = [picked(Case(str(number), Channel.GREEN), hour).lanes for number in range(4_000)]
    assert sum(Lane.RANDOM in one for one in lanes) / 4_000 == pytest.approx(0.2, abs=0.03)


def test_an_hour_keeps_to_its_minutes_and_to_its_share_of_chance() -> None:
    ranks = np.arange(1_000.0)
    hour = hour_of(ranks, expected=100, minutes=300, minutes_each=30, exploration=0.2, seed="s")
    assert hour.random_share == pytest.approx(0.02)
    assert (ranks >= hour.threshold).mean() == pytest.approx(0.08, abs=0.002)
    with pytest.raises(ValueError, match="under 5%"):
        hour_of(ranks, expected=100, minutes=300, minutes_each=30, exploration=0.04, seed="s")


def test_an_hour_without_history_opens_by_chance_alone() -> None:
    hour = hour_of(np.zeros(0), expected=10, minutes=60, minutes_each=30, exploration=0.1, seed="s")
    assert hour.threshold == float("inf")
    assert hour.random_share == pytest.approx(0.02)


def test_the_trade_off_leans_from_hits_to_duty() -> None:
    probability, duty = np.array([0.5, 0.2]), np.array([1e5, 1e9])
    assert np.argmax(rank_of(probability, duty, trade_off=0.0)) == 0
    assert np.argmax(rank_of(probability, duty, trade_off=1.0)) == 1


@given(
    st.lists(st.floats(-5, 5) | st.just(float("nan")), min_size=1, max_size=60),
    st.integers(0, 70),
    st.floats(0.05, 1),
)
def test_a_batch_spends_its_budget_and_no_more(ranks: list[float], budget: int, exploration: float) -> None:
    references = np.arange(len(ranks)) * 7
    batch = batch_of(np.array(ranks), references, budget=budget, exploration=exploration, seed="b")
    again = batch_of(np.array(ranks), references, budget=budget, exploration=exploration, seed="b")
    assert np.array_equal(batch.opened, again.opened)
    assert batch.opened.sum() <= min(budget, len(ranks))
    assert not (batch.by_model & batch.by_chance).any()
    assert not (batch.by_model & np.isnan(ranks)).any()
    assert ((batch.propensity > 0) >= batch.by_chance).all()


def test_mandatory_controls_come_first_and_are_never_dropped() -> None:
    mandatory = np.array([False, False, True, True])
    batch = batch_of(
        np.array([9.0, 8.0, 0.0, 0.0]), np.arange(4), budget=1, exploration=0.05, seed="m", mandatory=mandatory
    )
    assert batch.by_model.tolist() == [False, False, True, True]
