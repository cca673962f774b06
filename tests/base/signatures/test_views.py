"""Pages of certificates: register, practice, withdraw; and who gets in."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.base.signatures.test_operations import issued, self_signed, signed
from tests.world import ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.base.signatures.operations import words_to_sign

PAGE = "/certificates/"


def test_a_certificate_is_issued_for_practice_listed_and_withdrawn(customs: World) -> None:
    client = customs.client("declarant")
    assert ENTERPRISE in client.get(PAGE).text
    made = client.post(f"{PAGE}practice", {"code": ENTERPRISE})
    assert made.status_code == 200
    assert b"BEGIN PRIVATE KEY" in made.content
    assert made["Cache-Control"] == "no-store"
    number = customs.run_sql("SELECT id FROM signatures_certificate")[0][0]
    assert f"{PAGE}{number}/withdraw" in client.get(PAGE).text
    assert client.post(f"{PAGE}{number}/withdraw").status_code == 302
    assert f"{PAGE}{number}/withdraw" not in client.get(PAGE).text


def test_a_certificate_is_registered_with_proof_and_faults_stand_at_their_field(customs: World) -> None:
    client, new = customs.client("declarant"), issued(customs, now())
    customs.run_sql("DELETE FROM signatures_certificate")

    def posted(data: bytes, proof: str) -> int:
        file = SimpleUploadedFile("mine.pem", data)
        answer = client.post(PAGE, {"code": ENTERPRISE, "certificate": file, "proof": proof})
        if answer.status_code == 422:
            assert "id_certificate" in answer.text or "id_proof" in answer.text
        return answer.status_code

    assert posted(self_signed(), "a..b") == 422
    assert posted(new.certificate, "a..b") == 422
    assert posted(b"x" * 30_000, "a..b") == 422
    assert posted(new.certificate, signed(new, words_to_sign(ENTERPRISE))) == 302


def test_a_stranger_and_an_officer_hold_no_certificates(customs: World) -> None:
    assert Client().get(PAGE).status_code == 302
    officer = customs.client("clearance_officer")
    assert officer.get(PAGE).status_code == 403
    assert officer.post(f"{PAGE}practice", {"code": ENTERPRISE}).status_code == 403


def test_a_neighbor_withdraws_no_certificate_of_another_enterprise(customs: World) -> None:
    new = issued(customs, now())
    assert customs.client("broker").post(f"{PAGE}{new.certificate_id}/withdraw").status_code == 404
    assert customs.client("broker").post(f"{PAGE}practice", {"code": ENTERPRISE}).status_code == 403
