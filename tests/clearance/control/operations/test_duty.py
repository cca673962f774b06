"""The duty roster: kept by the team leader, without overlaps, for officers of the office alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from tests.clearance.control.yard import OFFICE, officers, put_on_duty
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.operations.duty import enter_turn, withdraw_turn
from thongquan.clearance.control.queries.duty import on_duty, roster_of
from thongquan.rules.codes import Code


def test_the_roster_says_who_is_there_now(customs: World) -> None:
    at = now()
    first, second = officers(customs, at, count=2, on_duty=False)
    leader = customs.actor("team_leader")
    turn = put_on_duty(customs, first, at)
    put_on_duty(customs, second, at + timedelta(days=2))
    assert on_duty(OFFICE, at) == [first.reference]
    assert [(one.officer, one.is_now) for one in roster_of(actor=first, office=OFFICE, at=at)] == [
        (first.reference, True),
        (second.reference, False),
    ]
    withdraw_turn(actor=leader, turn_id=turn, at=at)
    assert on_duty(OFFICE, at) == []
    with pytest.raises(NotFound):
        withdraw_turn(actor=leader, turn_id=turn, at=at)
    actions = customs.run_sql(
        "SELECT action, subject FROM ledger_entry WHERE starts_with(action, 'control.duty') ORDER BY id"
    )
    assert [row[0] for row in actions] == ["control.duty_entered"] * 2 + ["control.duty_withdrawn"]
    assert {row[1] for row in actions} == {f"office:{OFFICE}"}


def test_a_turn_that_is_not_possible_is_refused_with_everything(customs: World) -> None:
    at = now()
    (officer,) = officers(customs, at, count=1)
    leader = customs.actor("team_leader")
    for who, starts, ends, codes in (
        (officer.reference, at, at, {Code.TQ_CTL_015}),
        (officer.reference, at, at + timedelta(hours=1), {Code.TQ_CTL_015}),
        ("user:999999", at, at, {Code.TQ_CTL_015, Code.TQ_CTL_016}),
        (customs.actor("gate_officer").reference, at, at + timedelta(hours=1), {Code.TQ_CTL_016}),
    ):
        with pytest.raises(Refused) as refusal:
            enter_turn(actor=leader, office=OFFICE, officer=who, starts_at=starts, ends_at=ends, at=at)
        assert {fault.code for fault in refusal.value.faults} == codes


def test_a_stranger_and_a_neighbor_keep_no_roster(customs: World) -> None:
    at = now()
    (officer,) = officers(customs, at, count=1)
    leader = customs.actor("team_leader")
    (turn,) = roster_of(actor=officer, office=OFFICE, at=at)
    end = at + timedelta(hours=1)
    for actor, office in ((officer, OFFICE), (customs.actor("declarant"), OFFICE), (leader, "15BC")):
        with pytest.raises(NotAllowed):
            enter_turn(actor=actor, office=office, officer=officer.reference, starts_at=at, ends_at=end, at=at)
    with pytest.raises(NotAllowed):
        withdraw_turn(actor=officer, turn_id=turn.id, at=at)
    for actor, office in ((customs.actor("declarant"), OFFICE), (officer, "15BC")):
        with pytest.raises(NotAllowed):
            roster_of(actor=actor, office=office, at=at)


def test_the_same_turn_entered_twice_at_once_stands_once(customs: World) -> None:
    at = now()
    (officer,) = officers(customs, at, count=1, on_duty=False)

    def enter(_number: int) -> bool:
        try:
            put_on_duty(customs, officer, at)
        except Refused:
            return False
        else:
            return True
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(enter, range(2))) == [False, True]
