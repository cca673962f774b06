"""Pages of violations: recorded, proposed and decided over HTTP, each within its scope."""

from __future__ import annotations

import io
import re

import pytest
from django.test import Client
from django.utils.timezone import localdate
from pypdf import PdfReader

from tests.clearance.violations.cases import decided, recorded
from tests.world import World, as_json, import_document
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now

LANGUAGES = ["vi", "en", "zh-hans", "fr"]
STEPS = ("propose", "decide", "return", "drop", "annul")


def lodged(customs: World, **changes: object) -> str:
    body = as_json(import_document(**changes))  # type: ignore[arg-type]  # fields of the document
    answer = customs.api("declarant").post("/api/v1/declarations/", body, content_type="application/json")
    return str(answer.json()["number"])


def test_the_whole_case_over_http(customs: World) -> None:
    number = lodged(customs)
    officer, leader, trader = (customs.client(role) for role in ("clearance_officer", "team_leader", "declarant"))
    address = f"/violations/new/?subject=declaration:{number}"
    assert number in officer.get(address).content.decode()
    act = {"act": "short_duty_detected", "on": localdate(now()).isoformat(), "line": "5"}
    wrong = officer.post(address, {**act, "declared": "5 %"})
    assert wrong.status_code == 422
    assert 'role="alert"' in wrong.content.decode()
    words = {"declared": "84145999, 5 %", "found": "84145110, 20 %", "difference_vnd": "10000000"}
    page = officer.post(address, {**act, **words})["Location"]
    assert trader.get(page).status_code == 404
    assert officer.post(f"{page}propose", {"words": ""}).status_code == 422
    assert officer.post(f"{page}propose", {"words": "Đề nghị xử phạt"}).status_code == 302
    assert officer.post(f"{page}decide", {"decide-words": "Đồng ý"}).status_code == 403
    assert leader.post(f"{page}decide", {"decide-words": "Đồng ý"}).status_code == 302
    assert leader.post(f"{page}decide", {"decide-words": "Đồng ý"}).status_code == 422
    shown = trader.get(page, headers={"accept-language": "en"}).content.decode()
    assert "2,000,000" in shown or "2 000 000" in shown
    assert "Đề nghị xử phạt" not in shown
    assert page in trader.get("/violations/").content.decode()


def test_the_decision_is_a_paper(customs: World) -> None:
    found = decided(customs)
    answer = customs.client("declarant").get(f"/violations/{found.case}/decision.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    words = " ".join(text.split())
    for part in ("QUYẾT ĐỊNH", "2.000.000 đồng", "Hai triệu đồng", "Nghị định 169/2026", "9999900011", "20 %"):
        assert part in words, part


def test_there_is_no_paper_before_the_decision(customs: World) -> None:
    found = recorded(customs)
    assert customs.client("team_leader").get(f"/violations/{found.case}/decision.pdf").status_code == 404


def test_a_fine_that_is_not_known_is_asked_for(customs: World) -> None:
    found = recorded(customs, act="guided_code_again")
    officer, page = customs.client("clearance_officer"), f"/violations/{found.case}/"
    assert f'name="stated-{found.finding}"' in officer.get(page).content.decode()
    assert officer.post(f"{page}propose", {"words": "Phạt"}).status_code == 422
    stated = {"words": "Phạt", f"stated-{found.finding}": "25000000"}
    assert officer.post(f"{page}propose", stated).status_code == 302
    assert "25.000.000" in officer.get(page).content.decode()


def test_only_what_is_open_is_offered(customs: World) -> None:
    found = recorded(customs)
    page = f"/violations/{found.case}/"

    def offered(role: str) -> set[str]:
        return set(re.findall(rf'action="{page}(\w+)"', customs.client(role).get(page).content.decode()))

    assert offered("clearance_officer") == {"propose"}
    assert offered("team_leader") == {"propose", "drop"}
    assert offered("risk_analyst") == set()
    done = decided(customs, subject="declaration:101234567900")
    page = f"/violations/{done.case}/"
    assert (offered("team_leader"), offered("director"), offered("declarant")) == (set(), {"annul"}, set())
    assert customs.client("director").post(f"{page}annul", {"annul-words": "Khiếu nại đúng"}).status_code == 302
    assert "tq-note" in customs.client("declarant").get(page).content.decode()


def test_the_list_is_narrowed_and_paged(customs: World) -> None:
    found = recorded(customs)
    client = customs.client("clearance_officer")
    for query, there in (("", True), ("state=open", True), ("state=decided", False), ("state=odd&page=x", True)):
        assert (f"/violations/{found.case}/" in client.get(f"/violations/?{query}").content.decode()) is there, query
    assert f"/violations/{found.case}/" not in client.get("/violations/?page=2").content.decode()
    assert "/violations/" in client.get("/").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_made_in_every_language(customs: World, language: str) -> None:
    found = decided(customs)
    recorded(customs)
    for path in ("/violations/", f"/violations/{found.case}/"):
        page = customs.client("team_leader").get(path, headers={"accept-language": language})
        assert page.status_code == 200
        assert f'<html lang="{language}"' in page.content.decode()


def test_a_stranger_is_sent_to_sign_in_or_refused(customs: World) -> None:
    found = decided(customs)
    nobody = Client(SERVER_NAME="127.0.0.1")
    paths = ["", "new/", f"{found.case}/", f"{found.case}/decision.pdf", *(f"{found.case}/{step}" for step in STEPS)]
    for path in paths:
        for answer in (nobody.get(f"/violations/{path}"), nobody.post(f"/violations/{path}")):
            assert answer.status_code in (302, 405), path
            assert answer.status_code == 405 or answer["Location"].startswith("/accounts/login/")
    agency = customs.client("partner_agency")
    assert agency.get("/violations/").status_code == 403
    for path in paths[2:]:
        assert agency.post(f"/violations/{path}").status_code in (404, 405), path


def test_a_neighbor_office_or_enterprise_is_refused(customs: World) -> None:
    found = recorded(customs, actor=system_actor("x", offices=["20BB"]), office="20BB", tax_code="9999900099")
    number = lodged(customs, office="20BB")
    for role in ("clearance_officer", "team_leader", "declarant", "broker"):
        client = customs.client(role)
        for path in ("", "decision.pdf", *STEPS):
            assert client.get(f"/violations/{found.case}/{path}", follow=True).status_code == 404, (role, path)
        assert f"/violations/{found.case}/" not in client.get("/violations/").content.decode()
    assert customs.client("clearance_officer").get(f"/violations/new/?subject=declaration:{number}").status_code == 404
    assert customs.client("declarant").get(f"/violations/new/?subject=declaration:{number}").status_code == 403
    assert customs.client("clearance_officer").get("/violations/new/?subject=car:1").status_code == 404
