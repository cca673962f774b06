"""Exemption lists and claims over HTTP, as programs see them; and who is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from tests.clearance.revenue.claims import paid
from tests.clearance.revenue.exempt import a_list, using
from tests.clearance.revenue.money import PROGRAM
from tests.clearance.revenue.test_money_api import API, send
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World, as_json
from thongquan.base.core.clock import now
from thongquan.clearance.revenue.operations.assessing import post_fine, void_fine
from thongquan.clearance.revenue.operations.cash import receive_cash

LIST = {
    "tax_code": ENTERPRISE,
    "office": "15BB",
    "exemption": "INV",
    "title": "Nhà máy Đồng Đăng",
    "lines": [{"description": "Quạt hút", "unit": "PCE", "quantity": "1000", "hs": "8414"}],
}


def test_a_list_is_filed_and_registered_by_programs(customs: World) -> None:
    trader, officer = customs.api("declarant"), customs.api("clearance_officer")
    faulty = send(trader, "/exemptions/", {**LIST, "exemption": "XXX", "office": "99ZZ", "title": " "})
    assert {fault["path"] for fault in faulty.json()["faults"]} == {"exemption", "office", "title"}
    made = send(trader, "/exemptions/", LIST)
    assert made.status_code == 201, made.json()
    number = made.json()["number"]
    assert [row["number"] for row in trader.get(f"{API}/exemptions/").json()["exemptions"]] == [number]
    refused = send(officer, f"/exemptions/{number}/refuse", {})
    assert [fault["code"] for fault in refused.json()["faults"]] == ["TQ-REV-056"]
    assert send(officer, f"/exemptions/{number}/register").json()["state"] == "registered"
    assert send(officer, f"/exemptions/{number}/burn").status_code == 404
    read = trader.get(f"{API}/exemptions/{number}").json()
    assert [(line["left"], line["uses"]) for line in read["lines"]] == [("1000.0000", [])]


def test_trying_a_declaration_also_asks_its_exemption_lists_and_takes_nothing(customs: World) -> None:
    number, trader = a_list(customs), customs.api("declarant")
    address = "/api/v1/declarations/decide"
    good = trader.post(address, as_json(using(f"{number}-1", 1000)), "application/json")
    assert good.status_code == 200, good.json()
    tried = trader.post(address, as_json(using(f"{number}-1", 1001)), "application/json")
    assert tried.status_code == 422
    assert [fault["code"] for fault in tried.json()["faults"] if fault["severity"] == "error"] == ["TQ-REV-053"]
    assert [line["used"] for line in trader.get(f"{API}/exemptions/{number}").json()["lines"]] == ["0.0000"] * 2


def test_a_claim_is_asked_proposed_decided_and_paid_by_programs(customs: World) -> None:
    subject = paid(customs)
    trader, officer, leader = (customs.api(role) for role in ("declarant", "clearance_officer", "team_leader"))
    asking = {
        "kind": "refund",
        "case": "19.1c",
        "subject": subject,
        "tax": "import_duty",
        "amount_vnd": "500000",
        "grounds": "Đã tái xuất",
    }
    made = send(trader, "/claims/", asking)
    assert made.status_code == 201, made.json()
    one = f"/claims/{made.json()['number']}"
    assert [row["state"] for row in officer.get(f"{API}/claims/").json()["claims"]] == ["requested"]
    proposal = {"amount_vnd": "400000", "finding": "Đã kiểm tra"}
    assert send(trader, f"{one}/propose", proposal).status_code == 403
    assert send(officer, f"{one}/propose", proposal).json()["state"] == "proposed"
    assert send(officer, f"{one}/decide", {"approve": True}).status_code == 403
    assert send(leader, f"{one}/decide", {"approve": True}).json()["decided_vnd"] == "400000"
    assert send(leader, f"{one}/pay", {"reference": "UNC-1"}).json()["state"] == "paid"
    assert trader.get(f"{API}{one}").json()["state"] == "paid"


def test_a_stranger_and_a_neighbor_are_refused_everywhere(customs: World) -> None:
    number, nobody, neighbor = a_list(customs), Client(), customs.api("neighbor_customs")
    gets = ("/exemptions/", f"/exemptions/{number}", "/claims/", "/claims/R1")
    posts = ("/exemptions/", f"/exemptions/{number}/close", "/claims/", "/claims/R1/propose", "/claims/R1/decide")
    assert {nobody.get(f"{API}{path}").status_code for path in gets} == {401}
    assert {send(nobody, path, LIST).status_code for path in (*posts, "/claims/R1/pay")} == {401}
    assert neighbor.get(f"{API}/exemptions/{number}").status_code == 404
    assert send(neighbor, f"/exemptions/{number}/close", {"reason": "x"}).status_code == 404
    assert send(customs.api("declarant"), "/exemptions/", {**LIST, "tax_code": OTHER_ENTERPRISE}).status_code == 403


@pytest.mark.parametrize(
    ("role", "words"), [("declarant", True), ("auditor", False), ("director", False), ("team_leader", False)]
)
def test_only_the_trader_is_shown_the_way_to_a_refund(customs: World, role: str, words: bool) -> None:
    subject = paid(customs)
    client = customs.client(role)
    client.cookies["language"] = "en"
    page = client.get(reverse("revenue:money", args=[subject]))
    assert page.status_code == 200
    assert ("Ask for a refund" in page.text) is words
    if words:
        assert client.get(f"{reverse('revenue:claim_new')}?about={subject}").status_code == 200


def test_an_overpaid_fine_is_asked_back_from_its_page(customs: World) -> None:
    subject, client = "violation:77", customs.client("declarant")
    fine: dict[str, Any] = {"subject": subject, "tax_code": ENTERPRISE, "office": "15BB", "actor": PROGRAM}
    fine["amount_vnd"] = Decimal(1_000_000)
    post_fine(**fine, at=now(), source="violation.decided:1")
    receive_cash(actor=customs.actor("clearance_officer"), subject=subject, at=now())
    address = f"{reverse('revenue:claim_new')}?about={quote(subject)}"
    assert address not in client.get(reverse("revenue:money", args=[subject])).text
    void_fine(**fine, at=now(), source="violation.annulled:2")
    assert address in client.get(reverse("revenue:money", args=[subject])).text
    asked = {"case": "refund:overpaid", "tax": "", "amount_vnd": "1000000", "grounds": "Quyết định đã bị hủy"}
    assert client.get(address).status_code == 200
    assert client.post(address, asked).status_code == 302
    told = customs.api("declarant").get(f"{API}/claims/").json()["claims"]
    assert [(row["subject"], row["case"], row["asked_vnd"]) for row in told] == [(subject, "overpaid", "1000000")]
