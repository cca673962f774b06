"""Awaited proofs of origin at pages and over the API: filed, listed, each within its scope, in four languages."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from django.test import Client
from django.utils import translation

from tests.clearance.declarations.operations.test_late_proofs import accepted, announced, lodged
from tests.clearance.origin.papers import NUMBER, paper, registered
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.todo import todos_of

LIST, API = "/origin/late/", "/api/v1/declarations"


def file_at(client: Client, number: str, certificate: str = NUMBER) -> Any:
    body = msgspec.json.encode({"certificate": certificate})
    return client.post(f"{API}/{number}/late-certificate", body, content_type="application/json")


def test_a_declarant_announces_at_lodging_and_files_at_the_page(customs: World) -> None:
    number = lodged(customs, announced(), now())
    registered(customs)
    client = customs.client("declarant")
    client.cookies["language"] = "en"
    shown = client.get(f"/declarations/{number}/").text
    assert f"/declarations/{number}/late" in shown
    assert "the excess is paid back when the proof is accepted" in shown
    assert NUMBER in client.get(f"/declarations/{number}/late").text
    answer = client.post(f"/declarations/{number}/late", {"certificate": NUMBER}, follow=True)
    assert "The certificate is filed in time." in answer.text
    assert "Filed, waits for an officer" in answer.text
    again = client.post(f"/declarations/{number}/late", {"certificate": NUMBER}, follow=True)
    assert "was filed before; nothing changed" in again.text


def test_the_page_tells_why_a_certificate_is_not_taken(customs: World) -> None:
    number = lodged(customs, announced(), now())
    registered(customs, paper(number="D-1", agreement="ATIGA", form="D", issuing_country="TH"))
    client = customs.client("declarant")
    client.cookies["language"] = "en"
    refused = client.post(f"/declarations/{number}/late", {"certificate": "D-1"})
    assert refused.status_code == 422
    assert "Certificate D-1 stands for ATIGA" in refused.text
    assert "TQ-ORI-144" in refused.text
    assert client.post(f"/declarations/{number}/late", {"certificate": "NOT-THERE"}).status_code == 422


def test_what_is_awaited_stands_in_the_list_of_the_trader_and_of_the_office(customs: World) -> None:
    number = lodged(customs, announced(), now())
    for role in ("declarant", "clearance_officer", "team_leader"):
        shown = customs.client(role).get(LIST)
        assert shown.status_code == 200
        assert number in shown.text, role
    for show in ("soon", "overdue", "filed", "ended", "nonsense"):
        page = customs.client("clearance_officer").get(f"{LIST}?show={show}&page=x")
        assert (page.status_code, number in page.text) == (200, show == "nonsense"), show


def test_the_to_do_list_of_the_declarant_names_each_declaration_once(customs: World) -> None:
    number = lodged(customs, announced(), now())
    with translation.override("en"):
        told = [(str(one.what), one.name) for one in todos_of(customs.actor("declarant"), now(), most=50).rows]
    assert told.count(("File the proof of origin that was announced", number)) == 1


def test_a_program_files_reads_and_files_again(customs: World) -> None:
    number = lodged(customs, announced(), now())
    accepted(customs, now())
    program = customs.api("declarant")
    (first, *_others) = program.get(f"{API}/late-certificates").json()["proofs"]
    assert (first["number"], first["line"], first["kind"], first["outcome"]) == (number, 1, "announced", "")
    assert first["clock"]["name"] == "proof_announced"
    answer = file_at(program, number)
    assert (answer.status_code, answer.json()["granted"]) == (201, True)
    amended = answer.json()["number"]
    again = file_at(program, amended)
    assert (again.status_code, again.json()["repeated"]) == (200, True)
    proofs = program.get(f"{API}/{amended}/late-certificate").json()["proofs"]
    assert {one["outcome"] for one in proofs} == {"granted"}
    assert program.get(f"{API}/late-certificates?show=ended").json()["proofs"] != []
    assert program.get(f"{API}/late-certificates?show=never").status_code == 422


def test_a_refusal_over_the_api_names_code_and_remedy(customs: World) -> None:
    number = lodged(customs, announced(), now())
    refused = file_at(customs.api("declarant"), number, "UNKNOWN-1")
    assert refused.status_code == 422
    (fault,) = refused.json()["faults"]
    assert (fault["code"], bool(fault["remedy"])) == ("TQ-ORI-057", True)


@pytest.mark.parametrize("language", ["vi", "zh-hans", "fr"])
def test_the_pages_speak_the_readers_language(customs: World, language: str) -> None:
    number = lodged(customs, announced(), now())
    client = customs.client("declarant")
    client.cookies["language"] = language
    english = ("Awaited proofs", "How it stands", "Announced when", "Overdue", "Last day", "ends in")
    for address in (LIST, f"/declarations/{number}/late", f"/declarations/{number}/"):
        text = client.get(address).text
        assert [words for words in english if words in text] == [], address


def test_a_stranger_sees_and_files_nothing(customs: World) -> None:
    number = lodged(customs, announced(), now())
    stranger = Client(SERVER_NAME="127.0.0.1")
    for address in (LIST, f"/declarations/{number}/late"):
        assert stranger.get(address).status_code == 302
    assert stranger.get(f"{API}/late-certificates").status_code == 401
    assert stranger.get(f"{API}/{number}/late-certificate").status_code == 401
    assert file_at(stranger, number).status_code == 401


def test_a_neighbor_sees_and_files_nothing(customs: World) -> None:
    number = lodged(customs, announced(), now())
    registered(customs)
    for role in ("neighbor_customs", "partner_agency"):
        assert number not in customs.client(role).get(LIST).text
        assert customs.client(role).get(f"/declarations/{number}/late").status_code in (403, 404)
        assert customs.client(role).post(f"/declarations/{number}/late", {"certificate": NUMBER}).status_code in (
            403,
            404,
        )
        program = customs.api(role)
        assert number not in program.get(f"{API}/late-certificates").text
        assert program.get(f"{API}/{number}/late-certificate").status_code in (403, 404)
        assert file_at(program, number).status_code in (403, 404)
