"""The document as customs values it: decided, it has exactly the customs values that were found."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from tests.rules.builders import document, facts, law
from thongquan.rules.clearance import decide
from thongquan.rules.document import Money
from thongquan.rules.valuing import as_valued


def test_decided_again_it_has_the_values_found_and_the_others_stay() -> None:
    freight = Money(amount=Decimal(1234), currency="USD")
    declared = document(5)
    assert declared.invoice is not None
    declared = replace(declared, freight=freight, invoice=replace(declared.invoice, incoterm="FOB"))
    first = decide(facts(declared))
    assert first.accepted, first.faults
    before = {line.number: line.value_vnd for line in first.lines}
    found = {2: before[2] * 2 + 7}
    valued = as_valued(declared, before, found)
    again = decide(facts(valued, law(valued)))
    assert again.accepted, again.faults
    after = {line.number: line.value_vnd for line in again.lines}
    assert after == {**before, **found}
    assert again.due_vnd > first.due_vnd
    assert declared.freight == freight
