"""Changing a lodged declaration on the pages: amend, instruct, correct, ask, cancel, compare."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from msgspec.structs import replace

from tests.clearance.declarations.filled import posted
from tests.world import World, import_document
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.operations import lodge_declaration, take_step
from thongquan.clearance.declarations.operations.instructing import instruct_declaration
from thongquan.clearance.declarations.queries import Instruction, document_in_force, stand_of, waiting_on
from thongquan.clearance.declarations.states import State, Step
from thongquan.rules.document import Document, Statement


def lodged(customs: World, document: Document | None = None) -> str:
    return lodge_declaration(
        actor=customs.actor("declarant"), document=document or import_document(), at=now(), source="api"
    ).number


def changed(weight: str = "21500") -> dict[str, str]:
    return posted(import_document()) | {"gross_weight_kg": weight, "reason": "Cân lại hàng"}


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def draft_from(client: Client, address: str, **data: str) -> str:
    """The draft that a start page leads to."""
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.status_code
    return re.sub(r"#.*", "", answer.headers["Location"])


def test_the_declarant_amends_in_the_form_and_compares_the_versions(customs: World) -> None:
    number, client = lodged(customs), customs.client("declarant")
    page = text_of(client.get(f"/declarations/{number}/"))
    assert f"/declarations/{number}/amend" in page
    assert "TQ-LIF" not in text_of(client.get(f"/declarations/{number}/amend"))
    draft = draft_from(client, f"/declarations/{number}/amend")
    assert draft_from(client, f"/declarations/{number}/amend") == draft  # a second start goes on with the same
    form = text_of(client.get(draft))
    assert 'name="reason"' in form
    assert f"{draft}send" in form
    unchanged = client.post(f"{draft}send", posted(import_document()) | {"reason": "x"})
    assert unchanged.status_code == 422
    assert "TQ-LIF-004" in text_of(unchanged)
    checked = client.post(f"{draft}check", changed("1"))
    assert "TQ-DEC-018" in text_of(checked)
    sent = client.post(f"{draft}send", changed())
    new = f"{number[:11]}1"
    assert sent.headers["Location"] == f"/declarations/{new}/"
    assert client.post(f"{draft}send", changed()).headers["Location"] == f"/declarations/{new}/"  # a second click
    page = text_of(client.get(f"/declarations/{number}/"))
    assert new in page
    assert f"/declarations/{new}/versions" in page
    compared = text_of(client.get(f"/declarations/{new}/versions"))
    assert "<del>22.000</del>" in compared
    assert "<ins>21.500</ins>" in compared
    assert "Cân lại hàng" in compared
    assert client.get(f"/declarations/{new}/versions?before=0&after=7").status_code == 404
    assert "<del>" not in text_of(client.get(f"/declarations/{new}/versions?before=1&after=1"))


def test_an_instructed_declaration_opens_at_the_field_with_the_example_beside_it(customs: World) -> None:
    number, officer = lodged(customs), customs.client("clearance_officer")
    address = f"/declarations/{number}/instruct"
    assert 'value="lines[1].hs"' in text_of(officer.get(address))
    row = {"path": ["lines[1].hs"], "words": ["Không khớp mô tả"], "example": ["07123900"]}
    more = text_of(officer.post(address, {**row, "do": "row"}))
    assert "Không khớp mô tả" in more
    empty = officer.post(address, {"path": [""], "words": [""], "example": [""], "do": "send"})
    assert empty.status_code == 422
    assert "TQ-LIF-013" in text_of(empty)
    assert officer.post(address, {**row, "do": "send"}).status_code == 302
    declarant = customs.client("declarant")
    page = text_of(declarant.get(f"/declarations/{number}/"))
    assert "Không khớp mô tả" in page
    assert "07123900" in page
    started = declarant.post(f"/declarations/{number}/amend", {"focus": "lines[1].hs"})
    assert started.headers["Location"].endswith("#f-lines-1-hs")
    form = text_of(declarant.get(started.headers["Location"]))
    assert 'data-anchor="f-lines-1-hs"' in form
    assert "07123900" in form
    fixed = posted(import_document()) | {"lines[1].hs": "07123900", "reason": "Theo chỉ dẫn"}
    sent = declarant.post(re.sub(r"#.*", "send", started.headers["Location"]), fixed)
    assert sent.status_code in (302, 422)


def test_what_the_form_cannot_show_stays_when_the_rest_is_amended(customs: World) -> None:
    told = replace(import_document(), statements=(Statement(code="X1", text="Ghi chú riêng"),))
    number, client = lodged(customs, told), customs.client("declarant")
    draft = draft_from(client, f"/declarations/{number}/amend")
    assert client.post(f"{draft}send", changed()).status_code == 302
    kept = document_in_force(number)
    assert kept.statements == told.statements
    assert str(kept.gross_weight_kg) == "21500"
    assert kept.lines == told.lines


def test_customs_proposes_in_the_form_and_a_leader_countersigns(customs: World) -> None:
    number, officer, leader = lodged(customs), customs.client("clearance_officer"), customs.client("team_leader")
    draft = draft_from(officer, f"/declarations/{number}/correct")
    assert officer.get(draft).status_code == 200
    assert officer.post(f"{draft}save", changed()).status_code == 302
    assert officer.post(f"{draft}send", changed()).status_code == 302
    assert stand_of(actor=customs.actor("team_leader"), number=number).version == 0
    assert f"/declarations/{number}/correct/decision" not in text_of(
        customs.client("declarant").get(f"/declarations/{number}/")
    )
    decision = f"/declarations/{number}/correct/decision"
    assert decision in text_of(leader.get(f"/declarations/{number}/"))
    assert officer.get(decision).status_code == 403
    assert "<ins>21.500</ins>" in text_of(leader.get(decision))
    assert leader.post(decision, {"do": "refuse"}).status_code == 422
    assert leader.post(decision, {"do": "accept"}).status_code == 302
    assert stand_of(actor=customs.actor("team_leader"), number=number).version == 1
    assert leader.get(decision).status_code == 404


def test_after_clearance_the_request_is_decided_beside_what_stands(customs: World) -> None:
    number, client, officer = lodged(customs), customs.client("declarant"), customs.client("clearance_officer")
    take_step(actor=system_actor("revenue"), number=number, step=Step.SETTLE, at=now())
    take_step(actor=customs.actor("clearance_officer"), number=number, step=Step.CLEAR, at=now())
    page = text_of(client.get(f"/declarations/{number}/"))
    assert f"/declarations/{number}/ask-amend" in page
    assert f"/declarations/{number}/amend" not in page
    refused = client.post(f"/declarations/{number}/amend")
    assert refused.headers["Location"] == f"/declarations/{number}/"
    draft = draft_from(client, f"/declarations/{number}/ask-amend")
    assert client.post(f"{draft}send", changed()).status_code == 302
    decision = f"/declarations/{number}/ask-amend/decision"
    assert decision in text_of(officer.get(f"/declarations/{number}/"))
    assert client.get(decision).status_code == 403
    assert officer.post(decision, {"do": "accept"}).status_code == 302
    assert stand_of(actor=customs.actor("declarant"), number=number).state == State.AMENDED_AFTER


def test_a_cancellation_is_asked_refused_asked_again_and_granted(customs: World) -> None:
    number, client, officer = lodged(customs), customs.client("declarant"), customs.client("clearance_officer")
    ask, cancel = f"/declarations/{number}/ask-cancel", f"/declarations/{number}/cancel"
    assert client.get(ask).status_code == 200
    assert client.post(ask, {"ground": "", "reason": "x"}).status_code == 422
    assert client.post(ask, {"ground": "request", "reason": "Khách trả hàng"}).status_code == 302
    assert "Khách trả hàng" in text_of(officer.get(cancel))
    assert client.get(cancel).status_code == 403
    assert officer.post(cancel, {"do": "refuse", "reason": "Hàng đã đến"}).status_code == 302
    assert "Hàng đã đến" in text_of(client.get(f"/declarations/{number}/"))
    assert client.post(ask, {"ground": "request", "reason": "Khách trả hàng"}).status_code == 302
    assert officer.post(cancel, {"do": "cancel", "reason": ""}).status_code == 302
    assert stand_of(actor=customs.actor("declarant"), number=number).state == State.CANCELLED
    assert waiting_on(number) == {}


def test_a_lapsed_declaration_is_written_down_and_one_that_has_not_is_not(customs: World) -> None:
    number, officer = lodged(customs), customs.client("clearance_officer")
    address = f"/declarations/{number}/expire"
    assert address not in text_of(officer.get(f"/declarations/{number}/"))
    assert officer.get(address).status_code == 302
    assert officer.post(address).status_code == 302
    assert stand_of(actor=customs.actor("declarant"), number=number).state == State.CHANNELED
    customs.run_sql("UPDATE declarations_declaration SET registered_at = %s", now() - timedelta(days=40))
    assert address in text_of(officer.get(f"/declarations/{number}/"))
    assert officer.post(address).status_code == 302
    assert stand_of(actor=customs.actor("declarant"), number=number).state == State.EXPIRED


def test_a_stranger_and_a_neighbor_change_nothing_on_the_pages(customs: World) -> None:
    number = lodged(customs, import_document(office="20BB"))
    names = (
        "amend",
        "ask-amend",
        "correct",
        "instruct",
        "ask-cancel",
        "cancel",
        "expire",
        "versions",
        "correct/decision",
        "ask-amend/decision",
    )
    neighbor, stranger = customs.client("clearance_officer"), Client(SERVER_NAME="127.0.0.1")
    for name in names:
        assert neighbor.get(f"/declarations/{number}/{name}").status_code == 404, name
        assert stranger.get(f"/declarations/{number}/{name}").status_code == 302, name
    assert customs.client("partner_agency").post(f"/declarations/{number}/amend").status_code == 404


def test_the_words_of_an_instruction_stay_with_the_field(customs: World) -> None:
    number = lodged(customs)
    fields = (Instruction(path="invoice.amount", words="Không khớp hóa đơn"),)
    instruct_declaration(actor=customs.actor("clearance_officer"), number=number, fields=fields, at=now())
    page = text_of(customs.client("declarant").get(f"/declarations/{number}/"))
    assert "Không khớp hóa đơn" in page
