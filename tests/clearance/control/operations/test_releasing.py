"""Release and clearance: every unmet condition named at once, the green channel cleared by the program alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.clearance.control.gate import PROGRAM, checked, codes, lodged, plain, settled
from tests.world import World, import_document
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import Subscription, relay
from thongquan.clearance.control import handlers
from thongquan.clearance.control.models import SpecializedInspection
from thongquan.clearance.control.operations.channel import raise_channel
from thongquan.clearance.control.operations.releasing import clear_goods, release_goods
from thongquan.clearance.control.operations.reports import ask_check, log_time_outs, report_check
from thongquan.clearance.control.queries.conditions import conditions_of_declaration
from thongquan.clearance.declarations.operations import take_step
from thongquan.clearance.declarations.queries import events_of, stand_of
from thongquan.clearance.declarations.states import State, Step
from thongquan.rules.codes import Code
from thongquan.rules.document import Reference

WHY = "Chờ kết quả phân tích phân loại"
CLEARING = Subscription("test.clearing", handlers.CLEARING, handlers.clear_settled)


def state_of(customs: World, number: str) -> str:
    return stand_of(actor=customs.actor("clearance_officer"), number=number).state


def test_a_settled_green_declaration_is_cleared_with_one_ledger_row(customs: World) -> None:
    at = now()
    number = settled(customs, at)
    clear_goods(actor=customs.actor("clearance_officer"), number=number, at=at)
    assert state_of(customs, number) == State.CLEARED
    assert customs.run_sql("SELECT count(*) FROM ledger_entry WHERE action = 'declaration.clear'") == [(1,)]
    assert customs.run_sql("SELECT count(*) FROM core_outboxmessage WHERE kind = 'declaration.clear'") == [(1,)]


def test_everything_that_is_missing_is_named_at_once_and_nothing_is_written(customs: World) -> None:
    """The example import owes duties, is red, needs a radio permit, quarantine and a food safety check."""
    at = now()
    number = settled_in_name_only(customs, at)
    with pytest.raises(Refused) as refusal:
        clear_goods(actor=customs.actor("clearance_officer"), number=number, at=at)
    found = codes(refusal)
    assert found[:3] == [Code.TQ_CTL_060, Code.TQ_CTL_066, Code.TQ_CTL_067]
    assert {Code.TQ_CTL_061, Code.TQ_CTL_062, Code.TQ_CTL_063} <= set(found)
    lines = {(fault.code, fault.line) for fault in refusal.value.faults}
    assert {(Code.TQ_CTL_061, 3), (Code.TQ_CTL_062, 1), (Code.TQ_CTL_062, 2), (Code.TQ_CTL_063, 1)} <= lines
    assert state_of(customs, number) == State.SETTLED


def settled_in_name_only(customs: World, at: object) -> str:
    """In the state but with nothing paid: the books are asked, not the state."""
    number = lodged(customs, now(), channel=3, document=import_document())
    take_step(actor=PROGRAM, number=number, step=Step.SETTLE, at=now())
    return number


def test_papers_results_and_checks_meet_the_conditions_one_by_one(customs: World) -> None:
    at = now()
    document = import_document(permits=(Reference(number="GP-01"),))
    number = settled(customs, at, channel=3, document=document)
    officer = customs.actor("clearance_officer")

    def missing() -> set[str]:
        found = conditions_of_declaration(actor=officer, number=number, purpose="clear")
        return {one.why for one in found.missing}

    assert missing() == {Code.TQ_CTL_062, Code.TQ_CTL_063, Code.TQ_CTL_066, Code.TQ_CTL_067}
    specialized(number, "quarantine", "PQ", "failed")
    specialized(number, "specialized_inspection", "FS", "passed")
    assert missing() == {Code.TQ_CTL_062, Code.TQ_CTL_066, Code.TQ_CTL_067}
    specialized(number, "quarantine", "PQ", "passed", lines=[1])
    assert missing() == {Code.TQ_CTL_062, Code.TQ_CTL_066, Code.TQ_CTL_067}  # line 2 still waits
    specialized(number, "quarantine", "PQ", "passed", lines=[2])
    checked(customs, number, at, step=Step.DOCUMENTS_CHECKED, outcome="differs")
    assert missing() == {Code.TQ_CTL_066, Code.TQ_CTL_067}
    checked(customs, number, at, step=Step.DOCUMENTS_CHECKED)
    checked(customs, number, at, step=Step.GOODS_INSPECTED)
    assert missing() == set()
    clear_goods(actor=officer, number=number, at=at)
    assert state_of(customs, number) == State.CLEARED


def specialized(number: str, kind: str, code: str, result: str, lines: list[int] | None = None) -> None:
    at = now()
    SpecializedInspection.objects.create(
        declaration_id=int(number[:11]),
        kind=kind,
        code=code,
        agency="Trạm kiểm dịch",
        lines=lines or [],
        requested_at=at,
        requested_by="user:1",
        result=result,
        result_at=at,
        result_by="user:1",
    )


def test_an_amendment_makes_the_document_check_count_no_more_but_keeps_the_inspection(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    number = settled(customs, at, channel=3)
    checked(customs, number, at, step=Step.DOCUMENTS_CHECKED)
    checked(customs, number, at, step=Step.GOODS_INSPECTED, outcome="differs")
    found = conditions_of_declaration(actor=officer, number=number, purpose="clear")
    assert {one.why for one in found.missing} == {Code.TQ_CTL_067}
    take_step(actor=officer, number=number, step=Step.PROPOSE_CORRECTION, at=at)
    take_step(actor=customs.actor("team_leader"), number=number, step=Step.CONFIRM_CORRECTION, at=at)
    found = conditions_of_declaration(actor=officer, number=number, purpose="clear")
    assert {one.why for one in found.missing} == {Code.TQ_CTL_066, Code.TQ_CTL_067}
    checked(customs, number, at, step=Step.DOCUMENTS_CHECKED)
    found = conditions_of_declaration(actor=officer, number=number, purpose="clear")
    assert found.is_open


def test_the_green_channel_clears_by_itself_once_settled(customs: World) -> None:
    at = now()
    green, yellow = settled(customs, at), settled(customs, at, channel=2, document=plain(invoice="GX-2"))
    open_one = lodged(customs, at, document=plain(invoice="GX-3"))
    relay(CLEARING, at=at)
    assert [state_of(customs, number) for number in (green, yellow, open_one)] == ["cleared", "settled", "channeled"]
    event = events_of(green)[-1]
    assert (event.kind, event.actor, event.data["automatic"]) == ("clear", "system:clearance", True)
    relay(CLEARING, at=at)
    handlers.clear_settled([])
    assert customs.run_sql("SELECT count(*) FROM ledger_entry WHERE action = 'declaration.clear'") == [(1,)]
    assert customs.run_sql("SELECT count(*) FROM core_deadletter") == [(0,)]


def test_a_program_clears_nothing_but_green(customs: World) -> None:
    at = now()
    number = settled(customs, at, channel=2)
    checked(customs, number, at, step=Step.DOCUMENTS_CHECKED)
    with pytest.raises(NotAllowed):
        clear_goods(actor=system_actor("clearance"), number=number, at=at)
    with pytest.raises(NotAllowed):
        release_goods(actor=system_actor("clearance"), number=number, question="code", reason=WHY, at=at)


def test_release_waits_for_checks_asked_elsewhere_until_they_report_or_run_out_of_time(customs: World) -> None:
    at = now()
    number = settled(customs, at)
    finder, officer = system_actor("similar_goods"), customs.actor("clearance_officer")
    assert ask_check(actor=finder, number=number, name="similar_goods", deadline=at + timedelta(minutes=5), at=at)
    assert not ask_check(actor=finder, number=number, name="similar_goods", deadline=at, at=at)
    ask_check(actor=finder, number=number, name="papers", deadline=at + timedelta(minutes=1), at=at)
    relay(CLEARING, at=at)
    assert state_of(customs, number) == State.SETTLED
    with pytest.raises(Refused) as refusal:
        clear_goods(actor=officer, number=number, at=at)
    assert codes(refusal) == [Code.TQ_CTL_068, Code.TQ_CTL_068]
    assert log_time_outs(at=at) == 0
    assert log_time_outs(at=at + timedelta(minutes=2)) == 1
    told = [event.data for event in events_of(number) if event.kind == "report_check"]
    assert {"check": "papers", "outcome": "timed_out"} in told
    assert report_check(actor=finder, number=number, name="similar_goods", outcome="good", at=at)
    assert not report_check(actor=finder, number=number, name="similar_goods", outcome="good", at=at)
    relay(CLEARING, at=at)
    assert state_of(customs, number) == State.CLEARED
    assert log_time_outs(at=at + timedelta(hours=1)) == 0


def test_a_bad_report_holds_the_goods_until_an_officer_has_checked(customs: World) -> None:
    at = now()
    number = settled(customs, at)
    finder, officer = system_actor("similar_goods"), customs.actor("clearance_officer")
    with pytest.raises(NotFound):
        report_check(actor=finder, number=number, name="similar_goods", outcome="bad", at=at)
    ask_check(actor=finder, number=number, name="similar_goods", deadline=at, at=at)
    report_check(actor=finder, number=number, name="similar_goods", outcome="bad", at=at)
    with pytest.raises(Refused) as refusal:
        clear_goods(actor=officer, number=number, at=at)
    assert codes(refusal) == [Code.TQ_CTL_071]
    checked(customs, number, at + timedelta(minutes=1), step=Step.DOCUMENTS_CHECKED)
    clear_goods(actor=officer, number=number, at=at + timedelta(minutes=2))


def test_release_with_an_open_question_then_clearance_with_its_answer(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    number = settled(customs, at, channel=2)
    checked(customs, number, at, step=Step.DOCUMENTS_CHECKED)
    for question, reason in (("code", " "), ("everything", WHY)):
        with pytest.raises(Refused) as refusal:
            release_goods(actor=officer, number=number, question=question, reason=reason, at=at)
        assert codes(refusal) == [Code.TQ_CTL_051]
    release_goods(actor=officer, number=number, question="code", reason=WHY, at=at)
    assert state_of(customs, number) == State.RELEASED
    with pytest.raises(Refused) as unanswered:
        clear_goods(actor=officer, number=number, at=at)
    assert codes(unanswered) == [Code.TQ_CTL_069]
    clear_goods(actor=officer, number=number, result="Giữ nguyên mã số đã khai", at=at)
    assert state_of(customs, number) == State.CLEARED
    assert events_of(number)[-1].reason == "Giữ nguyên mã số đã khai"


def test_a_channel_raised_in_time_stops_the_program(customs: World) -> None:
    at = now()
    number = settled(customs, at)
    raise_channel(actor=system_actor("similar_goods"), number=number, channel=3, reason=WHY, at=at)
    relay(CLEARING, at=at)
    assert state_of(customs, number) == State.SETTLED


def test_a_stranger_and_those_who_may_not_release_are_refused(customs: World) -> None:
    at = now()
    number = settled(customs, at)
    with pytest.raises(NotFound):
        clear_goods(actor=customs.actor("partner_agency"), number=number, at=at)
    with pytest.raises(NotFound):
        conditions_of_declaration(actor=customs.actor("partner_agency"), number=number, purpose="clear")
    for role in ("declarant", "gate_officer", "risk_analyst", "director"):
        with pytest.raises(NotAllowed):
            clear_goods(actor=customs.actor(role), number=number, at=at)
    read_only = customs.token("clearance_officer", scopes=("declarations:read",))
    answer = customs.client("declarant").post(
        f"/api/v1/control/{number}/clear",
        "{}",
        content_type="application/json",
        headers={"authorization": f"Bearer {read_only}"},
    )
    assert answer.status_code == 403


def test_a_neighbor_of_another_office_releases_nothing(customs: World) -> None:
    at = now()
    number = settled(customs, at)
    customs.run_sql("UPDATE declarations_declaration SET office = '20BB' WHERE number = %s", number)
    with pytest.raises(NotFound):
        clear_goods(actor=customs.actor("clearance_officer"), number=number, at=at)
    with pytest.raises(NotFound):
        conditions_of_declaration(actor=customs.actor("team_leader"), number=number, purpose="clear")
