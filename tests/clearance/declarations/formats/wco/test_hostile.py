"""Input meant to harm, or merely broken: refused with a precise fault, before it costs anything."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.clearance.declarations.formats.wco.samples import IMPORT
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.formats.wco import Limits, read_declaration, write_declaration
from thongquan.rules.decision import Fault

GOOD = (Path(__file__).parent / "cases" / "import_a11.xml").read_bytes()


def faults(data: bytes, **limits: int) -> tuple[Fault, ...]:
    with pytest.raises(Refused) as refusal:
        read_declaration(data, limits=Limits(**limits))
    return refusal.value.faults


def only(data: bytes, code: str) -> Fault:
    found = faults(data)
    assert [fault.code for fault in found] == [code]
    return found[0]


def changed(old: str, new: str) -> bytes:
    assert old.encode() in GOOD
    return GOOD.replace(old.encode(), new.encode(), 1)


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE Declaration [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><Declaration><FunctionCode>&c;</FunctionCode></Declaration>"""
EXTERNAL = b"""<!-- first --><!DOCTYPE Declaration [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<Declaration><FunctionCode>&x;</FunctionCode></Declaration>"""


@pytest.mark.parametrize(
    "data", [LAUGHS, EXTERNAL, b"<!DOCTYPE Declaration><Declaration/>"], ids=["laughs", "file", "bare"]
)
def test_a_document_type_is_refused_whatever_it_declares(data: bytes) -> None:
    only(data, "TQ-FMT-013")
    only(data.decode().encode("utf-16"), "TQ-FMT-013")


def test_the_word_doctype_in_a_comment_is_no_document_type() -> None:
    assert read_declaration(changed("<Declaration>", "<Declaration><!-- no <!DOCTYPE here -->")).document == IMPORT


def test_many_comments_before_the_root_cost_nothing() -> None:
    data = (
        b"<?xml version='1.0'?>" + b"<!-- a -->\n" * 2000 + b"<Declaration><!-- <!DOCTYPE --><ID>1</ID></Declaration>"
    )
    began = time.monotonic()
    assert read_declaration(data).document.flow == "import"
    assert time.monotonic() - began < 5
    only(data.replace(b"<Declaration>", b"<!DOCTYPE x><Declaration>"), "TQ-FMT-013")


def test_two_hundred_megabytes_are_refused_before_parsing() -> None:
    data = GOOD.replace(b"</md:MetaData>", b" " * (200 * 1024 * 1024) + b"</md:MetaData>")
    began = time.monotonic()
    fault = only(data, "TQ-FMT-010")
    assert fault.value == str(len(data))
    assert time.monotonic() - began < 1, "the size is looked at first"


@pytest.mark.parametrize("share", [0.1, 0.35, 0.6, 0.99])
def test_a_cut_off_message_tells_where_it_breaks_off(share: float) -> None:
    fault = only(GOOD[: int(len(GOOD) * share)], "TQ-FMT-016")
    assert int(fault.values["row"]) > 1
    assert fault.values["element"].startswith("MetaData")


def test_a_cut_off_message_names_the_element_that_was_open() -> None:
    fault = only(GOOD[: GOOD.index(b"</GrossMassMeasure>")], "TQ-FMT-016")
    assert fault.values["element"].endswith("GovernmentAgencyGoodsItem/Commodity/GoodsMeasure/GrossMassMeasure")


def test_latin_1_declared_as_utf_8_is_a_wrong_encoding() -> None:
    data = "<?xml version='1.0' encoding='UTF-8'?><Declaration><ID>café</ID></Declaration>".encode("latin-1")
    only(data, "TQ-FMT-009")


def test_an_encoding_nobody_knows_is_a_wrong_encoding() -> None:
    only(b"<?xml version='1.0' encoding='klingon'?><Declaration><ID>1</ID></Declaration>", "TQ-FMT-009")


def test_utf_16_declared_as_utf_8_is_read_by_its_byte_order_mark_and_refused_with_a_wrong_one() -> None:
    assert read_declaration(GOOD.decode().encode("utf-16")).document == IMPORT
    wrong_mark = b"\xfe\xff" + GOOD.decode().encode("utf-16-le")
    assert faults(wrong_mark)[0].code in ("TQ-FMT-009", "TQ-FMT-016")


def test_utf_8_declared_as_utf_16_is_refused() -> None:
    data = GOOD.replace(b"encoding='UTF-8'", b"encoding='UTF-16'")
    assert faults(data)[0].code in ("TQ-FMT-009", "TQ-FMT-016")


def test_nul_bytes_are_refused() -> None:
    assert faults(changed("MS-2026", "MS\x00-2026"))[0].code in ("TQ-FMT-009", "TQ-FMT-016")


@pytest.mark.parametrize("data", [b"", b" \n ", b"not XML", b'{"flow": "import"}', b"PK\x03\x04" + bytes(50)])
def test_what_is_no_xml_is_refused(data: bytes) -> None:
    assert faults(data)[0].code in ("TQ-FMT-001", "TQ-FMT-009", "TQ-FMT-016")


def test_deep_nesting_is_refused_and_moderate_nesting_is_kept() -> None:
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    only(GOOD.replace(b"<FunctionCode>", deep + b"<FunctionCode>"), "TQ-FMT-016")
    kept = b"<a>" * 100 + b"</a>" * 100
    read = read_declaration(GOOD.replace(b"<FunctionCode>", kept + b"<FunctionCode>"))
    assert b"<a>" * 100 in write_declaration(read.document).replace(b"<a/>", b"<a></a>")


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("NaN", "TQ-FMT-006"),
        ("-INF", "TQ-FMT-006"),
        ("Infinity", "TQ-FMT-006"),
        ("1e30", "TQ-FMT-007"),
        ("1" + "0" * 30, "TQ-FMT-007"),
        ("0." + "1" * 40, "TQ-FMT-007"),
        ("17.850,00", "TQ-FMT-018"),
        ("17 850", "TQ-FMT-018"),
        ("mười", "TQ-FMT-018"),
        ("١٢", "TQ-FMT-018"),
        ("0x1F", "TQ-FMT-018"),
        ("", None),
    ],
)
def test_an_amount_that_is_no_number_names_field_line_and_pointer(word: str, code: str | None) -> None:
    data = changed(">17850.00<", f">{word}<")
    if code is None:
        assert read_declaration(data).document.lines[0].value is None
        return
    fault = only(data, code)
    assert (fault.path, fault.line, fault.value) == ("lines[0].value", 1, word)
    assert fault.values["pointer"] == "42A/67A/68A[1]/23A/79A/112"
    assert fault.values["element"].endswith("GovernmentAgencyGoodsItem[1]/Commodity/InvoiceLine/ItemChargeAmount")


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("19000101", "TQ-FMT-008"),
        ("19891231", "TQ-FMT-008"),
        ("21000101", "TQ-FMT-008"),
        ("20260230", "TQ-FMT-018"),
        ("2026-11-05", "TQ-FMT-018"),
    ],
)
def test_a_date_that_is_none_names_its_field(word: str, code: str) -> None:
    fault = only(changed(">20261105<", f">{word}<"), code)
    assert fault.path == "arrival_on"
    assert fault.value == word


def test_every_fault_is_told_at_once_with_the_trader_named_by_the_flow() -> None:
    data = changed(">17850.00<", ">NaN<").replace(b">1050</TotalP", b">many</TotalP").replace(b">20261105<", b">soon<")
    assert {fault.path for fault in faults(data)} == {"lines[0].value", "packages", "arrival_on"}


@pytest.mark.parametrize("unit", ["TNE", "LBR", "kgm"])
def test_a_weight_in_another_unit_is_never_taken_for_kilograms(unit: str) -> None:
    fault = only(changed("<GrossMassMeasure>", f'<GrossMassMeasure unitCode="{unit}">'), "TQ-FMT-020")
    assert fault.path == "lines[0].gross_weight_kg"
    assert fault.value.endswith(unit)


@pytest.mark.parametrize(
    "word",
    ["DeclarationFullResponse", "inventoryLinkingMovementRequest", "html", "DeclarationStatusResponse"],
)
def test_another_message_is_said_to_be_no_declaration(word: str) -> None:
    fault = only(f"<{word}><Declaration><ID>1</ID></Declaration></{word}>".encode(), "TQ-FMT-019")
    assert (fault.value, fault.values["reason"]) == (word, "not a declaration")


def test_a_notification_is_said_to_be_no_declaration() -> None:
    data = (
        b"<MetaData><WCOTypeName>RES</WCOTypeName><Response><Declaration><ID>1</ID></Declaration></Response></MetaData>"
    )
    assert only(data, "TQ-FMT-019").value == "Response"


def test_an_empty_declaration_misses_its_content() -> None:
    only(b"<Declaration> </Declaration>", "TQ-FMT-005")


def test_ten_thousand_lines_are_refused_by_their_number() -> None:
    item = "<GovernmentAgencyGoodsItem><SequenceNumeric>{}</SequenceNumeric></GovernmentAgencyGoodsItem>"
    body = "".join(item.format(number) for number in range(1, 10_001))
    fault = only(
        f"<Declaration><TypeCode>IMA</TypeCode><GoodsShipment>{body}</GoodsShipment></Declaration>".encode(),
        "TQ-FMT-011",
    )
    assert (fault.path, fault.value) == ("lines", "10000")


def test_ten_thousand_unknown_elements_are_kept_in_good_time() -> None:
    body = "".join(f"<Unknown{number} a='1'>x</Unknown{number}>" for number in range(10_000))
    began = time.monotonic()
    read = read_declaration(f"<Declaration><TypeCode>IMA</TypeCode>{body}</Declaration>".encode())
    write_declaration(read.document)
    assert time.monotonic() - began < 20
    assert len(read.document.extensions[-1].elements) == 10_000


def test_a_million_elements_are_refused_and_many_faults_are_told_in_good_time() -> None:
    began = time.monotonic()
    only(b"<Declaration><TypeCode>IMA</TypeCode>" + b"<a/>" * 1_000_000 + b"</Declaration>", "TQ-FMT-010")
    wrong = b"<Itinerary><SequenceNumeric>x</SequenceNumeric></Itinerary>" * 20_000
    found = faults(b"<Declaration><TypeCode>IMA</TypeCode><Consignment>" + wrong + b"</Consignment></Declaration>")
    assert len(found) == 500
    again = b"<Consignment><Freight><PaymentMethodCode>A</PaymentMethodCode></Freight></Consignment>" * 20_000
    assert read_declaration(b"<Declaration><TypeCode>IMA</TypeCode>" + again + b"</Declaration>").modeled < 0.01
    assert time.monotonic() - began < 60


def test_control_characters_cannot_be_written_and_say_so() -> None:
    with pytest.raises(Refused) as refusal:
        write_declaration(type(IMPORT)(flow="import", notes="a\x07b", own_reference="ok"))
    assert [fault.code for fault in refusal.value.faults] == ["TQ-DEC-003"]


def test_an_extension_that_fits_nothing_is_refused() -> None:
    supplement = __import__("thongquan.rules.supplement", fromlist=["Extension"])
    for extension in (
        supplement.Extension(path="Declaration[99]"),
        supplement.Extension(path="", order=(5, 6)),
        supplement.Extension(path="", attributes={"<": "1"}),
        supplement.Extension(path="x"),
    ):
        with pytest.raises(Refused) as refusal:
            write_declaration(type(IMPORT)(flow="import", extensions=(extension,)))
        assert [fault.code for fault in refusal.value.faults] == ["TQ-FMT-003"]
