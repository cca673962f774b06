"""Taking a step: state, event, ledger row and message in one transaction, for those who may."""

from __future__ import annotations

from datetime import datetime

import msgspec
import pytest

from tests.world import World, import_document
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations import lodge_declaration, take_step
from thongquan.clearance.declarations.queries import events_of, stand_by_subject, stand_of
from thongquan.clearance.declarations.states import State, Step
from thongquan.rules.codes import Code


def lodged(customs: World, at: datetime) -> str:
    """The number of a fresh import."""
    return lodge_declaration(actor=customs.actor("declarant"), document=import_document(), at=at, source="api").number


def test_a_step_writes_state_event_ledger_and_message_together(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    officer = customs.actor("clearance_officer")
    stand = take_step(
        actor=officer, number=number, step=Step.INSTRUCT, at=at, reason="Sửa mã HS dòng 2", details={"fields": 1}
    )
    assert stand.state == State.INSTRUCTED
    told = events_of(number)
    assert [(one.kind, one.state) for one in told] == [("lodged", "channeled"), ("instruct", "instructed")]
    assert told[1].reason == "Sửa mã HS dòng 2"
    rows = customs.run_sql("SELECT details FROM ledger_entry WHERE action = 'declaration.instruct'")
    assert len(rows) == 1
    assert "Sửa mã" not in str(rows)
    sent = customs.run_sql("SELECT subject, payload FROM core_outboxmessage WHERE kind = 'declaration.instruct'")
    assert sent[0][0] == stand.subject
    assert msgspec.json.decode(bytes(sent[0][1]))["state"] == "instructed"


def test_a_state_that_does_not_allow_the_step_is_named_and_nothing_is_written(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    with pytest.raises(Refused) as refusal:
        take_step(actor=customs.actor("clearance_officer"), number=number, step=Step.RELEASE, at=at)
    fault = refusal.value.faults[0]
    assert (fault.code, fault.values["state"]) == (Code.TQ_LIF_001, "channeled")
    assert customs.run_sql("SELECT count(*) FROM declarations_event") == [(0,)]
    assert stand_of(actor=customs.actor("declarant"), number=number).state == State.CHANNELED


def test_a_stranger_and_a_role_without_the_permission_are_refused(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    with pytest.raises(NotFound):
        take_step(actor=customs.actor("partner_agency"), number=number, step=Step.INSTRUCT, at=at)
    with pytest.raises(NotAllowed):
        take_step(actor=customs.actor("declarant"), number=number, step=Step.INSTRUCT, at=at)
    with pytest.raises(NotAllowed):
        take_step(actor=customs.actor("clearance_officer"), number=number, step=Step.SETTLE, at=at)


def test_the_installation_settles_and_any_of_the_ten_numbers_finds_it(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    stand = take_step(actor=system_actor("revenue"), number=f"{number[:11]}7", step=Step.SETTLE, at=at)
    assert stand.state == State.SETTLED
    assert stand_by_subject(stand.subject) == stand
    assert stand_by_subject("declaration:999999999999") is None
