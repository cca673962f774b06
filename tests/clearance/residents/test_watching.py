"""Vehicles that come and go, who carries for whom, and the taking out of personal data."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.clearance.residents.forms import OFFICE, given, goods, person, registered
from tests.clearance.residents.test_forms import codes
from tests.world import World
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.residents.operations import (
    erase_old,
    erase_resident,
    look_at_carriers,
    note_arrival,
    note_departure,
    prepare_form,
)
from thongquan.clearance.residents.queries.vehicles import stays_of


def arrived(customs: World, plate: str = "12A-123.45", *, hours_ago: int = 0) -> int:
    at = now() - timedelta(hours=hours_ago)
    words = {"driver": "Lý Văn Sơn", "purpose": "Chở hàng cư dân"}
    return note_arrival(actor=customs.actor("gate_officer"), office=OFFICE, plate=plate, at=at, **words)


def test_vehicles_come_and_go_and_an_overstay_is_seen(customs: World) -> None:
    officer = customs.actor("gate_officer")
    late, fresh = arrived(customs, hours_ago=30), arrived(customs, "20F 999.99")
    with pytest.raises(Refused) as refused:
        arrived(customs, "12a12345")
    assert codes(refused) == ["TQ-RES-015"]
    with pytest.raises(Refused) as refused:
        note_arrival(actor=officer, office=OFFICE, plate=" ", driver="", purpose="", at=now())
    assert codes(refused) == ["TQ-RES-008", "TQ-RES-008"]
    assert [(one.id, one.overstayed) for one in stays_of(officer, now())] == [(late, True), (fresh, False)]
    note_departure(actor=officer, stay=late, at=now())
    note_departure(actor=officer, stay=late, at=now())
    assert [(one.id, one.went_at is None) for one in stays_of(officer, now())] == [(fresh, True), (late, False)]
    assert arrived(customs, "12A12345") > fresh
    rows = customs.run_sql("SELECT action, details::text FROM ledger_entry WHERE subject LIKE 'stay:%%' ORDER BY id")
    assert [action for action, _ in rows] == ["vehicle.came", "vehicle.came", "vehicle.went", "vehicle.came"]
    assert "12A" not in str(rows)
    with pytest.raises(NotFound):
        note_departure(actor=customs.actor("declarant"), stay=fresh, at=now())


def look(customs: World, role: str = "team_leader", purpose: str = "Kiểm tra xe gom hàng", **words: object) -> object:
    today = localdate(now())
    days = {"since": today - timedelta(days=7), "until": today + timedelta(days=1), **words}
    return look_at_carriers(actor=customs.actor(role), office=OFFICE, purpose=purpose, at=now(), **days)  # type: ignore[arg-type]


def test_the_same_truck_behind_many_quotas_is_seen_and_every_look_is_logged(customs: World) -> None:
    for place in range(5):
        phone = "0900000001" if place < 3 else f"090000010{place}"
        form = given(goods(200_000), plate="12C 345.67", buyer="Cửa hàng An" if place < 4 else "")
        registered(customs, form, person(phone=phone))
    found = look(customs)
    assert [(one.kind, one.name, one.people, int(one.free_vnd)) for one in found.rows] == [  # type: ignore[attr-defined]
        ("plate", "12C34567", 5, 1_000_000),
        ("phone", "0900000001", 3, 600_000),
    ]
    with pytest.raises(Refused) as refused:
        look(customs, purpose="  ")
    assert codes(refused) == ["TQ-RES-008"]
    for role in ("clearance_officer", "gate_officer", "director", "auditor", "declarant"):
        with pytest.raises(NotAllowed):
            look(customs, role)
    old = look(customs, since=localdate(now()) - timedelta(days=3000))
    assert (localdate(now()) - old.since).days < 800  # type: ignore[attr-defined]
    entries = customs.run_sql("SELECT details::text FROM ledger_entry WHERE action = 'residents.looked'")
    assert len(entries) == 2
    assert "Kiểm tra" not in str(entries)
    assert customs.run_sql("SELECT count(*) FROM residents_look WHERE purpose <> ''") == [(2,)]


def test_personal_data_past_the_limit_are_taken_out(customs: World) -> None:
    long_ago, program = now() - timedelta(days=800), system_actor("residents")
    old = registered(customs, given(goods(100_000), plate="12C1"), person(), at=long_ago)
    prepare_form(given=given(), person=person(), at=now() - timedelta(days=9))
    kept = registered(customs, given(goods(100_000), plate="12C2"), person())
    assert erase_old(actor=program, at=now()) == {"people": 1, "forms": 1, "stays": 0, "prepared": 1}
    assert sum(erase_old(actor=program, at=now()).values()) == 0
    rows = customs.run_sql("SELECT number, plate, value_vnd > 0 FROM residents_shortform ORDER BY id")
    assert rows == [(old.number, "", True), (kept.number, "12C2", True)]
    assert customs.run_sql("SELECT full_name FROM residents_resident ORDER BY id") == [("",), ("Hoàng Thị Mến",)]
    assert customs.run_sql("SELECT count(*) FROM residents_identity") == [(1,)]


def test_one_person_is_taken_out_on_request_and_has_no_second_quota(customs: World) -> None:
    who = person()
    form = registered(customs, given(goods(2_000_000)), who)
    words = {"office": OFFICE, "resident": form.resident_id, "words": "Theo yêu cầu"}
    with pytest.raises(NotAllowed):
        erase_resident(actor=customs.actor("gate_officer"), at=now(), **words)
    erase_resident(actor=customs.actor("team_leader"), at=now(), **words)
    assert customs.run_sql("SELECT full_name, phone FROM residents_resident") == [("", "")]
    assert customs.run_sql("SELECT number FROM residents_identity") == [("",)]
    assert registered(customs, given(goods(500_000)), who).free_vnd == 0
    with pytest.raises(NotFound):
        erase_resident(actor=customs.actor("team_leader"), at=now(), **{**words, "resident": 999_999})
