"""Tables to take away, as Excel or CSV. What people typed is never a formula in somebody's spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Value = str | int | Decimal | date | datetime | None
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NOT_IN_XML = {code: None for code in range(32) if code not in (9, 10, 13)}
WIDEST = 60


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before one that begins like one."""
    text = text.translate(_NOT_IN_XML)
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text


def csv_table(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """CSV in UTF-8 with its mark (Excel asks for it); numbers with a point, dates as ISO."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([harmless(name) for name in head])
    writer.writerows([[_plain(value) for value in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, str):
        return harmless(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def excel_table(title: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A workbook of one sheet: head in bold and frozen, numbers as numbers, texts always as texts."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for column, name in enumerate(head, 1):
        sheet.column_dimensions[get_column_letter(column)].width = min(max(len(name) + 3, 14), WIDEST)
    sheet.append([_head_cell(sheet, name) for name in head])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _head_cell(sheet: Any, name: str) -> Cell:
    cell = WriteOnlyCell(sheet, harmless(name))
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: Any, value: Any) -> Cell:
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, harmless(value))
        cell.data_type = "s"
        return cell
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        cell.number_format = "#,##0.######" if isinstance(value, Decimal) and value % 1 else "#,##0"
    return cell
