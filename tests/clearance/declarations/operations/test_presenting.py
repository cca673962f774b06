"""Documents filed and goods presented by the declarant, once, and by nobody else."""

from __future__ import annotations

import pytest

from tests.clearance.declarations.operations.test_steps import lodged
from tests.world import ENTERPRISE, World
from thongquan.base.attachments.operations import attach, store_file
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations import file_documents, present_goods
from thongquan.clearance.declarations.queries import events_of
from thongquan.rules.codes import Code


def test_documents_are_filed_when_there_are_any(customs: World) -> None:
    at, trader = now(), customs.actor("declarant")
    number = lodged(customs, at)
    with pytest.raises(Refused) as refusal:
        file_documents(actor=trader, number=number, at=at)
    assert refusal.value.faults[0].code == Code.TQ_LIF_018
    assert [one.kind for one in events_of(number)] == ["lodged"]
    paper = store_file(actor=trader, owner=f"enterprise:{ENTERPRISE}", name="hd.txt", content=b"Hoa don 1\n", at=at)
    attach(actor=trader, file_id=paper.id, subject=f"declaration:{number}", kind="INV", at=at)
    file_documents(actor=trader, number=number, at=at)
    assert [one.kind for one in events_of(number)] == ["lodged", "file_documents"]


def test_goods_are_presented_once(customs: World) -> None:
    at, trader = now(), customs.actor("declarant")
    number = lodged(customs, at)
    present_goods(actor=trader, number=number, at=at)
    with pytest.raises(Refused) as refusal:
        present_goods(actor=trader, number=number, at=at)
    assert refusal.value.faults[0].code == Code.TQ_LIF_019
    assert [one.kind for one in events_of(number)] == ["lodged", "present_goods"]


def test_a_stranger_and_an_officer_file_nothing_for_the_declarant(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    with pytest.raises(NotAllowed):
        file_documents(actor=customs.actor("clearance_officer"), number=number, at=at)
    with pytest.raises(NotFound):
        present_goods(actor=customs.actor("partner_agency"), number=number, at=at)


def test_the_buttons_of_the_declarant_tell_customs(customs: World) -> None:
    number, client = lodged(customs, now()), customs.client("declarant")
    customs.run_sql("UPDATE declarations_declaration SET channel = 3")
    page = client.get(f"/declarations/{number}/").text
    assert f"/declarations/{number}/documents" in page
    assert f"/declarations/{number}/present" in page
    client.post(f"/declarations/{number}/documents")
    client.post(f"/declarations/{number}/present")
    assert [one.kind for one in events_of(number)] == ["lodged", "present_goods"]
    assert f'action="/declarations/{number}/present"' not in client.get(f"/declarations/{number}/").text


def test_a_neighbor_presents_nothing_of_another_office(customs: World) -> None:
    number = lodged(customs, now())
    customs.run_sql("UPDATE declarations_declaration SET office = '20BB'")
    assert customs.client("gate_officer").post(f"/declarations/{number}/present").status_code == 404
