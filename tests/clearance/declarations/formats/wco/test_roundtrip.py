"""Messages come back as they were sent; documents come back as they were lodged."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.clearance.declarations.formats.wco.roundtrip import comes_back, stored
from tests.clearance.declarations.formats.wco.samples import EXPORT, IMPORT
from thongquan.clearance.declarations.formats.wco import compare, read_declaration, write_declaration
from thongquan.rules.document import Document

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("case", sorted(CASES.glob("*.xml")), ids=lambda path: path.stem)
def test_every_case_comes_back_equal(case: Path) -> None:
    comes_back(case.read_bytes())


def test_the_import_case_is_the_typed_document_and_all_of_it_is_fields_of_ours() -> None:
    read = comes_back((CASES / "import_a11.xml").read_bytes())
    assert read.document == IMPORT
    assert read.modeled == 1
    assert read.elements == 233


@pytest.mark.parametrize("document", [IMPORT, EXPORT], ids=["import", "export"])
def test_a_national_document_comes_back_without_extensions(document: Document) -> None:
    assert read_declaration(write_declaration(stored(document))).document == document


def test_an_amendment_keeps_its_pointers_and_needs_no_extension_but_the_unit() -> None:
    document = comes_back((CASES / "amendment.xml").read_bytes()).document
    assert document.flow == "import"
    assert document.supplement is not None
    assert (document.supplement.function_code, document.supplement.type_code) == ("13", "COR")
    assert document.supplement.declaration_id == "101234567890"
    assert document.supplement.amendments[0].reason == "32"
    assert [p.section for p in document.supplement.amendments[0].pointers] == ["42A", "15A"]
    assert document.statements[0].pointers[0].section == "42A"
    assert document.lines[0].number == 2
    assert document.lines[0].gross_weight_kg == Decimal("1620.0")
    assert [extension.attributes for extension in document.extensions] == [{"unitCode": "KGM"}]


def test_a_submitted_cancellation_keeps_its_envelope() -> None:
    document = comes_back((CASES / "cancellation_submitted.xml").read_bytes()).document
    assert document.flow == "export"
    assert document.gate == "VNMCI"
    assert document.supplement is not None
    assert document.supplement.message is not None
    assert document.supplement.message.submission is not None
    assert document.supplement.message.submission.client == "broker-17"
    assert document.supplement.issued_at is not None
    assert document.supplement.issued_at.offset_hours == 7
    assert document.supplement.issued_at.at.hour == 1


def test_what_is_odd_is_read_as_far_as_it_is_ours_and_the_rest_is_kept() -> None:
    read = comes_back((CASES / "odd.xml").read_bytes())
    document = read.document
    assert document.trader is not None
    assert document.trader.name == "Hợp tác xã Chi Lăng"
    assert document.packages == 5
    assert document.supplement is not None
    assert document.supplement.line_count == 2
    assert document.supplement.function_code == ""
    first, second = document.lines
    assert (first.number, first.hs, first.origin, first.value) == (7, "08109099", "VN", Decimal(12000000))
    assert first.supplement is not None
    assert first.supplement.value_currency == "VND"
    assert str(first.supplement.statistical_value.amount if first.supplement.statistical_value else "") == "1.000"
    assert second.number == 2
    assert document.containers[0].seals == ("S1", "S2")
    assert 0.7 < read.modeled < 0.95


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ((b"IMA</TypeCode>", b"IMB</TypeCode>"), "text"),
        ((b'currencyID="CNY"', b'currencyID="USD"'), "attributes"),
        ((b"<Destination>", b"<Extra/><Destination>"), "children"),
        ((b"</Destination>", b"</Destination>words"), "tail"),
        ((b"Declaration>", b"Declarations>"), "children"),
    ],
)
def test_compare_sees_every_kind_of_difference(change: tuple[bytes, bytes], what: str) -> None:
    data = (CASES / "import_a11.xml").read_bytes()
    other = data.replace(*change) if b"Declaration>" in change[0] else data.replace(*change, 1)
    assert what in {difference.what for difference in compare(data, other)}


def test_compare_passes_over_prefixes_comments_and_blanks() -> None:
    left = b'<a:Declaration xmlns:a="urn:a" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="1"> <a:X/></a:Declaration>'
    assert compare(left, b"<Declaration><!-- said --><X>  </X></Declaration>") == []


def test_decimals_are_kept_as_written() -> None:
    data = (CASES / "import_a11.xml").read_bytes()
    document = read_declaration(data).document
    assert document.invoice is not None
    assert str(document.lines[2].value) == "3600.0000"
    assert str(document.lines[0].unit_price) == "0.850000"
    assert stored(document).lines[2].value.as_tuple().exponent == -4  # type: ignore[union-attr]  # the line has a value
