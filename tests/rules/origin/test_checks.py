"""Every check of a certificate: the good paper passes, one change fails with its code, and nothing raises."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.rules.builders import FROM
from tests.rules.origin.papers import CLAIM, LAW, ON, PAPER
from thongquan.rules.codes import Code
from thongquan.rules.origin.certificate import Paper, PaperLine
from thongquan.rules.origin.checks import AGAINST, examine
from thongquan.rules.origin.checks import PAPER as PAPER_CHECKS
from thongquan.rules.origin.declared import Declared, DeclaredLine, declared_of
from thongquan.rules.origin.findings import OriginFinding
from thongquan.rules.origin.law import Issuer, OriginLaw
from thongquan.rules.origin.outcome import outcomes


def paper(**changes: Any) -> Paper:
    return replace(PAPER, **changes)


def item(place: int = 0, **changes: Any) -> Paper:
    lines = list(PAPER.lines)
    lines[place] = replace(lines[place], **changes)
    return replace(PAPER, lines=tuple(lines))


def claim(**changes: Any) -> Declared:
    return replace(CLAIM, **changes)


def line(place: int = 0, **changes: Any) -> Declared:
    lines = list(CLAIM.lines)
    lines[place] = replace(lines[place], **changes)
    return replace(CLAIM, lines=tuple(lines))


def told(
    certificate: Paper = PAPER, declared: Declared | None = CLAIM, law: OriginLaw = LAW
) -> dict[str, OriginFinding]:
    return {one.code: one for one in examine(certificate, law, declared)}


def test_a_good_paper_passes_with_nothing_but_minor_differences() -> None:
    found = examine(PAPER, LAW, CLAIM)
    assert [one for one in found if one.grade not in ("note", "minor")] == []
    assert [one.result for one in outcomes(found, CLAIM)] == ["granted", "granted"]


CASES: list[tuple[Code, str, Paper, Declared, OriginLaw]] = [
    (Code.TQ_ORI_010, "doubt", paper(exporter=" "), CLAIM, LAW),
    (Code.TQ_ORI_010, "doubt", item(1, criterion=""), CLAIM, LAW),
    (Code.TQ_ORI_011, "refuse", paper(form="D"), CLAIM, LAW),
    (Code.TQ_ORI_012, "refuse", PAPER, CLAIM, replace(LAW, agreement=None)),
    (Code.TQ_ORI_013, "doubt", item(criterion="SP"), CLAIM, LAW),
    (Code.TQ_ORI_014, "refuse", paper(lines=()), CLAIM, LAW),
    (Code.TQ_ORI_014, "refuse", item(1, number=7), CLAIM, LAW),
    (Code.TQ_ORI_015, "refuse", item(quantity=Decimal(0)), CLAIM, LAW),
    (Code.TQ_ORI_015, "refuse", item(quantity=Decimal("NaN")), CLAIM, LAW),
    (Code.TQ_ORI_016, "doubt", paper(issuer="HAIKOU"), CLAIM, LAW),
    (Code.TQ_ORI_017, "note", PAPER, CLAIM, replace(LAW, issuers=())),
    (Code.TQ_ORI_018, "refuse", paper(issuing_country="US"), CLAIM, LAW),
    (Code.TQ_ORI_019, "refuse", paper(issued_on=ON + timedelta(days=1)), CLAIM, LAW),
    (Code.TQ_ORI_020, "refuse", paper(issued_on=ON - timedelta(days=400)), CLAIM, LAW),
    (Code.TQ_ORI_021, "doubt", paper(shipped_on=ON - timedelta(days=30)), CLAIM, LAW),
    (Code.TQ_ORI_022, "refuse", paper(shipped_on=ON - timedelta(days=400), retroactive=True), CLAIM, LAW),
    (Code.TQ_ORI_023, "refuse", PAPER, claim(filed_on=ON + timedelta(days=366)), LAW),
    (Code.TQ_ORI_024, "note", PAPER, CLAIM, replace(LAW, terms={})),
    (Code.TQ_ORI_025, "minor", paper(vehicle="桂FB9999"), CLAIM, LAW),
    (Code.TQ_ORI_025, "minor", item(hs="08081090"), CLAIM, LAW),
    (Code.TQ_ORI_025, "minor", paper(consignee="Cong ty TNHH Xuat nhap khau Binh Mih"), CLAIM, LAW),
    (Code.TQ_ORI_026, "refuse", PAPER, line(quantity=Decimal("12000.01")), LAW),
    (Code.TQ_ORI_027, "doubt", PAPER, line(unit="BX"), LAW),
    (Code.TQ_ORI_028, "doubt", PAPER, line(gross_weight_kg=Decimal(13000)), LAW),
    (Code.TQ_ORI_029, "doubt", PAPER, claim(invoice="GX-2611-002"), LAW),
    (Code.TQ_ORI_030, "doubt", paper(third_party=True), CLAIM, LAW),
    (Code.TQ_ORI_030, "doubt", paper(invoice_country="HK", invoice_issuer="Seller"), CLAIM, LAW),
    (Code.TQ_ORI_030, "doubt", paper(third_party=True, invoice_country="HK", invoice_issuer="Other"), CLAIM, LAW),
    (Code.TQ_ORI_031, "doubt", paper(consignee="Công ty Cổ phần Hoa Sen"), CLAIM, LAW),
    (Code.TQ_ORI_032, "note", item(description="Dried mushrooms"), CLAIM, LAW),
    (Code.TQ_ORI_033, "refuse", PAPER, line(item=9), LAW),
    (Code.TQ_ORI_034, "doubt", item(criterion="CTH"), CLAIM, LAW),
    (Code.TQ_ORI_035, "note", PAPER, CLAIM, replace(LAW, rules=())),
    (Code.TQ_ORI_036, "doubt", paper(route=("HK",)), CLAIM, LAW),
    (Code.TQ_ORI_037, "refuse", paper(back_to_back=True, issuing_country="SG"), CLAIM, LAW),
    (Code.TQ_ORI_037, "doubt", paper(back_to_back=True), CLAIM, LAW),
    (Code.TQ_ORI_038, "doubt", paper(transport_document="PX-0000-009"), CLAIM, LAW),
    (Code.TQ_ORI_039, "refuse", PAPER, line(origin="KR"), LAW),
    (Code.TQ_ORI_040, "doubt", paper(exhibition=True), CLAIM, LAW),
    (Code.TQ_ORI_041, "pending", PAPER, line(1, hs="84145110", item=2), LAW),
    (Code.TQ_ORI_042, "doubt", item(1, criterion="RVC 40%"), line(1, hs="85167100"), replace(LAW, rules=LAW.rules[1:])),
    (Code.TQ_ORI_043, "refuse", item(1, criterion="PE"), line(1, hs="08081000"), LAW),
    (Code.TQ_ORI_044, "refuse", paper(cancelled_by_issuer=True), CLAIM, LAW),
    (Code.TQ_ORI_045, "note", PAPER, line(hs="08083000"), LAW),
    (Code.TQ_ORI_046, "doubt", PAPER, line(1, hs="08081000"), LAW),
    (
        Code.TQ_ORI_047,
        "note",
        paper(third_party=True, invoice_country="HK", invoice_issuer=CLAIM.invoice_issuer),
        CLAIM,
        LAW,
    ),
]


@pytest.mark.parametrize(("code", "grade", "certificate", "declared", "law"), CASES)
def test_one_change_is_told_with_its_code(
    code: Code, grade: str, certificate: Paper, declared: Declared, law: OriginLaw
) -> None:
    found = told(certificate, declared, law)
    assert code in found, sorted(found)
    assert found[code].grade == grade
    assert found[code].article
    assert code not in told() or code in (Code.TQ_ORI_025, Code.TQ_ORI_032)


def test_every_code_of_a_check_has_a_case_that_fails() -> None:
    named = {code.value for code in Code if "TQ-ORI-010" <= code.value <= "TQ-ORI-047"}
    assert named == {case[0].value for case in CASES}


def test_every_check_says_its_code_and_article() -> None:
    for check in (*PAPER_CHECKS, *AGAINST):
        assert check.__doc__ is not None
        assert "TQ-ORI-" in check.__doc__
        assert "Art." in check.__doc__ or "Form E" in check.__doc__


def test_transit_with_evidence_is_direct() -> None:
    assert Code.TQ_ORI_036 not in told(paper(route=("HK",), evidence=("container_seal",)))
    assert Code.TQ_ORI_036 in told(paper(route=("HK",), evidence=("through_bill",)))
    assert Code.TQ_ORI_036 not in told(paper(route=("LA",)))


def test_two_lines_of_one_item_are_added_up() -> None:
    half = replace(CLAIM.lines[0], quantity=Decimal(7), unit="TNE")
    both = claim(lines=(half, replace(half, number=2)))
    found = examine(PAPER, LAW, both)
    assert [one.line for one in found if one.code == Code.TQ_ORI_026] == [2]
    assert Code.TQ_ORI_026 not in told(PAPER, claim(lines=(half,)))


def test_an_issuer_whose_power_ended_is_doubted() -> None:
    ended = Issuer(country="CN", code="NANNING", valid_from=FROM, valid_until=ON - timedelta(days=5), source="a test")
    assert Code.TQ_ORI_016 in told(law=replace(LAW, issuers=(ended,)))
    still = replace(ended, valid_until=ON)
    assert Code.TQ_ORI_016 not in told(law=replace(LAW, issuers=(still,)))


def test_self_certification_needs_its_register_and_says_nothing_of_authorities() -> None:
    rex = Issuer(country="", code="REX", valid_from=FROM, source="a test")
    law = replace(LAW, issuers=(rex,))
    assert not {Code.TQ_ORI_016, Code.TQ_ORI_017} & told(paper(issuer="REX"), law=law).keys()
    assert Code.TQ_ORI_017 in told(law=law)
    late = replace(rex, valid_from=ON)
    assert Code.TQ_ORI_016 in told(paper(issuer="REX"), law=replace(LAW, issuers=(late,)))


def test_a_late_certificate_may_be_younger_than_its_declaration() -> None:
    late = paper(issued_on=ON + timedelta(days=20), shipped_on=ON, retroactive=True)
    assert Code.TQ_ORI_019 not in told(late, claim(filed_on=ON + timedelta(days=30)))
    assert Code.TQ_ORI_023 not in told(late, claim(filed_on=ON + timedelta(days=365)))


def test_a_printed_end_goes_before_the_term() -> None:
    assert Code.TQ_ORI_020 in told(paper(valid_until=ON - timedelta(days=1)))
    assert Code.TQ_ORI_020 not in told(paper(valid_until=ON))


def test_the_outcome_of_a_line_and_its_difference_of_duty() -> None:
    refused = line(origin="KR")
    found = outcomes(examine(PAPER, LAW, refused), refused)
    assert (found[0].result, found[0].difference_vnd) == ("refused", Decimal(8_000_000))
    assert found[0].codes == (Code.TQ_ORI_039,)
    assert (found[1].result, found[1].difference_vnd) == ("granted", None)


def test_what_is_still_to_be_proved_is_granted_under_guarantee_or_doubted() -> None:
    pending = line(1, hs="84145110", item=2)
    assert outcomes(examine(PAPER, LAW, pending), pending)[1].result == "doubt"
    secured = replace(pending, secured=True)
    assert outcomes(examine(PAPER, LAW, secured), secured)[1].result == "guaranteed"
    proved = replace(pending, proof=True)
    assert outcomes(examine(PAPER, LAW, proved), proved)[1].result == "granted"


def test_the_claim_of_a_document_are_the_lines_that_name_the_number() -> None:
    from tests.world import import_document

    document = import_document(on=ON)
    found = declared_of(document, "E2645 0000-123456", ON)
    assert [(one.number, one.item) for one in found.lines] == [(number, number) for number in range(1, 6)]
    assert declared_of(document, "E26450000123457", ON).lines == ()
    assert found.invoice == "GX-2611-001"


words = st.one_of(st.just(""), st.text(max_size=12), st.sampled_from(["CN", "VN", "WO", "CTH", "RVC 40%", "KGM", "E"]))
amounts = st.one_of(st.none(), st.decimals())
papers = st.builds(
    Paper,
    agreement=words,
    form=words,
    number=words,
    issued_on=st.one_of(st.none(), st.dates()),
    shipped_on=st.one_of(st.none(), st.dates()),
    issuing_country=words,
    retroactive=st.booleans(),
    back_to_back=st.booleans(),
    third_party=st.booleans(),
    route=st.lists(words, max_size=2).map(tuple),
    lines=st.lists(
        st.builds(
            PaperLine,
            number=st.integers(-3, 4),
            hs=words,
            criterion=words,
            quantity=amounts,
            unit=words,
            gross_weight_kg=amounts,
        ),
        max_size=3,
    ).map(tuple),
)
claims = st.builds(
    Declared,
    on=st.dates(),
    filed_on=st.one_of(st.none(), st.dates()),
    trader=words,
    invoice=words,
    lines=st.lists(
        st.builds(
            DeclaredLine,
            number=st.integers(1, 3),
            hs=words,
            origin=words,
            quantity=amounts,
            unit=words,
            gross_weight_kg=amounts,
            item=st.one_of(st.none(), st.integers(-2, 4)),
        ),
        max_size=3,
    ).map(tuple),
)


@given(papers, claims)
def test_no_paper_raises_and_every_line_gets_an_outcome(certificate: Paper, declared: Declared) -> None:
    found = examine(certificate, LAW, declared)
    assert [one.line for one in outcomes(found, declared)] == [one.number for one in declared.lines]
