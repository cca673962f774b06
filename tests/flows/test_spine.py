"""The spine: a broker lodges a five-line import over HTTP, and everything it means is stored at once."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from tests.world import OTHER_ENTERPRISE, World, as_json, import_document
from thongquan.rules.document import Line, Party
from thongquan.rules.encoding import decoded_decision, decoded_document, decoded_facts, encoded
from thongquan.rules.replay import replay

LODGE = "/api/v1/declarations/"


def lodge(client: Any, body: bytes, **headers: str) -> Any:
    return client.post(LODGE, body, content_type="application/json", headers=headers)


def test_a_broker_lodges_a_five_line_import(customs: World) -> None:
    document = import_document()
    answer = lodge(customs.api("broker"), as_json(document))
    assert answer.status_code == 201, answer.json()
    body = answer.json()
    assert len(body["number"]) == 12
    assert body["number"][0] == "1"
    assert body["channel"] in (1, 2, 3)
    assert len(body["lines"]) == 5
    assert int(body["due_vnd"]) > 0


def test_everything_is_written_in_one_transaction(customs: World) -> None:
    number = lodge(customs.api("broker"), as_json(import_document())).json()["number"]
    key, subject = int(number[:11]), f"declaration:{number}"
    found = customs.run_sql(
        """
        SELECT 'declaration', xmin::text FROM declarations_declaration WHERE id = %s
        UNION ALL SELECT 'version', xmin::text FROM declarations_version WHERE declaration_id = %s
        UNION ALL SELECT 'line', xmin::text FROM declarations_line WHERE declaration_id = %s
        UNION ALL SELECT 'liability', xmin::text FROM revenue_liability WHERE subject = %s
        UNION ALL SELECT 'ledger', xmin::text FROM ledger_entry WHERE subject = %s
        UNION ALL SELECT 'outbox', xmin::text FROM core_outboxmessage WHERE subject = %s
        """,
        key,
        key,
        key,
        subject,
        subject,
        subject,
    )
    kinds = [row[0] for row in found]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "declaration": 1,
        "version": 1,
        "line": 5,
        "liability": 1,
        "ledger": 1,
        "outbox": 1,
    }
    assert len({row[1] for row in found}) == 1


def test_the_stored_facts_decide_the_same_again(customs: World) -> None:
    document = import_document()
    number = lodge(customs.api("broker"), as_json(document)).json()["number"]
    ((stored, facts, decision),) = customs.run_sql(
        "SELECT document, facts, decision FROM declarations_version WHERE declaration_id = %s", int(number[:11])
    )
    assert decoded_document(bytes(stored)) == document
    assert decoded_facts(bytes(facts)).document == document
    assert decoded_decision(bytes(decision)).accepted
    assert encoded(replay(bytes(facts))) == bytes(decision)


def test_the_page_says_why_and_replays(customs: World) -> None:
    number = lodge(customs.api("broker"), as_json(import_document())).json()["number"]
    officer = customs.client("clearance_officer")
    page = officer.get(f"/declarations/{number}/")
    assert page.status_code == 200
    assert number in page.content.decode()
    replayed = officer.post(f"/api/v1/declarations/{number}/replay", headers={"x-csrftoken": "no"})
    assert replayed.status_code in (200, 403)
    again = customs.api("broker").post(f"/api/v1/declarations/{number}/replay")
    assert again.json()["equal"] is True


def test_a_refused_document_stores_nothing_and_names_every_fault(customs: World) -> None:
    document = import_document()
    bad = msgspec.structs.replace(
        document,
        office="99ZZ",
        lines=tuple(msgspec.structs.replace(line, hs="99999999", quantity=None) for line in document.lines),
    )
    answer = lodge(customs.api("broker"), as_json(bad))
    assert answer.status_code == 422
    faults = answer.json()["faults"]
    places = {fault["path"] for fault in faults}
    assert "office" in places
    assert {f"lines[{place}].hs" for place in range(5)} <= places
    assert {f"lines[{place}].quantity" for place in range(5)} <= places
    assert all(fault["message"] and fault["code"] for fault in faults)
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(0,)]
    assert customs.run_sql("SELECT count(*) FROM core_outboxmessage WHERE kind = 'declaration.lodged'") == [(0,)]


def test_the_same_idempotency_key_gives_the_same_answer(customs: World) -> None:
    client, body = customs.api("broker"), as_json(import_document())
    first = lodge(client, body, **{"idempotency-key": "k-1"})
    second = lodge(client, body, **{"idempotency-key": "k-1"})
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    other = lodge(client, as_json(import_document(invoice="GX-9")), **{"idempotency-key": "k-1"})
    assert other.status_code == 409
    assert other.json()["faults"][0]["code"] == "TQ-API-001"
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(1,)]


def test_the_same_goods_twice_are_refused_with_the_first_number(customs: World) -> None:
    client, body = customs.api("broker"), as_json(import_document())
    number = lodge(client, body).json()["number"]
    again = lodge(client, body)
    assert again.status_code == 422
    assert "TQ-DEC-022" in [fault["code"] for fault in again.json()["faults"]]
    assert number in json.dumps(again.json())


def test_trying_tells_duties_but_never_the_channel(customs: World) -> None:
    answer = customs.api("broker").post(f"{LODGE}decide", as_json(import_document()), content_type="application/json")
    assert answer.status_code == 200
    assert answer.json()["channel"] is None
    assert answer.json()["reasons"] == []
    assert int(answer.json()["due_vnd"]) > 0
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(0,)]


def test_a_stranger_is_refused(customs: World) -> None:
    from django.test import Client

    for path in (LODGE, f"{LODGE}decide", f"{LODGE}101234567890/replay"):
        assert Client().post(path, as_json(import_document()), content_type="application/json").status_code == 401
    for path in (LODGE, f"{LODGE}101234567890"):
        assert Client().get(path).status_code == 401
    assert lodge(customs.api("partner_agency"), as_json(import_document())).status_code == 403


def test_a_neighbor_is_refused(customs: World) -> None:
    """Right role, wrong enterprise; right role, wrong office."""
    other = import_document(trader=Party(name="Công ty khác", tax_code=OTHER_ENTERPRISE))
    assert lodge(customs.api("broker"), as_json(other)).status_code == 403
    elsewhere = import_document(office="20BB")
    number = lodge(customs.api("broker"), as_json(elsewhere)).json()["number"]
    officer = customs.client("clearance_officer")
    assert officer.get(f"/api/v1/declarations/{number}").status_code == 404
    assert officer.get(f"/declarations/{number}/").status_code == 404
    assert number not in officer.get(LODGE).content.decode()


def test_a_declarant_never_reads_the_criteria(customs: World) -> None:
    number = lodge(customs.api("broker"), as_json(import_document())).json()["number"]
    seen = customs.api("broker").get(f"{LODGE}{number}").json()
    hidden = {"TQ-CHN-007", "TQ-CHN-008", "TQ-CHN-010"}
    assert hidden.isdisjoint({reason["code"] for reason in seen["reasons"]})
    assert "facts" not in seen


def test_numbers_are_unique_under_load(customs: World) -> None:
    client = customs.api("broker")
    numbers = [lodge(client, as_json(import_document(invoice=f"L-{n}"))).json()["number"] for n in range(45)]
    assert len(set(numbers)) == 45


def test_fifty_one_lines_are_refused_with_the_way_out(customs: World) -> None:
    first = import_document().lines[0]
    lines: tuple[Line, ...] = tuple(msgspec.structs.replace(first, number=n) for n in range(1, 52))
    answer = lodge(customs.api("broker"), as_json(import_document(lines=lines)))
    assert answer.status_code == 422
    assert "TQ-DEC-005" in [fault["code"] for fault in answer.json()["faults"]]
