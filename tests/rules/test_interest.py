"""Deadlines and interest, case by case; each situation names its source."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from thongquan.rules.guarantees import TradingRecord, general_guarantee_faults
from thongquan.rules.interest import (
    DayRate,
    due_on,
    guarantee_until,
    interest_from,
    interest_vnd,
    late_days,
    priority_due_on,
)

CASES = yaml.safe_load((Path(__file__).parent / "situations" / "money" / "interest.yaml").read_text(encoding="utf-8"))
CONDITIONS = yaml.safe_load(
    (Path(__file__).parent / "situations" / "money" / "guarantees.yaml").read_text(encoding="utf-8")
)
RATES = [DayRate(date(2021, 6, 1), Decimal("0.0003"))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_situation(case: dict[str, Any]) -> None:
    assert set(case) == {"title", "source", "given", "expect"}
    told = {"released": None, "guarantee": None, "priority": False, "principal": 10_000_000} | case["given"]
    until = None
    if told["guarantee"]:
        until = guarantee_until(told["registered"], told["guarantee"], 30)
    due = due_on(released_on=told["released"], guaranteed_until=until, priority=told["priority"], priority_day=10)
    start = interest_from(due=due, released_on=told["released"], guaranteed=until is not None)
    found = {
        "due": due,
        "days": late_days(start, told["paid"]),
        "interest": int(interest_vnd(Decimal(told["principal"]), start, told["paid"], RATES, "half_up")),
    }
    assert found == case["expect"]


@pytest.mark.parametrize("case", CONDITIONS, ids=lambda case: case["title"])
def test_condition_of_a_general_guarantee(case: dict[str, Any]) -> None:
    on = date(2026, 11, 20)
    given_facts = {"days": 400, "grave": 0, "other": 0, "overdue": 0} | case["given"]
    record = TradingRecord(
        tax_code="0100100100",
        on=on,
        active_since=None if given_facts["days"] is None else on - timedelta(days=given_facts["days"]),
        smuggling_or_evasion=given_facts["grave"],
        other_violations=given_facts["other"],
        overdue_vnd=Decimal(given_facts["overdue"]),
    )
    faults = general_guarantee_faults(record, activity_days=365, violations_max=2)
    assert [str(fault.code) for fault in faults] == case["expect"]


def test_a_new_rate_counts_from_its_day() -> None:
    rates = [*RATES, DayRate(date(2026, 7, 1), Decimal("0.0005")), DayRate(date(2026, 7, 11), None)]
    found = interest_vnd(Decimal(1_000_000), date(2026, 6, 21), date(2026, 7, 21), rates, "half_up")
    assert found == 10 * 300 + 10 * 500


def test_a_day_before_the_first_rate_is_an_error() -> None:
    with pytest.raises(LookupError, match="2021-05-31"):
        interest_vnd(Decimal(1), date(2021, 5, 31), date(2021, 7, 1), RATES, "half_up")
    with pytest.raises(LookupError):
        interest_vnd(Decimal(1), date(2021, 5, 31), date(2021, 7, 1), [], "half_up")


@given(st.integers(0, 10**12), st.dates(date(2022, 1, 1), date(2030, 1, 1)), st.integers(-50, 900), st.integers(0, 900))
def test_interest_grows_with_time_and_is_never_negative(principal: int, start: date, days: int, more: int) -> None:
    paid = start + timedelta(days=days)
    first = interest_vnd(Decimal(principal), start, paid, RATES, "half_up")
    later = interest_vnd(Decimal(principal), start, paid + timedelta(days=more), RATES, "half_up")
    assert 0 <= first <= later
    assert (first == 0) == (days <= 0 or principal * days * 3 < 5_000)


@given(st.dates(date(2022, 1, 1), date(2040, 1, 1)))
def test_a_priority_enterprise_pays_in_the_following_month(released: date) -> None:
    found = priority_due_on(released, 10)
    assert found.day == 10
    assert (found.year * 12 + found.month) - (released.year * 12 + released.month) == 1
