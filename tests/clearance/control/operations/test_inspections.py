"""The goods inspection: officers drawn and not chosen, findings apart from what was declared, two signatures."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connections

from tests.clearance.control.yard import (
    act_of,
    agreeing,
    drawn,
    filled_check,
    lodged,
    officers,
    put_on_duty,
    routers,
)
from tests.world import World
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.operations.acts import (
    note_finding,
    save_line,
    save_place,
    sign_act,
    take_back_finding,
)
from thongquan.clearance.control.operations.checks import conclude_document_check
from thongquan.clearance.control.operations.duty import withdraw_turn
from thongquan.clearance.control.operations.inspections import assign_inspection, reassign_officer
from thongquan.clearance.control.queries.inspections import Measured, findings_of, goods_outcome
from thongquan.clearance.control.queries.lists import count_waiting, goods_to_inspect, inspections_of_mine
from thongquan.clearance.declarations.operations.placing import place_unplaced
from thongquan.clearance.declarations.queries import document_in_force, events_of
from thongquan.rules.codes import Code

LINES = range(1, 6)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {fault.code for fault in refusal.value.faults}


def test_two_officers_on_duty_are_drawn_and_told_in_the_ledger(customs: World) -> None:
    at = now()
    team, number = officers(customs, at, count=4), lodged(customs, at)
    stand = assign_inspection(actor=customs.actor("clearance_officer"), number=number, at=at)
    pair = [one.officer for one in act_of(team[0], number).assigned]
    assert len(set(pair)) == 2
    assert set(pair) <= {one.reference for one in team}
    event = events_of(number)[-1]
    assert (event.kind, event.data["officers"]) == ("assign_inspection", pair)
    details = customs.run_sql("SELECT details FROM ledger_entry WHERE action = 'declaration.assign_inspection'")
    assert len(details) == 1
    assert goods_outcome(stand.key) == ""
    mine = [one for one in team if inspections_of_mine(actor=one, at=at)]
    assert sorted(one.reference for one in mine) == sorted(pair)


def test_who_checked_the_documents_inspects_only_when_nobody_else_is_there(customs: World) -> None:
    at = now()
    team = officers(customs, at, count=3)
    for place in range(4):
        number = lodged(customs, at, invoice=f"GX-{place}")
        filled_check(team[0], number, at)
        conclude_document_check(actor=team[0], number=number, at=at)
        assign_inspection(actor=team[0], number=number, at=at)
        assert team[0].reference not in [one.officer for one in act_of(team[1], number).assigned]


def test_too_few_on_duty_is_told_with_the_remedy(customs: World) -> None:
    at = now()
    team, number = officers(customs, at, count=2, on_duty=False), lodged(customs, at)
    put_on_duty(customs, team[0], at)
    with pytest.raises(Refused) as refusal:
        assign_inspection(actor=team[0], number=number, at=at)
    assert codes(refusal) == {Code.TQ_CTL_007}
    assert refusal.value.faults[0].values == {"count": "1", "needed": "2"}
    put_on_duty(customs, team[1], at)
    assign_inspection(actor=team[0], number=number, at=at)
    with pytest.raises(Refused) as refusal:
        assign_inspection(actor=team[0], number=number, at=at)
    assert codes(refusal) == {Code.TQ_CTL_008}


def test_a_turn_of_yesterday_or_withdrawn_is_no_duty(customs: World) -> None:
    at = now()
    team, number = officers(customs, at, count=2, on_duty=False), lodged(customs, at)
    put_on_duty(customs, team[0], at)
    put_on_duty(customs, team[1], at - timedelta(days=3))
    withdraw_turn(actor=customs.actor("team_leader"), turn_id=put_on_duty(customs, team[1], at), at=at)
    with pytest.raises(Refused) as refusal:
        assign_inspection(actor=team[0], number=number, at=at)
    assert codes(refusal) == {Code.TQ_CTL_007}


def test_a_yellow_declaration_is_not_inspected(customs: World) -> None:
    at = now()
    team, number = officers(customs, at), lodged(customs, at, channel=2)
    with pytest.raises(Refused) as refusal:
        assign_inspection(actor=team[0], number=number, at=at)
    assert codes(refusal) == {Code.TQ_CTL_001}


def test_a_team_leader_replaces_an_officer_with_a_reason_and_the_next_is_drawn(customs: World) -> None:
    at = now()
    team, number = officers(customs, at, count=4), lodged(customs, at)
    leader = customs.actor("team_leader")
    assign_inspection(actor=team[0], number=number, at=at)
    gone, stays = drawn(team[0], number, team)
    for actor, reason, error in ((team[0], "ốm", NotAllowed), (leader, "  ", Refused)):
        with pytest.raises(error):
            reassign_officer(actor=actor, number=number, officer=gone.reference, reason=reason, at=at)
    reassign_officer(actor=leader, number=number, officer=gone.reference, reason="Nghỉ ốm đột xuất", at=at)
    after = [one.officer for one in act_of(team[0], number).assigned]
    assert stays.reference in after
    assert gone.reference not in after
    event = events_of(number)[-1]
    assert (event.reason, event.data["replaced"]) == ("Nghỉ ốm đột xuất", gone.reference)
    with pytest.raises(Refused) as refusal:
        save_line(actor=gone, number=number, measured=agreeing(1), at=at)
    assert codes(refusal) == {Code.TQ_CTL_009}
    with pytest.raises(Refused) as refusal:
        reassign_officer(actor=leader, number=number, officer=gone.reference, reason="again", at=at)
    assert codes(refusal) == {Code.TQ_CTL_009}


def begun(customs: World, *, count: int = 2) -> tuple[str, list[Actor]]:
    """An inspection under way and its two officers."""
    at = now()
    team, number = officers(customs, at, count=count), lodged(customs, at)
    assign_inspection(actor=team[0], number=number, at=at)
    return number, drawn(team[0], number, team)


def filled(actor: Actor, number: str, *, but: int = 0) -> None:
    for line in LINES:
        if line != but:
            save_line(actor=actor, number=number, measured=agreeing(line), at=now())


def test_an_act_that_agrees_is_signed_by_two_and_concludes(customs: World) -> None:
    number, (first, second) = begun(customs)
    filled(first, number)
    save_place(actor=first, number=number, place="Bãi số 2", note="Hàng đúng khai báo", at=now())
    digest = act_of(first, number).digest
    assert sign_act(actor=first, number=number, digest=digest, at=now()) is None
    assert events_of(number)[-1].kind == "assign_inspection"
    with pytest.raises(Refused) as refusal:
        sign_act(actor=first, number=number, digest=digest, at=now())
    assert codes(refusal) == {Code.TQ_CTL_011}
    stand = sign_act(actor=second, number=number, digest=digest, at=now())
    assert stand is not None
    event = events_of(number)[-1]
    assert (event.kind, event.data["outcome"], event.data["findings"]) == ("goods_inspected", "agrees", {})
    assert goods_outcome(stand.key) == "agrees"
    assert customs.run_sql("SELECT kind, count(*) FROM control_finding GROUP BY kind") == [("none", 5)]
    assert findings_of(stand.key) == []
    with pytest.raises(Refused) as refusal:
        save_line(actor=first, number=number, measured=agreeing(1), at=now())
    assert codes(refusal) == {Code.TQ_CTL_002}


def test_findings_stand_beside_the_declared_value_and_never_overwrite_it(customs: World) -> None:
    number, (first, second) = begun(customs)
    declared = document_in_force(number).lines[2]
    filled(first, number, but=3)
    measured = Measured(line=3, agrees=False, quantity=Decimal(340), unit="PCE", net_weight_kg=Decimal("4100.5"))
    save_line(actor=second, number=number, measured=measured, at=now())
    note_finding(actor=second, number=number, kind="quantity", line=3, found="340", unit="PCE", at=now())
    note_finding(actor=first, number=number, kind="origin", line=3, found="TW", note="Nhãn trên thùng", at=now())
    digest = act_of(first, number).digest
    sign_act(actor=first, number=number, digest=digest, at=now())
    stand = sign_act(actor=second, number=number, digest=digest, at=now())
    assert stand is not None
    found = {one.kind: (one.declared, one.found) for one in findings_of(stand.key)}
    assert found == {"quantity": ("300 PCE", "340"), "origin": ("CN", "TW")}
    assert document_in_force(number).lines[2] == declared
    assert events_of(number)[-1].data["findings"] == {"quantity": 1, "origin": 1}
    assert goods_outcome(stand.key) == "differs"
    details = customs.run_sql("SELECT details FROM ledger_entry WHERE action = 'declaration.goods_inspected'")
    assert "Nhãn" not in str(details)


def test_an_unfinished_or_contradicting_act_is_not_signed(customs: World) -> None:
    number, (first, second) = begun(customs)
    save_line(actor=first, number=number, measured=Measured(line=1, agrees=False), at=now())
    save_line(actor=first, number=number, measured=Measured(line=2, agrees=True, quantity=Decimal(1)), at=now())
    with pytest.raises(Refused) as refusal:
        sign_act(actor=second, number=number, digest=act_of(first, number).digest, at=now())
    assert [(fault.code, fault.line) for fault in refusal.value.faults] == [
        (Code.TQ_CTL_012, 3),
        (Code.TQ_CTL_013, 1),
        (Code.TQ_CTL_013, 2),
    ]


def test_a_change_voids_signatures_and_what_was_not_read_is_not_signed(customs: World) -> None:
    number, (first, second) = begun(customs)
    filled(first, number)
    digest = act_of(first, number).digest
    sign_act(actor=first, number=number, digest=digest, at=now())
    finding = note_finding(actor=second, number=number, kind="ipr", line=4, found="Nhãn giả", at=now())
    assert [one.signed_at for one in act_of(first, number).assigned] == [None, None]
    with pytest.raises(Refused) as refusal:
        sign_act(actor=second, number=number, digest=digest, at=now())
    assert codes(refusal) == {Code.TQ_CTL_010, Code.TQ_CTL_013}
    take_back_finding(actor=second, number=number, finding_id=finding, at=now())
    assert act_of(first, number).digest == digest
    with pytest.raises(Refused) as refusal:
        take_back_finding(actor=second, number=number, finding_id=finding, at=now())
    assert codes(refusal) == {Code.TQ_CTL_018}


def test_an_amendment_meanwhile_is_noticed_before_signing(customs: World) -> None:
    number, (first, second) = begun(customs)
    filled(first, number)
    customs.run_sql(
        "INSERT INTO declarations_version (declaration_id, version, at, actor, document, facts, decision, law_version,"
        " rules_release) SELECT declaration_id, 1, at, actor, document, facts, decision, law_version, rules_release"
        " FROM declarations_version"
    )
    customs.run_sql("UPDATE declarations_declaration SET version = 1")
    with pytest.raises(Refused) as refusal:
        sign_act(actor=first, number=number, digest=act_of(first, number).digest, at=now())
    assert codes(refusal) == {Code.TQ_CTL_006}
    save_line(actor=second, number=number, measured=agreeing(1), at=now())
    assert sign_act(actor=first, number=number, digest=act_of(first, number).digest, at=now()) is None


@pytest.mark.parametrize(
    ("given", "code"),
    [({"kind": "none"}, Code.TQ_CTL_005), ({"line": 9}, Code.TQ_CTL_014), ({"found": " "}, Code.TQ_CTL_004)],
)
def test_a_finding_needs_kind_line_and_what_was_found(customs: World, given: dict[str, object], code: Code) -> None:
    number, (first, _second) = begun(customs)
    with pytest.raises(Refused) as refusal:
        note_finding(actor=first, number=number, at=now(), **{"kind": "code", "line": 1, "found": "08083090", **given})  # type: ignore[arg-type]  # wrong on purpose
    assert codes(refusal) == {code}
    assert customs.run_sql("SELECT count(*) FROM control_finding") == [(0,)]


def test_a_stranger_and_a_neighbor_touch_no_inspection(customs: World) -> None:
    number, (first, _second) = begun(customs)
    other = officers(customs, now(), count=1, office="15BC", on_duty=False)[0]
    for actor, error in (
        (customs.actor("partner_agency"), NotFound),
        (other, NotFound),
        (customs.actor("declarant"), NotAllowed),
        (customs.actor("clearance_officer"), Refused),
    ):
        with pytest.raises(error):
            save_line(actor=actor, number=number, measured=agreeing(1), at=now())
        with pytest.raises(error):
            sign_act(actor=actor, number=number, digest=act_of(first, number).digest, at=now())
    for actor, refused in ((other, NotFound), (customs.actor("declarant"), NotAllowed)):
        with pytest.raises(refused):
            assign_inspection(actor=actor, number=number, at=now())


def test_two_sign_at_once_and_the_inspection_ends_once(customs: World) -> None:
    number, (first, second) = begun(customs)
    filled(first, number)
    digest = act_of(first, number).digest

    def sign(actor: Actor) -> bool:
        try:
            return sign_act(actor=actor, number=number, digest=digest, at=now()) is not None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(sign, (first, second)))
    assert sorted(ended) == [False, True]
    assert [event.kind for event in events_of(number)].count("goods_inspected") == 1
    assert customs.run_sql("SELECT count(*) FROM control_signature WHERE void_at IS NULL") == [(2,)]


def test_two_assign_at_once_and_one_draw_stands(customs: World) -> None:
    at = now()
    team, number = officers(customs, at, count=4), lodged(customs, at)

    def assign(actor: Actor) -> str:
        try:
            assign_inspection(actor=actor, number=number, at=at)
        except Refused as refused:
            return refused.faults[0].code
        else:
            return "drawn"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(assign, team[:2])) == [Code.TQ_CTL_008, "drawn"]


def test_perishable_goods_come_first_in_the_list(customs: World) -> None:
    at = now()
    team = officers(customs, at)
    lines = lodged(customs, at - timedelta(hours=2), document=routers("GX-1"))
    fruit = lodged(customs, at - timedelta(hours=1), invoice="GX-2")
    found = goods_to_inspect(actor=team[0], at=at)
    assert [(one.stand.number, one.first) for one in found] == [(fruit, True), (lines, False)]
    assign_inspection(actor=team[0], number=lines, at=at)
    mine = [one for one in team if inspections_of_mine(actor=one, at=at)]
    place_unplaced(at=at)
    assert all(count_waiting(one) == 3 for one in mine)
