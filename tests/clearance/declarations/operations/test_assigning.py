"""Who handles a declaration, and the columns of queues that every step keeps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.clearance.declarations.views.test_drafts import lodged
from tests.world import World, import_document
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import relay
from thongquan.clearance.declarations.models import Declaration
from thongquan.clearance.declarations.operations import take_step
from thongquan.clearance.declarations.operations.assigning import (
    assign_declaration,
    give_back_declaration,
    take_declaration,
)
from thongquan.clearance.declarations.operations.placing import place_unplaced
from thongquan.clearance.declarations.queries.clocks import clocks_that_matter
from thongquan.clearance.declarations.queries.files import Filters, worklist
from thongquan.clearance.declarations.queries.places import NO_CLOCK
from thongquan.clearance.declarations.states import Step
from thongquan.config.subscriptions import SUBSCRIPTIONS
from thongquan.rules.codes import Code


def relayed() -> None:
    """Let every consumer read what was announced."""
    for _round in range(2):
        for subscription in SUBSCRIPTIONS:
            relay(subscription, at=now())


def row_of(number: str) -> Declaration:
    return Declaration.objects.get(number=number)


def kept(number: str) -> tuple[str, str]:
    row = row_of(number)
    return row.waiting_for, row.due_clock


def refused(call: Any) -> set[Code]:
    with pytest.raises(Refused) as caught:
        call()
    return {fault.code for fault in caught.value.faults}


def test_columns_follow_the_clocks_from_lodging_on(customs: World) -> None:
    number = lodged(customs.client("broker"))
    Declaration.objects.filter(number=number).update(channel=3)
    assert row_of(number).rank is None, "lodging itself writes none of them"
    relayed()
    trader, officer = customs.actor("broker"), customs.actor("clearance_officer")
    row = row_of(number)
    assert row.waiting_for == "declarant"
    assert row.due_at is not None
    assert row.rank == int(row.due_at.timestamp())
    assert row.is_perishable, "apples are fresh goods"
    take_step(actor=trader, number=number, step=Step.FILE_DOCUMENTS, at=now())
    assert kept(number) == ("customs", "document_check")
    take_step(actor=trader, number=number, step=Step.PRESENT_GOODS, at=now())
    row = row_of(number)
    rows, _more = worklist(actor=officer, filters=Filters())
    due = clocks_that_matter(actor=officer, rows=rows, at=now())[number]
    assert (row.due_clock, row.due_at) == (due.clock.name, due.clock.due_at)
    assert row.rank is not None
    assert row.rank < 0, "live and perishable goods are inspected first"
    take_step(actor=officer, number=number, step=Step.INSTRUCT, at=now())
    take_step(actor=officer, number=number, step=Step.GOODS_INSPECTED, at=now())
    assert kept(number) == ("declarant", "amendment_on_request")
    take_step(actor=officer, number=number, step=Step.CANCEL, at=now())
    assert kept(number) == ("", "")


def test_what_is_checked_and_settled_waits_for_customs_to_release_it(customs: World) -> None:
    number = lodged(customs.client("broker"))
    Declaration.objects.filter(number=number).update(channel=2)
    trader, officer = customs.actor("broker"), customs.actor("clearance_officer")
    take_step(actor=trader, number=number, step=Step.FILE_DOCUMENTS, at=now())
    take_step(actor=officer, number=number, step=Step.DOCUMENTS_CHECKED, at=now())
    assert kept(number)[0] == "declarant"
    Declaration.objects.filter(number=number).update(state="settled")
    take_step(actor=officer, number=number, step=Step.TAKE, at=now(), assigned_to=officer.reference)
    assert kept(number) == ("customs", "")
    assert row_of(number).rank == NO_CLOCK


def test_older_rows_are_placed_once_and_again_when_the_law_changed(customs: World) -> None:
    client, invoice = customs.client("broker"), import_document().invoice
    assert invoice is not None
    numbers = [lodged(client, invoice=replace(invoice, number=f"B-{place}")) for place in range(2)]
    assert place_unplaced(at=now()) == 2
    assert {kept(number)[0] for number in numbers} == {"declarant"}
    assert place_unplaced(at=now()) == 0
    Declaration.objects.filter(number=numbers[0]).update(due_clock="other")
    assert place_unplaced(at=now(), everything=True) == 2
    assert kept(numbers[0])[1].startswith("expiry")


def test_an_officer_takes_gives_back_and_a_leader_assigns(customs: World) -> None:
    number = lodged(customs.client("broker"))
    officer, leader = customs.actor("clearance_officer"), customs.actor("team_leader")
    assert refused(lambda: give_back_declaration(actor=officer, number=number, reason="", at=now())) == {
        Code.TQ_VIE_004
    }
    take_declaration(actor=officer, number=number, at=now())
    assert row_of(number).assigned_to == officer.reference
    before = customs.run_sql("SELECT count(*) FROM ledger_entry")
    take_declaration(actor=officer, number=number, at=now())
    assert customs.run_sql("SELECT count(*) FROM ledger_entry") == before, "mine already: nothing happens"
    assert refused(lambda: take_declaration(actor=leader, number=number, at=now())) == {Code.TQ_VIE_003}
    move = {"actor": leader, "number": number, "to": leader.reference, "at": now()}
    assert refused(lambda: assign_declaration(**move, reason=" ")) == {Code.TQ_VIE_002}
    somebody = {**move, "to": customs.actor("broker").reference}
    assert refused(lambda: assign_declaration(**somebody, reason="x")) == {Code.TQ_VIE_001}
    assign_declaration(**move, reason="Nghỉ phép")
    assert row_of(number).assigned_to == leader.reference
    give_back_declaration(actor=leader, number=number, reason="", at=now() + timedelta(minutes=1))
    assert row_of(number).assigned_to == ""
    told = customs.run_sql("SELECT action, convert_from(details, 'utf8') FROM ledger_entry ORDER BY id")
    acts = [(action, details) for action, details in told if action.split(".")[1] in ("take", "assign", "give_back")]
    assert [action for action, _ in acts] == ["declaration.take", "declaration.assign", "declaration.give_back"]
    assert officer.reference in acts[1][1]
    assert "Nghỉ phép" not in acts[1][1], "reasons are not for ever"


def test_a_stranger_and_a_neighbor_handle_nothing(customs: World) -> None:
    number = lodged(customs.client("broker"))
    for role in ("broker", "risk_analyst"):
        with pytest.raises(NotAllowed):
            take_declaration(actor=customs.actor(role), number=number, at=now())
    with pytest.raises(NotAllowed):
        assign_declaration(actor=customs.actor("clearance_officer"), number=number, to="", reason="x", at=now())
    with pytest.raises(NotFound):
        take_declaration(actor=customs.actor("partner_agency"), number=number, at=now())
    invoice = import_document().invoice
    assert invoice is not None
    elsewhere = lodged(customs.client("broker"), office="20BB", invoice=replace(invoice, number="E-2"))
    for role in ("clearance_officer", "team_leader"):
        with pytest.raises(NotFound):
            take_declaration(actor=customs.actor(role), number=elsewhere, at=now())
        with pytest.raises(NotFound):
            assign_declaration(actor=customs.actor(role), number=elsewhere, to="", reason="x", at=now())
