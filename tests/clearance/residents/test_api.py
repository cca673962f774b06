"""Residents over the API: the whole life of a form, a merchant's list, a vehicle; and who is refused."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.utils.timezone import localdate

from tests.clearance.residents.forms import APPLES, released
from tests.world import ENTERPRISE, World
from thongquan.base.core.clock import now

PERSON = {"kind": "card", "number": "020099222333", "full_name": "Vi Văn Toàn", "commune": "Tân Thanh"}
FORM = {"lines": [{"hs": APPLES, "quantity": "10", "value": "2600000", "rate": "10"}], "plate": "12C-1"}
BODY = {"office": "15BB", "person": PERSON, "form": FORM}
API = "/api/v1/residents"


def send(client: Client, path: str, body: Any = None) -> Any:
    return client.post(f"{API}{path}", body or {}, content_type="application/json")


def test_a_form_from_the_phone_to_the_exit(customs: World) -> None:
    officer = customs.api("gate_officer")
    code = send(Client(SERVER_NAME="127.0.0.1"), "/prepared", {"person": PERSON, "form": FORM}).json()["code"]
    preview = send(officer, "/forms/preview", BODY).json()
    assert (preview["over_vnd"], preview["must_inspect"]) == ("600000", True)
    made = send(officer, "/forms", {**BODY, "code": code})
    assert made.status_code == 201
    number = made.json()["number"]
    early = send(officer, f"/forms/{number}/release")
    assert [fault["code"] for fault in early.json()["faults"]] == ["TQ-RES-004", "TQ-RES-005"]
    for step in ("inspect", "pay", "release", "exit"):
        answer = send(officer, f"/forms/{number}/{step}")
        assert answer.status_code == 200, answer.content
    assert officer.get(f"{API}/forms/{number}").json()["state"] == "exited"
    assert send(officer, f"/forms/{number}/cancel", {"words": "x"}).status_code == 422
    assert send(officer, f"/forms/{number}/fly").status_code == 404
    bad = send(officer, "/forms", {**BODY, "form": {"lines": [{"hs": "x", "value": "NaN"}], "color": 1}})
    assert bad.status_code == 422
    assert {fault["code"] for fault in bad.json()["faults"]} >= {"TQ-FMT-003", "TQ-FMT-006"}


def test_a_list_and_a_vehicle(customs: World) -> None:
    form = released(customs)
    trader, officer = customs.api("declarant"), customs.api("gate_officer")
    opened = {"tax_code": ENTERPRISE, "office": "15BB", "collected_on": localdate(now()).isoformat()}
    number = send(trader, "/collections", opened).json()["number"]
    assert send(trader, f"/collections/{number}/forms", {"codes": [form.code]}).json()["count"] == 1
    given = {"plate": "12C-1", "packages": 4, "gross_weight_kg": "90", "unloading_place": "VNHNG", "vat_rate": "10"}
    lodged = send(trader, f"/collections/{number}/lodge", given)
    assert lodged.status_code == 201, lodged.content
    assert officer.get(f"{API}/collections/{number}").json()["declaration"] == lodged.json()["number"]
    assert send(trader, f"/collections/{number}/withdraw").status_code == 422
    stay = send(officer, "/vehicles", {"office": "15BB", "plate": "12C-9", "purpose": "Chở hàng"})
    assert stay.status_code == 201
    assert send(officer, f"/vehicles/{stay.json()['stay']}/out").status_code == 200


def test_a_stranger_is_refused_and_a_neighbor_finds_nothing(customs: World) -> None:
    form = released(customs)
    stranger, neighbor = Client(SERVER_NAME="127.0.0.1"), customs.api("partner_agency")
    assert send(stranger, "/forms", BODY).status_code == 401
    assert send(neighbor, "/forms", BODY).status_code == 403
    assert send(customs.api("gate_officer"), "/forms", {**BODY, "office": "20BB"}).status_code == 403
    for client, status in ((stranger, 401), (neighbor, 404), (customs.api("declarant"), 404)):
        assert client.get(f"{API}/forms/{form.number}").status_code == status
    customs.run_sql("UPDATE residents_shortform SET office = '20BB'")
    assert send(customs.api("gate_officer"), f"/forms/{form.number}/exit").status_code == 404
