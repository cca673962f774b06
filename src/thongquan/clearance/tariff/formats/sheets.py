"""Tables from JSON, CSV or Excel as rows of text, whatever the program that wrote them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import python_calamine

from thongquan.clearance.tariff.formats.reading import Reading, csv_rows
from thongquan.rules.codes import Code
from thongquan.rules.text import normalise

MAX_BYTES = 50 * 1024 * 1024
MAX_EXPANDED = 400 * 1024 * 1024
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
Numbered = tuple[int, dict[str, str]]


def table_rows(content: bytes, file: str, reading: Reading) -> Iterable[Numbered]:
    """Give the rows of a table with their numbers; the kind of file is told from its first bytes, not its name.

    Faults: TQ-FMT-001 (unreadable), -002 (not JSON), -010 (too large), -012 (archive expands too far).
    """
    if len(content) > MAX_BYTES:
        reading.fault(file, 0, "", "", Code.TQ_FMT_010)
        return ()
    if content[:4] in (ZIP, OLD_EXCEL):
        return list(_excel(content, file, reading))
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
        return list(_json(content, file, reading))
    return list(csv_rows(content, file, reading))


def _text(value: Any) -> str:
    """A cell as it would be written: whole floats without their decimals, dates in ISO form."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}" if abs(value) < 1e15 else ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return normalise(str(value))


def _json(content: bytes, file: str, reading: Reading) -> Iterator[Numbered]:
    """A list of objects, or an object that holds exactly one such list."""
    try:
        body = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        reading.fault(file, 0, "", "", Code.TQ_FMT_002)
        return
    if isinstance(body, dict):
        lists = [value for value in body.values() if isinstance(value, list)]
        body = lists[0] if len(lists) == 1 else None
    if not isinstance(body, list) or not all(isinstance(row, Mapping) for row in body):
        reading.fault(file, 0, "", "", Code.TQ_FMT_004)
        return
    for number, row in enumerate(body, start=1):
        yield number, {str(name): _text(value) for name, value in row.items()}


def _excel(content: bytes, file: str, reading: Reading) -> Iterator[Numbered]:
    """The first sheet; its first row names the columns."""
    if content[:4] == ZIP and _expands_too_far(content):
        reading.fault(file, 0, "", "", Code.TQ_FMT_012)
        return
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError, IndexError):
        reading.fault(file, 0, "", "", Code.TQ_FMT_001)
        return
    head = [_text(name) for name in rows[0]] if rows else []
    for number, row in enumerate(rows[1:], start=2):
        yield number, {name: _text(value) for name, value in zip(head, row, strict=False) if name}


def _expands_too_far(content: bytes) -> bool:
    try:
        return sum(part.file_size for part in ZipFile(BytesIO(content)).infolist()) > MAX_EXPANDED
    except (BadZipFile, OSError):
        return False
