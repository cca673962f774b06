"""Working time: adding and measuring are inverse and monotone, over nights, weekends, swapped days and Tết."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongquan.rules.worktime import DAY, HANOI, Calendar, Week, Window, end_of_day

MORNING, AFTERNOON = Window(time(7, 30), time(11, 30)), Window(time(13, 30), time(17, 0))
OPEN = (MORNING, AFTERNOON)
WEEK = Week(date(2021, 6, 1), (OPEN, OPEN, OPEN, OPEN, OPEN, (), ()))
TET = frozenset(date(2027, 2, 4) + days * DAY for days in range(7))
SATURDAY = date(2027, 1, 30)
CALENDAR = Calendar(weeks=(WEEK,), holidays=TET | {date(2027, 1, 1)}, special={SATURDAY: (MORNING,)})

moments = st.datetimes(datetime(2026, 12, 20), datetime(2027, 3, 5), timezones=st.sampled_from([UTC, HANOI]))  # noqa: DTZ001  # hypothesis wants naive bounds
minutes = st.integers(0, 60 * 8 * 20)
days = st.dates(date(2026, 12, 20), date(2027, 3, 5))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


@given(moments, minutes)
def test_measuring_gives_back_what_was_added(start: datetime, n: int) -> None:
    assert CALENDAR.working_minutes_between(start, CALENDAR.add_working(start, n)) == n


@given(moments, minutes, minutes)
def test_adding_twice_is_adding_the_sum(start: datetime, n: int, m: int) -> None:
    assert CALENDAR.add_working(CALENDAR.add_working(start, n), m) == CALENDAR.add_working(start, n + m)


@given(moments, minutes, minutes)
def test_more_minutes_are_never_earlier(start: datetime, n: int, m: int) -> None:
    assert (CALENDAR.add_working(start, n) <= CALENDAR.add_working(start, m)) == (n <= m)


@given(moments, moments, minutes)
def test_a_later_start_is_never_due_earlier(one: datetime, other: datetime, n: int) -> None:
    first, second = sorted([one, other])
    assert CALENDAR.add_working(first, n) <= CALENDAR.add_working(second, n)


@given(moments, minutes.filter(bool))
def test_what_is_added_ends_within_opening_hours(start: datetime, n: int) -> None:
    end = CALENDAR.add_working(start, n).astimezone(HANOI)
    assert any(opens < end.time() <= closes for opens, closes in CALENDAR.hours_on(end.date()))


@given(moments, moments, moments)
def test_measured_spans_add_up_to_the_minute(one: datetime, two: datetime, three: datetime) -> None:
    a, b, c = sorted([one, two, three])
    whole = CALENDAR.working_minutes_between(a, c)
    assert 0 <= whole - CALENDAR.working_minutes_between(a, b) - CALENDAR.working_minutes_between(b, c) <= 1
    assert CALENDAR.working_minutes_between(c, a) == -whole


@given(days, st.integers(0, 30))
def test_working_days_are_counted_after_the_first(on: date, n: int) -> None:
    end = CALENDAR.add_working_days(on, n)
    between = [on + ahead * DAY for ahead in range(1, (end - on).days + 1)]
    assert sum(map(CALENDAR.works_on, between)) == n
    assert n == 0 or CALENDAR.works_on(end)


def test_two_hours_pass_over_lunch_night_and_weekend() -> None:
    assert CALENDAR.add_working(at("2026-12-23 10:30"), 120) == at("2026-12-23 14:30")
    assert CALENDAR.add_working(at("2026-12-25 16:00"), 120) == at("2026-12-28 08:30")
    assert CALENDAR.add_working(at("2026-12-26 12:00"), 120) == at("2026-12-28 09:30")


def test_a_term_that_ends_with_the_day_is_not_put_off_to_the_next() -> None:
    assert CALENDAR.add_working(at("2026-12-23 15:00"), 120) == at("2026-12-23 17:00")


def test_the_new_year_is_closed() -> None:
    assert CALENDAR.add_working(at("2026-12-31 16:00"), 120) == at("2027-01-04 08:30")
    assert CALENDAR.add_working(at("2027-01-01 09:00"), 120) == at("2027-01-04 09:30")


def test_a_whole_day_of_work_passes_over_tet() -> None:
    assert CALENDAR.add_working(at("2027-02-03 16:30"), 480) == at("2027-02-11 17:00")  # half an hour, then 450 minutes
    assert CALENDAR.add_working_days(date(2027, 2, 3), 1) == date(2027, 2, 11)


def test_a_swapped_saturday_has_its_own_hours() -> None:
    assert CALENDAR.working_minutes_between(at("2027-01-29 17:00"), at("2027-02-01 07:30")) == 240


def test_new_hours_hold_from_their_day_and_the_first_ones_before() -> None:
    later = Week(date(2027, 3, 1), ((MORNING,),) * 5 + ((), ()))
    calendar = Calendar(weeks=(WEEK, later))
    assert calendar.hours_on(date(2027, 2, 26)) == OPEN
    assert calendar.hours_on(date(2027, 3, 1)) == (MORNING,)
    assert calendar.hours_on(date(2021, 1, 4)) == OPEN
    assert calendar.add_working(at("2027-02-26 16:00"), 120) == at("2027-03-01 08:30")


def test_an_office_that_never_opens_is_refused() -> None:
    never = Calendar(weeks=(Week(date(2021, 6, 1), ((), (), (), (), (), (), ())),))
    with pytest.raises(ValueError, match="does not open"):
        never.add_working(at("2027-01-04 08:00"), 1)
    assert never.add_working(at("2027-01-04 08:00"), 0) == at("2027-01-04 08:00")


def test_time_does_not_run_backward() -> None:
    with pytest.raises(ValueError, match="-1"):
        CALENDAR.add_working(at("2027-01-04 08:00"), -1)
    with pytest.raises(ValueError, match="-1"):
        CALENDAR.add_working_days(date(2027, 1, 4), -1)


def test_a_day_ends_with_its_last_second() -> None:
    assert end_of_day(date(2027, 1, 4)).isoformat() == "2027-01-04T23:59:59+07:00"
