"""The document check: due or not, saved as one goes, concluded with everything that differs kept apart."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connections

from tests.clearance.control.yard import filled_check, lodged, officers
from tests.world import World
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.operations.checks import conclude_document_check, open_document_check, save_point
from thongquan.clearance.control.queries.checks import check_file, documents_outcome
from thongquan.clearance.control.queries.lists import count_waiting, documents_to_check
from thongquan.clearance.declarations.operations.placing import place_unplaced
from thongquan.clearance.declarations.queries import events_of
from thongquan.rules.codes import Code


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {fault.code for fault in refusal.value.faults}


def test_a_check_that_agrees_is_one_step_with_one_ledger_row(customs: World) -> None:
    at = now()
    officer, number = customs.actor("clearance_officer"), lodged(customs, at, channel=2)
    assert [one.stand.number for one in documents_to_check(actor=officer, at=at)] == [number]
    filled_check(officer, number, at)
    stand = conclude_document_check(actor=officer, number=number, at=at)
    assert documents_outcome(stand.key, 0) == "agrees"
    assert documents_to_check(actor=officer, at=at) == []
    event = events_of(number)[-1]
    assert (event.kind, event.data["outcome"], event.data["findings"]) == ("documents_checked", "agrees", {})
    sql = "SELECT count(*) FROM {} WHERE {} = 'declaration.documents_checked'"
    assert customs.run_sql(sql.format("ledger_entry", "action")) == [(1,)]
    assert customs.run_sql(sql.format("core_outboxmessage", "kind")) == [(1,)]
    assert customs.run_sql("SELECT kind, declared, found FROM control_finding") == [("none", "", "")]


def test_what_differs_is_kept_apart_from_what_was_declared(customs: World) -> None:
    at = now()
    officer, number = customs.actor("clearance_officer"), lodged(customs, at, channel=2)
    filled_check(officer, number, at, invoice="120.000 CNY", origin="VN")
    stand = conclude_document_check(actor=officer, number=number, at=at, note="Hóa đơn ghi số khác")
    assert documents_outcome(stand.key, stand.version) == "differs"
    rows = customs.run_sql("SELECT kind, declared, found, line FROM control_finding ORDER BY kind")
    assert [(row[0], row[2], row[3]) for row in rows] == [("origin", "VN", 1), ("value", "120.000 CNY", 1)]
    assert "GX-2611-001" in rows[1][1]
    assert "Hóa đơn" not in str(customs.run_sql("SELECT details FROM ledger_entry"))
    assert events_of(number)[-1].reason == "Hóa đơn ghi số khác"


def test_points_are_saved_as_one_goes_and_everything_open_is_told_at_once(customs: World) -> None:
    at = now()
    officer, number = customs.actor("clearance_officer"), lodged(customs, at, channel=2)
    open_document_check(actor=officer, number=number, at=at)
    save_point(actor=officer, number=number, code="invoice", outcome="differs", at=at)
    save_point(actor=officer, number=number, code="goods", outcome="missing", note="Thiếu phiếu đóng gói", at=at)
    file = check_file(actor=officer, number=number)
    assert {point.law.code: point.outcome for point in file.points}["goods"] == "missing"
    assert file.left == len(file.points) - 2
    with pytest.raises(Refused) as refusal:
        conclude_document_check(actor=officer, number=number, at=at)
    assert codes(refusal) == {Code.TQ_CTL_003, Code.TQ_CTL_004}
    assert check_file(actor=officer, number=number).is_open


def test_the_regime_adds_its_points(customs: World) -> None:
    at = now()
    number = lodged(customs, at, channel=2)
    points = {one.law.code: one for one in check_file(actor=customs.actor("clearance_officer"), number=number).points}
    assert {"invoice", "goods", "origin"} <= set(points)
    assert "temporary" not in points
    assert "GX-2611-001" in [value for _label, value in points["invoice"].values]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"code": "nonsense"}, Code.TQ_CTL_005),
        ({"outcome": "perhaps"}, Code.TQ_CTL_005),
        ({"line": 77}, Code.TQ_CTL_014),
    ],
)
def test_a_point_that_is_none_is_refused(customs: World, given: dict[str, object], code: Code) -> None:
    at = now()
    officer, number = customs.actor("clearance_officer"), lodged(customs, at, channel=2)
    open_document_check(actor=officer, number=number, at=at)
    with pytest.raises(Refused) as refusal:
        save_point(actor=officer, number=number, at=at, **{"code": "invoice", "outcome": "agrees", **given})  # type: ignore[arg-type]  # wrong on purpose
    assert codes(refusal) == {code}


def test_a_green_declaration_is_due_no_check(customs: World) -> None:
    at = now()
    officer, number = customs.actor("clearance_officer"), lodged(customs, at, channel=1)
    customs.run_sql("UPDATE declarations_declaration SET channel = 1")
    with pytest.raises(Refused) as refusal:
        open_document_check(actor=officer, number=number, at=at)
    assert codes(refusal) == {Code.TQ_CTL_001}
    assert documents_to_check(actor=officer, at=at) == []


def test_a_concluded_check_is_closed_and_a_second_opening_gives_the_open_one(customs: World) -> None:
    at = now()
    officer, number = customs.actor("clearance_officer"), lodged(customs, at, channel=2)
    first = open_document_check(actor=officer, number=number, at=at)
    assert open_document_check(actor=officer, number=number, at=at) == first
    filled_check(officer, number, at)
    conclude_document_check(actor=officer, number=number, at=at)
    for verb in (
        lambda: save_point(actor=officer, number=number, code="invoice", outcome="differs", at=at),
        lambda: conclude_document_check(actor=officer, number=number, at=at),
    ):
        with pytest.raises(Refused) as refusal:
            verb()
        assert codes(refusal) == {Code.TQ_CTL_002}


def test_an_amendment_overtakes_an_open_check(customs: World) -> None:
    at = now()
    officer, number = customs.actor("clearance_officer"), lodged(customs, at, channel=2)
    filled_check(officer, number, at)
    customs.run_sql(
        "INSERT INTO declarations_version (declaration_id, version, at, actor, document, facts, decision, law_version,"
        " rules_release) SELECT declaration_id, 1, at, actor, document, facts, decision, law_version, rules_release"
        " FROM declarations_version"
    )
    customs.run_sql("UPDATE declarations_declaration SET version = 1")
    with pytest.raises(Refused) as refusal:
        conclude_document_check(actor=officer, number=number, at=at)
    assert Code.TQ_CTL_006 in codes(refusal)
    open_document_check(actor=officer, number=number, at=at)
    file = check_file(actor=officer, number=number)
    assert (file.version, file.left) == (1, len(file.points))
    assert customs.run_sql("SELECT outcome FROM control_documentcheck ORDER BY id") == [("stale",), ("",)]


def test_a_stranger_a_trader_and_a_neighbor_are_refused(customs: World) -> None:
    at = now()
    number = lodged(customs, at, channel=2)
    elsewhere = lodged(customs, at, channel=2, office="20BB", invoice="GX-9")
    for actor, target, error in (
        (customs.actor("partner_agency"), number, NotFound),
        (customs.actor("declarant"), number, NotAllowed),
        (customs.actor("gate_officer"), number, NotAllowed),
        (customs.actor("clearance_officer"), elsewhere, NotFound),
    ):
        with pytest.raises(error):
            open_document_check(actor=actor, number=target, at=at)
    with pytest.raises(NotAllowed):
        check_file(actor=customs.actor("declarant"), number=number)
    assert customs.run_sql("SELECT count(*) FROM control_documentcheck") == [(0,)]


def test_two_officers_conclude_at_once_and_one_of_them_wins(customs: World) -> None:
    at = now()
    both, number = officers(customs, at, count=2), lodged(customs, at, channel=2)
    filled_check(both[0], number, at)

    def conclude(actor: Actor) -> str:
        try:
            conclude_document_check(actor=actor, number=number, at=at)
        except Refused as refused:
            return refused.faults[0].code
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(conclude, both))
    assert results == [Code.TQ_CTL_002, "done"]
    assert [event.kind for event in events_of(number)].count("documents_checked") == 1


def test_the_desk_counts_what_waits(customs: World) -> None:
    at: datetime = now()
    officer = customs.actor("clearance_officer")
    lodged(customs, at, channel=2)
    number = lodged(customs, at, channel=2, invoice="GX-2")
    place_unplaced(at=at)
    assert count_waiting(officer) == 2
    filled_check(officer, number, at)
    conclude_document_check(actor=officer, number=number, at=at)
    assert count_waiting(officer) == 1
    assert count_waiting(customs.actor("declarant")) == 0
