"""Which criterion the goods of an export certificate meet, with the derivation; every fault at once; the marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.rules.origin.outbound_papers import ON, application, grown, law, line, material
from thongquan.rules.codes import Code
from thongquan.rules.origin.law import OriginLaw
from thongquan.rules.origin.outbound import (
    Application,
    CostStatement,
    GoodsLine,
    Process,
    UsedMaterial,
    examine,
    judge,
    judge_line,
)
from thongquan.rules.origin.outbound.marks import marks_of

OWN: dict[str, Any] = {"origin": "VN", "originating": True}
PARTNER: dict[str, Any] = {"origin": "TH", "originating": True, "proof": "D-1"}


def codes(given: Application, under: OriginLaw | None = None, *, severity: str = "error") -> set[str]:
    of_day = under or law()
    found = examine(given, of_day, judge(given.lines, of_day), ON)
    return {fault.code for fault in found if fault.severity == severity}


def test_what_is_grown_at_home_is_wholly_obtained() -> None:
    found = judge_line(grown(), law())
    assert (found.met, found.criterion) == (True, "WO")
    assert [step.formula for step in found.ways[0].steps] == ["VN"]


@pytest.mark.parametrize(
    "goods",
    [
        line(steps=(Process(done="grown", country="TH"),)),
        line(steps=(Process(done="processed"),)),
        line(material("5"), steps=(Process(done="grown"),)),
        line(material("5", **PARTNER), steps=(Process(done="grown"),)),
    ],
)
def test_what_comes_from_elsewhere_or_is_made_is_not_wholly_obtained(goods: GoodsLine) -> None:
    assert not next(way for way in judge_line(goods, law()).ways if way.criterion == "WO").met


def test_originating_materials_alone_are_pe_with_those_of_partners_cumulated() -> None:
    found = judge_line(line(material("30", **OWN), material("20", **PARTNER)), law())
    assert found.criterion == "PE"
    unproved = line(material("30", **OWN), material("20", **{**PARTNER, "proof": ""}))
    assert not judge_line(unproved, law()).ways[1].met


def test_a_change_of_heading_and_one_material_that_does_not_change() -> None:
    assert judge_line(line(material("90")), law("CTH")).criterion == "CTH"
    kept = judge_line(line(material("90"), material("1", hs="420299")), law("CTH"))
    assert not kept.met
    assert ("cloth", "4202 → 4202", "unchanged") in [(s.name, s.formula, s.value) for s in kept.ways[-1].steps]


def test_de_minimis_holds_only_where_a_dated_row_gives_it() -> None:
    goods = line(material("80"), material("10", hs="420299"))
    assert not judge_line(goods, law("CTH")).met
    assert judge_line(goods, law("CTH", terms={"de_minimis_share": "0.1"})).criterion == "CTH"
    more = line(material("80"), material("10.000001", hs="420299"))
    assert not judge_line(more, law("CTH", terms={"de_minimis_share": "0.1"})).met


def test_the_regional_value_is_exact_at_the_threshold_with_its_formula() -> None:
    exactly = judge_line(line(material("60", hs="420292")), law("RVC40"))
    assert exactly.criterion == "RVC 40.00%"
    assert "(100 − 60) / 100" in [step.formula for step in exactly.ways[-1].steps]
    assert not judge_line(line(material("60.000001", hs="420292")), law("RVC40")).met


def test_a_partner_s_material_counts_for_the_regional_value_once_it_is_proved() -> None:
    goods = line(material("50", hs="420292"), material("20", hs="420292", **{**PARTNER, "proof": ""}))
    assert not judge_line(goods, law("RVC40")).met
    proved = line(material("50", hs="420292"), material("20", hs="420292", **PARTNER))
    assert judge_line(proved, law("RVC40")).criterion == "RVC 50.00%"


def test_build_up_is_shown_and_counts_only_where_the_agreement_says_so() -> None:
    costs = CostStatement(materials=(material("65", hs="420292"),), labor=Decimal(45))
    goods = line(costs=costs)
    assert not judge_line(goods, law("RVC40")).met
    assert judge_line(goods, law("RVC40", terms={"rvc_build_up": "1"})).criterion == "RVC 45.00%"


def test_a_product_s_own_rule_whole_or_by_another_alternative() -> None:
    goods = line(material("70", hs="5407"))
    assert not judge_line(goods, law("CTH&RVC40", hs="4202")).met
    assert judge_line(goods, law("CTH&RVC40|CTH", hs="4202")).criterion == "PSR"
    assert judge_line(goods, law("CTH&RVC30")).criterion == "CTH&RVC 30.00%"


def test_a_process_is_stated_and_left_to_the_issuer() -> None:
    goods = line(material("99", hs="420292"), steps=(Process(done="processed", words="sewn"),))
    assert judge_line(goods, law("SP")).criterion == "SP"
    assert Code.TQ_ORI_131 in codes(application(goods), law("SP"), severity="warning")


def test_the_criterion_asked_for_is_the_one_given() -> None:
    goods = replace(grown(), costs=CostStatement(materials=(material("10", **OWN),)))
    assert judge_line(goods, law()).criterion == "WO"
    assert judge_line(replace(goods, criterion="RVC"), law()).criterion == "RVC 100.00%"
    assert judge_line(replace(goods, criterion="PSR"), law()).criterion == "CTH"


money = st.decimals(min_value="0.01", max_value=10**9, places=2)


@given(fob=money, foreign=money, own=money)
def test_more_foreign_material_never_helps(fob: Decimal, foreign: Decimal, own: Decimal) -> None:
    def met(value: Decimal) -> bool:
        goods = line(fob=str(fob), costs=CostStatement(materials=(_of(value), _of(own, **OWN))))
        return judge_line(goods, law("RVC40")).met

    assert met(foreign + 1) <= met(foreign)
    assert met(foreign) == ((fob - foreign) * 100 >= 40 * fob)


def _of(value: Decimal, **changes: Any) -> UsedMaterial:
    return material(str(value), hs="420292", **changes)


def test_a_good_application_has_no_fault() -> None:
    assert codes(application()) == set()
    assert codes(application(line(material("40"), criterion="CTH"))) == set()


@dataclass
class Bad:
    """One change of a good application and the code that tells it."""

    code: Code
    changes: dict[str, Any] = field(default_factory=dict)
    line: GoodsLine | None = None
    under: OriginLaw | None = None


BAD = [
    Bad(Code.TQ_ORI_011, {"form": "D"}),
    Bad(Code.TQ_ORI_012, under=law(agreement=None)),
    Bad(Code.TQ_ORI_110, {"destination": "US"}),
    Bad(Code.TQ_ORI_110, {"destination": "VN"}),
    Bad(Code.TQ_ORI_119, {"departed_on": ON - timedelta(days=400)}),
    Bad(Code.TQ_ORI_129, {"original_number": "X", "original_country": "US"}),
    Bad(Code.TQ_DEC_001, {"original_number": "X"}),
    Bad(Code.TQ_DEC_001, {"third_party": "HK Ltd."}),
    Bad(Code.TQ_DEC_001, {"copy_of": "E1"}),
    Bad(Code.TQ_DEC_001, {"consignee": ""}),
    Bad(Code.TQ_DEC_002, {"exporter": "x" * 501}),
    Bad(Code.TQ_DEC_003, {"exporter": "a\x00"}),
    Bad(Code.TQ_DEC_007, {"lines": ()}),
    Bad(Code.TQ_FMT_008, {"departed_on": ON.replace(year=1899)}),
    Bad(Code.TQ_DEC_006, line=grown(number=2)),
    Bad(Code.TQ_DEC_009, line=grown(quantity=Decimal(0))),
    Bad(Code.TQ_FMT_006, line=grown(gross_weight_kg=Decimal("NaN"))),
    Bad(Code.TQ_DEC_008, line=grown(quantity=Decimal("1.1234567"))),
    Bad(Code.TQ_ORI_013, line=grown(criterion="XYZ")),
    Bad(Code.TQ_ORI_118, line=line(material("1"), hs="42A292")),
    Bad(Code.TQ_ORI_118, line=line(material("1", hs="54x"))),
    Bad(Code.TQ_ORI_116, line=line()),
    Bad(Code.TQ_ORI_117, line=line(material("100.01"))),
    Bad(Code.TQ_ORI_111, line=line(costs=CostStatement(materials=(material("40"),), labor=Decimal("59.99")))),
    Bad(Code.TQ_ORI_112, line=line(material("1", **{**PARTNER, "proof": " "}))),
    Bad(Code.TQ_ORI_113, line=line(material("1", origin="US", originating=True))),
    Bad(Code.TQ_ORI_114, line=line(material("1")), under=law("")),
    Bad(Code.TQ_ORI_115, line=grown(criterion="RVC")),
    Bad(Code.TQ_ORI_120, line=line(material("90", hs="420299"))),
    Bad(Code.TQ_ORI_130, line=line(*(material("0.1") for _ in range(201)))),
]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.code.value)
def test_one_change_is_told_with_its_code(bad: Bad) -> None:
    given = application(*([bad.line] if bad.line else []), **bad.changes)
    under = bad.under or law()
    assert bad.code in {fault.code for fault in examine(given, under, judge(given.lines, under), ON)}


def test_every_fault_at_once_with_line_and_place() -> None:
    given = application(line(material("90", hs="420299", name="")), replace(line(), number=2, hs=""), consignee="")
    found = examine(given, law(), judge(given.lines, law()), ON)
    places = {(fault.path, fault.line) for fault in found}
    assert {("consignee", None), ("lines[0].costs.materials[0].name", 1), ("lines[1].hs", 2)} <= places
    assert ("lines[0].criterion", 1) in places


def test_what_was_computed_is_told_beside_the_refusal() -> None:
    given = application(line(material("90", hs="420299")))
    fault = next(one for one in examine(given, law(), judge(given.lines, law()), ON) if one.code == Code.TQ_ORI_120)
    assert fault.values["closest"] == "CTH: cloth 4202 → 4202; RVC40: (100 − 90) / 100 = 10.00 %"


@pytest.mark.parametrize(
    ("changes", "days", "marks"),
    [
        ({}, 4, ()),
        ({}, 5, ("retroactive",)),
        ({"exhibition": "Nanning"}, 0, ("exhibition",)),
        ({"original_number": "D1"}, 0, ("back_to_back",)),
        ({"third_party": "HK Ltd."}, 0, ("third_party",)),
        ({"copy_of": "E1"}, 0, ("certified_copy",)),
    ],
)
def test_the_marks_stand_where_they_hold(changes: dict[str, Any], days: int, marks: tuple[str, ...]) -> None:
    given = application(departed_on=ON - timedelta(days=1), **changes)
    assert marks_of(given, law(), ON - timedelta(days=2) + timedelta(days=days)) == marks
