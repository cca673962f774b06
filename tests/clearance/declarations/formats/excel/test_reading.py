"""A filled workbook: the same document, each fault at its cell."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.clearance.declarations.filled import workbook
from tests.rules.builders import document
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.formats.content import Content, content_of, document_of
from thongquan.clearance.declarations.formats.excel import blank_workbook, read_workbook
from thongquan.clearance.declarations.formats.excel import template as template_module
from thongquan.clearance.tariff.queries.code_lists import Listed
from thongquan.rules.decision import Fault

LISTS = {"country": (Listed("CN", "Trung Quốc", "cn trung quoc"),), "unit": (Listed("KGM", "Kilôgam", "kgm"),)}


@pytest.fixture
def template(monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setattr(template_module, "code_values", lambda name, on, language: LISTS.get(name, ()))
    return blank_workbook(on=date(2026, 11, 20), language="vi")


def read(data: bytes) -> Any:
    return read_workbook(data, language="vi")


def test_a_filled_template_gives_the_document(template: bytes) -> None:
    assert document_of(read(workbook(template, content_of(document()))).content) == document()


def test_numbers_are_exact_and_text_is_composed(template: bytes) -> None:
    decomposed = "Ta\u0301o tươi giống Fuji"
    changes = {("Hàng hóa", "D3"): 0.1 + 0.2, ("Hàng hóa", "B3"): decomposed, ("Hàng hóa", "A3"): 8081000}
    content = read(workbook(template, content_of(document()), changes=changes)).content
    assert content.lines[0]["quantity"] == "0.3"
    assert content.lines[0]["description"] == "Táo tươi giống Fuji"
    assert content.lines[0]["hs"] == "08081000"


def test_numbers_and_dates_as_text_are_read_in_the_language(template: bytes) -> None:
    changes = {("Hàng hóa", "D3"): "12.000,50", ("Tờ khai", "B18"): "15/11/2026"}
    content = read(workbook(template, content_of(document()), changes=changes)).content
    assert content.lines[0]["quantity"] == "12000.50"
    assert "2026-11-15" in content.fields.values()


def test_a_chosen_entry_is_read_without_its_name(template: bytes) -> None:
    changes = {("Hàng hóa", "C3"): "CN · Trung Quốc", ("Hàng hóa", "S3"): "Có"}
    line = read(workbook(template, content_of(document()), changes=changes)).content.lines[0]
    assert line["origin"] == "CN"
    assert line["in_quota"] == "yes"


def test_a_fault_names_its_cell(template: bytes) -> None:
    book = read(workbook(template, content_of(document()), changes={("Hàng hóa", "D7"): "nhiều"}))
    with pytest.raises(Refused) as refused:
        document_of(book.content)
    (fault,) = refused.value.faults
    assert book.cell_of(fault) == "'Hàng hóa'!D7"
    assert book.cell_of(Fault(code="TQ-DEC-004", path="office")).startswith("'Tờ khai'!B")
    assert book.cell_of(Fault(code="TQ-DEC-007", path="lines")) == ""


def test_blank_rows_in_between_do_not_move_the_cells(template: bytes) -> None:
    content = content_of(document())
    spread = Content("import", content.fields, [{}, {}, *content.lines])
    book = read(workbook(template, spread))
    assert document_of(book.content) == document()
    assert book.cell_of(Fault(code="TQ-DEC-012", path="lines[0].hs")) == "'Hàng hóa'!A5"


def test_fifty_one_lines_are_read_so_that_the_rule_can_say_so(template: bytes) -> None:
    content = content_of(document(51))
    assert len(document_of(read(workbook(template, content)).content).lines) == 51


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({("Tờ khai", "B2"): "0"}, "TQ-FMT-015"),
        ({("Tờ khai", "D2"): ""}, "TQ-FMT-015"),
        ({("Hàng hóa", "A2"): "mã"}, "TQ-FMT-005"),
    ],
)
def test_another_template_is_refused(template: bytes, changes: dict[tuple[str, str], Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(workbook(template, content_of(document()), changes=changes))
    assert [fault.code for fault in refused.value.faults] == [code]


def test_instructions_stand_in_four_languages(template: bytes) -> None:
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(template), read_only=True)
    words = [row[0] for row in book["Hướng dẫn"].iter_rows(values_only=True) if row[0]]
    book.close()
    assert {"Tiếng Việt", "English", "中文", "Français"} <= set(words)
