"""Papers that the law asks for, by regime and day."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.timezone import localdate

from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.tariff.queries import required_documents


def kinds(regime: str, flow: str, on: date) -> dict[tuple[str, str], bool]:
    return {(one.kind, one.condition): one.verified for one in required_documents(regime, flow, on)}


def test_an_import_asks_for_its_papers_and_a_regime_for_more(customs: World) -> None:
    today = localdate(now())
    trade, processing = kinds("A11", "import", today), kinds("E21", "import", today)
    assert ("INV", "payment") in trade
    assert processing == {**trade, ("CON", "processing"): False}


def test_what_the_texts_at_hand_give_is_verified_and_nothing_else(customs: World) -> None:
    found = kinds("A11", "import", localdate(now()))
    assert {key for key, verified in found.items() if verified} == {("COO", "preference"), ("COO", "origin")}


def test_an_export_has_papers_of_its_own_and_the_past_has_none(customs: World) -> None:
    today = localdate(now())
    assert ("COO", "preference") not in kinds("B11", "export", today)
    assert ("DM", "processing") in kinds("E52", "export", today)
    assert required_documents("A11", "import", date(2021, 6, 1) - timedelta(days=1)) == ()


def test_each_paper_says_when_in_four_languages_and_names_its_source(customs: World) -> None:
    for one in required_documents("A11", "import", localdate(now())):
        assert set(one.when) == {"vi", "en", "zh", "fr"}
        assert one.source
        assert one.verified or one.source.startswith("unverified")
