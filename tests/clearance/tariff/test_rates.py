"""Weekly exchange rates: the Thursday before, Monday to Sunday, never carried over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from thongquan.base.core.errors import Conflict
from thongquan.base.core.faults import Refused
from thongquan.base.core.realm import fix_realm
from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.formats.rates import week_served_by
from thongquan.clearance.tariff.operations import ensure_practice_rates, import_rates
from thongquan.clearance.tariff.queries import current_law

THURSDAY = date(2026, 11, 12)
MONDAY = date(2026, 11, 16)


def load(text: str, at: datetime) -> None:
    import_rates(content=text.encode(), file="rates.csv", source="bank table", at=at)


@pytest.mark.parametrize("published", [THURSDAY - timedelta(days=back) for back in range(4)])
def test_published_rate_serves_the_week_after(published: date) -> None:
    assert week_served_by(published) == MONDAY


def test_rate_serves_monday_to_sunday(practice: None, at: datetime) -> None:
    load(f"currency,vnd,published_on,verified\nusd,26300.5,{THURSDAY},yes\n", at)
    law = current_law()
    for day in (MONDAY, MONDAY + timedelta(days=6)):
        rate = law.rate("USD", day)
        assert rate is not None
        assert (rate.vnd, rate.valid_from, rate.source, rate.verified) == (
            Decimal("26300.5"),
            MONDAY,
            "bank table",
            True,
        )
    assert law.rate("USD", MONDAY - timedelta(days=1)) is None
    assert law.rate("USD", MONDAY + timedelta(days=7)) is None


def test_cross_rate_serves_only_without_a_bank_rate(practice: None, at: datetime) -> None:
    load(f"currency,vnd,published_on,kind\nUSD,26000,{THURSDAY},sbv_cross\nLAK,1.2,{THURSDAY},sbv_cross\n", at)
    load(f"currency,vnd,published_on,kind\nUSD,26300,{THURSDAY},transfer_buying\n", at)
    rates = current_law().rates_on(MONDAY)
    assert {code: rate.vnd for code, rate in rates.items()} == {"LAK": Decimal("1.2"), "USD": Decimal(26300)}


def test_every_wrong_value_is_told_and_nothing_stored(practice: None, at: datetime) -> None:
    text = f"""currency,vnd,published_on,valid_from
USD,-5,{THURSDAY},
USD,NaN,{THURSDAY},
EURO,5,{THURSDAY},
,5,{THURSDAY},
USD,5,{THURSDAY + timedelta(days=1)},
USD,5,,{THURSDAY}
USD,1e30,{THURSDAY},
"""
    with pytest.raises(Refused) as refused:
        load(text, at)
    assert sorted(int(fault.path.split(":")[1]) for fault in refused.value.faults) == [2, 3, 4, 5, 6, 7, 8]
    assert not models.ExchangeRate.objects.exists()


def test_practice_rates_are_the_same_every_time_and_marked(practice: None, law_dir: Path, at: datetime) -> None:
    made = ensure_practice_rates(on=MONDAY, at=at, directory=law_dir)
    assert made == 2 * 13
    assert ensure_practice_rates(on=MONDAY, at=at, directory=law_dir) == 0
    rates = models.ExchangeRate.objects.filter(currency="CNY")
    assert not rates.filter(verified=True).exists()
    assert {rate.source for rate in rates} == {"practice figure, not a published rate"}
    assert len({rate.vnd for rate in rates}) > 5
    assert all(abs(rate.vnd / 3700 - 1) <= Decimal("0.0085") for rate in rates)
    assert all(rate.valid_from.weekday() == 0 for rate in rates)


def test_practice_rates_leave_imported_ones_alone(practice: None, law_dir: Path, at: datetime) -> None:
    load(f"currency,vnd,valid_from\nCNY,3333,{MONDAY}\n", at)
    ensure_practice_rates(on=MONDAY, at=at, directory=law_dir)
    rate = current_law().rate("CNY", MONDAY)
    assert rate is not None
    assert rate.vnd == 3333


def test_practice_rates_never_enter_a_real_realm(db: None, law_dir: Path, at: datetime) -> None:
    fix_realm(name="real", at=at)
    with pytest.raises(Conflict):
        ensure_practice_rates(on=MONDAY, at=at, directory=law_dir)
    assert not models.ExchangeRate.objects.exists()
