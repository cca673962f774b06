"""A document as people would type it: posted texts of the web form, and a filled workbook."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl

from thongquan.base.core.figures import number_shown
from thongquan.clearance.declarations.formats.content import Content, content_of
from thongquan.clearance.declarations.formats.fields import COLUMNS, HEADER, Field
from thongquan.rules.document import Document


def posted(document: Document, *, language: str = "vi") -> dict[str, str]:
    """What the browser sends: every field by name, numbers as people of the language write them."""
    content = content_of(document)
    texts = {key: _typed(HEADER[key], text, language) for key, text in content.fields.items()}
    for place, line in enumerate(content.lines):
        texts |= {f"lines[{place}].{key}": _typed(COLUMNS[key], text, language) for key, text in line.items()}
    return {**texts, "language": language}


def _typed(field: Field, text: str, language: str) -> str:
    return number_shown(text, language) if field.kind in ("amount", "count") else text


def workbook(template: bytes, content: Content, *, changes: dict[tuple[str, str], Any] | None = None) -> bytes:
    """The template filled in, numbers and dates as real cells; `changes` overwrite cells by sheet and name."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    header, goods = book["Tờ khai"], book["Hàng hóa"]
    for row in header.iter_rows(min_row=1):
        key = row[3].value
        if key == "flow":
            row[1].value = content.flow
        elif key in content.fields:
            row[1].value = _cell(HEADER[key], content.fields[key])
    columns = {cell.value: cell.column for cell in goods[2]}
    for place, line in enumerate(content.lines):
        for key, text in line.items():
            goods.cell(3 + place, columns[key]).value = _cell(COLUMNS[key], text)
    for (sheet, name), value in (changes or {}).items():
        book[sheet][name].value = value
    stream = io.BytesIO()
    book.save(stream)
    book.close()
    return stream.getvalue()


def _cell(field: Field, text: str) -> object:
    if field.kind == "amount":
        return float(text)
    if field.kind == "count":
        return int(text)
    return date.fromisoformat(text) if field.kind == "date" else text
