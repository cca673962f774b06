"""Certificates of origin over the API: registered, checked, used, each within its scope."""

from __future__ import annotations

import json

import msgspec
from django.test import Client

from tests.clearance.origin.papers import NUMBER, lodged, one_line, paper, registered
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World
from thongquan.base.accounts.queries import system_actor
from thongquan.rules.codes import Code

LIST = "/api/v1/origin/certificates"


def body(**changes: object) -> bytes:
    given = {"office": "15BB", "tax_code": ENTERPRISE, "paper": paper(), **changes}
    return msgspec.json.encode(given)


def post(client: Client, address: str, content: bytes = b"{}") -> tuple[int, dict[str, object]]:
    answer = client.post(address, content, content_type="application/json")
    return answer.status_code, json.loads(answer.content)


def test_a_trader_registers_and_reads_what_is_left(customs: World) -> None:
    trader = customs.api("declarant")
    status, made = post(trader, LIST, body())
    assert status == 201
    address = f"{LIST}/{made['id']}"
    officer = customs.api("clearance_officer")
    number = lodged(customs)
    assert post(officer, f"{address}/check", msgspec.json.encode({"declaration": number}))[0] == 200
    assert post(trader, f"{address}/use", msgspec.json.encode({"declaration": number}))[0] == 200
    seen = trader.get(address).json()
    assert [row["left"] for row in seen["balance"]] == ["0.000000"] * 5
    assert seen["check"]["actor"] == ""
    assert post(officer, f"{address}/give_back", msgspec.json.encode({"declaration": number}))[0] == 200
    assert trader.get(address).json()["balance"][0]["left"] == "12000.000000"
    assert post(officer, f"{address}/accept")[0] == 200
    assert post(officer, f"{address}/doubt", b'{"words": "Chu ky la"}')[0] == 200
    assert post(officer, f"{address}/fly")[0] == 404
    assert [row["number"] for row in trader.get(f"{LIST}?number=e26450000123456").json()] == [NUMBER]
    assert trader.get(f"{LIST}?state=accepted").json() == []


def test_a_bad_body_names_every_fault(customs: World) -> None:
    trader = customs.api("declarant")
    status, told = post(trader, LIST, b'{"office": "15BB", "tax_code": 5, "paper": {"agreement": "ACFTA"}, "x": 1}')
    assert status == 422
    faults = told["faults"]
    assert isinstance(faults, list)
    assert len(faults) >= 3
    assert post(trader, LIST, body())[0] == 201
    status, told = post(trader, LIST, body())
    assert status == 422
    assert isinstance(told["faults"], list)
    assert [one["code"] for one in told["faults"]] == [Code.TQ_ORI_050]
    assert told["faults"][0]["basis"] == "Circular 33/2023/TT-BTC, Art. 22"


def test_a_stranger_registers_and_reads_nothing(customs: World) -> None:
    key = registered(customs)
    stranger = Client(SERVER_NAME="127.0.0.1")
    assert stranger.get(LIST).status_code == 401
    assert stranger.get(f"{LIST}/{key}").status_code == 401
    assert post(stranger, LIST, body())[0] == 401
    assert post(stranger, f"{LIST}/{key}/accept")[0] == 401


def test_a_neighbor_of_another_office_or_enterprise_finds_nothing(customs: World) -> None:
    program = system_actor("test", offices=["20BB"])
    key = registered(customs, one_line("9", number="N1"), actor=program, office="20BB", tax_code=OTHER_ENTERPRISE)
    for role in ("clearance_officer", "declarant"):
        neighbor = customs.api(role)
        assert neighbor.get(LIST).json() == []
        assert neighbor.get(f"{LIST}/{key}").status_code == 404
        for step in ("check", "accept", "doubt", "withdraw", "use", "give_back"):
            assert post(neighbor, f"{LIST}/{key}/{step}", b'{"words": "x", "declaration": "1"}')[0] == 404
    assert post(customs.api("declarant"), LIST, body(tax_code=OTHER_ENTERPRISE))[0] == 403
    assert post(customs.api("clearance_officer"), LIST, body(office="20BB"))[0] == 403
