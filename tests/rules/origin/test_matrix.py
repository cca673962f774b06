"""Article 16, row by row, and what holds for any two criteria."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongquan.rules.origin.criteria import Criterion, alternatives, meets, meets_rule, read_criterion
from thongquan.rules.origin.matrix import differing_codes

ROWS = [
    ("WO", "WO", "accept"),
    ("WO", "CTH", "accept"),
    ("WO", "SP", "accept"),
    ("PE", "CTH", "accept"),
    ("PE", "WO", "refuse"),
    ("RVC100", "RVC40", "accept"),
    ("RVC100", "WO", "refuse"),
    ("SP", "SP", "accept"),
    ("SP", "CTH", "verify"),
    ("SP", "RVC40", "verify"),
    ("CTH", "CTH", "proof"),
    ("RVC40", "RVC40", "proof"),
    ("CTH", "CC", "verify"),
    ("RVC40", "RVC45", "verify"),
    ("RVC40", "CTH", "verify"),
    ("CTH", "RVC40", "verify"),
    ("CTH", "SP", "unlisted"),
    ("RVC40", "SP", "unlisted"),
    ("CTH", "WO", "unlisted"),
    ("SP", "WO", "unlisted"),
]


def read(text: str) -> Criterion:
    found = read_criterion(text)
    assert found is not None
    return found


@pytest.mark.parametrize(("stated", "declared", "answer"), ROWS)
def test_the_matrix_of_article_16(stated: str, declared: str, answer: str) -> None:
    verdict = differing_codes(read(stated), read(declared))
    assert verdict.answer == answer
    assert verdict.article == "Circular 33/2023/TT-BTC Art. 16"


def test_special_process_is_one_directional() -> None:
    assert differing_codes(read("SP"), read("CTH")).answer == "verify"
    assert differing_codes(read("CTH"), read("SP")).answer == "unlisted"


def test_proof_within_the_days_or_what_customs_knows_itself_accepts_the_same_criterion() -> None:
    same = (read("CTH"), read("CTH"))
    assert differing_codes(*same, proof=True).answer == "accept"
    assert differing_codes(*same, known=True).answer == "accept"
    assert differing_codes(read("RVC40"), read("CTH"), proof=True, known=True).answer == "verify"


def test_an_agreement_may_take_its_own_goods_for_wholly_obtained() -> None:
    assert differing_codes(read("PE"), read("WO"), agreement_allows=True).answer == "accept"


criteria = st.sampled_from(["WO", "PE", "SP", "PSR", "CC", "CTH", "CTSH", "RVC", "RVC35", "RVC40", "RVC100"]).map(read)


@given(criteria, st.one_of(st.none(), criteria), st.booleans(), st.booleans())
def test_another_doubt_never_accepts(stated: Criterion, declared: Criterion | None, proof: bool, known: bool) -> None:
    assert differing_codes(stated, declared, other_doubt=True, proof=proof, known=known).answer not in (
        "accept",
        "proof",
    )


@given(criteria, criteria, criteria)
def test_meeting_is_transitive_among_shifts_and_values(one: Criterion, two: Criterion, three: Criterion) -> None:
    figured = [part for part in (one, two, three) if part.kind in ("CTC", "RVC", "WO") and part.key != "RVC"]
    if len(figured) == 3 and meets(one, two) and meets(two, three):
        assert meets(one, three)


@given(criteria)
def test_every_criterion_meets_itself_and_is_read_from_its_own_name(one: Criterion) -> None:
    assert meets(one, one)
    assert read_criterion(one.key) == one


@pytest.mark.parametrize(
    ("text", "key"),
    [(" rvc 40% ", "RVC40"), ("45.5%", "RVC45.5"), ('"CTH"', "CTH"), ("40", "RVC40"), ("qvc 35", "RVC35")],
)
def test_criteria_are_read_as_papers_write_them(text: str, key: str) -> None:
    assert read(text).key == key


@pytest.mark.parametrize("text", ["", "CTX", "RVC 0%", "RVC 101%", "WO and PE", "٤٠"])
def test_what_is_no_criterion_is_not_read(text: str) -> None:
    assert read_criterion(text) is None


def test_a_rule_is_met_by_one_whole_alternative() -> None:
    assert meets_rule(read("CTH"), "CC|CTH")
    assert not meets_rule(read("CTSH"), "CC|CTH")
    assert not meets_rule(read("CTH"), "CTH&RVC40")
    assert meets_rule(read("RVC45"), "CTH|RVC40")
    assert not meets_rule(read("PE"), "WO")
    assert alternatives("CTH|nonsense") == ()
    assert not meets_rule(read("CTH"), "nonsense")
