"""Pages, letters and API of customs values: a consultation from its opening to its letter over HTTP."""

from __future__ import annotations

import io
import re
from typing import Any

import msgspec
import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from tests.clearance.risk.languages import leftovers
from tests.clearance.valuation.cases import PROGRAM, decided, heard, lodged, opened, priced
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.valuation.models import Consultation, Determination, ReferencePrice
from thongquan.clearance.valuation.operations.asking import ask_declarant
from thongquan.clearance.valuation.operations.banding import reckon_bands
from thongquan.clearance.valuation.views.steps import SPECS
from thongquan.rules.valuing import METHODS, before

LANGUAGES = ["vi", "en", "zh-hans", "fr"]


def below(customs: World) -> str:
    """A lodged import whose apples are far below what others declare."""
    priced(20, 60000)
    reckon_bands(actor=PROGRAM, on=timezone.localdate(now()), at=now())
    number = lodged(customs)
    heard()
    return number


def text_of(answer: Any) -> str:
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def reasons(method: str) -> dict[str, str]:
    return {f"not_{one}": "Không đủ dữ liệu" for one in before(method)}


def test_a_consultation_over_http(customs: World) -> None:
    number = below(customs)
    officer, leader, trader = (customs.client(role) for role in ("clearance_officer", "team_leader", "declarant"))
    page = officer.get(f"/declarations/{number}/", headers={"accept-language": "en"}).content.decode()
    assert "below what is usual" in page
    assert f"/valuation/open/{number}/" in page
    hidden = trader.get(f"/declarations/{number}/").content.decode()
    assert "valuation/open" not in hidden
    assert "va-place" not in hidden
    assert number in officer.get("/valuation/proposals/").content.decode()
    form = officer.get(f"/valuation/open/{number}/").content.decode()
    assert re.search(r'name="lines" value="1"[^>]*checked', form)
    assert officer.post(f"/valuation/open/{number}/", {"ground": ""}).status_code == 422
    case = officer.post(f"/valuation/open/{number}/", {"lines": ["1"], "ground": "Giá thấp"})["Location"]
    assert Consultation.objects.get().by_band
    assert number not in officer.get("/valuation/proposals/").content.decode()

    assert officer.post(f"{case}ask", {"ask-text": "Nộp hợp đồng"}).status_code == 302
    assert officer.post(f"{case}note", {"note-text": "Ghi chú kín"}).status_code == 302
    shown = trader.get(case).content.decode()
    assert "Nộp hợp đồng" in shown
    assert "Ghi chú kín" not in shown
    assert "Nộp hợp đồng" in text_of(trader.get(f"{case}invitation.pdf"))
    asked = re.search(r'<option value="(\d+)"', shown)
    assert asked is not None
    answer = {"answer-question": asked[1], "answer-text": "Gửi kèm hợp đồng"}
    assert trader.post(f"{case}answer", answer).status_code == 302

    method = f"{case}method/?line=1&method=identical"
    empty = officer.post(method, {})
    assert (empty.status_code, empty.content.decode().count("TQ-CVL-")) == (422, 3)
    amounts = {**reasons("identical"), "source_0": "Tờ khai khác", "price_0": "60000", "transport_0": "-500.5"}
    tried = officer.post(method, amounts)
    assert tried.status_code == 200
    assert 'name="keep"' in tried.content.decode()
    assert Determination.objects.count() == 0
    assert officer.post(method, {**amounts, "keep": "1"})["Location"] == case
    assert Determination.objects.get().value_vnd == 713_994_000
    assert "713.994.000" not in trader.get(case).content.decode()
    outcome = {"propose-outcome": "rejected", "propose-text": "Không chứng minh được giá thực trả"}
    assert officer.post(f"{case}propose", outcome).status_code == 302
    assert officer.post(f"{case}decide").status_code == 403
    assert trader.get(f"{case}decision.pdf").status_code == 404
    assert leader.post(f"{case}decide").status_code == 302
    shown = trader.get(case, headers={"accept-language": "vi"}).content.decode()
    assert "713.994.000" in shown
    assert "Tờ khai khác" not in shown
    letter = text_of(trader.get(f"{case}decision.pdf"))
    for words in (number, "Không chấp nhận", "713.994.000", "Tổng chênh lệch", "hàng giống hệt"):
        assert words in letter, words


def test_each_method_has_its_own_form(customs: World) -> None:
    case, officer = opened(customs), customs.client("clearance_officer")
    assert officer.get(f"/valuation/{case}/method/").status_code == 200
    for method in METHODS[1:]:
        form = officer.get(f"/valuation/{case}/method/?line=1&method={method}").content.decode()
        assert all(f'name="not_{one}"' in form for one in before(method)), method
        assert f'name="not_{method}"' not in form
    turned = officer.get(f"/valuation/{case}/method/?line=1&method=computed&turned=on").content.decode()
    assert 'name="not_deductive"' not in turned
    for wrong in ("line=9&method=similar", "line=1&method=transaction", "line=x&method=x"):
        assert officer.get(f"/valuation/{case}/method/?{wrong}").status_code == 422, wrong


def test_reference_prices_over_http(customs: World) -> None:
    analyst, leader = customs.client("risk_analyst"), customs.client("team_leader")
    values = {
        "hs": "08081000",
        "unit": "KGM",
        "low_vnd": "50000",
        "high_vnd": "60000",
        "source": "Chợ đầu mối",
        "valid_from": timezone.localdate(now()).isoformat(),
    }
    assert analyst.post("/valuation/prices/", {**values, "hs": "08"}).status_code == 422
    assert analyst.post("/valuation/prices/", values).status_code == 302
    key = ReferencePrice.objects.get().pk
    assert analyst.post(f"/valuation/prices/{key}/confirm").status_code == 422
    assert leader.post(f"/valuation/prices/{key}/confirm").status_code == 302
    assert "Chợ đầu mối" in leader.get("/valuation/prices/?hs=0808").content.decode()
    assert analyst.post(f"/valuation/prices/{key}/withdraw").status_code == 302
    assert analyst.post(f"/valuation/prices/{key}/withdraw").status_code == 409


def test_the_api_lists_reads_and_takes_answers(customs: World) -> None:
    number = below(customs)
    officer, trader = customs.api("clearance_officer"), customs.api("declarant")
    (row,) = officer.get("/api/v1/valuation/below").json()
    assert (row["number"], row["placed"]) == (number, "below")
    assert {band["text_class"] for band in officer.get("/api/v1/valuation/bands?hs=0808").json()} == {
        "",
        "tao tuoi giong",
    }
    case = opened(customs, number=number)
    asked = ask_declarant(actor=customs.actor("clearance_officer"), consultation=case, text="Nộp hợp đồng", at=now())
    assert [one["id"] for one in trader.get("/api/v1/valuation/consultations").json()] == [case]
    answer = f"/api/v1/valuation/consultations/{case}/questions/{asked}"
    body = msgspec.json.encode({"text": " "})
    assert trader.post(answer, body, content_type="application/json").status_code == 422
    body = msgspec.json.encode({"text": "Gửi kèm"})
    told = trader.post(answer, body, content_type="application/json").json()
    assert told["questions"][0]["answer"] == "Gửi kèm"
    assert trader.get("/api/v1/valuation/bands?hs=0808").status_code == 403
    assert trader.get("/api/v1/valuation/below").status_code == 403


def test_a_stranger_reaches_nothing(customs: World) -> None:
    number = lodged(customs)
    case = opened(customs, number=number)
    nobody, agency = Client(SERVER_NAME="127.0.0.1"), customs.client("partner_agency")
    steps = [f"{case}/{step}" for step in SPECS]
    paths = ["", "proposals/", f"open/{number}/", "prices/", "prices/1/confirm", f"{case}/", f"{case}/method/", *steps]
    for path in (*paths, f"{case}/invitation.pdf"):
        for answer in (nobody.get(f"/valuation/{path}"), nobody.post(f"/valuation/{path}")):
            assert answer.status_code == 405 or answer["Location"].startswith("/accounts/login/"), path
        assert agency.get(f"/valuation/{path}").status_code in (403, 404, 405), path
    for path in ("consultations", f"consultations/{case}", "bands?hs=08", "below"):
        assert nobody.get(f"/api/v1/valuation/{path}").status_code == 401, path


def test_a_neighbor_office_or_enterprise_is_refused(customs: World) -> None:
    number = lodged(customs, office="20BB")
    case = opened(customs, number=lodged(customs, invoice="X-2"))
    customs.run_sql("UPDATE valuation_consultation SET office = '20BB', tax_code = '9999900099'")
    for role in ("clearance_officer", "team_leader", "declarant", "broker"):
        client = customs.client(role)
        for path in ("", "method/", "invitation.pdf", *SPECS):
            assert client.get(f"/valuation/{case}/{path}").status_code == 404, (role, path)
        assert f"/valuation/{case}/" not in client.get("/valuation/").content.decode()
        assert client.get(f"/valuation/open/{number}/").status_code in (403, 404)
        assert customs.api(role).get(f"/api/v1/valuation/consultations/{case}").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_made_in_every_language(customs: World, language: str) -> None:
    number = below(customs)
    case = decided(customs, number=number)
    other = opened(customs, number=lodged(customs, invoice="X-9"))
    officer = customs.client("clearance_officer")
    paths = (
        *("/valuation/", "/valuation/proposals/", "/valuation/prices/", f"/valuation/{case}/", f"/valuation/{other}/"),
        *(f"/valuation/{other}/method/", f"/valuation/{other}/method/?line=1&method=fallback"),
        f"/declarations/{number}/",
    )
    for path in paths:
        page = officer.get(path, headers={"accept-language": language})
        assert page.status_code == 200, path
        assert f'<html lang="{language}"' in page.content.decode()
        if language != "en":
            assert leftovers(officer, path, language) == [], path
