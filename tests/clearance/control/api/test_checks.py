"""Checks over HTTP: the same operations as the pages, the same refusals."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client

from tests.clearance.control.yard import act_of, drawn, lodged, officers
from tests.world import SCOPES, World
from thongquan.base.accounts.operations import create_token
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.clearance.control.operations.inspections import assign_inspection
from thongquan.clearance.declarations.queries import events_of

POSTS: dict[str, dict[str, Any]] = {
    "documents": {},
    "documents/point": {"code": "invoice", "outcome": "agrees"},
    "documents/conclude": {},
    "inspection": {},
    "inspection/reassign": {"officer": "user:1", "reason": "x"},
    "inspection/place": {"place": "x"},
    "inspection/line": {"line": 1, "agrees": True},
    "inspection/finding": {"kind": "code", "line": 1, "found": "x"},
    "inspection/finding/remove": {"finding": 1},
    "inspection/samples": {"line": 1, "seals": ["A", "B"], "laboratory": "x"},
    "inspection/samples/result": {"sample": 1, "result": "agrees"},
    "inspection/sign": {"digest": "x"},
    "specialized": {"kind": "quarantine", "agency": "x"},
    "specialized/result": {"kind": "quarantine", "result": "passed"},
}


def program(actor: Actor, scopes: tuple[str, ...] = SCOPES) -> Client:
    """A program with a token of this officer."""
    token = create_token(actor=actor, name="test", scopes=scopes, days=1, at=now()).secret
    headers = {"authorization": f"Bearer {token}", "accept-language": "en"}
    return Client(SERVER_NAME="127.0.0.1", headers=headers)


def post(client: Client, path: str, body: object) -> Any:
    return client.post(f"/api/v1/control/{path}", body, content_type="application/json")


def test_a_document_check_over_http(customs: World) -> None:
    number = lodged(customs, now(), channel=2)
    client = customs.api("clearance_officer")
    assert [one["stand"]["number"] for one in client.get("/api/v1/control/documents").json()] == [number]
    begun = post(client, f"{number}/documents", {}).json()
    points = [one["code"] for one in begun["documents"]["points"]]
    assert begun["due"]["documents"] is True
    refused = post(client, f"{number}/documents/conclude", {})
    assert (refused.status_code, refused.json()["faults"][0]["code"]) == (422, "TQ-CTL-003")
    for code in points:
        assert post(client, f"{number}/documents/point", {"code": code, "outcome": "agrees"}).status_code == 200
    assert post(client, f"{number}/documents/conclude", {"note": "ok"}).json()["number"] == number
    shown = client.get(f"/api/v1/control/{number}/checks").json()
    assert shown["documents"]["outcome"] == "agrees"
    assert client.get("/api/v1/control/documents").json() == []


def test_an_inspection_over_http(customs: World) -> None:
    at = now()
    team, number = officers(customs, at, count=2), lodged(customs, at)
    assert post(program(team[0]), f"{number}/inspection", {}).status_code == 200
    first, second = drawn(team[0], number, team)
    client = program(first)
    assert [one["is_mine"] for one in client.get("/api/v1/control/inspections").json()] == [True]
    for line in range(1, 6):
        body = {"line": line, "agrees": line != 2, "quantity": "790.5" if line == 2 else None, "unit": "KGM"}
        assert post(client, f"{number}/inspection/line", body).status_code == 200
    made = post(client, f"{number}/inspection/finding", {"kind": "quantity", "line": 2, "found": "790.5"})
    extra = post(client, f"{number}/inspection/finding", {"kind": "ipr", "line": 2, "found": "x"})
    assert (made.status_code, extra.status_code) == (201, 201)
    post(client, f"{number}/inspection/finding/remove", {"finding": extra.json()["finding"]})
    post(client, f"{number}/inspection/place", {"place": "Bãi 1"})
    sample = post(client, f"{number}/inspection/samples", {"line": 2, "seals": ["A", "B"], "laboratory": "KĐ6"})
    result = {"sample": sample.json()["sample"], "result": "agrees"}
    assert post(client, f"{number}/inspection/samples/result", result).status_code == 200
    digest = act_of(first, number).digest
    assert post(client, f"{number}/inspection/sign", {"digest": digest}).json()["inspection"]["outcome"] == ""
    ended = post(program(second), f"{number}/inspection/sign", {"digest": digest}).json()["inspection"]
    assert (ended["outcome"], ended["findings"][0]["declared"], ended["findings"][0]["found"]) == (
        "differs",
        "800 KGM",
        "790.5",
    )
    assert events_of(number)[-1].kind == "goods_inspected"


def test_duty_replacement_and_specialized_inspections_over_http(customs: World) -> None:
    at = now()
    team, number = officers(customs, at, count=3), lodged(customs, at)
    leader = customs.api("team_leader")
    start, end = (at + timedelta(days=3)).isoformat(), (at + timedelta(days=3, hours=8)).isoformat()
    turn = {"office": "15BB", "officer": team[0].reference, "starts_at": start, "ends_at": end}
    assert post(leader, "duty", turn).status_code == 201
    assert post(leader, "duty", turn).json()["faults"][0]["code"] == "TQ-CTL-015"
    assign_inspection(actor=team[0], number=number, at=at)
    gone = drawn(team[0], number, team)[0].reference
    body = {"officer": gone, "reason": "Nghỉ ốm"}
    assert post(leader, f"{number}/inspection/reassign", body).status_code == 200
    assert gone not in [one.officer for one in act_of(team[0], number).assigned]
    client = program(team[0])
    asked = {"kind": "quarantine", "code": "PQ", "agency": "Trạm KDTV", "lines": [1]}
    assert post(client, f"{number}/specialized", asked).status_code == 200
    given = {"kind": "quarantine", "code": "PQ", "result": "passed"}
    assert post(client, f"{number}/specialized/result", given).status_code == 200
    assert client.get(f"/api/v1/control/{number}/checks").json()["specialized"][0]["result"] == "passed"


def test_a_stranger_and_a_program_that_may_only_read_check_nothing(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    nobody, trader = Client(SERVER_NAME="127.0.0.1"), customs.api("declarant")
    (officer,) = officers(customs, at, count=1)
    reader = program(officer, scopes=("control:read",))
    assert reader.get(f"/api/v1/control/{number}/checks").status_code == 200
    assert trader.get(f"/api/v1/control/{number}/checks").status_code == 403
    assert nobody.get(f"/api/v1/control/{number}/checks").status_code == 401
    for path, body in POSTS.items():
        assert post(nobody, f"{number}/{path}", body).status_code == 401, path
        assert post(trader, f"{number}/{path}", body).status_code == 403, path
        assert post(reader, f"{number}/{path}", body).status_code == 403, path
    assert customs.run_sql("SELECT count(*) FROM declarations_event") == [(0,)]
    assert post(trader, "duty", {"office": "15BB", "officer": "x", "starts_at": at, "ends_at": at}).status_code == 403


def test_a_neighbor_reaches_no_declaration_of_another_office(customs: World) -> None:
    number = lodged(customs, now(), office="20BB")
    client = customs.api("clearance_officer")
    assert client.get(f"/api/v1/control/{number}/checks").status_code == 404
    for path, body in POSTS.items():
        assert post(client, f"{number}/{path}", body).status_code == 404, path
    assert client.get("/api/v1/control/inspections").json() == []
