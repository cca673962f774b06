"""A filled workbook read into content, each value with the cell it stands in.

Numbers are exact: what the sheet keeps as binary is read in its shortest decimal form; dates may be real dates, day
numbers or text. Text is NFC. Formulas are read by their last value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thongquan.base.core.faults import Refused
from thongquan.base.core.figures import cell_date, cell_number, date_text, number_text
from thongquan.base.core.workbooks import Rows, named_sheets
from thongquan.clearance.declarations.formats.content import Content, Texts, plain_values, tidy
from thongquan.clearance.declarations.formats.excel.layout import (
    HEADER_SHEET,
    KEY_COLUMN,
    LINES_SHEET,
    SEPARATOR,
    VALUE_COLUMN,
    VERSION,
    cell_name,
)
from thongquan.clearance.declarations.formats.fields import COLUMNS, HEADER, Field
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import fold, normalise

KEY_ROWS = 12
YES = frozenset({"yes", "co", "x", "oui", "是", "true", "1"})
NO = frozenset({"no", "khong", "non", "否", "false", "0"})


@dataclass(frozen=True)
class Workbook:
    """A workbook as read: its content, and the places of its cells."""

    content: Content
    header_rows: dict[str, int]
    columns: dict[str, int]
    first_row: int

    def cell_of(self, fault: Fault) -> str:
        """The cell a fault is about; empty when it is about no cell."""
        row, key = plain_values(self.content)[1].field_of(fault)
        if row is None:
            place = self.header_rows.get(key)
            return "" if place is None else cell_name(HEADER_SHEET, place, VALUE_COLUMN)
        return cell_name(LINES_SHEET, self.first_row + row, self.columns.get(key, 0))


def read_workbook(data: bytes, *, language: str) -> Workbook:
    """Read the template filled in. Numbers written as text are read as people of the language write them.

    Raises `Refused`: a file that cannot be opened safely (see `checked_archive`), TQ-FMT-005 a sheet or its row of keys
    is missing, TQ-FMT-015 another version of the template.
    """
    sheets = named_sheets(data, (HEADER_SHEET, LINES_SHEET))
    header, header_rows = _header(_sheet(sheets, HEADER_SHEET), language)
    lines, columns, first_row = _lines(_sheet(sheets, LINES_SHEET), language)
    flow = "export" if fold(header.pop("flow", "import").partition(SEPARATOR)[0]) == "export" else "import"
    return Workbook(Content(flow, header, lines), header_rows, columns, first_row)


def _sheet(sheets: dict[str, Rows], name: str) -> Rows:
    if fold(name) not in sheets:
        raise Refused([Fault(code=Code.TQ_FMT_005, path=name, values={"field": name})])
    return sheets[fold(name)]


def _header(rows: Rows, language: str) -> tuple[Texts, dict[str, int]]:
    texts: Texts = {}
    places: dict[str, int] = {}
    version = ""
    for place, row in enumerate(rows):
        key = str(row[KEY_COLUMN]).strip() if len(row) > KEY_COLUMN else ""
        value = row[VALUE_COLUMN] if len(row) > VALUE_COLUMN else ""
        if key == "template":
            version = _code_text(value)
        elif key == "flow":
            texts["flow"] = str(value).strip()
        elif key in HEADER:
            places[key] = place
            if text := cell_text(HEADER[key], value, language):
                texts[key] = text
    if version != VERSION:
        fault = Fault(code=Code.TQ_FMT_015, path=HEADER_SHEET, value=version or "–", values={"expected": VERSION})
        raise Refused([fault])
    return texts, places


def _lines(rows: Rows, language: str) -> tuple[list[Texts], dict[str, int], int]:
    place, columns = _key_row(rows)
    lines = [_line(row, columns, language) for row in rows[place + 1 :]]
    while lines and not lines[-1]:
        lines.pop()
    return lines, columns, place + 1


def _key_row(rows: Rows) -> tuple[int, dict[str, int]]:
    """The row that names the columns: its place, and the column of each key."""
    for place, row in enumerate(rows[:KEY_ROWS]):
        columns = {str(value).strip(): column for column, value in enumerate(row) if str(value).strip() in COLUMNS}
        if {"hs", "description"} <= columns.keys():
            return place, columns
    raise Refused([Fault(code=Code.TQ_FMT_005, path=LINES_SHEET, values={"field": LINES_SHEET})])


def _line(row: Sequence[object], columns: dict[str, int], language: str) -> Texts:
    texts = {key: cell_text(COLUMNS[key], row[at], language) for key, at in columns.items() if at < len(row)}
    return {key: text for key, text in texts.items() if text}


def cell_text(field: Field, value: object, language: str) -> str:
    """The text that content keeps for a cell's value; what cannot be read stays as it is shown."""
    if value is None or value == "":
        return ""
    if field.kind == "date":
        return tidy(field, cell_date(value)) if not isinstance(value, str) else date_text(normalise(value))
    if field.kind == "yesno":
        return _yes_no(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        digits = cell_number(value, field.decimals)
        return digits.zfill(field.digits) if field.digits and digits.isdigit() else digits
    text = tidy(field, _code_text(value) if field.kind == "code" else str(value))
    return number_text(text, language) if field.kind in ("amount", "count") else text


def _yes_no(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    word = fold(_code_text(value))
    return "yes" if word in YES else "no" if word in NO else word


def _code_text(value: object) -> str:
    """A code chosen from a list, without the name behind it."""
    text = cell_number(value, 0) if isinstance(value, float) else str(value)
    return text.partition(SEPARATOR.strip())[0].strip()
