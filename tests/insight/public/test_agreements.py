"""Which agreement pays best: page, files and API tell the same, with bounded reads, to everybody."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from openpyxl import load_workbook

from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.tariff.queries import agreements as law
from thongquan.insight.public.agreement_words import WHYS, rule_text
from thongquan.insight.public.charts import Total, totals_chart
from thongquan.insight.public.queries.agreements import compare
from thongquan.insight.public.queries.duties import Asked, reckon
from thongquan.rules.codes import Code
from thongquan.rules.origin.computing import Material
from thongquan.rules.origin.qualifying import Making

PAGE = "/calculator/agreements/"
ASKED = "hs=08081000&origin=CN&value=12000&currency=USD&term=CIF&quantity=9000"
STEM, BOX = "m1=Stem&m1_hs=0808.30&m1_value=100&m1_origin=US", "m2=Box&m2_hs=4819&m2_value=700&m2_origin=US"
MADE = f"made=materials&fob=1000&{STEM}&{BOX}"


def client(language: str = "en") -> Client:
    """Somebody nobody knows."""
    return Client(SERVER_NAME="127.0.0.1", headers={"accept-language": language})


def question(**changes: Any) -> Asked:
    """Apples from China, asked about today."""
    given: dict[str, Any] = {"hs": "08081000", "origin": "CN", "value": Decimal(12000), "currency": "USD"}
    return Asked(**{**given, "on": localdate(now()), "quantity": Decimal(9000), **changes})


def test_every_agreement_of_the_country_and_no_other(customs: World) -> None:
    told = compare(question(), dispatch="", making=Making(), language="en")
    members = {one.code for one in law.agreements_of_day(localdate(now())) if "CN" in one.members}
    assert {one.agreement.code for one in told.offers} == members >= {"ACFTA", "RCEP"}
    assert told.usual.schedule == "B01"
    assert told.best.schedules
    assert told.best.due_vnd == min(one.row.due_vnd for one in told.offers if one.known and one.row.due_vnd)
    assert told.usual.due_vnd is not None
    assert told.best.due_vnd is not None
    assert told.best.saves_vnd == told.usual.due_vnd - told.best.due_vnd > 0
    japan = compare(question(origin="JP"), dispatch="", making=Making(), language="en")
    assert "ACFTA" not in {one.agreement.code for one in japan.offers}
    assert not compare(question(origin="BR"), dispatch="", making=Making(), language="en").offers


def test_totals_are_those_of_the_calculator_and_the_other_taxes_follow_the_duty(customs: World) -> None:
    told = compare(question(), dispatch="", making=Making(), language="en")
    acfta = next(one for one in told.offers if one.agreement.code == "ACFTA")
    alone = reckon(question(schedule="B05"))
    assert acfta.row.due_vnd == alone.decision.due_vnd
    assert acfta.row.duty_vnd is not None
    assert acfta.others_vnd == alone.decision.due_vnd - acfta.row.duty_vnd


def test_however_many_agreements_the_reads_are_the_same(customs: World) -> None:
    """The law of the day is in memory; what is read beside it is read for all agreements at once."""
    found = {}
    for origin in ("CN", "MY"):
        law._agreements.cache_clear()
        law._rules.cache_clear()
        with CaptureQueriesContext(connection) as read:
            told = compare(question(origin=origin, hs="64029990"), dispatch="", making=Making(), language="en")
        found[origin] = (len(told.offers), len(read))
    assert found["MY"][0] > found["CN"][0] >= 2
    assert found["MY"][1] <= found["CN"][1]
    with CaptureQueriesContext(connection) as read:
        compare(question(origin="MY", hs="64029990"), dispatch="", making=Making(), language="en")
    assert len(read) <= 3


def test_the_small_check_answers_for_each_agreement(customs: World) -> None:
    """CTH or RVC 40: the stem keeps its heading, and too much comes from outside."""
    materials = (
        Material(name="Stem", hs="080830", value=Decimal(100), origin="US"),
        Material(name="Box", hs="481910", value=Decimal(700), origin="US"),
    )
    made = Making(way="materials", fob=Decimal(1000), materials=materials)
    offers = compare(question(), dispatch="HK", making=made, language="en").offers
    answers = {one.agreement.code: one.qualification for one in offers}
    assert answers["ACFTA"].answer == "not_met"
    assert answers["ACFTA"].general
    assert answers["RCEP"].answer == "unknown"
    assert answers["RCEP"].why == "no_rule"
    wholly = compare(question(), dispatch="LA", making=Making(way="wholly"), language="en").offers
    assert {one.qualification.answer for one in wholly} == {"met"}
    assert {one.agreement.code: one.passage for one in wholly}["ACFTA"] == "member"


def test_a_small_consignment_needs_no_proof_where_the_law_says_so(customs: World) -> None:
    small = compare(question(value=Decimal(150)), dispatch="", making=Making(), language="en").offers
    waived = {one.agreement.code: one.waived for one in small}
    assert waived["ACFTA"] is True
    assert waived["RCEP"] is None
    large = compare(question(), dispatch="", making=Making(), language="en").offers
    assert next(one.waived for one in large if one.agreement.code == "ACFTA") is False


def test_a_stranger_and_a_neighbor_read_the_same_page(customs: World) -> None:
    """The page is for everybody and shows nothing of anybody."""
    text = client().get(f"{PAGE}?{ASKED}&{MADE}").content.decode()
    assert "pays best" in text
    for words in (
        "ASEAN-China (ACFTA)",
        "change of heading (4 digits) or regional value of at least 40 %",
        "Not met",
        "20.00 % of 40 %",
        "unverified",
        "<svg",
        'name="m2_value" value="700"',
    ):
        assert words in text, words
    neighbor = customs.client("partner_agency").get(f"{PAGE}?{ASKED}")
    assert neighbor.status_code == 200
    assert "ASEAN" in neighbor.content.decode()
    assert client().post(PAGE).status_code == 405


@pytest.mark.parametrize("language", ["vi", "en", "zh-hans", "fr"])
def test_four_languages_and_light_to_load(customs: World, language: str) -> None:
    answer = client(language).get(f"{PAGE}?{ASKED}&{MADE}")
    assert answer.status_code == 200
    assert len(answer.content) < 90 * 1024
    title = re.search("<title>(.*?)</title>", answer.content.decode(), re.DOTALL)
    assert title is not None
    assert ("Which agreement" in title[1]) == (language == "en")


def test_files_and_api_tell_a_stranger_what_the_page_tells(customs: World) -> None:
    made = "made=materials&fob=1000&materials=080830:100:US,4819:700:US"
    told = client().get(f"/api/v1/calculator/agreements?{ASKED}&{made}")
    assert told.status_code == 200, told.content
    body = told.json()
    first = body["agreements"][0]
    assert first["pays_best"] is True
    assert first["due_vnd"] == body["best"]["due_vnd"]
    assert {one["agreement"] for one in body["agreements"]} >= {"ACFTA", "RCEP"}
    acfta = next(one for one in body["agreements"] if one["agreement"] == "ACFTA")
    assert acfta["qualifies"]["answer"] == "not_met"
    assert acfta["rule"]["rule"] == "CTH|RVC40"
    assert {one["code"] for one in acfta["terms"]} >= {"validity_months", "waiver_fob_usd", "late_filing_days"}
    table = client().get(f"/calculator/agreements.csv?{ASKED}").content.decode("utf-8-sig")
    assert "ASEAN-China (ACFTA)" in table
    book = load_workbook(io.BytesIO(client().get(f"/calculator/agreements.xlsx?{ASKED}").content))
    assert book.worksheets[0].max_row == len(body["agreements"]) + 2
    assert client().get(f"/calculator/agreements.exe?{ASKED}").status_code == 404
    assert client().get("/calculator/agreements.csv").status_code == 404


BAD = [
    ("hs=99999999&value=5", 422),
    ("hs=08081000&value=0", 422),
    ("hs=08081000&value=5&origin=XX", 422),
    ("hs=08081000&value=5&m1_value=-3", 422),
    ("hs=08081000&value=5&made=stolen", 422),
    ("hs=08081000&value=5&on=1999-01-01", 422),
    ("hs=apples&value=5", 200),
    ("", 200),
]


@pytest.mark.parametrize(("query", "status"), BAD)
def test_what_has_no_answer_is_told(customs: World, query: str, status: int) -> None:
    assert client().get(f"{PAGE}?{query}").status_code == status


def test_a_value_that_is_no_number_is_refused_with_its_code(customs: World) -> None:
    for value in ("x", "-5", "NaN"):
        answer = client().get(f"/api/v1/calculator/agreements?{ASKED}&made=materials&materials=080830:{value}")
        assert answer.status_code == 422
        assert answer.json()["faults"][0]["code"] == Code.TQ_FMT_007


def test_a_rule_in_words_and_a_chart_of_nothing() -> None:
    assert rule_text("odd rule") == "odd rule"
    assert "not_told" in WHYS
    assert totals_chart([]) is None
    long = Total("B" * 40, Decimal(0), Decimal(50), best=True)
    chart = totals_chart([Total("A", Decimal(30), Decimal(70), best=False), long])
    assert chart is not None
    first, second = chart.bars
    assert first.duty + first.others > second.others > 0
    assert second.name.endswith("…")


def test_a_line_of_a_declaration_and_the_calculator_lead_here(customs: World) -> None:
    trader = customs.client("declarant")
    begun = trader.post("/declarations/new/", {"flow": "import"}, follow=True).content.decode()
    assert PAGE in begun
    assert f"{PAGE}?hs=08081000" in client().get(f"/calculator/?{ASKED}").content.decode()
    form = client().get(f"{PAGE}?hs=64029990&origin=KR").content.decode()
    assert 'value="64029990"' in form
    assert '<option value="KR" selected>' in form
    assert "tq-errors" not in form
