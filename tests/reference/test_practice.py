"""Figures for practice stand apart from law and say so."""

from __future__ import annotations

from tests.reference.files import column


def test_practice_exchange_rates_do_not_pass_for_published_ones() -> None:
    assert column("practice/exchange_rates_base.csv", "source") == {"practice figure, not a published rate"}
    assert column("practice/exchange_rates_base.csv", "verified") == {"no"}
