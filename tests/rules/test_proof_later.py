"""A proof of origin that is to come: what may be announced, and the difference of duty that is guaranteed meanwhile."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.rules.builders import document, facts
from thongquan.rules.clearance import decide
from thongquan.rules.decision import Decision
from thongquan.rules.document import Document
from thongquan.rules.encoding import decoded_document, encoded


def with_lines(*, places: frozenset[int], **changes: Any) -> Document:
    given = document()
    lines = [replace(one, **changes) if place in places else one for place, one in enumerate(given.lines)]
    return replace(given, lines=tuple(lines))


def decided(given: Document) -> Decision:
    return decide(facts(given))


def codes(given: Document) -> set[str]:
    return {fault.code for fault in decided(given).faults if fault.severity == "error"}


FIRST = frozenset({0})


def test_mfn_is_paid_while_the_proof_is_to_come() -> None:
    announced = with_lines(places=FIRST, schedule=None, certificate=None, proof_later="B05")
    without = with_lines(places=FIRST, schedule=None, certificate=None)
    assert codes(announced) == set()
    assert decided(announced).lines == decided(without).lines
    assert decided(announced).secured_vnd == 0


def test_the_difference_is_guaranteed_where_the_preference_is_taken() -> None:
    mfn = decided(with_lines(places=FIRST, schedule=None, certificate=None))
    preferred = decided(document())
    guaranteed = decided(with_lines(places=FIRST, certificate=None, proof_later="B05"))
    assert guaranteed.due_vnd == preferred.due_vnd
    assert guaranteed.lines[0].difference_vnd == mfn.lines[0].due_vnd - preferred.lines[0].due_vnd > 0
    assert guaranteed.secured_vnd == guaranteed.lines[0].difference_vnd
    assert guaranteed.lines[1:] == preferred.lines[1:]


@given(st.frozensets(st.integers(0, 4)))
def test_what_is_paid_and_guaranteed_is_together_the_duty_without_preference(places: frozenset[int]) -> None:
    later = decided(with_lines(places=places, certificate=None, proof_later="B05"))
    mfn = decided(with_lines(places=places, schedule=None, certificate=None))
    for kept, dear in zip(later.lines, mfn.lines, strict=True):
        assert kept.due_vnd + kept.difference_vnd == max(kept.due_vnd, dear.due_vnd)
    assert later.secured_vnd == sum((one.difference_vnd for one in later.lines), Decimal(0))


def test_a_preference_without_proof_or_announcement_stays_refused() -> None:
    assert codes(with_lines(places=FIRST, certificate=None)) == {"TQ-ORI-001"}


def test_what_is_announced_is_a_preference_alone_on_its_line() -> None:
    assert codes(with_lines(places=FIRST, proof_later="B05")) == {"TQ-ORI-140"}
    assert codes(with_lines(places=FIRST, schedule=None, certificate=None, proof_later="B01")) == {"TQ-ORI-140"}
    assert "TQ-ORI-002" in codes(
        with_lines(places=FIRST, schedule=None, certificate=None, proof_later="B05", origin="US")
    )
    assert codes(with_lines(places=FIRST, schedule=None, certificate=None, proof_later="B99")) == {"TQ-ORI-140"}


def test_a_difference_that_the_law_does_not_give_is_not_guaranteed() -> None:
    given = with_lines(places=FIRST, certificate=None, proof_later="B05")
    whole = facts(given)
    line = whole.law.lines[0]
    cells = tuple(one for one in line.cells if (one.tax, one.schedule) != ("import_duty", "B01"))
    law = replace(whole.law, lines=(replace(line, cells=cells), *whole.law.lines[1:]))
    refused = decide(replace(whole, law=law))
    assert not refused.accepted
    assert [fault.code for fault in refused.faults if fault.severity == "error"] == ["TQ-ORI-141"]


def test_a_document_without_it_is_written_as_before() -> None:
    assert b"proof_later" not in encoded(document())
    announced = with_lines(places=FIRST, schedule=None, certificate=None, proof_later="B05")
    assert decoded_document(encoded(announced)) == announced
