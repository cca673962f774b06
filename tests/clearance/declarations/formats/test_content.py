"""Typed texts to the document and back, and faults to the fields they are about."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from tests.rules.builders import document, with_line
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.formats.content import (
    Content,
    content_from,
    content_of,
    document_of,
    is_whole,
    plain_values,
)
from thongquan.rules.decision import Fault
from thongquan.rules.document import Adjustment, Container, Money, RateChoice, Reference, Statement
from thongquan.rules.parts import Packaging


def rich_document() -> object:
    return replace(
        with_line(
            document(),
            1,
            choices=(RateChoice(tax="vat", rate="8", reason="r"), RateChoice(tax="sct", rate="10", reason="s")),
            permits=(Reference(kind="PQ", number="KD-1"),),
            packages=(Packaging(kind="CT", quantity=Decimal(10)),),
            quantity2=Decimal("2.5"),
            unit2="KGM",
            in_quota=False,
            proof_later="RCEP",
        ),
        containers=(Container(identifier="TGHU1234567", seals=("A1", "B2")), Container(identifier="TGHU7654321")),
        permits=(Reference(kind="IL", number="GP-1"), Reference(number="GP-2")),
        adjustments=(Adjustment(code="AD", amount=Decimal("12.5"), currency="USD"),),
        freight=Money(amount=Decimal(500), currency="USD"),
        bills_of_lading=("A-1", "B-2"),
    )


def test_a_document_survives_the_form() -> None:
    full = rich_document()
    assert document_of(content_of(full)) == full  # type: ignore[arg-type]


def test_content_survives_the_draft() -> None:
    content = content_of(document())
    assert content_from(content.stored()) == content
    assert content_from({"flow": "x", "fields": {"nonsense": "1", "regime": 5}, "lines": "?"}) == Content(
        "import", {}, []
    )


def test_what_the_form_cannot_hold_is_known() -> None:
    assert is_whole(document())
    assert not is_whole(replace(document(), statements=(Statement(code="X"),)))


def test_blank_lines_and_slots_in_between_are_left_out_and_faults_still_find_their_place() -> None:
    content = Content(
        "import",
        {"permits[1].number": "P-1", "permits[3].number": "P-2"},
        [{}, {"hs": "08081000"}, {"origin": ""}, {"vat_rate": "8"}],
    )
    values, places = plain_values(content)
    assert [line["number"] for line in values["lines"]] == [1, 2]
    assert values["permits"] == [{"number": "P-1"}, {"number": "P-2"}]

    def field(path: str, **about: str) -> tuple[int | None, str]:
        return places.field_of(Fault(code=about.pop("code", "TQ-DEC-001"), path=path, values=about))

    assert field("lines[1].hs") == (3, "hs")
    assert field("lines[0].certificate") == (1, "certificate.number")
    assert field("lines[1].choices", tax="vat") == (3, "vat_rate")
    assert field("lines[1].choices", tax="vat", code="TQ-TAX-003") == (3, "vat_reason")
    assert field("lines[1].choices", tax="sct") == (3, "other_rate")
    assert field("lines[1].choices[0].rate") == (3, "vat_rate")
    assert field("lines[0].permits[0].kind") == (1, "permit_kind")
    assert field("lines[0].packages[0].quantity") == (1, "package_quantity")
    assert field("permits[1].issued_on") == (None, "permits[3].issued_on")
    assert field("freight") == (None, "freight.amount")
    assert field("bills_of_lading[4]") == (None, "bills_of_lading")
    assert field("containers[0].identifier") == (None, "containers")
    assert field("lines") == (None, "lines")


def test_every_unreadable_value_is_named_at_once() -> None:
    content = Content("import", {"packages": "nhiều", "invoice.issued_on": "hôm qua"}, [{"quantity": "1,2,3"}])
    with pytest.raises(Refused) as refused:
        document_of(content)
    assert {fault.path for fault in refused.value.faults} == {"packages", "invoice.issued_on", "lines[0].quantity"}
    assert {fault.code for fault in refused.value.faults} == {"TQ-FMT-018"}
