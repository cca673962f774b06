"""How rates are written for people, drawings, and the daily task."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

import pytest
from django.utils import translation

from thongquan.base.core.realm import fix_realm
from thongquan.clearance.tariff import models, tasks
from thongquan.clearance.tariff.charts import HEIGHT, WIDTH, slider, sparkline
from thongquan.clearance.tariff.formats.downloads import as_csv
from thongquan.clearance.tariff.queries.rates import RateRow
from thongquan.clearance.tariff.wording import box_text
from thongquan.rules.law import Option


class Box(NamedTuple):
    options: tuple[Option, ...] = ()
    unknown: bool = False
    raw: str = ""


@pytest.mark.parametrize(
    ("box", "text"),
    [
        (Box((Option(key="12.5", rate=Decimal("0.125")),)), "12.5\u00a0%"),
        (
            Box(
                (
                    Option(key="30", rate=Decimal("0.3"), condition="in_quota"),
                    Option(key="80", rate=Decimal("0.8"), condition="out_of_quota"),
                )
            ),
            "30\u00a0% (in the quota) / 80\u00a0% (outside the quota)",
        ),
        (
            Box((Option(key="35", rate=Decimal("0.35"), condition="members", countries=("MX",)),)),
            "35\u00a0% (MX)",
        ),
        (Box((Option(key="*", not_subject=True),)), "not subject"),
        (
            Box(
                (Option(key="10 + 500 VND/KGM", rate=Decimal("0.1"), amount=Decimal(500), unit="KGM", currency="VND"),)
            ),
            "10\u00a0% + 500 VND/KGM",
        ),
        (Box(unknown=True, raw="ĐB"), "applies, amount not known"),
        (Box(unknown=True), "not known"),
        (Box(), "no rate"),
    ],
)
def test_boxes_for_people(box: Box, text: str) -> None:
    with translation.override("en"):
        assert box_text(box) == text


def rate(week: int, vnd: str) -> RateRow:
    return RateRow("CNY", "transfer_buying", vnd, date(2026, 1, 5) + timedelta(weeks=week), "bank", verified=True)


def test_sparkline_stays_in_its_frame_and_needs_two_weeks() -> None:
    assert sparkline([rate(0, "3700")]) is None
    spark = sparkline([rate(week, str(3700 + week * 7 % 5)) for week in range(20)])
    assert spark is not None
    assert (spark.lowest, spark.highest, spark.weeks) == ("3700", "3704", 20)
    for point in spark.points.split():
        x, y = map(float, point.split(","))
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
    flat = sparkline([rate(0, "5"), rate(1, "5")])
    assert flat is not None


def test_slider_holds_the_asked_day_and_every_change() -> None:
    on, change = date(2026, 12, 31), date(2027, 1, 1)
    found = slider(on, [date(2026, 4, 5), change, change])
    assert found.first + timedelta(days=found.value) == on
    assert [found.first + timedelta(days=place) for place, _ in found.marks] == [date(2026, 4, 5), change]
    assert found.first < date(2026, 4, 5)
    assert found.first + timedelta(days=found.length) == found.last > change


def test_no_cell_of_a_download_is_a_formula() -> None:
    assert as_csv(["a"], [["=1+1"], ["@x"], ["8"]]).decode("utf-8-sig").split() == ["a", "'=1+1", "'@x", "8"]


@pytest.mark.parametrize(("realm", "written"), [("practice", True), ("real", False)])
def test_daily_task_writes_rates_in_a_practice_realm_only(db: None, realm: str, written: bool, at: datetime) -> None:
    fix_realm(name=realm, at=at)
    assert (tasks.practice_rates(timestamp=0) > 0) is written
    assert models.ExchangeRate.objects.exists() is written
