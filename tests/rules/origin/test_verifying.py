"""Shares with their interval, and the clocks of a verification, as pure rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongquan.rules.law import Parameter
from thongquan.rules.origin.shares import share
from thongquan.rules.origin.verifying import Step, clock_that_matters, clocks_of
from thongquan.rules.terms import Terms
from thongquan.rules.worktime import Calendar

BEGAN = datetime(2026, 1, 5, 3, tzinfo=UTC)
DAYS = {
    "origin_verification_days": 180,
    "criterion_documents_days": 10,
    "headquarters_report_days": 5,
    "answer_days": 90,
    "answer_more_days": 90,
}


def parameter(name: str, on: date) -> Parameter | None:
    days = DAYS.get(name)
    return Parameter(value=str(days), unit="days", valid_from=on, source="Art. 19") if days else None


TERMS = Terms(Calendar(), parameter)


@given(st.integers(0, 400), st.integers(0, 400))
def test_the_share_lies_in_its_interval_and_the_interval_in_nought_to_one(part: int, more: int) -> None:
    found = share(part, part + more)
    assert 0 <= found.low <= found.high <= 1
    assert found.value is None if part + more == 0 else found.low <= (found.value or Decimal(0)) <= found.high


def test_the_interval_is_that_of_wilson() -> None:
    found = share(1, 10)
    assert (found.low, found.high) == (Decimal("0.0179"), Decimal("0.4042"))
    with pytest.raises(ValueError, match="2 of 1"):
        share(2, 1)


def test_an_answer_stops_its_own_question_and_the_end_stops_everything() -> None:
    steps = [
        Step(name="open", at=BEGAN),
        Step(name="documents", at=BEGAN, about=1),
        Step(name="documents", at=BEGAN, about=2),
        Step(name="answer", at=BEGAN + timedelta(days=1), about=1),
    ]
    clocks = clocks_of(steps, TERMS)
    assert {one.about: one.runs() for one in clocks if one.name == "documents"} == {1: False, 2: True}
    assert all(not one.runs() for one in clocks_of([*steps, Step(name="close", at=BEGAN)], TERMS))
    matters = clock_that_matters(clocks, "customs")
    assert matters is not None
    assert matters.name == "total"


def test_a_report_runs_from_its_start_until_it_is_made_whatever_becomes_of_the_case() -> None:
    due = [Step(name="open", at=BEGAN), Step(name="report_due", at=BEGAN), Step(name="close", at=BEGAN)]
    assert [one.runs() for one in clocks_of(due, TERMS) if one.name == "report"] == [True]
    made = [*due, Step(name="report", at=BEGAN)]
    assert [one.runs() for one in clocks_of(made, TERMS) if one.name == "report"] == [False]
    assert [one for one in clocks_of([Step(name="open", at=BEGAN)], TERMS) if one.name == "report"] == []


def test_a_reminder_makes_the_answer_longer_and_a_length_not_known_starts_no_clock() -> None:
    asked = [Step(name="sign_request", at=BEGAN), Step(name="sign_visit", at=BEGAN)]
    (reply,) = clocks_of(asked, TERMS)
    (longer,) = clocks_of([*asked, Step(name="sign_reminder", at=BEGAN)], TERMS)
    assert longer.due_at - reply.due_at == timedelta(days=90)
