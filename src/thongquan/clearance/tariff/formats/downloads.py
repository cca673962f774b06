"""Rates as files to take away: CSV with a byte order mark for spreadsheets, or an Excel workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from thongquan.base.core.tables import WIDEST, harmless

Cells = Sequence[Sequence[str]]
CSV_TYPE = "text/csv; charset=utf-8"
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(head: Sequence[str], rows: Cells) -> bytes:
    """A CSV file; no cell can be taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([harmless(name) for name in head])
    writer.writerows([[harmless(value) for value in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def as_excel(title: str, head: Sequence[str], rows: Cells) -> bytes:
    """A workbook of one sheet with a frozen, filterable head; every cell is text."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title[:31]
    sheet.append([harmless(name) for name in head])
    for row in rows:
        sheet.append([harmless(value) for value in row])
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    for place, name in enumerate(head, start=1):
        longest = max([len(name), *(len(row[place - 1]) for row in rows)])
        sheet.column_dimensions[get_column_letter(place)].width = min(longest + 2, WIDEST)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
