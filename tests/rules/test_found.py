"""What was found takes the place of what was declared; what follows from it follows, the rest stays."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from tests.world import import_document
from thongquan.rules.decision import Decision, LineDuties, TaxAmount
from thongquan.rules.document import Document, Money
from thongquan.rules.found import Found, declared_value, differences, finding_faults, short_vnd, with_found

DOCUMENT = import_document()


def found(line: int, field: str, value: str) -> Found:
    return Found(line=line, field=field, value=value)


def changed(*findings: Found, document: Document = DOCUMENT) -> Document:
    assert [fault for one in findings for fault in finding_faults(document, one)] == []
    return with_found(document, findings)


def test_nothing_found_changes_nothing() -> None:
    assert with_found(DOCUMENT, []) == DOCUMENT


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("hs", "84145110", "84145110"),
        ("origin", "TH", "TH"),
        ("schedule", "", None),
        ("in_quota", "yes", True),
        ("in_quota", "no", False),
        ("net_weight_kg", "3999.5", Decimal("3999.5")),
    ],
)
def test_one_field_of_one_line(field: str, value: str, kept: object) -> None:
    document = changed(found(5, field, value))
    assert getattr(document.lines[4], field) == kept
    assert document.lines[:4] == DOCUMENT.lines[:4]
    assert document.invoice == DOCUMENT.invoice


def test_price_follows_value_and_the_invoice_its_lines() -> None:
    document = changed(found(5, "value", "20000"))
    line = document.lines[4]
    assert (line.value, line.unit_price) == (Decimal(20000), Decimal("44.444444"))
    assert document.invoice is not None
    assert document.invoice.amount == sum((row.value or Decimal(0) for row in document.lines), Decimal(0))


def test_value_follows_quantity_and_price() -> None:
    document = changed(found(5, "quantity", "500"), found(5, "unit_price", "40"))
    assert document.lines[4].value == Decimal(20000)


def test_a_chosen_rate_of_vat_is_found() -> None:
    assert [choice.rate for choice in changed(found(1, "vat_rate", "5")).lines[0].choices] == ["5"]
    assert changed(found(1, "vat_rate", "")).lines[0].choices == ()


def test_freight_is_added_in_the_currency_of_the_invoice() -> None:
    assert changed(found(0, "freight", "1500")).freight == Money(amount=Decimal(1500), currency="CNY")
    dollars = replace(DOCUMENT, freight=Money(amount=Decimal(10), currency="USD"))
    assert changed(found(0, "freight", "20"), document=dollars).freight == Money(amount=Decimal(20), currency="USD")
    assert changed(found(0, "freight", ""), document=dollars).freight is None
    assert with_found(replace(DOCUMENT, invoice=None), [found(0, "insurance", "5")]).insurance is None


@pytest.mark.parametrize(
    ("finding", "code"),
    [
        (found(9, "hs", "84145110"), "TQ-AUD-005"),
        (found(1, "number", "2"), "TQ-AUD-005"),
        (found(0, "hs", "84145110"), "TQ-AUD-005"),
        (found(1, "quantity", "many"), "TQ-AUD-006"),
        (found(1, "quantity", "-1"), "TQ-AUD-006"),
        (found(1, "quantity", "1e40"), "TQ-AUD-006"),
        (found(1, "quantity", "NaN"), "TQ-AUD-006"),
        (found(1, "in_quota", "perhaps"), "TQ-AUD-006"),
    ],
)
def test_what_cannot_be_found_is_named(finding: Found, code: str) -> None:
    assert [fault.code for fault in finding_faults(DOCUMENT, finding)] == [code]


@pytest.mark.parametrize(
    ("line", "field", "told"),
    [
        (5, "hs", "84145999"),
        (1, "vat_rate", "10"),
        (1, "in_quota", ""),
        (0, "freight", ""),
        (9, "hs", ""),
        (1, "quantity", "12000"),
    ],
)
def test_what_was_declared_is_told_as_text(line: int, field: str, told: str) -> None:
    assert declared_value(DOCUMENT, line, field) == told


def test_what_was_declared_of_the_header_and_of_a_yes() -> None:
    document = replace(
        DOCUMENT,
        freight=Money(amount=Decimal(10), currency="USD"),
        lines=tuple(replace(line, in_quota=True) for line in DOCUMENT.lines),
    )
    assert declared_value(document, 0, "freight") == "10"
    assert declared_value(document, 1, "in_quota") == "yes"


def decision(**amounts: str) -> Decision:
    taxes = tuple(
        TaxAmount(tax=tax, treatment="due", base_vnd=Decimal(0), amount_vnd=Decimal(amount))  # type: ignore[arg-type]
        for tax, amount in amounts.items()
    )
    relief = TaxAmount(tax="sct", treatment="exempt", base_vnd=Decimal(0), amount_vnd=Decimal(7))
    return Decision(accepted=True, lines=(LineDuties(number=1, value_vnd=Decimal(0), taxes=(*taxes, relief)),))


def test_differences_line_by_line_and_tax_by_tax() -> None:
    rows = differences(decision(import_duty="10", vat="5"), decision(import_duty="25", vat="5", anti_dumping="3"))
    assert [(row.line, row.tax, row.short_vnd) for row in rows] == [
        (1, "import_duty", Decimal(15)),
        (1, "anti_dumping", Decimal(3)),
    ]
    assert short_vnd(rows) == Decimal(18)
    assert short_vnd(differences(decision(vat="5"), decision())) == Decimal(-5)
