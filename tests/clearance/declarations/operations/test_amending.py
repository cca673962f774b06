"""Amending before clearance: versions kept whole, numbers, duties, channel, and every refusal."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections
from msgspec.structs import replace

from tests.world import ENTERPRISE, World, import_document
from thongquan.base.accounts.queries import Actor, system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import Conflict, NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations import lodge_declaration, take_step
from thongquan.clearance.declarations.operations.amending import amend_declaration
from thongquan.clearance.declarations.operations.replaying import replay_declaration
from thongquan.clearance.declarations.queries import (
    comparison_of,
    declaration_file,
    events_of,
    stand_of,
    versions_of,
)
from thongquan.clearance.declarations.states import State, Step
from thongquan.clearance.revenue.queries import balance_of
from thongquan.rules.codes import Code
from thongquan.rules.document import Document


def lodged(customs: World, at: datetime, document: Document | None = None) -> str:
    return lodge_declaration(
        actor=customs.actor("declarant"), document=document or import_document(), at=at, source="api"
    ).number


def with_quantity(document: Document, quantity: int) -> Document:
    """The same with another quantity, and so another value, of its first line."""
    line = document.lines[0]
    value = Decimal(quantity) * (line.unit_price or 0)
    lines = (replace(line, quantity=Decimal(quantity), value=value), *document.lines[1:])
    invoice = document.invoice
    assert invoice is not None
    return replace(document, lines=lines, invoice=replace(invoice, amount=sum(one.value or 0 for one in lines)))


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {fault.code for fault in refusal.value.faults}


def amend(actor: Actor, number: str, document: Document, at: datetime, **more: Any) -> Any:
    return amend_declaration(
        actor=actor, number=number, document=document, reason="Ghi nhầm số lượng dòng 1", at=at, **more
    )


def test_a_version_is_kept_beside_the_first_with_number_duties_and_story(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    number = lodged(customs, at)
    before = stand_of(actor=actor, number=number)
    amended = amend(actor, number, with_quantity(import_document(), 15000), at)
    assert amended.number == f"{number[:11]}1"
    assert amended.decision.due_vnd > before.due_vnd
    assert [one.code for one in amended.consequences] == [Code.TQ_LIF_005]
    assert {one.field for one in amended.changes} == {"invoice.amount", "lines.quantity", "lines.value"}
    after = stand_of(actor=actor, number=number)
    assert (after.number, after.version, after.state) == (amended.number, 1, State.CHANNELED)
    assert after.due_vnd == amended.decision.due_vnd
    assert after.subject == before.subject
    first, second = versions_of(actor=actor, number=number)
    assert first.document == import_document()
    assert second.reason == "Ghi nhầm số lượng dòng 1"
    assert [one.kind for one in events_of(number)] == ["lodged", "amend"]
    assert customs.run_sql("SELECT version, count(*) FROM declarations_line GROUP BY version ORDER BY 1") == [
        (0, 5),
        (1, 5),
    ]
    rows = customs.run_sql("SELECT subject, details::text FROM ledger_entry WHERE action = 'declaration.amend'")
    assert rows[0][0] == before.subject
    assert "Ghi nhầm" not in rows[0][1]


def test_the_books_owe_what_the_amendment_says_and_a_cancelled_difference_is_given_back(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    number = lodged(customs, at)
    subject = stand_of(actor=actor, number=number).subject
    more = amend(actor, number, with_quantity(import_document(), 15000), at)
    assert balance_of(subject).assessed_vnd == more.decision.due_vnd
    less = amend(actor, number, with_quantity(import_document(), 9000), at)
    assert balance_of(subject).assessed_vnd == less.decision.due_vnd


def test_what_it_did_is_told_side_by_side(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    number = lodged(customs, at)
    amend(actor, number, with_quantity(import_document(), 15000), at)
    compared = comparison_of(actor=actor, number=number, before=0, after=1)
    [due] = [one for one in compared.taxes if one.tax == "due"]
    assert due.difference_vnd == compared.after.decision.due_vnd - compared.before.decision.due_vnd > 0
    quantity = next(one for one in compared.changes if one.field == "lines.quantity")
    assert (quantity.line, quantity.before, quantity.after) == (1, "12000", "15000")
    with pytest.raises(NotFound):
        comparison_of(actor=actor, number=number, before=0, after=2)


def test_the_law_is_that_of_the_day_of_registration(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    number = lodged(customs, at, import_document(on=at.date()))
    amend(actor, number, with_quantity(import_document(on=at.date()), 15000), at + timedelta(days=9))
    facts = customs.run_sql("SELECT law_version, at FROM declarations_version ORDER BY version")
    assert facts[0][0] == facts[1][0]
    assert replay_declaration(actor=actor, number=number).equal
    before, after = versions_of(actor=actor, number=number)
    unit = before.decision.lines[1].value_vnd
    assert after.decision.lines[1].value_vnd == unit  # the rate of exchange did not move with the day


def test_the_channel_in_force_is_never_lowered(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    number = lodged(customs, at)
    customs.run_sql("UPDATE declarations_declaration SET channel = 3")
    amended = amend(actor, number, with_quantity(import_document(), 15000), at)
    assert amended.channel == 3
    assert stand_of(actor=actor, number=number).channel == 3
    assert versions_of(actor=actor, number=number)[1].channel == 3


def test_nine_amendments_and_no_tenth(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    number = lodged(customs, at)
    for count in range(1, 10):
        assert amend(actor, number, with_quantity(import_document(), 12000 + count), at).number[-1] == str(count)
    with pytest.raises(Refused) as refusal:
        amend(actor, number, with_quantity(import_document(), 13000), at)
    assert codes(refusal) == {Code.TQ_LIF_002}
    assert stand_of(actor=actor, number=number).version == 9


def test_fields_that_name_the_declaration_are_not_amended(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    number, document = lodged(customs, at), import_document()
    assert document.trader is not None
    changed = replace(document, office="20BB", trader=replace(document.trader, tax_code="4900100011"))
    with pytest.raises(Refused) as refusal:
        amend(actor, number, changed, at)
    fixed = {fault.path: fault.values["before"] for fault in refusal.value.faults if fault.code == Code.TQ_LIF_003}
    assert fixed == {"office": "15BB", "trader.tax_code": ENTERPRISE}


def test_a_version_without_change_without_reason_or_with_faults_is_refused_and_stores_nothing(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    number, document = lodged(customs, at), import_document()
    with pytest.raises(Refused) as refusal:
        amend(actor, number, document, at)
    assert codes(refusal) == {Code.TQ_LIF_004}
    with pytest.raises(Refused) as refusal:
        amend_declaration(actor=actor, number=number, document=with_quantity(document, 1), reason=" ", at=at)
    assert codes(refusal) == {Code.TQ_LIF_006}
    with pytest.raises(Refused) as refusal:
        amend(actor, number, replace(document, lines=(replace(document.lines[0], hs="99999999"),)), at)
    assert Code.TQ_DEC_012 in codes(refusal)
    assert customs.run_sql("SELECT count(*) FROM declarations_version") == [(1,)]


def test_goods_of_another_declaration_are_a_duplicate_and_its_own_are_not(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    number = lodged(customs, at)
    other = lodged(customs, at, import_document(invoice="GX-OTHER"))
    amend(actor, number, replace(import_document(), notes="Bổ sung ghi chú"), at)
    with pytest.raises(Refused) as refusal:
        amend(actor, other, import_document(), at)
    assert codes(refusal) == {Code.TQ_DEC_022}


def test_an_old_version_is_not_overwritten_and_the_same_key_answers_the_same(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    number = lodged(customs, at)
    document = with_quantity(import_document(), 15000)
    first = amend(actor, number, document, at, base=0, idempotency_key="k")
    again = amend(actor, number, document, at, base=0, idempotency_key="k")
    assert (again.number, again.repeated, again.decision) == (first.number, True, first.decision)
    assert again.changes == first.changes
    with pytest.raises(Conflict):
        amend(actor, number, with_quantity(import_document(), 1), at, idempotency_key="k")
    with pytest.raises(Refused) as refusal:
        amend(actor, number, with_quantity(import_document(), 1), at, base=0)
    assert codes(refusal) == {Code.TQ_LIF_011}


def test_an_instructed_declaration_returns_to_its_channel_and_a_cleared_one_is_not_amended_so(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    number = lodged(customs, at)
    take_step(actor=customs.actor("clearance_officer"), number=number, step=Step.INSTRUCT, at=at)
    assert amend(actor, number, with_quantity(import_document(), 15000), at).state == State.CHANNELED
    customs.run_sql("UPDATE declarations_declaration SET state = 'cleared'")
    with pytest.raises(Refused) as refusal:
        amend(actor, number, with_quantity(import_document(), 16000), at)
    assert codes(refusal) == {Code.TQ_LIF_001}


def test_a_stranger_and_a_neighbor_amend_nothing(customs: World) -> None:
    at = now()
    number, document = lodged(customs, at), with_quantity(import_document(), 15000)
    with pytest.raises(NotFound):
        amend(customs.actor("partner_agency"), number, document, at)
    with pytest.raises(NotAllowed):
        amend(customs.actor("clearance_officer"), number, document, at)
    with pytest.raises(NotAllowed):
        amend(system_actor("x"), number, document, at)


def test_two_at_once_are_two_versions_with_two_numbers(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    number = lodged(customs, at)

    def one(quantity: int) -> str:
        try:
            return str(amend(actor, number, with_quantity(import_document(), quantity), at).number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        numbers = list(pool.map(one, range(13001, 13007)))
    assert sorted(numbers) == [f"{number[:11]}{count}" for count in range(1, 7)]
    assert declaration_file(actor=actor, number=number).version == 6
    assert customs.run_sql("SELECT count(*) FROM ledger_entry WHERE action = 'declaration.amend'") == [(6,)]
