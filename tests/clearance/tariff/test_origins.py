"""The law of origin as loaded from the shipped files, by agreement and day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.tariff.queries.origins import agreements_on, minor_difference_name, origin_law_on
from thongquan.clearance.tariff.queries.tables import unverified
from thongquan.rules.origin.differences import MINOR


def today() -> date:
    return now().date()


def test_form_e_of_the_day(customs: World) -> None:
    law = origin_law_on("ACFTA", "E", today())
    assert law.agreement is not None
    assert (law.agreement.schedule, "CN" in law.agreement.members) == ("B05", True)
    assert law.forms == {"E"}
    assert len(law.boxes) == 13
    assert {"WO", "PE", "CTH", "RVC", "PSR"} == law.criteria
    assert law.number("retroactive_after_days") == 3
    assert law.number("late_filing_days") == 365
    assert law.minor == MINOR
    assert law.converted(Decimal("1.5"), "TNE", "KGM") == 1500
    assert law.converted(Decimal(1), "BOX", "KGM") is None
    found = law.rule_for("841459")
    assert found is not None
    assert not found.verified


def test_terms_of_an_agreement_go_before_those_of_all(customs: World) -> None:
    assert origin_law_on("EVFTA", "EUR1", today()).number("late_filing_days") == 730
    assert origin_law_on("ATIGA", "D", today()).number("validity_months") == 12
    assert origin_law_on("ATIGA", "D", today()).number("retroactive_after_days") is None
    assert origin_law_on("ATIGA", "D", today()).number("proof_days") == 10


def test_what_no_law_of_the_day_gives_is_empty(customs: World) -> None:
    assert origin_law_on("NONE", "E", today()).agreement is None
    assert origin_law_on("ACFTA", "E", date(2000, 1, 1)).agreement is None
    assert origin_law_on("EVFTA", "REX", today(), date(2022, 12, 31)).issuers == ()
    assert [one.code for one in origin_law_on("EVFTA", "REX", today(), today() - timedelta(days=1)).issuers] == ["REX"]


def test_agreements_have_names_and_forms(customs: World) -> None:
    found = {one.code: one for one in agreements_on(today())}
    assert len(found) == 19
    assert found["ACFTA"].name("zh-hans") == "东盟—中国自贸协定"
    assert found["ATIGA"].forms == ("D", "eD")
    assert minor_difference_name("ink", today(), "vi") == "màu mực"
    assert minor_difference_name("gone", today(), "vi") == "gone"


def test_what_of_it_is_unverified_stands_on_the_page(customs: World) -> None:
    counts = {one.table: one.rows for one in unverified()}
    assert (counts["Agreement"], counts["OriginTerm"], counts["ProductRule"]) == (19, 8, 1)
    assert "MinorDifference" not in counts
    page = customs.client("clearance_officer").get("/law/unverified/", headers={"accept-language": "en"})
    assert "Terms of agreements" in page.content.decode()
