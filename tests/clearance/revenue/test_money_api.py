"""Money over HTTP, as a program sees it; and who is refused."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection
from django.test import Client

from tests.clearance.revenue.formats.files import camt, entry
from tests.clearance.revenue.money import OFFICE, guarantee, lodged
from tests.clearance.revenue.test_bank import DUE, number_of, today
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World
from thongquan.clearance.revenue.models import BankLine, Guarantee

API = "/api/v1/money"


def send(client: Client, path: str, body: object = None, **headers: str) -> Any:
    return client.post(f"{API}{path}", json.dumps(body or {}), content_type="application/json", headers=headers)


def proposal(**changes: Any) -> dict[str, Any]:
    values = {
        "number": "VCB-1",
        "kind": "single",
        "guarantor": "Vietcombank",
        "tax_code": ENTERPRISE,
        "office": OFFICE,
        "limit_vnd": "9000000",
        "valid_from": today().isoformat(),
        "valid_to": today().replace(year=today().year + 1, day=1).isoformat(),
        "declaration": "",
    }
    return {**values, **changes}


def test_a_declaration_is_guaranteed_by_programs(customs: World) -> None:
    subject = lodged()
    trader, officer = customs.api("declarant"), customs.api("team_leader")
    made = send(trader, "/guarantees/", proposal(declaration=number_of(subject)))
    assert made.status_code == 201, made.json()
    one = f"/guarantees/{made.json()['id']}"
    assert trader.get(f"{API}{one}").json()["available_vnd"] == "9000000"
    refused = send(trader, f"/of/{subject}/guarantee", {"guarantee": "VCB-1"})
    assert (refused.status_code, refused.json()["faults"][0]["code"]) == (422, "TQ-REV-002")
    assert send(officer, f"{one}/accept").json()["state"] == "accepted"
    assert send(officer, f"{one}/accept").status_code == 409
    answer = send(trader, f"/of/{subject}/guarantee", {"guarantee": "VCB-1"}).json()
    assert (answer["balance"]["settled"], answer["guarantees"][0]["amount_vnd"]) == (True, str(DUE))
    assert [row["state"] for row in trader.get(f"{API}/guarantees/").json()["guarantees"]] == ["accepted"]
    assert send(officer, f"{one}/close").json()["faults"][0]["code"] == "TQ-REV-017"
    assert send(trader, "/guarantees/", {"number": "x"}).status_code == 422


def test_a_guarantee_is_refused_with_its_reason(customs: World) -> None:
    made = send(customs.api("broker"), "/guarantees/", proposal(declaration="100000000010")).json()
    officer = customs.api("team_leader")
    answer = send(officer, f"/guarantees/{made['id']}/refuse", {"reason": "Không rõ"})
    assert (answer.json()["state"], answer.json()["reason"]) == ("refused", "Không rõ")


def test_a_bank_file_and_what_it_leaves(customs: World) -> None:
    subject, other = lodged(), lodged()
    officer = customs.api("clearance_officer")
    content = camt(entry(DUE, number_of(subject), on=today(), reference="A"), entry(9, "?", on=today(), reference="B"))
    address = f"{API}/bank-files/?office={OFFICE}&name=a.xml"
    taken = officer.post(address, content, content_type="application/xml").json()
    assert (taken["lines_read"], taken["lines_new"], taken["again"]) == (2, 2, False)
    assert officer.post(address, content, content_type="application/xml").json()["again"]
    money = officer.get(f"{API}/of/{subject}").json()
    assert (money["balance"]["open_vnd"], money["payable_vnd"]) == ("0", "0")
    assert [entered["kind"] for entered in money["entries"]] == ["assessment", "payment"]
    (waits,) = officer.get(f"{API}/bookings/").json()["bookings"]
    one = f"/bookings/{waits['id']}"
    assert send(officer, f"{one}/assign", {"number": number_of(other), "amount_vnd": "10"}).status_code == 422
    assert send(officer, f"{one}/assign", {"number": number_of(other), "amount_vnd": "4"}).json()["left_vnd"] == "5"
    assert send(officer, f"{one}/return").json()["outcome"] == "returned"
    assert officer.get(f"{API}{one}").json()["left_vnd"] == "0"
    assert officer.post(address, b"<a/>", content_type="application/xml").json()["faults"][0]["code"] == "TQ-REV-020"


def test_a_stranger_is_refused_everywhere(customs: World) -> None:
    subject = lodged()
    outside, agency = Client(SERVER_NAME="127.0.0.1"), customs.api("partner_agency")
    for path in (f"/of/{subject}", "/guarantees/", "/guarantees/1", "/bookings/", "/bookings/1"):
        assert outside.get(f"{API}{path}").status_code == 401, path
    for path in (f"/of/{subject}/guarantee", "/guarantees/", "/bank-files/?office=15BB", "/bookings/1/assign"):
        assert send(outside, path).status_code == 401, path
    for step in ("accept", "refuse", "close"):
        assert send(outside, f"/guarantees/1/{step}").status_code == 401
    assert send(outside, "/bookings/1/return").status_code == 401
    assert agency.get(f"{API}/of/{subject}").status_code == 404
    assert agency.get(f"{API}/bookings/").status_code == 403
    assert send(agency, "/guarantees/", proposal(declaration="100000000010")).status_code == 403
    assert send(agency, "/bank-files/?office=15BB").status_code == 403


def test_a_neighbor_reaches_nothing_of_another_office_or_enterprise(customs: World) -> None:
    subject = lodged(office="20BB", tax_code=OTHER_ENTERPRISE)
    name = guarantee(customs.actor("team_leader"), limit=5, kind="single", declaration="100000000010")
    officer, trader = customs.api("team_leader"), customs.api("declarant")
    officer.post(f"{API}/bank-files/?office={OFFICE}", camt(entry(1, "x", on=today())), content_type="application/xml")
    with connection.cursor() as sql:
        sql.execute("UPDATE revenue_bankstatement SET office = '20BB'")
        sql.execute("UPDATE revenue_guarantee SET office = '20BB', tax_code = %s", [OTHER_ENTERPRISE])
    line, given = BankLine.objects.get().pk, Guarantee.objects.get().pk
    for client in (officer, trader):
        assert client.get(f"{API}/of/{subject}").status_code == 404
        assert send(client, f"/of/{subject}/guarantee", {"guarantee": name}).status_code == 404
        assert client.get(f"{API}/guarantees/{given}").status_code == 404
        for step, body in (("accept", {}), ("close", {}), ("refuse", {"reason": "x"})):
            assert send(client, f"/guarantees/{given}/{step}", body).status_code == 404, step
        assert client.get(f"{API}/guarantees/").json()["guarantees"] == []
    assert officer.get(f"{API}/bookings/{line}").status_code == 404
    assert send(officer, f"/bookings/{line}/return").status_code == 404
    assert send(officer, f"/bookings/{line}/assign", {"number": "1", "amount_vnd": "1"}).status_code == 404
    assert send(trader, f"/bookings/{line}/return").status_code == 403
    assert send(officer, "/bank-files/?office=20BB").status_code == 403
