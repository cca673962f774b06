"""The small check of a trader: met, not met, or it cannot be said, and why."""

from __future__ import annotations

from decimal import Decimal

import pytest

from thongquan.rules.origin.computing import Material
from thongquan.rules.origin.law import ProductRule
from thongquan.rules.origin.offers import best_of, is_waived, passage
from thongquan.rules.origin.qualifying import Making, qualification

MEMBERS = ("CN", "VN", "TH")
OUTSIDE = Material(name="Outside", hs="080830", value=Decimal(700), origin="US")
CHANGED = Material(name="Changed", hs="481910", value=Decimal(500), origin="US")
OWN = Material(name="Own", hs="080830", value=Decimal(900), origin="TH")
HUNDRED = Decimal(1000)


def rule(text: str, hs: str = "0808") -> ProductRule:
    return ProductRule(hs=hs, rule=text, source="a test")


def made(*materials: Material, fob: Decimal | None = HUNDRED) -> Making:
    return Making(way="materials", fob=fob, materials=materials)


CASES = [
    (Making(way="wholly"), None, "met", "wholly"),
    (Making(way="wholly"), rule("WO"), "met", "wholly"),
    (Making(way="originating"), rule("CTH"), "met", "rule"),
    (Making(way="originating"), rule("WO"), "not_met", "rule"),
    (made(CHANGED), rule("WO"), "not_met", "rule"),
    (made(CHANGED), None, "unknown", "no_rule"),
    (made(CHANGED), rule("as the annex says"), "unknown", "unread_rule"),
    (Making(), rule("CTH"), "unknown", "not_told"),
    (made(CHANGED), rule("CTH"), "met", "rule"),
    (made(OUTSIDE), rule("CTH"), "not_met", "rule"),
    (made(OWN), rule("CTH"), "met", "rule"),
    (made(OWN), rule("PE"), "met", "rule"),
    (made(OWN, CHANGED), rule("PE"), "not_met", "rule"),
    (made(CHANGED), rule("RVC40"), "met", "rule"),
    (made(OUTSIDE), rule("RVC40"), "not_met", "rule"),
    (made(OUTSIDE), rule("CTH|RVC30"), "met", "rule"),
    (made(OUTSIDE), rule("CTH|RVC40"), "not_met", "rule"),
    (made(CHANGED), rule("CTH&RVC60"), "not_met", "rule"),
    (made(CHANGED), rule("SP"), "unknown", "rule"),
    (made(OUTSIDE), rule("CTH|SP"), "unknown", "rule"),
    (made(OUTSIDE), rule("CTH&SP"), "not_met", "rule"),
    (made(), rule("CTH"), "unknown", "rule"),
    (made(CHANGED, fob=None), rule("RVC40"), "unknown", "rule"),
    (made(CHANGED), rule("RVC"), "unknown", "rule"),
    (made(Material(name="x", hs="48", value=Decimal(1))), rule("CTH"), "unknown", "rule"),
    (made(Material(name="x", hs="48", value=Decimal(1))), rule("CC"), "met", "rule"),
    (made(Material(name="x", hs="", value=Decimal(0))), rule("RVC40"), "unknown", "rule"),
]


@pytest.mark.parametrize(("making", "asked", "answer", "why"), CASES)
def test_an_answer_for_every_way_of_making(making: Making, asked: ProductRule | None, answer: str, why: str) -> None:
    told = qualification("080810", making, asked, MEMBERS)
    assert (told.answer, told.why) == (answer, why)


def test_a_general_rule_is_said_to_be_one() -> None:
    assert qualification("080810", made(CHANGED), rule("CTH", hs=""), MEMBERS).general
    assert not qualification("080810", made(CHANGED), rule("CTH"), MEMBERS).general


def test_the_threshold_is_held_against_the_exact_share() -> None:
    """600.01 of 1000 from outside leaves 39.999 %: below 40, though it rounds to it."""
    close = Material(name="x", hs="481910", value=Decimal("600.01"), origin="US")
    told = qualification("080810", made(close), rule("RVC40"), MEMBERS)
    assert told.answer == "not_met"
    part = told.alternatives[0][0]
    assert part.content is not None
    assert part.content.percent == Decimal("39.99")


def test_what_pays_best() -> None:
    best = best_of(Decimal(100), {"B05": Decimal(80), "RCEP": Decimal(80), "X": None, "Y": Decimal(90)})
    assert best.schedules == ("B05", "RCEP")
    assert best.saves_vnd == 20
    assert best_of(Decimal(100), {"B05": Decimal(100)}).schedules == ()
    assert best_of(None, {"B05": Decimal(1)}).schedules == ()
    assert best_of(Decimal(1), {}).saves_vnd == 0


def test_how_goods_come_and_when_no_proof_is_asked_for() -> None:
    assert [passage("CN", by, MEMBERS) for by in ("", "CN", "TH", "HK")] == ["direct", "direct", "member", "outside"]
    dollar, most = Decimal(25000), Decimal(200)
    assert is_waived(Decimal(5_000_000), dollar, most) is True
    assert is_waived(Decimal(5_000_001), dollar, most) is False
    assert is_waived(Decimal(1), None, most) is None
    assert is_waived(Decimal(1), dollar, None) is None
