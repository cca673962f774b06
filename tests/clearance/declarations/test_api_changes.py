"""Amend, ask, split, pre-register and compare over HTTP."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.test import Client
from msgspec.structs import replace

from tests.clearance.declarations.views.test_preregistered import many
from tests.world import World, as_json, import_document
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.operations import take_step
from thongquan.clearance.declarations.states import Step
from thongquan.rules.document import Document

ROOT = "/api/v1/declarations"


def send(client: Client, address: str, body: bytes, **headers: str) -> Any:
    return client.post(f"{ROOT}{address}", body, content_type="application/json", headers=headers)


def changed() -> Document:
    return replace(import_document(), gross_weight_kg=Decimal(21500))


def lodged(client: Client) -> str:
    return str(send(client, "/", as_json(import_document())).json()["number"])


def test_an_amendment_answers_with_number_changes_and_consequence(customs: World) -> None:
    client = customs.api("declarant")
    number, body = lodged(client), as_json(changed())
    silent = send(client, f"/{number}/amend", body)
    assert silent.status_code == 422
    assert silent.json()["faults"][0]["code"] == "TQ-LIF-006"
    address = f"/{number}/amend?reason=Can%20lai&version=0"
    first = send(client, address, body, **{"Idempotency-Key": "a"})
    assert first.status_code == 201, first.content
    answer = first.json()
    assert answer["number"] == f"{number[:11]}1"
    assert [one["path"] for one in answer["changes"]] == ["gross_weight_kg"]
    assert answer["consequences"][0]["basis"].startswith("Circular 38/2015")
    again = send(client, address, body, **{"Idempotency-Key": "a"}).json()
    assert (again["number"], again["due_vnd"]) == (answer["number"], answer["due_vnd"])
    overtaken = send(client, f"/{number}/amend?reason=x&version=0", as_json(import_document()))
    assert overtaken.json()["faults"][0]["code"] == "TQ-LIF-011"
    other = send(client, f"/{number}/amend?reason=y", as_json(import_document()), **{"Idempotency-Key": "a"})
    assert other.status_code == 409


def test_the_list_tells_the_clock_of_each_declaration(customs: World) -> None:
    client = customs.api("declarant")
    number = lodged(client)
    (row,) = client.get(f"{ROOT}/?text={number}").json()["declarations"]
    assert (row["number"], row["clock"]["for_whom"], row["clock"]["overdue"]) == (number, "declarant", False)
    assert row["clock"]["name"].startswith("expiry_")
    assert row["clock"]["words"].startswith("Void unless ")
    assert row["clock"]["due_at"] > row["registered_at"]


def test_versions_are_compared(customs: World) -> None:
    client = customs.api("declarant")
    number = lodged(client)
    send(client, f"/{number}/amend?reason=Can%20lai", as_json(changed()))
    answer = client.get(f"{ROOT}/{number}/versions").json()
    assert [one["reason"] for one in answer["versions"]] == ["", "Can lai"]
    assert [(one["before"], one["after"]) for one in answer["changes"]] == [("22000", "21500")]
    assert {one["tax"] for one in answer["taxes"]} >= {"vat", "fee", "due"}
    assert client.get(f"{ROOT}/{number}/versions?before=0&after=9").status_code == 404


def test_requests_wait_for_an_officer(customs: World) -> None:
    client = customs.api("declarant")
    number = lodged(client)
    asked = send(client, f"/{number}/cancellation-requests", b'{"ground":"request","reason":"Khach tra hang"}')
    assert asked.status_code == 202
    assert send(client, f"/{number}/cancellation-requests", b'{"ground":"x","reason":"y"}').status_code == 422
    take_step(actor=system_actor("revenue"), number=number, step=Step.SETTLE, at=now())
    take_step(actor=customs.actor("clearance_officer"), number=number, step=Step.CLEAR, at=now())
    asked = send(client, f"/{number}/amendment-requests?reason=Can%20lai", as_json(changed()))
    assert (asked.status_code, asked.json()["state"]) == (202, "cleared")


def test_a_split_is_made_when_asked_for(customs: World) -> None:
    client, body = customs.api("declarant"), as_json(many(120))
    assert send(client, "/", body).json()["faults"][0]["code"] == "TQ-DEC-005"
    answer = send(client, "/?split=1", body, **{"Idempotency-Key": "s"})
    assert answer.status_code == 201
    numbers = [one["number"] for one in answer.json()["declarations"]]
    assert len(set(numbers)) == 3
    again = send(client, "/?split=1", body, **{"Idempotency-Key": "s"}).json()
    assert [one["number"] for one in again["declarations"]] == numbers


def test_data_are_pre_registered_changed_and_registered(customs: World) -> None:
    client = customs.api("declarant")
    kept = send(client, "/preregistered/", as_json(replace(import_document(), lines=())))
    assert kept.status_code == 201
    number = kept.json()["number"]
    assert send(client, f"/preregistered/{number}/register", b"").status_code == 422
    body = as_json(import_document())
    put = client.put(f"{ROOT}/preregistered/{number}", body, content_type="application/json")
    assert put.json()["changes"] == 1
    assert client.get(f"{ROOT}/preregistered/").json()["preregistered"][0]["number"] == number
    done = send(client, f"/preregistered/{number}/register", b"")
    assert (done.status_code, done.json()["number"]) == (201, number)
    assert client.get(f"{ROOT}/preregistered/{number}").json()["state"] == "registered"


def test_a_stranger_and_a_neighbor_change_nothing_over_http(customs: World) -> None:
    client = customs.api("declarant")
    number, body = lodged(client), as_json(changed())
    kept = send(client, "/preregistered/", as_json(import_document(invoice="P"))).json()["number"]
    neighbor, stranger = customs.api("partner_agency"), Client(SERVER_NAME="127.0.0.1")
    for address in (
        f"/{number}/amend?reason=x",
        f"/{number}/amendment-requests?reason=x",
        f"/{number}/cancellation-requests",
        f"/preregistered/{kept}/register",
    ):
        assert send(neighbor, address, body).status_code == 404, address
        assert send(stranger, address, body).status_code == 401, address
    assert neighbor.get(f"{ROOT}/{number}/versions").status_code == 404
    assert neighbor.get(f"{ROOT}/preregistered/{kept}").status_code == 404
    assert neighbor.put(f"{ROOT}/preregistered/{kept}", body, content_type="application/json").status_code == 404
    assert send(neighbor, "/preregistered/", body).status_code == 403
