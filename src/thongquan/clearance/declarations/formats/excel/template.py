"""The workbook to fill in: header, lines, instructions in four languages, and the code lists to choose from."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from thongquan.clearance.declarations.formats.excel.layout import (
    HEADER_SHEET,
    HELP_SHEET,
    LINES_SHEET,
    LISTS_SHEET,
    SEPARATOR,
    VERSION,
    letters,
)
from thongquan.clearance.declarations.formats.fields import COLUMNS, MAX_LINES, SECTIONS, Field
from thongquan.clearance.tariff.queries.code_lists import code_values

_HEAD = PatternFill("solid", fgColor="0B5F5C")
_QUIET = Font(color="75827F", size=9)
_NEEDED = PatternFill("solid", fgColor="E0F0EF")
_FORMATS = {"date": "dd/mm/yyyy", "amount": "#,##0.######", "count": "0"}
_WIDTHS = {"full": 44, "half": 24, "short": 16, "tiny": 12}
LABEL_ROW, KEY_ROW, FIRST_ROW = 1, 2, 3


def blank_workbook(*, on: date, language: str) -> bytes:
    """The template with labels in a language and the code lists of the day."""
    with translation.override(language):
        book = Workbook()
        lists = _write_lists(book.create_sheet(LISTS_SHEET), on, language)
        header: Any = book.active
        header.title = HEADER_SHEET
        _write_header(header, lists)
        _write_lines(book.create_sheet(LINES_SHEET, 1), lists)
        _write_help(book.create_sheet(HELP_SHEET, 2))
    book[LISTS_SHEET].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _listed(fields: Iterable[Field]) -> Iterator[str]:
    for field in fields:
        if field.listed and field.listed not in ("hs", "tax"):
            yield field.listed


def _write_lists(sheet: Any, on: date, language: str) -> dict[str, str]:
    """One column per list; gives the range of each as a validation wants it."""
    named = dict.fromkeys(_listed([*(one for part in SECTIONS for one in part.fields), *COLUMNS.values()]))
    ranges = {}
    for column, name in enumerate(named):
        values = [f"{one.code}{SEPARATOR}{one.name}" for one in code_values(name, on, language)]
        for row, text in enumerate([name, *values], 1):
            sheet.cell(row, column + 1, text).data_type = "s"
        if values:
            letter = letters(column)
            ranges[name] = f"='{LISTS_SHEET}'!${letter}$2:${letter}${len(values) + 1}"
    return ranges


def _write_header(sheet: Any, lists: dict[str, str]) -> None:
    """Label, value, hint and key of each field, section by section; the key is what the reader goes by."""
    for letter, width in zip("ABCD", (38, 46, 64, 26), strict=True):
        sheet.column_dimensions[letter].width = width
    rules = _Rules(sheet, lists)
    _row(sheet, 1, [_("Declaration"), "", _("Fill in column B. Do not change column D."), ""], font=Font(bold=True))
    _row(sheet, 2, [_("Template version"), VERSION, "", "template"])
    _row(sheet, 3, [_("Import or export"), "import", _("import or export"), "flow"])
    rules.choose("B3", '"import,export"')
    row = 4
    for section in SECTIONS:
        _row(sheet, row, [str(section.title), "", "", ""], font=Font(bold=True, color="FFFFFF"), fill=_HEAD)
        for field in section.fields:
            row += 1
            _header_field(sheet, row, field, rules)
        row += 1
    sheet.freeze_panes = "A2"


def _header_field(sheet: Any, row: int, field: Field, rules: _Rules) -> None:
    _row(sheet, row, [str(field.label), None, _hint(field), field.key])
    value = sheet.cell(row, 2)
    value.number_format = _FORMATS.get(field.kind, "@")
    if field.needed:
        value.fill = _NEEDED
    rules.field(f"B{row}", field)


def _hint(field: Field) -> str:
    flow = {"import": _("Import only."), "export": _("Export only.")}.get(field.flow, "")
    needed = _("Required.") if field.needed else ""
    return " ".join(part for part in (needed, flow, str(field.hint)) if part)


def _row(sheet: Any, row: int, texts: list[str | None], *, font: Font | None = None, fill: Any = None) -> None:
    for column, text in enumerate(texts, 1):
        cell = sheet.cell(row, column, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if font:
            cell.font = font
        if fill:
            cell.fill = fill
        if font is None and column > 2:
            cell.font = _QUIET


class _Rules:
    """Lists to choose from, one validation per list and sheet; other values are warned of, not refused."""

    def __init__(self, sheet: Any, lists: dict[str, str]) -> None:
        self.sheet, self.lists = sheet, lists
        self.known: dict[str, DataValidation] = {}

    def field(self, cells: str, field: Field) -> None:
        """Offer the field's list, if it has one."""
        if field.kind == "yesno":
            self.choose(cells, '"yes,no"')
        elif field.listed in self.lists:
            self.choose(cells, self.lists[field.listed])

    def choose(self, cells: str, formula: str) -> None:
        """Offer a list in some cells."""
        if formula not in self.known:
            rule = DataValidation(type="list", formula1=formula, allow_blank=True, errorStyle="warning")
            self.known[formula] = rule
            self.sheet.add_data_validation(rule)
        self.known[formula].add(cells)


def _write_lines(sheet: Any, lists: dict[str, str]) -> None:
    rules = _Rules(sheet, lists)
    last = FIRST_ROW + MAX_LINES - 1
    for column, field in enumerate(COLUMNS.values()):
        letter = letters(column)
        sheet.column_dimensions[letter].width = _WIDTHS[field.width]
        label = sheet.cell(LABEL_ROW, column + 1, str(field.label))
        label.font, label.fill = Font(bold=True, color="FFFFFF"), _HEAD
        label.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(KEY_ROW, column + 1, field.key).font = _QUIET
        for row in range(FIRST_ROW, last + 1):
            sheet.cell(row, column + 1).number_format = _FORMATS.get(field.kind, "@")
        rules.field(f"{letter}{FIRST_ROW}:{letter}{last}", field)
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 3)


def _write_help(sheet: Any) -> None:
    sheet.column_dimensions["A"].width = 110
    for code, name in settings.LANGUAGES:
        with translation.override(code):
            texts = [str(text) for text in _instructions()]
        sheet.append([name])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        for text in texts:
            sheet.append([text])
            sheet.cell(sheet.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append([])


def _instructions() -> list[str]:
    return [
        _("1. Fill in column B of the first sheet; green cells are required."),
        _(
            "2. Write one line of goods per row of the second sheet. One declaration holds 50 lines: for more, tick "
            "“Split it” on upload, and the system makes linked declarations of one file."
        ),
        _("3. Choose codes from the lists, or type the code alone; what stands after the dot is not read."),
        _("4. Numbers may be cells with numbers or text. Dates may be date cells or text such as 20/11/2026."),
        _("5. Do not change the row and the column with the gray keys: the file is read by them."),
        _(
            "6. Upload the file under “New declaration”. "
            "Faults are told with their cell; nothing is stored until all is right."
        ),
    ]
