"""The decision as a whole: order of faults, redaction, replay, draw, derivation."""

from __future__ import annotations

import ast
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.rules import builders as build
from thongquan.rules import clearance
from thongquan.rules.clearance import decide, redacted, redacted_facts
from thongquan.rules.coded import vague_hits
from thongquan.rules.codes import Code
from thongquan.rules.decision import Decision, Reason
from thongquan.rules.derivation import derive
from thongquan.rules.document import Adjustment, Container, Invoice, RateChoice, Vehicle
from thongquan.rules.draw import canonical, draw_of
from thongquan.rules.duties import duty_amount
from thongquan.rules.encoding import decoded_decision, decoded_document, decoded_facts, encoded
from thongquan.rules.facts import Draw, Standing
from thongquan.rules.parameters import number
from thongquan.rules.replay import UnknownReleaseError, replay
from thongquan.rules.text import fold, normalise, vague_key

RULES = Path(clearance.__file__).parent


def test_the_sample_import_is_accepted_with_its_duties() -> None:
    decision = decide(build.facts())
    assert decision.accepted
    assert decision.faults == ()
    assert decision.channel == 1
    assert [reason.code for reason in decision.reasons] == [Code.TQ_CHN_013]
    assert sum(line.value_vnd for line in decision.lines) == Decimal("834142200")  # 31,935 USD at 26,120
    assert decision.totals_vnd == {"import_duty": Decimal(0), "vat": Decimal("66731376")}
    assert decision.due_vnd == Decimal("66751376")
    assert decision.fee_vnd == Decimal(20000)


def test_every_fault_is_told_at_once_header_first_then_line_by_line() -> None:
    document = build.document(regime=None, packages=None)
    document = build.with_line(document, 3, description=None, quantity=Decimal(-1))
    document = build.with_line(document, 1, hs="0712")
    decision = decide(build.facts(document))
    assert not decision.accepted
    assert decision.channel is None
    assert decision.lines == ()
    found = [(fault.line, str(fault.code)) for fault in decision.faults]
    assert found[:2] == [(None, "TQ-DEC-001"), (None, "TQ-DEC-001")]
    lines = [line for line, _ in found if line is not None]
    assert lines == sorted(lines)
    assert {2, 4} == set(lines)
    assert (2, "TQ-DEC-011") in found
    assert (4, "TQ-DEC-001") in found
    assert (4, "TQ-DEC-009") in found


def test_the_path_names_the_line_from_zero_and_the_line_its_number() -> None:
    decision = decide(build.facts(build.with_line(build.document(), 2, origin=None)))
    fault = next(fault for fault in decision.faults if fault.path == "lines[2].origin")
    assert fault.line == 3
    assert fault.values == {"field": "origin"}


def test_a_slice_of_other_lines_is_told_not_raised() -> None:
    document = build.document()
    law = replace(build.law(document), lines=())
    assert [fault.code for fault in decide(build.facts(document, law)).faults] == [Code.TQ_LAW_004]


def test_a_declarant_who_tries_never_learns_channel_or_reasons() -> None:
    decision = decide(build.facts(draw=Draw(value=Decimal("0.01"), key_id="k"), standing=Standing(level=5)))
    assert decision.channel == 3
    tried = redacted(decision, "declarant")
    assert tried.channel is None
    assert tried.reasons == ()
    assert tried.lines == decision.lines
    assert tried.due_vnd == decision.due_vnd


def test_after_lodging_a_declarant_sees_the_channel_and_one_lawful_sentence() -> None:
    decision = decide(build.facts(draw=Draw(value=Decimal("0.01"), key_id="k"), standing=Standing(level=5)))
    seen = redacted(decision, "declarant", lodged=True)
    assert seen.channel == 3
    assert [reason.code for reason in seen.reasons] == [Code.TQ_CHN_014]
    assert redacted(decision, "officer") == decision


def test_a_reason_of_the_law_itself_is_shown_to_the_declarant() -> None:
    decision = Decision(
        accepted=True,
        channel=2,
        reasons=(
            Reason(code=Code.TQ_CHN_001, channel=2, source="x", audience="declarant"),
            Reason(code=Code.TQ_CHN_010, channel=2, source="x", audience="analyst"),
        ),
    )
    assert [reason.code for reason in redacted(decision, "declarant", lodged=True).reasons] == [Code.TQ_CHN_001]
    assert [reason.code for reason in redacted(decision, "officer").reasons] == [Code.TQ_CHN_001]
    assert redacted(decision, "analyst") == decision == redacted(decision, "internal_control")


def test_facts_for_a_declarant_hold_neither_standing_nor_draw() -> None:
    facts = build.facts(standing=Standing(level=5))
    shown = redacted_facts(facts, "declarant")
    assert shown.standing == Standing()
    assert shown.draw is None
    assert shown.document == facts.document
    assert redacted_facts(facts, "officer") == facts


def test_replay_gives_the_same_bytes() -> None:
    facts = build.facts()
    stored = encoded(facts)
    assert encoded(decoded_facts(stored)) == stored
    assert encoded(replay(stored)) == encoded(decide(facts))
    assert decoded_decision(encoded(decide(facts))) == decide(facts)
    assert decoded_document(encoded(facts.document)) == facts.document


def test_replay_of_an_unknown_release_is_refused() -> None:
    with pytest.raises(UnknownReleaseError):
        replay(encoded(build.facts(rules_release="1999.01")))


def test_the_draw_follows_the_goods_not_the_way_they_are_written() -> None:
    document = build.document()
    first = draw_of(document, secret=b"secret", key_id="k")
    assert 0 <= first.value < 1
    same = [
        replace(document, own_reference="other", notes="again"),
        build.with_line(document, 0, description="  TAO  TUOI giong Fuji; dong thung 10 kg "),
        build.with_line(document, 0, value=Decimal("10200.0000"), quantity=Decimal("1.2E4")),
        replace(document, lines=tuple(reversed(document.lines))),
        replace(document, vehicle=Vehicle(identifier="桂f-12345")),
    ]
    for other in same:
        assert draw_of(other, secret=b"secret", key_id="k") == first
    assert draw_of(document, secret=b"another", key_id="k") != first
    changed = build.with_line(document, 0, quantity=Decimal(11999))
    assert draw_of(changed, secret=b"secret", key_id="k") != first


def test_the_draw_of_an_empty_or_weird_document_is_a_number() -> None:
    weird = build.with_line(build.document(), 0, quantity=Decimal("NaN"), value=Decimal("-0"))
    bare = replace(weird, trader=None, invoice=None, vehicle=None, containers=(Container(),))
    assert "NaN" in canonical(bare)
    assert 0 <= draw_of(bare, secret=b"s", key_id="k").value < 1
    assert "-25e-1" in canonical(build.with_line(weird, 0, value=Decimal("-2.50")))


def test_a_draw_without_a_date_of_invoice() -> None:
    document = build.document(invoice=Invoice(number="A 1"))
    assert draw_of(document, secret=b"s", key_id="k") == draw_of(
        build.document(invoice=Invoice(number="a1")), secret=b"s", key_id="k"
    )


def test_a_refused_declaration_has_no_derivation() -> None:
    assert not derive(build.facts(build.document(regime=None))).accepted


@pytest.mark.parametrize(
    ("mode", "unit", "expected"),
    [("half_up", "1", "13"), ("truncate", "1", "12"), ("half_even", "1", "12"), ("truncate", "0.01", "12.50")],
)
def test_one_duty_amount_in_every_mode_and_unit(mode: str, unit: str, expected: str) -> None:
    assert duty_amount(Decimal(125), Decimal("0.1"), mode=mode, unit=Decimal(unit)) == Decimal(expected)


def test_texts_are_folded_and_normalised() -> None:
    assert fold("  Đồng  THAU ") == "dong thau" == fold("dong thau")
    assert normalise(" e\u0301 ") == "é"
    assert vague_key("Hàng mới 100%") == ""
    assert vague_key("Phụ tùng, loại khác") == "phu tung"


def test_rules_know_no_float() -> None:
    for path in RULES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Name) and node.id == "float"), path
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), path


def test_rules_stay_pure() -> None:
    banned = {"django", "os", "time", "random", "socket", "pathlib", "io", "requests", "httpx"}
    for path in RULES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not banned & {name.split(".")[0] for name in names}, path
            assert not (isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow")), path


def test_rules_open_with_their_legal_basis() -> None:
    contracts = {"__init__.py", "codes.py", "decision.py", "facts.py", "law.py", "parts.py"}
    for path in RULES.rglob("*.py"):
        if path.name not in contracts:
            assert "Legal basis:" in (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""), path


def test_a_slice_carries_the_vague_terms_that_a_description_comes_down_to() -> None:
    document = build.with_line(build.document(), 0, description="Hàng mới 100%")
    document = build.with_line(document, 1, description="PHỤ TÙNG, mới")
    assert vague_hits(document, frozenset({"phu tung", "linh kien"})) == {"", "phu tung"}
    assert vague_hits(build.document(), frozenset({"phu tung"})) == frozenset()


def test_a_parameter_that_is_no_number_reads_as_zero() -> None:
    law = build.law(build.document())
    odd = replace(law.parameters["max_lines"], value="a dozen")
    assert number(replace(law, parameters={"max_lines": odd}), "max_lines") == 0
    assert number(replace(law, parameters={}), "max_lines") == 0


def test_a_choice_for_one_of_several_taxes_is_found_wherever_it_stands() -> None:
    law = build.law(build.document(1))
    cells = (*law.lines[0].cells, build.cell("sct", build.percent("20"), build.percent("30")))
    choices = (
        RateChoice(tax="sct", rate="30", reason="r"),
        RateChoice(tax="vat", rate="10", reason="r"),
    )
    document = build.with_line(build.document(1), 0, choices=choices)
    held = replace(law, lines=(replace(law.lines[0], cells=cells),))
    decision = decide(build.facts(document, held))
    assert {tax.tax: tax.option for tax in decision.lines[0].taxes} == {"import_duty": "0", "sct": "30", "vat": "10"}


def test_half_a_character_is_told_not_raised() -> None:
    document = build.with_line(build.document(), 0, description="Táo tươi giống Fuji \ud800")
    assert [fault.code for fault in decide(build.facts(document)).faults] == [Code.TQ_DEC_003]
    assert 0 <= draw_of(document, secret=b"s", key_id="k").value < 1


def test_a_value_fault_stands_before_the_lines() -> None:
    document = build.document(adjustments=(Adjustment(code="SB", amount=Decimal(40000), currency="USD"),))
    document = build.with_line(document, 0, unit="TNE")
    law = build.law(document)
    held = replace(law, lines=(replace(law.lines[0], unit="KGM"), *law.lines[1:]))
    assert [fault.line for fault in decide(build.facts(document, held)).faults] == [None, 1]


def test_a_paper_is_judged_by_the_day_it_is_declared_not_by_that_of_registration() -> None:
    lodged = build.facts()
    invoice = lodged.document.invoice
    assert invoice is not None
    later = timedelta(days=20)
    dated = replace(lodged.document, invoice=replace(invoice, issued_on=build.ON + later))
    before = decide(replace(lodged, document=dated))
    assert {fault.code for fault in before.faults if fault.severity == "error"} == {Code.TQ_DEC_025}
    amended = decide(replace(lodged, document=dated, at=lodged.at + later))
    assert amended.accepted
    too_late = replace(dated, invoice=replace(invoice, issued_on=build.ON + later + timedelta(days=2)))
    refused = decide(replace(lodged, document=too_late, at=lodged.at + later))
    assert [fault.values["on"] for fault in refused.faults if fault.code == Code.TQ_DEC_025] == [
        (build.ON + later).isoformat()
    ]


def test_what_an_incomplete_declaration_may_leave_out_stands_in_the_law_it_is_judged_by() -> None:
    lodged = build.facts()
    lacking = replace(lodged.document, packages=None, package_unit=None)
    assert not decide(replace(lodged, document=lacking)).accepted
    known = lodged.law.known_codes | {"incomplete_field/packages"}
    partly = decide(replace(lodged, document=lacking, law=replace(lodged.law, known_codes=known)))
    assert [fault.path for fault in partly.faults if fault.code == Code.TQ_DEC_001] == ["package_unit"]
    law = replace(lodged.law, known_codes=known | {"incomplete_field/package_unit"})
    whole = decide(replace(lodged, document=lacking, law=law))
    assert (whole.accepted, whole.due_vnd) == (True, decide(lodged).due_vnd)
