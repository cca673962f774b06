"""Signed lodging: over the very bytes, by declarant or agent, and where the law of the day asks for it."""

from __future__ import annotations

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.base.signatures.test_operations import issued, signed
from tests.world import World, as_json, import_document
from thongquan.base.accounts.queries import own_codes
from thongquan.base.core.clock import now
from thongquan.base.signatures.operations import issue_practice_certificate
from thongquan.base.signatures.queries import signatures_of
from thongquan.clearance.declarations.operations.signing import PARAMETER
from thongquan.clearance.tariff.queries import forget_law

LODGE = "/api/v1/declarations/"


def ask_for_signatures(customs: World, doors: str) -> None:
    """Let the law of the day ask for a signature at these doors."""
    customs.run_sql("ALTER TABLE tariff_parameter DISABLE TRIGGER USER")
    customs.run_sql(f"UPDATE tariff_parameter SET value = '{doors}' WHERE name = '{PARAMETER}'")
    forget_law()


def test_a_signed_body_is_lodged_with_its_signature(customs: World) -> None:
    body = as_json(import_document())
    value = signed(issued(customs, now()), body)
    answer = customs.api("declarant").post(LODGE, body, "application/json", headers={"signature-jws": value})
    assert answer.status_code == 201, answer.text
    kept = signatures_of(f"declaration:{answer.json()['number']}")
    assert [one.value for one in kept] == [value]


def test_a_signature_of_other_bytes_stores_nothing(customs: World) -> None:
    body = as_json(import_document())
    value = signed(issued(customs, now()), body + b" ")
    answer = customs.api("declarant").post(LODGE, body, "application/json", headers={"signature-jws": value})
    assert answer.status_code == 422
    assert [fault["code"] for fault in answer.json()["faults"]] == ["TQ-SIG-006"]
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(0,)]


def test_an_agent_signs_with_its_own_certificate(customs: World) -> None:
    at, broker = now(), customs.actor("broker")
    code = next(iter(own_codes(broker, at)))
    own = issue_practice_certificate(actor=broker, code=code, at=at)
    body = as_json(import_document())
    answer = customs.api("broker").post(LODGE, body, "application/json", headers={"signature-jws": signed(own, body)})
    assert answer.status_code == 201, answer.text


def test_a_neighbor_may_not_lend_its_certificate(customs: World) -> None:
    at, broker = now(), customs.actor("broker")
    own = issue_practice_certificate(actor=broker, code=next(iter(own_codes(broker, at))), at=at)
    body = as_json(import_document())
    headers = {"signature-jws": signed(own, body)}
    answer = customs.api("declarant").post(LODGE, body, "application/json", headers=headers)
    assert [fault["code"] for fault in answer.json()["faults"]] == ["TQ-SIG-003"]


@pytest.mark.parametrize(("doors", "status"), [("none", 201), ("excel wco", 201), ("api wco", 422)])
def test_the_parameter_of_the_day_names_the_doors(customs: World, doors: str, status: int) -> None:
    ask_for_signatures(customs, doors)
    answer = customs.api("declarant").post(LODGE, as_json(import_document()), "application/json")
    assert answer.status_code == status
    if status == 422:
        assert answer.json()["faults"][0]["code"] == "TQ-SIG-007"


def test_a_signed_file_is_uploaded_with_its_signature(customs: World) -> None:
    client, body = customs.client("declarant"), as_json(import_document())
    value = signed(issued(customs, now()), body)
    ask_for_signatures(customs, "api")

    def uploaded(**signature: SimpleUploadedFile) -> int:
        files = {"file": SimpleUploadedFile("to-khai.json", body), **signature}
        return client.post("/declarations/upload/", {"do": "lodge", **files}).status_code

    assert uploaded() == 422
    assert uploaded(signature=SimpleUploadedFile("a.jws", value[:-6].encode() + b"AAAAAA")) == 422
    assert uploaded(signature=SimpleUploadedFile("a.jws", value.encode() + b"\n")) == 302


def test_the_same_key_gives_the_first_answer_and_keeps_one_signature(customs: World) -> None:
    body, api = as_json(import_document()), customs.api("declarant")
    headers = {"signature-jws": signed(issued(customs, now()), body), "idempotency-key": "one"}
    answers = [api.post(LODGE, body, "application/json", headers=headers) for _ in range(2)]
    numbers = {msgspec.json.decode(answer.content)["number"] for answer in answers}
    assert len(numbers) == 1
    assert customs.run_sql("SELECT count(*) FROM signatures_signature") == [(1,)]


def preregistered(customs: World) -> tuple[str, bytes]:
    """Number of pre-registered data, and the bytes to sign."""
    client = customs.api("declarant")
    number = client.post(f"{LODGE}preregistered/", as_json(import_document()), "application/json").json()["number"]
    return number, client.get(f"{LODGE}preregistered/{number}/body").content


def test_preregistered_data_are_registered_with_a_signature_where_the_door_asks_for_one(customs: World) -> None:
    ask_for_signatures(customs, "api form")
    number, body = preregistered(customs)
    client, address = customs.api("declarant"), f"{LODGE}preregistered/{number}/register"
    assert [fault["code"] for fault in client.post(address).json()["faults"]] == ["TQ-SIG-007"]
    certificate = issued(customs, now())
    wrong = client.post(address, headers={"signature-jws": signed(certificate, body + b" ")})
    assert [fault["code"] for fault in wrong.json()["faults"]] == ["TQ-SIG-006"]
    value = signed(certificate, body)
    assert client.post(address, headers={"signature-jws": value}).status_code == 201
    assert [one.value for one in signatures_of(f"declaration:{number}")] == [value]


def test_the_page_registers_preregistered_data_with_a_signature(customs: World) -> None:
    ask_for_signatures(customs, "form")
    number, body = preregistered(customs)
    page, address = customs.client("declarant"), f"/declarations/preregistered/{number}/"
    assert page.get(f"{address}body.json").content == body
    assert page.post(address, {"do": "register"}).status_code == 422
    value = signed(issued(customs, now()), body)
    file = SimpleUploadedFile("ky.jws", value.encode())
    assert page.post(address, {"do": "register", "signature": file}).status_code == 302
    assert [one.value for one in signatures_of(f"declaration:{number}")] == [value]


def test_a_stranger_and_a_neighbor_get_no_bytes_to_sign(customs: World) -> None:
    number, _body = preregistered(customs)
    assert customs.api("clearance_officer").get(f"{LODGE}preregistered/{number}/body").status_code == 404
    assert customs.client("clearance_officer").get(f"/declarations/preregistered/{number}/body.json").status_code == 403
