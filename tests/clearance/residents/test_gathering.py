"""Merchants' collection lists: each form once, thirty days, one ordinary import, no way inland before clearance."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connections
from django.utils.timezone import localdate

from tests.clearance.residents.forms import OFFICE, SHOES, given, goods, inspected, person, registered, released
from tests.clearance.residents.test_forms import codes
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import Message
from thongquan.clearance.residents.handlers import follow_merchants
from thongquan.clearance.residents.operations import (
    admit_form,
    gather_forms,
    let_form_out,
    lodge_collection,
    open_collection,
    withdraw_collection,
)
from thongquan.clearance.residents.queries.forms import FormSeen, form_file
from thongquan.clearance.residents.queries.gathering import collection_file
from thongquan.clearance.residents.shapes import MerchantGiven

GIVEN = MerchantGiven(
    plate="12C-345.67",
    packages=40,
    gross_weight_kg=Decimal(900),
    unloading_place="VNHNG",
    vat_rate="10",
)


def opened(customs: World, *, at: datetime | None = None) -> str:
    at = at or now()
    return open_collection(
        actor=customs.actor("declarant"), tax_code=ENTERPRISE, office=OFFICE, collected_on=at.date(), at=at
    )


def resold(customs: World) -> FormSeen:
    form = registered(customs, given(goods(9_000_000), goods(4_000_000, hs=SHOES), purpose="resale"))
    return admit_form(actor=customs.actor("gate_officer"), number=form.number, at=now())


def told(kind: str, subject: str) -> Message:
    return Message(1, 1, kind, subject, b"{}", now())


def test_forms_become_one_ordinary_import_and_leave_after_clearance(customs: World) -> None:
    trader, officer = customs.actor("declarant"), customs.actor("gate_officer")
    forms = [released(customs), resold(customs), resold(customs)]
    number = opened(customs)
    codes_given = [forms[0].code, forms[1].number, f"{forms[2].code[:5]}-{forms[2].code[5:]}"]
    assert gather_forms(actor=trader, collection=number, codes=codes_given, at=now()) == 3
    with pytest.raises(Refused) as refused:
        let_form_out(actor=officer, number=forms[0].number, at=now())
    assert codes(refused) == ["TQ-RES-012"]

    lodged = lodge_collection(actor=trader, collection=number, given=GIVEN, at=now())
    assert len(lodged.decision.lines) == 2
    seen = collection_file(actor=officer, number=number)
    assert (seen.state, seen.declaration, seen.count) == ("lodged", lodged.number, 3)
    assert [(one.hs, int(one.value_vnd)) for one in seen.goods] == [("08081000", 19_500_000), (SHOES, 8_000_000)]
    with pytest.raises(Refused) as refused:
        let_form_out(actor=officer, number=forms[1].number, at=now())
    assert codes(refused) == ["TQ-RES-012"]

    subject = f"declaration:{lodged.number[:11]}0"
    for _twice in range(2):
        follow_merchants([told("declaration.clear", subject)])
    assert let_form_out(actor=officer, number=forms[1].number, at=now()).state == "exited"
    assert collection_file(actor=trader, number=number).state == "cleared"


def test_a_declaration_that_ends_frees_the_forms(customs: World) -> None:
    trader, form, number = customs.actor("declarant"), resold(customs), opened(customs)
    gather_forms(actor=trader, collection=number, codes=[form.number], at=now())
    lodged = lodge_collection(actor=trader, collection=number, given=GIVEN, at=now())
    follow_merchants([told("declaration.cancel", f"declaration:{lodged.number[:11]}0")])
    assert form_file(actor=customs.actor("gate_officer"), number=form.number).state == "at_market"
    again = opened(customs)
    assert gather_forms(actor=trader, collection=again, codes=[form.number], at=now()) == 1
    withdraw_collection(actor=trader, collection=again, at=now())
    assert gather_forms(actor=trader, collection=opened(customs), codes=[form.number], at=now()) == 1


def test_a_form_stands_in_one_list_however_many_ask_at_once(customs: World) -> None:
    trader, form = customs.actor("declarant"), resold(customs)
    lists = [opened(customs) for _ in range(6)]

    def gather(number: str) -> str:
        try:
            gather_forms(actor=trader, collection=number, codes=[form.number], at=now())
        except Refused as refused:
            return str(refused.faults[0].code)
        finally:
            connections.close_all()
        return "gathered"

    with ThreadPoolExecutor(max_workers=6) as merchants:
        answers = sorted(merchants.map(gather, lists))
    assert answers == ["TQ-RES-009"] * 5 + ["gathered"]


def test_what_cannot_be_gathered_is_told_at_once(customs: World) -> None:
    trader, number = customs.actor("declarant"), opened(customs)
    over = registered(customs, given(goods(3_000_000)))
    inspected(customs, over.number)
    fresh, export = registered(customs), registered(customs, given(goods(100_000, rate=""), flow="export"))
    with pytest.raises(Refused) as refused:
        gather_forms(actor=trader, collection=number, codes=[over.number, fresh.number, export.number, "X"], at=now())
    assert sorted(codes(refused)) == ["TQ-RES-007", "TQ-RES-011", "TQ-RES-011", "TQ-RES-011"]
    with pytest.raises(Refused) as refused:
        lodge_collection(actor=trader, collection=number, given=GIVEN, at=now())
    assert codes(refused) == ["TQ-RES-014"]


def test_a_list_is_filed_within_its_days(customs: World) -> None:
    trader, form = customs.actor("declarant"), resold(customs)
    number = opened(customs, at=now() - timedelta(days=20))
    gather_forms(actor=trader, collection=number, codes=[form.number], at=now())
    with pytest.raises(Refused) as refused:
        lodge_collection(actor=trader, collection=number, given=GIVEN, at=now() + timedelta(days=12))
    assert codes(refused) == ["TQ-RES-010"]
    with pytest.raises(Refused):
        gather_forms(actor=trader, collection=number, codes=["X"], at=now())
    incomplete = MerchantGiven(plate="12C-345.67")
    with pytest.raises(Refused) as refused:
        lodge_collection(actor=trader, collection=number, given=incomplete, at=now())
    assert collection_file(actor=trader, number=number).state == "open"
    assert lodge_collection(actor=trader, collection=number, given=GIVEN, at=now()).number


def test_a_neighbor_or_stranger_has_no_part_in_a_list(customs: World) -> None:
    number, form = opened(customs), resold(customs)
    with pytest.raises(NotAllowed):
        open_collection(
            actor=customs.actor("declarant"),
            tax_code=OTHER_ENTERPRISE,
            office=OFFICE,
            collected_on=localdate(now()),
            at=now(),
        )
    for role in ("gate_officer", "partner_agency"):
        with pytest.raises(NotFound):
            gather_forms(actor=customs.actor(role), collection=number, codes=[form.number], at=now())
    with pytest.raises(NotFound):
        collection_file(actor=customs.actor("partner_agency"), number=number)
    assert person().number != person().number
