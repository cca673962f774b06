"""Bands of prices: robust, from several traders, dated by whoever asks."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongquan.rules.pricing import OF_ONE_TRADER, Band, Price, band_of, median, placed

WIDTH = Decimal(3)


def prices(*amounts: str | int, traders: int = 3) -> list[Price]:
    return [Price(Decimal(amount), f"t{place % traders}") for place, amount in enumerate(amounts)]


def band(*amounts: str | int, traders: int = 3, least: int = 5) -> Band:
    found = band_of(prices(*amounts, traders=traders), width=WIDTH, least=least)
    assert found is not None
    return found


def test_a_band_stands_around_the_median() -> None:
    found = band(95, 100, 105, 98, 102, 100, 101)
    assert found.median_vnd == Decimal(100)
    assert found.low_vnd < 95 < 105 < found.high_vnd
    assert (found.lines, found.traders) == (7, 3)


def test_one_wild_price_hardly_moves_it() -> None:
    usual, wild = band(95, 100, 105, 98, 102, 100, 101), band(95, 100, 105, 98, 102, 100, 1)
    assert abs(usual.median_vnd - wild.median_vnd) <= 1
    assert placed(Decimal(1), wild.low_vnd, wild.high_vnd) == "below"


def test_half_and_double_are_equally_far() -> None:
    found = band(50, 100, 200, 100, 50, 200, 100)
    assert abs(found.median_vnd / found.low_vnd - found.high_vnd / found.median_vnd) < Decimal("0.001")


def test_prices_all_alike_still_leave_room() -> None:
    found = band(100, 100, 100, 100, 100)
    assert Decimal(90) < found.low_vnd < 100 < found.high_vnd < Decimal(110)


def test_too_few_lines_or_one_trader_alone_make_none() -> None:
    assert band_of(prices(100, 100, 100), width=WIDTH, least=5) is None
    assert band_of(prices(*[100] * 50, traders=1), width=WIDTH, least=5) is None


def test_a_trader_counts_with_its_newest_lines_only() -> None:
    flood = [Price(Decimal(10), "one")] * 500
    others = [Price(Decimal(100), f"t{n}") for n in range(OF_ONE_TRADER + 5)]
    found = band_of([*flood, *others], width=WIDTH, least=5)
    assert found is not None
    assert (found.median_vnd, found.lines) == (Decimal(100), 2 * OF_ONE_TRADER + 5)


def test_prices_that_are_none_do_not_count() -> None:
    assert band(0, 100, 100, 100, 100, 100).lines == 5


def test_the_ends_are_within() -> None:
    low, high = Decimal(90), Decimal(110)
    assert [placed(Decimal(at), low, high) for at in ("89.9999", 90, 110, "110.0001")] == [
        "below",
        "within",
        "within",
        "above",
    ]


def test_median_of_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no values"):
        median([])


@given(st.lists(st.decimals("0.01", "1000000", places=2), min_size=5, max_size=30))
def test_order_of_traders_does_not_matter_below_the_cap(amounts: list[Decimal]) -> None:
    given_prices = [Price(amount, f"t{n % 7}") for n, amount in enumerate(amounts)]
    turned = list(reversed(given_prices))
    first, second = (band_of(one, width=WIDTH, least=5) for one in (given_prices, turned))
    assert first == second
    assert first is not None
    assert first.low_vnd <= first.median_vnd <= first.high_vnd
