"""Numbers and dates as people write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongquan.base.core.figures import (
    cell_date,
    cell_number,
    date_text,
    number_shown,
    number_text,
)


@pytest.mark.parametrize(
    ("typed", "language", "read"),
    [
        ("1.234,5", "vi", "1234.5"),
        ("1234,5", "vi", "1234.5"),
        ("1.234", "vi", "1234"),
        ("1.5", "vi", "1.5"),
        ("1.234.567", "vi", "1234567"),
        ("-1,5", "vi", "-1.5"),
        ("1 234,5", "fr", "1234.5"),
        ("1\u202f234\u00a0567", "fr", "1234567"),
        ("1,234.5", "en", "1234.5"),
        ("1,500", "en", "1500"),
        ("1,5", "zh-hans", "1.5"),
    ],
)
def test_a_number_is_read_as_the_language_writes_it(typed: str, language: str, read: str) -> None:
    assert number_text(typed, language) == read


@pytest.mark.parametrize("typed", ["1,2,3", "12.34.567", "1,234.5", "abc", "1.234,5,6", "12x", "NaN", "1e5", "9" * 80])
def test_what_is_no_number_stays_as_typed(typed: str) -> None:
    assert number_text(typed, "vi") == typed


@given(st.decimals(min_value=0, max_value=10**14, places=4), st.sampled_from(["vi", "en", "zh-hans", "fr"]))
def test_what_is_shown_is_read_back(number: Decimal, language: str) -> None:
    text = format(number, "f")
    assert Decimal(number_text(number_shown(text, language), language)) == number


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("20/11/2026", "2026-11-20"),
        ("2026-11-20", "2026-11-20"),
        ("1.2.2026", "2026-02-01"),
        ("2026/3/4", "2026-03-04"),
        ("31/02/2026", "31/02/2026"),
        ("soon", "soon"),
    ],
)
def test_a_date_is_read_day_first_or_year_first(typed: str, read: str) -> None:
    assert date_text(typed) == read


@pytest.mark.parametrize(
    ("value", "decimals", "read"),
    [
        (0.1 + 0.2, 2, "0.3"),
        (1234.5, 4, "1234.5"),
        (12000.0, 2, "12000"),
        (0.333, 2, "0.333"),
        (107.8, 2, "107.8"),
        (1e15, 4, "1000000000000000"),
        (7, 2, "7"),
        (float("nan"), 2, "nan"),
    ],
)
def test_a_binary_number_becomes_the_one_that_was_typed(value: float, decimals: int, read: str) -> None:
    assert cell_number(value, decimals) == read


def test_a_sheet_gives_dates_in_three_ways() -> None:
    assert cell_date(date(2026, 11, 20)) == "2026-11-20"
    assert cell_date(datetime(2026, 11, 20)) == "2026-11-20"  # noqa: DTZ001  (a sheet has no zones)
    assert cell_date(46346.0) == "2026-11-20"
    assert cell_date("20/11/2026") == "2026-11-20"
    assert cell_date(10**9) == "1000000000"
