"""Levels and ranks from a record: what the circular says, and what each criterion does."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from thongquan.rules.compliance import Act, Assessed, Criteria, Criterion, Record, Tier, assess, priority_conditions

ON = date(2026, 11, 20)
YEAR = timedelta(days=365)


def criterion(value: int) -> Criterion:
    return Criterion(value=Decimal(value), source="Circular 81/2019/TT-BTC Art. 10", verified=False)


CRITERIA = Criteria(
    window_days=criterion(365),
    recovery_days=criterion(365),
    tiers=(
        Tier(level=2, declarations=criterion(100), acts=criterion(0)),
        Tier(level=3, declarations=criterion(30), acts=criterion(1)),
    ),
    medium_rank_acts=criterion(2),
    priority_clean_days=criterion(730),
    priority_turnover_vnd=criterion(1_000),
)


def assessed(**changes: Any) -> Assessed:
    return assess(replace(Record(on=ON, declarations=120), **changes), CRITERIA)


def keys(result: Assessed) -> list[str]:
    return [ground.key for ground in result.grounds]


@pytest.mark.parametrize(
    ("changes", "level", "rank"),
    [
        ({"priority": True}, 1, 1),
        ({}, 2, 2),
        ({"declarations": 40}, 3, 3),
        ({"declarations": 3}, 4, 4),
        ({"acts": (Act(on=ON),)}, 3, 3),
        ({"acts": (Act(on=ON), Act(on=ON))}, 4, 4),
        ({"acts": tuple(Act(on=ON) for _ in range(3))}, 4, 5),
        ({"acts": (Act(on=ON, group="II"),)}, 3, 5),
        ({"acts": (Act(on=ON, group="I"),)}, 5, 6),
        ({"overdue_vnd": Decimal(1)}, 4, 4),
        ({"declarations": 0}, None, 7),
        ({"declarations": 0, "acts": (Act(on=ON),)}, None, 8),
        ({"declarations": 0, "acts": (Act(on=ON, group="II"),)}, None, 9),
        ({"declarations": 0, "acts": (Act(on=ON, group="I"),)}, 5, 9),
    ],
)
def test_levels_and_ranks(changes: dict[str, Any], level: int | None, rank: int) -> None:
    found = assessed(**changes)
    assert (found.level, found.rank) == (level, rank)


@pytest.mark.parametrize(("age", "level"), [(0, 5), (364, 5), (365, 2), (400, 2)])
def test_an_act_counts_for_365_days(age: int, level: int) -> None:
    assert assessed(acts=(Act(on=ON - timedelta(days=age), group="I"),)).level == level


def test_an_act_decided_later_does_not_count_yet() -> None:
    assert assessed(acts=(Act(on=ON + timedelta(days=1), group="I"),)).level == 2


def test_the_non_compliant_level_is_left_after_365_clean_days_and_by_one_step() -> None:
    stays = assessed(before=5, before_since=ON - YEAR + timedelta(days=1))
    assert (stays.level, keys(stays)) == (5, ["recovering"])
    assert stays.raises[0].values["on"] == (ON + timedelta(days=1)).isoformat()
    left = assessed(before=5, before_since=ON - YEAR)
    assert (left.level, keys(left)[0]) == (4, "one_step")


def test_a_grave_act_says_until_when_it_counts() -> None:
    found = assessed(acts=(Act(on=ON - timedelta(days=10), group="I"),))
    assert keys(found) == ["grave"]
    (raising,) = found.raises
    assert (raising.key, raising.values["on"]) == ("stay_clean", (ON - timedelta(days=10) + YEAR).isoformat())


def test_what_would_raise_the_level_is_told() -> None:
    few = assessed(declarations=12)
    assert [(one.key, one.values.get("more"), one.values["level"]) for one in few.raises] == [
        ("declare_more", "18", "3")
    ]
    owing = assessed(declarations=12, overdue_vnd=Decimal(5))
    assert [one.key for one in owing.raises] == ["declare_more", "pay_overdue"]
    many = assessed(acts=(Act(on=ON - timedelta(days=300)), Act(on=ON - timedelta(days=9))))
    (leaving,) = many.raises
    assert (leaving.key, leaving.values["on"]) == ("acts_leave", (ON - timedelta(days=300) + YEAR).isoformat())
    assert assessed(declarations=0).raises[0].key == "trade_again"
    assert assessed().raises == ()
    assert assessed(priority=True).raises == ()


def test_the_promised_day_raises_the_level() -> None:
    """On the day that an explanation names, the level is better, and not a day before."""
    acts = (Act(on=ON - timedelta(days=300)), Act(on=ON - timedelta(days=9)))
    day = date.fromisoformat(assessed(acts=acts).raises[0].values["on"])
    assert assessed(on=day - timedelta(days=1), acts=acts).level == 4
    assert assessed(on=day, acts=acts).level == 3


def test_unverified_criteria_are_told_as_such() -> None:
    assert {ground.verified for ground in assessed().grounds} == {False}


def test_conditions_of_priority_are_told_one_by_one() -> None:
    young = Record(on=ON, known_since=ON - timedelta(days=100), turnover_vnd=Decimal(999), acts=(Act(on=ON),))
    assert [one.met for one in priority_conditions(young, CRITERIA)] == [False, False, False, True]
    old = Record(on=ON, known_since=ON - timedelta(days=800), turnover_vnd=Decimal(1000), overdue_vnd=Decimal(1))
    assert [one.met for one in priority_conditions(old, CRITERIA)] == [True, True, True, False]


acts = st.lists(st.builds(Act, on=st.dates(ON - 2 * YEAR, ON), group=st.sampled_from(["", "I", "II"])), max_size=6).map(
    tuple
)
records = st.builds(
    Record,
    on=st.just(ON),
    declarations=st.integers(0, 200),
    acts=acts,
    overdue_vnd=st.sampled_from([Decimal(0), Decimal(1)]),
    priority=st.booleans(),
    before=st.sampled_from([None, 1, 2, 3, 4, 5]),
    before_since=st.dates(ON - 2 * YEAR, ON),
)


@given(records, acts)
def test_another_act_never_betters_level_or_rank(record: Record, more: tuple[Act, ...]) -> None:
    before, after = assess(record, CRITERIA), assess(replace(record, acts=record.acts + more), CRITERIA)
    assert (after.level or 0) >= (before.level or 0)
    assert after.rank >= before.rank


@given(records)
def test_every_level_below_the_best_says_why_and_what_would_raise_it(record: Record) -> None:
    found = assess(record, CRITERIA)
    assert found.grounds
    assert bool(found.raises) == (found.level not in (1, 2))
