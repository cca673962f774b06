"""Who else looks at a file: told to officers of the office alone, for less than a minute after the last heartbeat."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.clearance.casework.people import colleague, neighbor
from tests.clearance.control.yard import lodged
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.clearance.casework.operations.presence import beat
from thongquan.clearance.casework.queries.presence import EXPIRES


def test_officers_see_each_other_at_their_work_until_it_expires(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    other, number = colleague(at), lodged(customs, at)
    assert beat(actor=officer, number=number, work="check", at=at) == []
    (seen,) = beat(actor=other, number=number, work="nonsense", at=at + timedelta(seconds=20))
    assert (seen.name, seen.work) == (officer.name, "check")
    (back,) = beat(actor=officer, number=number, work="", at=at + timedelta(seconds=40))
    assert (back.name, back.work) == (other.name, "")
    assert beat(actor=other, number=number, work="", at=at + timedelta(seconds=40) + EXPIRES) == []


def test_a_heartbeat_sweeps_up_what_its_officer_left_behind(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    numbers = [lodged(customs, at, invoice=f"P-{place}") for place in range(4)]
    for place, number in enumerate(numbers):
        beat(actor=officer, number=number, work="", at=at + place * (EXPIRES + timedelta(seconds=1)))
    assert customs.run_sql("SELECT count(*) FROM casework_presence") == [(1,)]
    assert customs.run_sql("SELECT relpersistence FROM pg_class WHERE relname = 'casework_presence'") == [("u",)]


def test_a_neighbor_and_a_trader_hear_nothing(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    beat(actor=customs.actor("clearance_officer"), number=number, work="check", at=at)
    outside = [customs.actor(role) for role in ("declarant", "broker", "partner_agency", "neighbor_customs")]
    for actor in [neighbor(at), *outside]:
        with pytest.raises(NotFound):
            beat(actor=actor, number=number, work="", at=at)


def test_the_line_is_on_pages_of_officers_and_not_of_traders(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    address = f"/presence/{number}/"
    officer, trader = customs.client("clearance_officer"), customs.client("declarant")
    beat(actor=colleague(at), number=number, work="check", at=now())
    work = officer.get(f"/control/{number}/documents").content.decode()
    assert address in work
    assert '"work": "check"' in work
    answer = officer.post(address, {"work": "check"})
    assert answer.status_code == 200
    assert "Lê Văn Hòa" in answer.content.decode()
    page = trader.get(f"/declarations/{number}/").content.decode()
    assert "/presence/" not in page
    assert "Lê Văn Hòa" not in page
    assert trader.post(address).status_code == 404
    assert "/presence/" not in officer.get("/declarations/").content.decode()
    assert officer.get(address).status_code == 405


def test_a_stranger_is_not_led_to_sign_in_by_a_heartbeat(customs: World) -> None:
    number = lodged(customs, now())
    assert Client(SERVER_NAME="127.0.0.1").post(f"/presence/{number}/").status_code == 401
