"""Preservation: asked, answered, arrived, its result; whoever leaves a result out is barred."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.clearance.control.gate import codes, plain, settled
from tests.world import World
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.operations.preserving import (
    preserve_goods,
    record_preserved_arrival,
    record_preserved_result,
    refuse_preservation,
    request_preservation,
)
from thongquan.clearance.control.operations.releasing import clear_goods
from thongquan.clearance.control.queries.preservations import preservation_of, waiting_preservations
from thongquan.clearance.declarations.queries import events_of, stand_by_subject, stand_of
from thongquan.clearance.declarations.queries.clocks import clocks_of_declaration
from thongquan.clearance.declarations.states import State
from thongquan.rules.codes import Code

WHY = "Chờ kết quả kiểm tra an toàn thực phẩm"


def ask(customs: World, number: str, **changes: object) -> None:
    values = {"place_kind": "own", "place": "Kho Bình Minh, Cao Lộc", "reason": WHY, "at": now(), **changes}
    request_preservation(actor=customs.actor("declarant"), number=number, **values)  # type: ignore[arg-type]  # as given


def last_moment(number: str, at: datetime) -> datetime:
    """When the clock of the result ends: at the end of a day, past days off."""
    stand = stand_by_subject(f"declaration:{number[:11]}0")
    assert stand is not None
    dues, _matters = clocks_of_declaration(actor=system_actor("test"), stand=stand, at=at)
    (clock,) = [due.clock for due in dues if due.clock.name == "preservation_result"]
    return clock.due_at


def test_from_request_to_clearance(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    number = settled(customs, at)
    ask(customs, number)
    assert [one.number for one in waiting_preservations(officer)] == [number]
    preserve_goods(actor=officer, number=number, answer="Giữ nguyên niêm phong", at=at)
    assert stand_of(actor=officer, number=number).state == State.PRESERVED
    kept = preservation_of(actor=officer, number=number)
    assert kept is not None
    assert kept.result_due == last_moment(number, at)
    record_preserved_arrival(actor=customs.actor("declarant"), number=number, at=at)
    with pytest.raises(Refused) as waiting:
        clear_goods(actor=officer, number=number, at=at)
    assert codes(waiting) == [Code.TQ_CTL_079]
    record_preserved_result(actor=officer, number=number, result="passed", paper="KQ-77", at=at)
    clear_goods(actor=officer, number=number, at=at)
    assert stand_of(actor=officer, number=number).state == State.CLEARED
    kinds = [event.kind for event in events_of(number)[-5:]]
    assert kinds == ["request_preservation", "preserve", "preserved_arrival", "preserved_result", "clear"]
    assert events_of(number)[-5].data == {"place": "own"}


def test_every_fault_of_a_request_at_once(customs: World) -> None:
    number = settled(customs, now())
    with pytest.raises(Refused) as refusal:
        ask(customs, number, place_kind="home", place=" ", reason="")
    assert codes(refusal) == [Code.TQ_CTL_075, Code.TQ_CTL_051]
    ask(customs, number)
    with pytest.raises(Refused) as twice:
        ask(customs, number)
    assert codes(twice) == [Code.TQ_CTL_078]


def test_a_refusal_needs_its_reason_and_opens_the_way_for_a_new_request(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    number = settled(customs, at)
    with pytest.raises(Refused) as nobody:
        preserve_goods(actor=officer, number=number, at=at)
    assert codes(nobody) == [Code.TQ_CTL_077]
    ask(customs, number)
    with pytest.raises(Refused) as silent:
        refuse_preservation(actor=officer, number=number, answer=" ", at=at)
    assert codes(silent) == [Code.TQ_CTL_051]
    refuse_preservation(actor=officer, number=number, answer="Kho không đủ điều kiện", at=at)
    assert stand_of(actor=officer, number=number).state == State.SETTLED
    ask(customs, number, place_kind="agency", place="Trung tâm kiểm định")


def test_whoever_lets_a_result_lapse_preserves_nothing_more_until_it_is_there(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    first, second = settled(customs, at), settled(customs, at, document=plain(invoice="GX-2"))
    ask(customs, first)
    preserve_goods(actor=officer, number=first, at=at)
    ask(customs, second, at=at + timedelta(days=29))
    refuse_preservation(actor=officer, number=second, answer="Chưa cần thiết", at=at)
    ask(customs, second, at=last_moment(first, at))
    refuse_preservation(actor=officer, number=second, answer="Chưa cần thiết", at=at)
    late = last_moment(first, at) + timedelta(minutes=1)
    with pytest.raises(Refused) as barred:
        ask(customs, second, at=late)
    assert codes(barred) == [Code.TQ_CTL_076]
    assert barred.value.faults[0].value == first
    record_preserved_result(actor=officer, number=first, result="failed", paper="KQ-1", at=at)
    ask(customs, second, at=late)
    with pytest.raises(Refused) as failed:
        clear_goods(actor=officer, number=first, at=at)
    assert codes(failed) == [Code.TQ_CTL_079]


def test_a_result_is_one_of_two_and_has_its_paper(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    number = settled(customs, at)
    ask(customs, number)
    preserve_goods(actor=officer, number=number, at=at)
    for result, paper, expected in (("maybe", "K", Code.TQ_CTL_079), ("passed", " ", Code.TQ_CTL_051)):
        with pytest.raises(Refused) as refusal:
            record_preserved_result(actor=officer, number=number, result=result, paper=paper, at=at)
        assert codes(refusal) == [expected]


def test_a_stranger_and_the_wrong_side_are_refused(customs: World) -> None:
    at = now()
    number = settled(customs, at)
    with pytest.raises(NotFound):
        request_preservation(
            actor=customs.actor("partner_agency"), number=number, place_kind="own", place="Kho", reason=WHY, at=at
        )
    with pytest.raises(NotAllowed):
        request_preservation(
            actor=customs.actor("clearance_officer"), number=number, place_kind="own", place="Kho", reason=WHY, at=at
        )
    ask(customs, number)
    for act in (preserve_goods, record_preserved_arrival):
        with pytest.raises((NotAllowed, Refused)):
            act(actor=customs.actor("declarant"), number=number, at=at)
    with pytest.raises(NotAllowed):
        preserve_goods(actor=customs.actor("gate_officer"), number=number, at=at)


def test_a_neighbor_of_another_office_answers_nothing(customs: World) -> None:
    at = now()
    number = settled(customs, at)
    ask(customs, number)
    customs.run_sql("UPDATE declarations_declaration SET office = '20BB' WHERE number = %s", number)
    with pytest.raises(NotFound):
        preserve_goods(actor=customs.actor("clearance_officer"), number=number, at=at)
    with pytest.raises(NotFound):
        preservation_of(actor=customs.actor("clearance_officer"), number=number)
