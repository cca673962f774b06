"""The workbook of a certificate: a template to fill in and its reading, each value with the cell it stands in.

Cells are texts or numbers; a formula counts by its last value, and nothing but cells is taken out of the file
(`base.core.workbooks`).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook as Book
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from thongquan.base.core.faults import Refused
from thongquan.base.core.tables import harmless
from thongquan.base.core.workbooks import Rows, named_sheets
from thongquan.clearance.origin.formats.fields import COLUMNS, HEADER, MAX_LINES, SECTIONS, Field
from thongquan.clearance.origin.formats.texts import Texts, Written, stored_text
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import fold

HEADER_SHEET, LINES_SHEET, VERSION = "Chứng nhận", "Dòng hàng", "C1"
VALUE_COLUMN, KEY_COLUMN = 1, 3
KEY_ROW, FIRST_ROW = 2, 3
KEY_ROWS = 10
_HEAD = PatternFill("solid", fgColor="0B5F5C")
_QUIET = Font(color="75827F", size=9)
_NEEDED = PatternFill("solid", fgColor="E0F0EF")
_FORMATS = {"date": "dd/mm/yyyy", "amount": "#,##0.######"}
_WIDTHS = {"full": 44, "half": 24, "short": 16, "tiny": 10}


@dataclass
class Workbook:
    """A workbook as read, with the places of its cells."""

    written: Written
    places: dict[str, int] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    first_row: int = FIRST_ROW
    rows: list[int] = field(default_factory=list)

    def cell_of(self, fault: Fault) -> str:
        """The cell a fault is about, as people write it: `'Dòng hàng'!E7`; empty when it is about no cell."""
        if fault.path.startswith("lines["):
            place, _dot, key = fault.path.removeprefix("lines[").partition("].")
            row = self.rows[int(place)] if int(place) < len(self.rows) else int(place)
            column = get_column_letter(self.columns.get(key, 0) + 1)
            return f"'{LINES_SHEET}'!{column}{self.first_row + row}"
        row = self.places.get(fault.path, -1)
        return f"'{HEADER_SHEET}'!B{row + 1}" if row >= 0 else ""


def read_workbook(data: bytes, *, language: str) -> Workbook:
    """Read the template filled in; numbers as people of the language write them.

    Raises `Refused`: what `checked_archive` refuses, TQ-FMT-005 a sheet or its row of keys is missing, TQ-FMT-015
    another version of the template.
    """
    sheets = named_sheets(data, (HEADER_SHEET, LINES_SHEET))
    made = Workbook(Written())
    _read_header(_sheet(sheets, HEADER_SHEET), made, language)
    _read_lines(_sheet(sheets, LINES_SHEET), made, language)
    return made


def _sheet(sheets: dict[str, Rows], name: str) -> Rows:
    if fold(name) not in sheets:
        raise Refused([Fault(code=Code.TQ_FMT_005, path=name, values={"field": name})])
    return sheets[fold(name)]


def _read_header(rows: Rows, made: Workbook, language: str) -> None:
    version = ""
    for place, row in enumerate(rows):
        key = str(row[KEY_COLUMN]).strip() if len(row) > KEY_COLUMN else ""
        value = row[VALUE_COLUMN] if len(row) > VALUE_COLUMN else ""
        if key == "template":
            version = str(value).strip()
        elif key in HEADER:
            made.places[key] = place
            if text := stored_text(HEADER[key], value, language):
                made.written.fields[key] = text
    if version != VERSION:
        fault = Fault(code=Code.TQ_FMT_015, path=HEADER_SHEET, value=version[:20] or "–", values={"expected": VERSION})
        raise Refused([fault])


def _read_lines(rows: Rows, made: Workbook, language: str) -> None:
    """Rows below the row of keys; empty rows between are left out, each fault still names its own row."""
    for place, row in enumerate(rows[:KEY_ROWS]):
        made.columns = {str(cell).strip(): at for at, cell in enumerate(row) if str(cell).strip() in COLUMNS}
        if {"hs", "quantity"} <= made.columns.keys():
            made.first_row = place + 2
            break
    else:
        raise Refused([Fault(code=Code.TQ_FMT_005, path=LINES_SHEET, values={"field": LINES_SHEET})])
    for offset, row in enumerate(rows[made.first_row - 1 :]):
        if texts := _line(row, made.columns, language):
            made.written.lines.append(texts)
            made.rows.append(offset)


def _line(row: Sequence[object], columns: dict[str, int], language: str) -> Texts:
    texts = {key: stored_text(COLUMNS[key], row[at], language) for key, at in columns.items() if at < len(row)}
    return {key: text for key, text in texts.items() if text}


def blank_workbook(*, language: str, written: Written | None = None) -> bytes:
    """The template with labels in a language, filled in with what is known already."""
    written = written or Written()
    with translation.override(language):
        book = Book()
        header: Any = book.active
        header.title = HEADER_SHEET
        _write_header(header, written)
        _write_lines(book.create_sheet(LINES_SHEET), written)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_header(sheet: Any, written: Written) -> None:
    for letter, width in zip("ABCD", (38, 46, 64, 26), strict=True):
        sheet.column_dimensions[letter].width = width
    _row(sheet, 1, [_("Certificate of origin"), "", _("Fill in column B. Do not change column D."), ""])
    _row(sheet, 2, [_("Template version"), VERSION, "", "template"])
    row = 3
    for section in SECTIONS:
        _row(sheet, row, [str(section.title)])
        sheet.cell(row, 1).font = Font(bold=True)
        for one in section.fields:
            row += 1
            _row(sheet, row, [str(one.label), harmless(written.fields.get(one.key, "")), str(one.hint), one.key])
            cell = sheet.cell(row, 2)
            cell.number_format = _FORMATS.get(one.kind, "@")
            if one.needed:
                cell.fill = _NEEDED
        row += 1
    sheet.freeze_panes = "A2"


def _row(sheet: Any, row: int, texts: list[str]) -> None:
    for column, text in enumerate(texts, 1):
        cell = sheet.cell(row, column, text)
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if column > 2:
            cell.font = _QUIET


def _write_lines(sheet: Any, written: Written) -> None:
    last = FIRST_ROW + max(MAX_LINES, len(written.lines)) - 1
    for column, one in enumerate(COLUMNS.values(), 1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[one.width]
        label = sheet.cell(1, column, str(one.label))
        label.font, label.fill = Font(bold=True, color="FFFFFF"), _HEAD
        label.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(KEY_ROW, column, one.key).font = _QUIET
        for row in range(FIRST_ROW, last + 1):
            _line_cell(sheet.cell(row, column), one, written, row - FIRST_ROW)
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 3)


def _line_cell(cell: Any, one: Field, written: Written, place: int) -> None:
    cell.number_format = _FORMATS.get(one.kind, "@")
    if place < len(written.lines) and (text := written.lines[place].get(one.key, "")):
        cell.value = harmless(text)
        cell.data_type = "s"
