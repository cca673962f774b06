"""Public services: everybody is let in, and nobody sees what is private."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate
from msgspec.structs import replace

from tests.world import World, as_json, import_document
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.states import State
from thongquan.insight.public.guide import GUIDE
from thongquan.insight.public.queries.duties import Asked, missing_quantity
from thongquan.insight.public.queries.procedures import explained
from thongquan.insight.public.queries.tracking import LETTERS, code_fits, tracking_code
from thongquan.insight.public.words import NEXT, PLAIN
from thongquan.rules.codes import Code
from thongquan.rules.decision import Decision, LineDuties, TaxAmount

FIRST_VIEW_BYTES = 150 * 1024
ASKED = "hs=08081000&origin=CN&value=12000&currency=USD&term=CIF&quantity=9000"


def client(language: str = "en") -> Client:
    """Somebody nobody knows."""
    return Client(SERVER_NAME="127.0.0.1", headers={"accept-language": language})


def lodged(customs: World, **changes: Any) -> str:
    """Number of a declaration of the demo enterprise."""
    body = as_json(import_document(**changes))
    answer = customs.api("declarant").post("/api/v1/declarations/", body, content_type="application/json")
    assert answer.status_code == 201, answer.content
    return str(answer.json()["number"])


@pytest.mark.parametrize("number", ["101234567890", "309999999991"])
def test_a_code_is_the_same_for_all_numbers_of_a_declaration_and_forgives_the_eye(number: str) -> None:
    code = tracking_code(number)
    assert re.fullmatch(f"[{LETTERS}]{{5}}-[{LETTERS}]{{5}}", code)
    assert tracking_code(f"{number[:11]}7") == code
    assert tracking_code(f"{number[:10]}{(int(number[10]) + 1) % 10}{number[11]}") != code
    assert code_fits(number, f" {code.lower().replace('-', ' ')} ")
    assert code_fits(number, code.replace("1", "I").replace("0", "O"))
    assert not code_fits(number, code[:-1])
    assert not code_fits("", tracking_code(""))


def test_a_stranger_with_the_code_reads_where_it_stands_and_nothing_else(customs: World) -> None:
    number = lodged(customs)
    page = customs.client("declarant").get(f"/declarations/{number}/").content.decode()
    code = tracking_code(number)
    assert code in page
    assert "ct-square" in page
    for reader in ("clearance_officer",):
        assert code not in customs.client(reader).get(f"/declarations/{number}/").content.decode()
    answer = client().get("/track/", {"number": number, "code": code})
    assert answer.status_code == 200
    assert answer["Cache-Control"].count("no-store") == 1
    text = re.sub(r"value=\"[^\"]*\"", "", answer.content.decode())
    assert number in text
    assert "Registered; customs has decided how it is checked" in text
    for private in ("Bình Minh", "9999900011", "Guangxi", "Táo", "08081000", "PX-2611-001", "桂FA1234", "₫", "Green"):
        assert private not in text, private
    told = client().get(f"/api/v1/track/{number}", {"code": code}).json()
    assert set(told) == {"number", "flow", "state", "told", "next", "registered_at", "clock", "story"}
    assert told["story"][-1]["kind"] == "lodged"


def test_a_stranger_cannot_tell_a_wrong_number_from_a_wrong_code(customs: World) -> None:
    """TQ-PUB-001 for both; nor does trying go on for long."""
    number = lodged(customs)
    other = f"{int(number[:11]) + 5000}0"
    given = [(number, "AAAAA-AAAAA"), (other, "AAAAA-AAAAA"), (other, tracking_code(other)), ("x", "y")]
    answers = [client().get("/track/", {"number": one, "code": code}) for one, code in given]
    assert [answer.status_code for answer in answers] == [404] * 4
    bare = {re.sub(r'value="[^"]*"|csrf\w+" value="[^"]*|[A-Za-z0-9]{64}', "", a.content.decode()) for a in answers}
    assert len(bare) == 1
    assert Code.TQ_PUB_001 in answers[0].content.decode()
    api = client().get(f"/api/v1/track/{number}", {"code": "AAAAA-AAAAA"})
    assert api.status_code == 404
    assert api.json()["faults"][0]["code"] == Code.TQ_PUB_001
    tries = [client().get("/track/", {"number": number, "code": "AAAAA-AAAAB"}) for _ in range(20)]
    assert tries[-1].status_code == 429
    assert tries[-1]["Retry-After"]


def test_a_neighbor_needs_the_code_like_everybody(customs: World) -> None:
    number = lodged(customs)
    assert customs.client("partner_agency").get("/track/", {"number": number, "code": "AAAAA-AAAAA"}).status_code == 404


def test_every_state_and_what_comes_next_have_words() -> None:
    assert set(PLAIN) == {str(state) for state in State}
    waiting = {str(State.CHANNELED), str(State.SETTLED)}
    assert set(NEXT) >= {str(state) for state in State} - waiting


def test_the_public_pages_are_light_and_speak_four_languages(customs: World) -> None:
    """Without signing in; the calculator answers, in the address, with every step of the derivation."""
    titles = set()
    for language in ("vi", "en", "zh-hans", "fr"):
        for path in ("/procedures/", "/procedures/import/", "/track/", "/calculator/", f"/calculator/?{ASKED}"):
            answer = client(language).get(path)
            assert answer.status_code == 200, path
            assert len(answer.content) < FIRST_VIEW_BYTES / 2, path
            titles.add(re.search("<title>(.*?)</title>", answer.content.decode(), re.DOTALL)[1])
    assert len(titles) == 16
    text = client().get(f"/calculator/?{ASKED}").content.decode()
    assert "To be paid" in text
    assert "Fresh apples" in text
    assert "ASEAN-China (ACFTA)" in text
    assert "The law leaves a choice here" in text
    assert "private" in client().get("/calculator/")["Cache-Control"]
    assert client().post("/calculator/").status_code == 405


def test_the_calculator_is_asked_in_words_and_answers_as_files_and_json(customs: World) -> None:
    found = client().get("/calculator/", {"hs": "táo tươi", "value": "10"}).content.decode()
    assert "Choose the goods code" in found
    assert "hs=08081000" in found
    assert 'value="08081000"' in client("vi").get("/calculator/codes/", {"hs": "tao tuoi"}).content.decode()
    table = client().get(f"/calculator/duties.csv?{ASKED}")
    assert table["Content-Type"].startswith("text/csv")
    assert "08081000" in table.content.decode("utf-8-sig")
    paper = client("vi").get(f"/calculator/duties.pdf?{ASKED}")
    assert paper.content.startswith(b"%PDF")
    assert client().get(f"/calculator/duties.exe?{ASKED}").status_code == 404
    assert client().get("/calculator/duties.csv").status_code == 404
    told = client().get(f"/api/v1/calculator?{ASKED}").json()
    assert told["line"]["taxes"][0]["tax"] == "import_duty"
    assert told["due_vnd"] == told["derivation"]["total"]["result"]
    assert {row["schedule"] for row in told["schedules"]} >= {"B01", "B05", "B03"}
    for day in ("0001-01-01", "9999-12-31"):
        refused = client().get(f"/api/v1/calculator?{ASKED}&on={day}")
        assert refused.status_code == 422
        assert refused.json()["faults"][0]["code"] == Code.TQ_FMT_008


UNANSWERABLE = [
    ("hs=99999999&value=5", Code.TQ_DEC_012),
    ("hs=08081000&value=0", Code.TQ_DEC_009),
    ("hs=08081000&value=5&term=FOB", Code.TQ_VAL_003),
    ("hs=08081000&value=5&schedule=B12", Code.TQ_ORI_002),
    ("hs=08081000&value=abc", ""),
    ("hs=08081000&value=5&on=1999-01-01", ""),
    ("hs=08081000&value=5&origin=%00", ""),
]


def test_what_has_no_answer_is_told_at_its_field(customs: World) -> None:
    for query, told in UNANSWERABLE:
        answer = client().get(f"/calculator/?{query}")
        assert answer.status_code in (400, 422), query
        assert not told or str(told) in answer.content.decode(), query


def test_a_duty_per_unit_asks_for_the_quantity() -> None:
    """TQ-PUB-002: without a quantity the amount would be that of a single unit."""
    tax = TaxAmount(tax="import_duty", treatment="due", base_vnd=Decimal(1), amount_vnd=Decimal(1), specific=Decimal(5))
    decision = Decision(accepted=True, lines=(LineDuties(number=1, value_vnd=Decimal(1), taxes=(tax,)),))
    asked = Asked(hs="08081000", origin="CN", value=Decimal(1), currency="USD", on=localdate(now()))
    assert [fault.code for fault in missing_quantity(asked, decision)] == [Code.TQ_PUB_002]
    assert not list(missing_quantity(replace(asked, quantity=Decimal(3)), decision))


def test_procedures_read_their_numbers_from_the_law(customs: World) -> None:
    today = localdate(now())
    for one in GUIDE:
        told = explained(one.key, today, "en")
        assert told is not None
        assert {number.name for number in told.terms} == set(one.terms), one.key
        assert {number.name for number in told.fees} == set(one.fees), one.key
        assert all(number.source and number.label for number in (*told.terms, *told.fees))
    imported = explained("import", today, "en")
    assert imported is not None
    assert "Invoice" in {paper.name for paper in imported.papers}
    assert {regime.code for regime in imported.regimes} >= {"A11", "E31"}
    page = client().get("/procedures/import/").content.decode()
    assert "2 working hours" in page
    assert "Customs Law Art. 23.2" in page
    assert "unverified" in page
    assert client().get("/procedures/nothing/").status_code == 404
    for words, language, key in FOUND:
        rows = client(language).get("/api/v1/procedures", {"q": words}).json()["procedures"]
        assert key in {row["key"] for row in rows}, words
        assert len(rows) < len(GUIDE), words
    assert client("fr").get("/api/v1/procedures/refund").json()["laws"]


FOUND = [
    ("hoan thue", "vi", "refund"),
    ("A11", "en", "import"),
    ("bảo lãnh", "vi", "guarantee"),
    ("出口货物", "zh-hans", "export"),
]
