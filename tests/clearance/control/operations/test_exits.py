"""Exit slips at the gate: one vehicle, one gate, its hours, one use; also where a gate had no network."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connections

from tests.clearance.control.gate import GATE, PLATE, cleared, codes, everywhere, settled, slip_for
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.formats.slips import encode
from thongquan.clearance.control.operations.exits import Shown, Verdict, let_out, reconcile_uses
from thongquan.clearance.control.operations.releasing import clear_goods
from thongquan.clearance.control.operations.slips import issue_slip, withdraw_slip
from thongquan.clearance.control.queries.slips import double_uses, slip_key, slip_of, slips_of, uses_at
from thongquan.clearance.declarations.queries import events_of, stand_of
from thongquan.clearance.declarations.states import State
from thongquan.rules.codes import Code
from thongquan.rules.slips import Slip

HOURS = 4


def state_of(customs: World, number: str) -> str:
    return stand_of(actor=customs.actor("clearance_officer"), number=number).state


def why(verdict: Verdict) -> list[str]:
    return [fault.code for fault in verdict.faults]


def at_gate(customs: World, code: str, at: datetime, *, plate: str = PLATE, gate: str = GATE) -> Verdict:
    return let_out(actor=customs.actor("gate_officer"), code=code, plate=plate, gate=gate, at=at)


def test_a_slip_lets_its_vehicle_out_once(customs: World) -> None:
    at = now()
    number = cleared(customs, at)
    slip, code = slip_for(customs, number, at)
    assert (slip.number, slip.plate, slip.gate) == (number, PLATE, GATE)
    assert slip.valid_until - slip.valid_from == timedelta(hours=HOURS)
    verdict = at_gate(customs, code, at + timedelta(hours=1), plate="桂f-a1234")
    assert (verdict.verdict, why(verdict), verdict.others) == ("passed", [], 0)
    assert state_of(customs, number) == State.EXITED
    event = events_of(number)[-1]
    assert (event.kind, event.data["serial"], event.data["gate"]) == ("exit", slip.serial, GATE)
    assert customs.run_sql("SELECT count(*) FROM ledger_entry WHERE action = 'declaration.exit'") == [(1,)]
    assert slip_of(actor=customs.actor("declarant"), number=number, serial=slip.serial, at=at).state == "used"


def test_ten_characters_do_as_well_as_the_square(customs: World) -> None:
    at = now()
    number = cleared(customs, at)
    slip, _code = slip_for(customs, number, at)
    assert at_gate(customs, f"{slip.serial[:5]}-{slip.serial[5:].lower()}", at).passed


def test_tampered_forged_unknown_and_foreign_codes_are_refused_and_written_down(customs: World) -> None:
    at = now()
    number = cleared(customs, at)
    slip, code = slip_for(customs, number, at)
    forged = encode(slip, Ed25519PrivateKey.generate())
    tampered = code[:-30] + ("A" if code[-30] != "A" else "B") + code[-29:]
    shown = [(tampered, Code.TQ_CTL_081), (forged, Code.TQ_CTL_081), ("ZZZZZZZZZZ", Code.TQ_CTL_087)]
    for text, expected in [*shown, ("", Code.TQ_CTL_080), ("A\x00B", Code.TQ_CTL_080), ("hello", Code.TQ_CTL_080)]:
        verdict = at_gate(customs, text, at)
        assert (verdict.verdict, why(verdict)) == ("refused", [expected])
    assert state_of(customs, number) == State.CLEARED
    assert len(uses_at(actor=customs.actor("gate_officer"), gate=GATE, on=at.date())) == 6
    assert customs.run_sql("SELECT count(*) FROM ledger_entry WHERE action = 'slip.refused'") == [(6,)]
    assert at_gate(customs, code, at).passed


def test_a_slip_that_our_key_signed_but_nobody_issued_is_unknown(customs: World) -> None:
    """A copy of the key alone is not enough while there is network: the slip must be in the books as it stands."""
    at = now()
    slip, _code = slip_for(customs, cleared(customs, at), at)
    longer = Slip(**{**{name: getattr(slip, name) for name in slip.__struct_fields__}, "plate": "29C99999"})
    verdict = at_gate(customs, encode(longer, slip_key().private), at, plate="29C99999")
    assert (verdict.verdict, why(verdict)) == ("refused", [Code.TQ_CTL_087])


def test_expired_wrong_plate_and_wrong_gate_are_each_refused_with_their_reason(customs: World) -> None:
    at = now()
    number = cleared(customs, at)
    slip, code = slip_for(customs, number, at)
    assert why(at_gate(customs, code, slip.valid_until)) == [Code.TQ_CTL_082]
    assert why(at_gate(customs, code, slip.valid_from - timedelta(minutes=1))) == [Code.TQ_CTL_082]
    assert why(at_gate(customs, code, at, plate="29C12345")) == [Code.TQ_CTL_083]
    assert why(at_gate(customs, code, at, plate="")) == [Code.TQ_CTL_091]
    wide = everywhere(customs.actor("gate_officer"), "15BE")
    verdict = let_out(actor=wide, code=code, plate=PLATE, gate="LS02", at=at)
    assert (verdict.verdict, why(verdict)) == ("refused", [Code.TQ_CTL_084])
    assert verdict.faults[0].values["gate"] == GATE
    assert state_of(customs, number) == State.CLEARED


def test_a_second_use_is_named_with_gate_time_and_officer(customs: World) -> None:
    at = now()
    slip, code = slip_for(customs, cleared(customs, at), at)
    assert at_gate(customs, code, at).passed
    again = at_gate(customs, code, at + timedelta(minutes=9))
    assert (again.verdict, why(again)) == ("double", [Code.TQ_CTL_085])
    told = again.faults[0].values
    assert (told["gate"], told["officer"]) == (GATE, customs.actor("gate_officer").name)
    assert told["used_at"]
    assert customs.run_sql("SELECT count(*) FROM core_outboxmessage WHERE kind = 'slip.double_use'") == [(1,)]
    (row,) = double_uses(customs.actor("team_leader"))
    assert (row.serial, row.verdict) == (slip.serial, "double")
    assert GATE in row.first


def test_the_same_request_sent_twice_is_one_use(customs: World) -> None:
    at = now()
    _slip, code = slip_for(customs, cleared(customs, at), at)
    officer = customs.actor("gate_officer")
    for moment, known in ((at, False), (at + timedelta(seconds=2), True)):
        verdict = let_out(actor=officer, code=code, plate=PLATE, gate=GATE, attempt="a1", at=moment)
        assert (verdict.passed, verdict.known) == (True, known)


def test_two_gates_at_once_let_one_vehicle_out(customs: World) -> None:
    at = now()
    number = cleared(customs, at)
    _slip, code = slip_for(customs, number, at)
    officer = customs.actor("gate_officer")

    def show(place: int) -> str:
        try:
            moment = at + timedelta(seconds=place)
            return let_out(actor=officer, code=code, plate=PLATE, gate=GATE, at=moment).verdict
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as lanes:
        verdicts = sorted(lanes.map(show, range(6)))
    assert verdicts == ["double"] * 5 + ["passed"]
    assert customs.run_sql("SELECT count(*) FROM declarations_event WHERE kind = 'exit'") == [(1,)]


def test_offline_uses_are_taken_in_and_the_second_one_is_found(customs: World) -> None:
    """A gate without network let a vehicle out; another lane had let the same slip pass an hour before."""
    at = now()
    number = cleared(customs, at)
    slip, code = slip_for(customs, number, at)
    officer = customs.actor("gate_officer")
    first = Shown(code=code, plate=PLATE, gate=GATE, shown_at=at + timedelta(minutes=30))
    second = Shown(code=code, plate=PLATE, gate=GATE, shown_at=at + timedelta(minutes=90))
    later = at + timedelta(hours=6)  # uploaded after the slip's hours: they count at the moment it was shown
    verdicts = reconcile_uses(actor=officer, uses=[second, first], at=later)
    assert [verdict.verdict for verdict in verdicts] == ["passed", "double"]
    assert [verdict.shown.shown_at for verdict in verdicts] == [first.shown_at, second.shown_at]
    assert verdicts[1].faults[0].values["gate"] == GATE
    assert state_of(customs, number) == State.EXITED
    assert events_of(number)[-1].data["offline"] is True
    again = reconcile_uses(actor=officer, uses=[second, first], at=later)
    assert [(verdict.verdict, verdict.known) for verdict in again] == [("passed", True), ("double", True)]
    assert why(again[1]) == [Code.TQ_CTL_085]
    assert len(uses_at(actor=officer, gate=GATE, on=at.date())) == 2
    assert [row.serial for row in double_uses(officer)] == [slip.serial]


def test_an_offline_use_of_a_slip_that_passed_online_is_a_double_use(customs: World) -> None:
    at = now()
    _slip, code = slip_for(customs, cleared(customs, at), at)
    assert at_gate(customs, code, at).passed
    shown = Shown(code=code, plate=PLATE, gate=GATE, shown_at=at + timedelta(minutes=5))
    (verdict,) = reconcile_uses(actor=customs.actor("gate_officer"), uses=[shown], at=at + timedelta(hours=1))
    assert (verdict.verdict, why(verdict)) == ("double", [Code.TQ_CTL_085])


def test_offline_uses_outside_the_hours_or_dated_ahead_are_refused(customs: World) -> None:
    at = now()
    number = cleared(customs, at)
    slip, code = slip_for(customs, number, at)
    late = Shown(code=code, plate=PLATE, gate=GATE, shown_at=slip.valid_until)
    ahead = Shown(code=code, plate=PLATE, gate=GATE, shown_at=at + timedelta(hours=2))
    verdicts = reconcile_uses(actor=customs.actor("gate_officer"), uses=[late], at=slip.valid_until)
    assert why(verdicts[0]) == [Code.TQ_CTL_082]
    verdicts = reconcile_uses(actor=customs.actor("gate_officer"), uses=[ahead], at=at)
    assert why(verdicts[0]) == [Code.TQ_CTL_090]
    assert state_of(customs, number) == State.CLEARED


def test_several_vehicles_leave_one_by_one_and_the_last_one_is_the_exit(customs: World) -> None:
    at = now()
    number = cleared(customs, at)
    _one, first = slip_for(customs, number, at)
    _two, second = slip_for(customs, number, at, plate="29C-12345")
    verdict = at_gate(customs, first, at)
    assert (verdict.passed, verdict.others) == (True, 1)
    assert state_of(customs, number) == State.CLEARED
    assert at_gate(customs, second, at, plate="29C12345").passed
    assert state_of(customs, number) == State.EXITED


def test_a_slip_needs_released_goods_a_plate_a_gate_of_the_office_and_no_open_one(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    number = settled(customs, at)
    with pytest.raises(Refused) as refusal:
        issue_slip(actor=officer, number=number, plate=" ", gate="LS05", at=at)
    assert codes(refusal) == [Code.TQ_LIF_001, Code.TQ_CTL_088, Code.TQ_CTL_091]
    with pytest.raises(Refused) as undeclared:
        issue_slip(actor=customs.actor("declarant"), number=number, plate="29C12345", at=at)
    assert Code.TQ_CTL_083 in codes(undeclared)
    ready = cleared_again(customs, number, at)
    issue_slip(actor=customs.actor("declarant"), number=ready, plate=PLATE, at=at)
    with pytest.raises(Refused) as twice:
        issue_slip(actor=officer, number=ready, plate="桂F A1234", at=at)
    assert codes(twice) == [Code.TQ_CTL_089]
    issue_slip(actor=officer, number=ready, plate=PLATE, at=at + timedelta(hours=HOURS, minutes=1))


def cleared_again(customs: World, number: str, at: datetime) -> str:
    clear_goods(actor=customs.actor("clearance_officer"), number=number, at=at)
    return number


def test_a_withdrawn_slip_lets_nobody_out_and_a_used_one_is_not_withdrawn(customs: World) -> None:
    at, officer = now(), customs.actor("gate_officer")
    number = cleared(customs, at)
    slip, code = slip_for(customs, number, at)
    with pytest.raises(Refused) as silent:
        withdraw_slip(actor=officer, number=number, serial=slip.serial, reason="", at=at)
    assert codes(silent) == [Code.TQ_CTL_051]
    withdraw_slip(actor=officer, number=number, serial=slip.serial, reason="Đổi xe do hỏng", at=at)
    assert why(at_gate(customs, code, at)) == [Code.TQ_CTL_086]
    other, other_code = slip_for(customs, number, at)
    assert at_gate(customs, other_code, at).passed
    with pytest.raises(Refused) as used:
        withdraw_slip(actor=officer, number=number, serial=other.serial, reason="Đổi xe do hỏng", at=at)
    assert codes(used) == [Code.TQ_CTL_085]
    with pytest.raises(NotFound):
        withdraw_slip(actor=officer, number=number, serial="0000000000", reason="Đổi xe do hỏng", at=at)


def test_a_stranger_at_the_gate_is_refused(customs: World) -> None:
    at = now()
    number = cleared(customs, at)
    slip, code = slip_for(customs, number, at)
    for role in ("declarant", "broker", "risk_analyst", "internal_control", "partner_agency"):
        with pytest.raises(NotAllowed):
            let_out(actor=customs.actor(role), code=code, plate=PLATE, gate=GATE, at=at)
        with pytest.raises(NotAllowed):
            reconcile_uses(
                actor=customs.actor(role), uses=[Shown(code=code, plate=PLATE, gate=GATE, shown_at=at)], at=at
            )
    with pytest.raises(NotAllowed):
        withdraw_slip(actor=customs.actor("declarant"), number=number, serial=slip.serial, reason="Đổi xe", at=at)
    with pytest.raises(NotFound):
        slips_of(actor=customs.actor("partner_agency"), number=number, at=at)
    assert customs.run_sql("SELECT count(*) FROM control_slipuse") == [(0,)]


def test_a_neighbor_gate_is_not_ours(customs: World) -> None:
    at = now()
    _slip, code = slip_for(customs, cleared(customs, at), at)
    officer = customs.actor("gate_officer")
    with pytest.raises(NotAllowed):
        let_out(actor=officer, code=code, plate=PLATE, gate="LS02", at=at)
    with pytest.raises(Refused) as nowhere:
        let_out(actor=officer, code=code, plate=PLATE, gate="XX99", at=at)
    assert codes(nowhere) == [Code.TQ_CTL_088]
    with pytest.raises(NotFound):
        uses_at(actor=officer, gate="LS02", on=at.date())


def test_the_ledger_holds_no_plate(customs: World) -> None:
    at = now()
    _slip, code = slip_for(customs, cleared(customs, at), at)
    at_gate(customs, code, at)
    rows = customs.run_sql(
        "SELECT details::text FROM ledger_entry WHERE action LIKE 'slip.%%' OR action LIKE '%%.exit'"
    )
    assert len(rows) == 2
    assert [row for row in rows if "FA1234" in row[0]] == []
