"""Pages of audits: a case from its opening to its paper over HTTP, and what a declarant never sees."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.clearance.postaudit.cases import cleared, opened, signed
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.postaudit.views.steps import SPECS

LANGUAGES = ["vi", "en", "zh-hans", "fr"]


def test_a_case_over_http(customs: World) -> None:
    number = cleared(customs)
    auditor, leader, trader = (customs.client(role) for role in ("auditor", "team_leader", "declarant"))
    assert f"/audits/open/{number}/" in auditor.get(f"/declarations/{number}/").content.decode()
    assert number in auditor.get(f"/audits/open/{number}/").content.decode()
    case = auditor.post(f"/audits/open/{number}/", {"place": "customs"})["Location"]
    again = auditor.post(f"/audits/open/{number}/", {"place": "customs"})
    assert (again.status_code, "TQ-AUD-009" in again.content.decode()) == (422, True)

    due = (now() + timedelta(days=5)).date().isoformat()
    assert auditor.post(f"{case}plan", {"plan-text": "Kế hoạch kín"}).status_code == 302
    assert auditor.post(f"{case}note", {"note-text": "Ghi chú kín"}).status_code == 302
    assert auditor.post(f"{case}ask", {"ask-text": "Nộp hợp đồng mua bán", "ask-due_on": due}).status_code == 302
    shown = trader.get(case).content.decode()
    assert "Nộp hợp đồng mua bán" in shown
    assert "kín" not in shown
    request = re.search(r'<option value="(\d+)"', shown)
    assert request is not None
    answer = {"answer-request": request[1], "answer-text": "Gửi kèm hợp đồng"}
    assert trader.post(f"{case}answer", answer).status_code == 302

    finding = {"find-line": "5", "find-field": "value", "find-ground": "Hợp đồng", "find-act": "short_duty_detected"}
    refused = auditor.post(f"{case}find", {**finding, "find-found": "much"})
    assert (refused.status_code, "TQ-AUD-006" in refused.content.decode()) == (422, True)
    assert auditor.post(f"{case}find", {**finding, "find-found": "30000"}).status_code == 302
    assert "30000" not in trader.get(case).content.decode()
    assert auditor.post(f"{case}recalculate").status_code == 302
    assert auditor.post(f"{case}propose", {"propose-text": "Khai thấp trị giá"}).status_code == 302
    assert trader.get(f"{case}conclusion.pdf").status_code == 404
    assert leader.post(f"{case}sign").status_code == 302

    shown = trader.get(case).content.decode()
    for words in ("Khai thấp trị giá", "30000", 'id="id_object-text"'):
        assert words in shown
    paper = trader.get(f"{case}conclusion.pdf")
    text = " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(paper.content)).pages).split())
    for words in ("KẾT LUẬN", "Khai thấp trị giá", number, "30000", "Tổng chênh lệch"):
        assert words in text, words
    assert trader.post(f"{case}object", {"object-text": "Không đồng ý"}).status_code == 302
    assert leader.post(f"{case}decide_objection", {"decide_objection-text": "Giữ nguyên"}).status_code == 302
    assert trader.post(f"{case}appeal", {"appeal-text": "Vẫn không đồng ý"}).status_code == 302
    assert leader.post(f"{case}decide_appeal", {"decide_appeal-text": "Giữ nguyên"}).status_code == 403
    director = customs.client("director")
    assert director.post(f"{case}decide_appeal", {"decide_appeal-text": "Giữ nguyên"}).status_code == 302
    assert "Giữ nguyên" in trader.get(case).content.decode()


def test_selection_over_http_leads_to_a_case(customs: World) -> None:
    number = cleared(customs)
    auditor = customs.client("auditor")
    bad = auditor.post("/audits/selections/", {"name": "Quý 4", "random_share": "7", "hs_prefix": "8"})
    assert (bad.status_code, "TQ-AUD-012" in bad.content.decode()) == (422, True)
    page = auditor.post("/audits/selections/", {"name": "Quý 4", "hs_prefix": "8414", "random_share": "0.05"})[
        "Location"
    ]
    assert "8414" in auditor.get(page).content.decode()
    assert auditor.post(page).status_code == 302
    assert auditor.post(page).status_code == 409
    shown = auditor.get(page).content.decode()
    link = re.search(rf"/audits/open/{number}/\?candidate=(\d+)", shown)
    assert link is not None
    assert auditor.post(f"/audits/open/{number}/", {"place": "customs", "candidate": link[1]}).status_code == 302
    assert "/audits/open/" not in auditor.get(page).content.decode()
    assert page in auditor.get("/audits/selections/").content.decode()


def test_only_what_is_open_is_offered(customs: World) -> None:
    case = f"/audits/{opened(customs, place='declarant')}/"

    def offered(role: str) -> set[str]:
        return set(re.findall(rf'action="{case}(\w+)"', customs.client(role).get(case).content.decode()))

    assert offered("auditor") == {"plan", "ask", "find", "propose", "note"}
    assert offered("director") == offered("auditor") | {"extend"}
    assert offered("risk_analyst") == set()
    assert offered("declarant") == set()


def test_a_declarant_never_learns_of_selection(customs: World) -> None:
    number = cleared(customs)
    auditor, trader = customs.client("auditor"), customs.client("declarant")
    page = auditor.post("/audits/selections/", {"name": "Chọn kín", "regime": "A11"})["Location"]
    auditor.post(page)
    link = re.search(r"candidate=(\d+)", auditor.get(page).content.decode())
    assert link is not None
    case = auditor.post(f"/audits/open/{number}/", {"place": "customs", "candidate": link[1]})["Location"]
    assert trader.get("/audits/selections/").status_code == 403
    assert trader.get(page).status_code == 404
    for path in (case, "/audits/", f"/declarations/{number}/", f"/ledger/proof/declaration:{number}/"):
        answer = trader.get(path)
        assert answer.status_code == 200, path
        for word in ("Chọn kín", "/audits/selections/", "criteria", "candidate"):
            assert word not in answer.content.decode(), (path, word)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_made_in_every_language(customs: World, language: str) -> None:
    audit = signed(customs)
    client = customs.client("director")
    client.post("/audits/selections/", {"name": "Quý 4"})
    for path in ("/audits/", f"/audits/{audit}/", "/audits/selections/", "/"):
        page = client.get(path, headers={"accept-language": language})
        assert page.status_code == 200, path
        assert f'<html lang="{language}"' in page.content.decode()


def test_a_stranger_is_sent_to_sign_in_or_refused(customs: World) -> None:
    audit = opened(customs)
    nobody, agency = Client(SERVER_NAME="127.0.0.1"), customs.client("partner_agency")
    ((number,),) = customs.run_sql("SELECT number FROM declarations_declaration")
    steps = [f"{audit}/{step}" for step in SPECS]
    paths = ["", f"open/{number}/", "selections/", "selections/1/", f"{audit}/", f"{audit}/conclusion.pdf", *steps]
    for path in paths:
        for answer in (nobody.get(f"/audits/{path}"), nobody.post(f"/audits/{path}")):
            assert answer.status_code == 405 or answer["Location"].startswith("/accounts/login/"), path
        assert agency.get(f"/audits/{path}").status_code in (403, 404), path


def test_a_neighbor_office_or_enterprise_is_refused(customs: World) -> None:
    number = cleared(customs, office="20BB")
    audit = opened(customs, number=cleared(customs, invoice="X-2"))
    customs.run_sql("UPDATE postaudit_audit SET office = '20BB', tax_code = '9999900099'")
    for role in ("auditor", "team_leader", "declarant", "broker"):
        client = customs.client(role)
        for path in ("", "conclusion.pdf", *SPECS):
            assert client.post(f"/audits/{audit}/{path}").status_code in (404, 405), (role, path)
        assert client.get(f"/audits/{audit}/").status_code == 404
        assert f"/audits/{audit}/" not in client.get("/audits/").content.decode()
        assert client.get(f"/audits/open/{number}/").status_code in (403, 404)
