"""Duty in a practice realm: two officers can be drawn on whatever day it is started, and again days later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.world import World
from thongquan.academy.duty import put_demo_officers_on_duty
from thongquan.base.accounts.operations.demo import DEMO_OFFICE
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.clearance.control.queries.duty import on_duty

HANOI = timezone(timedelta(hours=7))
MOMENTS = {
    "the last evening of a year": datetime(2031, 12, 31, 23, 59, tzinfo=HANOI),
    "the first minute of a year": datetime(2032, 1, 1, 0, 0, tzinfo=HANOI),
    "Tet": datetime(2032, 2, 11, 8, 0, tzinfo=HANOI),
    "a leap day": datetime(2032, 2, 29, 12, 0, tzinfo=UTC),
}


@pytest.mark.parametrize("day", MOMENTS)
def test_officers_are_on_duty_on_any_day(customs: World, day: str) -> None:
    at = MOMENTS[day]
    made = put_demo_officers_on_duty(at=at)
    for moment in (at, at + timedelta(hours=20), at + timedelta(days=6)):
        assert len(on_duty(DEMO_OFFICE, moment)) == made >= 3
    assert put_demo_officers_on_duty(at=at) == 0


def test_duty_goes_on_where_it_ended(customs: World) -> None:
    at = now()
    first = put_demo_officers_on_duty(at=at)
    assert put_demo_officers_on_duty(at=at + timedelta(days=1)) == 0
    later = at + timedelta(days=10)
    assert put_demo_officers_on_duty(at=later) == first
    assert len(on_duty(DEMO_OFFICE, later + timedelta(days=12))) == first
    long_after = later + timedelta(days=200)
    assert on_duty(DEMO_OFFICE, long_after) == []
    assert put_demo_officers_on_duty(at=long_after) == first
    assert len(on_duty(DEMO_OFFICE, long_after)) == first


def test_each_demo_officer_is_a_click_away(customs: World) -> None:
    put_demo_officers_on_duty(at=now())
    from_door = customs.client("clearance_officer").get("/").content.decode()
    assert "Nguyễn Thị Lan" in from_door
    rows = customs.run_sql("SELECT id FROM accounts_user WHERE full_name = 'Triệu Văn Sơn'")
    client = customs.client("auditor")
    assert client.post("/demo/", {"person": str(rows[0][0])}).status_code == 302
    assert "Triệu Văn Sơn" in client.get("/").content.decode()
    assert client.post("/demo/", {"person": "no one"}).status_code == 404


def test_a_stranger_realm_gets_nobody_on_duty(customs: World) -> None:
    customs.run_sql("ALTER TABLE core_realm DISABLE TRIGGER ALL")
    customs.run_sql("UPDATE core_realm SET name = %s", "real")
    with pytest.raises(NotAllowed):
        put_demo_officers_on_duty(at=now())
    assert customs.run_sql("SELECT count(*) FROM control_dutyturn") == [(0,)]
