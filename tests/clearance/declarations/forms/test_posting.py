"""What the browser posts becomes content, and is shown again as it was typed."""

from __future__ import annotations

from django.http import QueryDict

from tests.rules.builders import document
from thongquan.clearance.declarations.formats.content import Content, content_of
from thongquan.clearance.declarations.forms import changed_rows, form_of, posted_content
from thongquan.clearance.declarations.forms.boxes import box_id
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def test_texts_are_tidied_on_the_way_in() -> None:
    query = QueryDict(mutable=True)
    query.update(
        {
            "office": " 15bb ",
            "trader.tax_code": "9999.900 011",
            "counterpart.name": "Ta\u0301o",
            "invoice.amount": "1.234,5",
            "lines[1].hs": "0808.10.00",
            "lines[999].hs": "x",
            "lines[1].nonsense": "x",
            "nonsense": "x",
        }
    )
    content = posted_content(query, flow="export", language="vi")
    assert content.flow == "export"
    assert content.fields == {
        "office": "15BB",
        "trader.tax_code": "9999900011",
        "counterpart.name": "Táo",
        "invoice.amount": "1234.5",
    }
    assert content.lines == [{}, {"hs": "08081000"}]


def test_rows_are_added_copied_and_removed() -> None:
    content = Content("import", {}, [{"hs": "1"}, {"hs": "2"}])
    assert changed_rows(content, "add").lines == [{"hs": "1"}, {"hs": "2"}, {}]
    assert changed_rows(content, "copy:0").lines == [{"hs": "1"}, {"hs": "1"}, {"hs": "2"}]
    assert changed_rows(content, "remove:0").lines == [{"hs": "2"}]
    for action in ("remove:9", "copy:9", "", "drop:1"):
        assert changed_rows(content, action).lines == content.lines


def test_descriptions_are_made_to_end_with_the_declared_origin() -> None:
    lines = [
        {"description": "Sầu riêng tươi", "origin": "VN"},
        {"description": "Máy bơm#&VN", "origin": "CN"},
        {"description": "Máy bơm"},
        {"origin": "VN"},
    ]
    found = changed_rows(Content("export", {}, lines), "origins").lines
    assert [line.get("description") for line in found] == ["Sầu riêng tươi#&VN", "Máy bơm#&CN", "Máy bơm", None]


def test_each_fault_stands_at_its_box() -> None:
    faults = [
        Fault(code=Code.TQ_DEC_004, path="office", value="99ZZ", values={"field": "office", "list": "office"}),
        Fault(code=Code.TQ_DEC_012, path="lines[1].hs", line=2, value="99999999", values={"on": "2026-11-20"}),
        Fault(code=Code.TQ_DEC_015, path="lines[0].unit", line=1, severity="warning", values={"unit": "KGM"}),
        Fault(code=Code.TQ_FMT_018, path="invoice.amount", value="nhiều"),
    ]
    form = form_of(content_of(document()), language="vi", faults=faults)
    boxes = {box.id: box for part in form.parts for box in part.boxes}
    assert boxes["f-office"].errors[0].value == "99ZZ"
    assert boxes["f-invoice-amount"].errors[0].example
    row = form.rows[1]
    assert next(box for box in row.main if box.field.key == "hs").errors[0].code == "TQ-DEC-012"
    assert [told.anchor for told in form.errors] == ["f-office", "f-lines-1-hs", "f-invoice-amount"]
    assert [told.code for told in form.warnings] == ["TQ-DEC-015"]
    assert form.line_fault_count == 1


def test_numbers_are_shown_as_the_language_writes_them() -> None:
    content = Content("import", {"invoice.amount": "1234.5"}, [])
    for language, shown in (("vi", "1.234,5"), ("en", "1,234.5"), ("fr", "1\u202f234,5")):
        parts = form_of(content, language=language).parts
        assert shown in [box.value for part in parts for box in part.boxes]


def test_ids_are_plain() -> None:
    assert box_id("lines[2].certificate.number") == "f-lines-2-certificate-number"
    assert box_id("permits[0].issued_on") == "f-permits-0-issued_on"
