"""Results of a batch as a table to take away, a row for each parcel, written as they are read.

What people typed is never a formula in somebody's spreadsheet (`base.core.tables.harmless`).
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from thongquan.base.core.sentences import sentence
from thongquan.base.core.tables import harmless
from thongquan.clearance.express.labels import COLUMNS, PARCEL_STATES
from thongquan.clearance.express.queries.parcels import Found

CSV_TYPE = "text/csv; charset=utf-8"
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SPOOLED = 2**20


def _row(found: Found) -> list[str | int | Decimal]:
    told = [(fault.line, sentence(fault)) for fault in found.faults]
    return [
        found.line,
        found.consignment,
        str(PARCEL_STATES[found.state]),
        found.channel or "",
        found.value_vnd,
        found.duty_vnd,
        found.vat_vnd,
        found.fee_vnd,
        " · ".join(f"{one.text}" if line == found.line else f"[{line}] {one.text}" for line, one in told),
        " · ".join(dict.fromkeys(one.remedy for _line, one in told)),
    ]


def csv_lines(several: Iterable[Found]) -> Iterator[str]:
    """Lines of CSV, the head first."""
    yield _line([str(name) for name in COLUMNS])
    for found in several:
        yield _line(_row(found))


def _line(values: list[str | int | Decimal] | list[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([harmless(value) if isinstance(value, str) else value for value in values])
    return text.getvalue()


def excel_file(title: str, several: Iterable[Found]) -> IO[bytes]:
    """A workbook of one sheet in a temporary file: its rows are never all in memory."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.append([harmless(str(name)) for name in COLUMNS])
    for found in several:
        cells = []
        for value in _row(found):
            cell = WriteOnlyCell(sheet)
            cell.value = harmless(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    file = tempfile.SpooledTemporaryFile(SPOOLED)  # noqa: SIM115  (handed to the answer, which closes it)
    book.save(file)
    file.seek(0)
    return file
