"""The draw of officers: the same for the same roster, even between officers, nobody's to steer."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from thongquan.rules.duty import drawn_officers, order_of_officers

SECRET = b"a secret of customs"
DAY = date(2026, 11, 20)
ROSTERS = st.sets(st.integers(1, 60).map(lambda number: f"user:{number}"), min_size=2, max_size=12)
SUBJECTS = st.integers(10**11, 4 * 10**11).map(lambda number: f"declaration:{number}")


@given(SUBJECTS, ROSTERS)
def test_the_same_declaration_and_roster_give_the_same_officers(subject: str, roster: set[str]) -> None:
    forward = drawn_officers(subject, DAY, sorted(roster), count=2, secret=SECRET)
    backward = drawn_officers(subject, DAY, sorted(roster, reverse=True) * 2, count=2, secret=SECRET)
    assert forward == backward
    assert len(set(forward)) == 2


@given(SUBJECTS, ROSTERS)
def test_who_leaves_changes_nobody_elses_place(subject: str, roster: set[str]) -> None:
    order = order_of_officers(subject, DAY, roster, secret=SECRET)
    left = order[len(order) // 2]
    rest = order_of_officers(subject, DAY, roster - {left}, secret=SECRET)
    assert rest == tuple(one for one in order if one != left)


@given(SUBJECTS, ROSTERS)
def test_the_avoided_are_drawn_only_when_the_others_are_too_few(subject: str, roster: set[str]) -> None:
    avoided = sorted(roster)[0]
    drawn = drawn_officers(subject, DAY, roster, count=2, avoided={avoided}, secret=SECRET)
    assert (avoided in drawn) == (len(roster) == 2)
    assert drawn_officers(subject, DAY, {avoided}, count=2, avoided={avoided}, secret=SECRET) == (avoided,)


def test_the_draw_is_even_enough() -> None:
    """Each of eight officers expects 1,000 of 4,000 pairs; five standard deviations are below 140."""
    roster = [f"user:{number}" for number in range(1, 9)]
    counts = Counter(
        one
        for number in range(4_000)
        for one in drawn_officers(f"declaration:{10**11 + number * 10}", DAY, roster, count=2, secret=SECRET)
    )
    assert set(counts) == set(roster)
    assert max(abs(count - 1_000) for count in counts.values()) < 140


def test_without_the_secret_nobody_can_tell_the_draw() -> None:
    roster = [f"user:{number}" for number in range(1, 9)]
    subjects = [f"declaration:{10**11 + number * 10}" for number in range(200)]
    same = sum(
        drawn_officers(one, DAY, roster, count=1, secret=SECRET)
        == drawn_officers(one, DAY, roster, count=1, secret=b"a guess")
        for one in subjects
    )
    assert same < 60


def test_another_day_is_another_draw() -> None:
    roster = [f"user:{number}" for number in range(1, 9)]
    days = {
        drawn_officers("declaration:1", date(2026, 11, day), roster, count=2, secret=SECRET) for day in range(1, 29)
    }
    assert len(days) > 5
