"""Lapsing: on the ground that holds, after the days of the law, by an officer or by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.world import World, import_document
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations import lodge_declaration, take_step
from thongquan.clearance.declarations.operations.expiring import expire_declaration, expire_lapsed
from thongquan.clearance.declarations.queries import events_of, stand_of
from thongquan.clearance.declarations.states import State, Step
from thongquan.rules.codes import Code

LONG = timedelta(days=40)


def lodged(customs: World, at: datetime, invoice: str = "A-1") -> str:
    return lodge_declaration(
        actor=customs.actor("declarant"), document=import_document(invoice=invoice), at=at, source="api"
    ).number


def test_it_lapses_after_its_days_with_its_ground_and_not_before(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    number = lodged(customs, at)
    with pytest.raises(Refused) as refusal:
        expire_declaration(actor=officer, number=number, at=at + timedelta(days=14))
    assert refusal.value.faults[0].code == Code.TQ_LIF_015
    assert expire_declaration(actor=officer, number=number, at=at + LONG).state == State.EXPIRED
    assert events_of(number)[-1].data == {"ground": "not_arrived"}
    assert lodged(customs, at) != number  # its goods may be declared anew


def test_goods_that_came_do_not_let_it_lapse(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    number = lodged(customs, at)
    take_step(actor=customs.actor("declarant"), number=number, step=Step.FILE_DOCUMENTS, at=at)
    take_step(actor=customs.actor("declarant"), number=number, step=Step.PRESENT_GOODS, at=at)
    with pytest.raises(Refused):
        expire_declaration(actor=officer, number=number, at=at + LONG)


def test_the_round_writes_down_once_and_only_what_is_sure(customs: World) -> None:
    at = now()
    kinds = [("import", 1), ("import", 3), ("export", 1), ("export", 2), ("export", 3)]
    numbers = {kind: lodged(customs, at, f"A-{place}") for place, kind in enumerate(kinds)}
    for (flow, channel), number in numbers.items():  # clocks read nothing else of it
        where = f"WHERE number = '{number}'"
        customs.run_sql(f"UPDATE declarations_declaration SET flow = '{flow}', channel = {channel} {where}")
    here = lodged(customs, at, "A-9")
    take_step(actor=customs.actor("declarant"), number=here, step=Step.FILE_DOCUMENTS, at=at)
    take_step(actor=customs.actor("declarant"), number=here, step=Step.PRESENT_GOODS, at=at)
    assert expire_lapsed(at=at + timedelta(days=3)) == 0
    expire_lapsed(at=at + LONG)  # none, where a last day off moves the day by an unverified rule
    assert expire_lapsed(at=at + LONG) == 0
    actor = customs.actor("clearance_officer")
    ended = {kind for kind, number in numbers.items() if stand_of(actor=actor, number=number).state == State.EXPIRED}
    assert ended in (set(), {("export", 2), ("export", 3)})
    assert stand_of(actor=actor, number=here).state == State.CHANNELED


def test_a_stranger_and_a_neighbor_let_nothing_lapse(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    with pytest.raises(NotAllowed):
        expire_declaration(actor=customs.actor("declarant"), number=number, at=at + LONG)
    with pytest.raises(NotFound):
        expire_declaration(actor=customs.actor("partner_agency"), number=number, at=at + LONG)
