"""Before a workbook is parsed: its archive is opened under limits, and only what holds cells is taken out of it.

A workbook is a zip of XML files from a stranger. Sizes are first read from its directory, then enforced while
unpacking, since the directory may lie. Macros, links to other files and everything else that holds no cell never
reaches the parser; neither does a sheet with a cell so far out that the table would not fit into memory.
"""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from thongquan.base.core.faults import Refused
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import fold

Rows = Sequence[Sequence[object]]

MAX_BYTES = 10 * 2**20
MAX_UNPACKED = 40 * 2**20
MAX_ENTRIES = 300
MAX_RATIO = 200
RATIO_COUNTS_FROM = 2**20
MAX_ROWS = 2_000
MAX_COLUMNS = 200
_CHUNK = 2**16
_KEPT = re.compile(
    r"(\[Content_Types\]\.xml|_rels/\.rels|xl/(workbook|sharedStrings|styles)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[^/]+\.xml)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"([A-Z]{0,3})(\d{1,7})")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"


def named_sheets(data: bytes, names: Iterable[str]) -> dict[str, Rows]:
    """The cells of the sheets with these names, by folded name; what is not there is left out.

    Raises `Refused`: what `checked_archive` refuses, and TQ-FMT-001 where it cannot be read.
    """
    wanted = {fold(name) for name in names}
    with _opened(data) as book:
        return {fold(name): _cells(book, name) for name in book.sheet_names if fold(name) in wanted}


def first_sheet(data: bytes) -> Rows:
    """The cells of the first sheet. Raises `Refused` as `named_sheets`."""
    with _opened(data) as book:
        return _cells(book, book.sheet_names[0])


@contextlib.contextmanager
def _opened(data: bytes) -> Iterator[CalamineWorkbook]:
    content = checked_archive(data)
    try:
        yield CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, ValueError, OSError, IndexError) as error:
        raise _refused(Code.TQ_FMT_001) from error


def _cells(book: CalamineWorkbook, name: str) -> Rows:
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def checked_archive(data: bytes) -> bytes:
    """The workbook with nothing but its cells, packed anew without compression.

    Raises `Refused`: TQ-FMT-010 too large, TQ-FMT-017 not a workbook of this kind, TQ-FMT-001 damaged, TQ-FMT-012 it
    expands too far, TQ-FMT-013 declares entities, TQ-FMT-011 too many rows.
    """
    if len(data) > MAX_BYTES:
        raise _refused(Code.TQ_FMT_010, limit=str(MAX_BYTES // 2**20))
    if not data.startswith(_ZIP):
        raise _refused(Code.TQ_FMT_017, value="xls" if data.startswith(_OLD_EXCEL) else _first(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = _within_limits(archive)
            parts = {entry.filename: _unpacked(archive, entry) for entry in entries if _KEPT.fullmatch(entry.filename)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise _refused(Code.TQ_FMT_001) from error
    if "xl/workbook.xml" not in parts:
        raise _refused(Code.TQ_FMT_017, value="zip")
    for name, content in parts.items():
        _check_part(name, content)
    return _packed(parts)


def _refused(code: Code, *, value: str = "", **values: str) -> Refused:
    return Refused([Fault(code=code, value=value, values=values)])


def _first(data: bytes) -> str:
    """What a file that is no archive begins with, for the message."""
    return "csv" if b"," in data[:200] or b";" in data[:200] else "?"


def _within_limits(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """TQ-FMT-012: what the directory announces, and that no two entries share bytes (overlapping bombs)."""
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    greedy = any(
        entry.file_size > RATIO_COUNTS_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if len(entries) > MAX_ENTRIES or total > MAX_UNPACKED or greedy:
        raise _refused(Code.TQ_FMT_012)
    ends = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < ends:
            raise _refused(Code.TQ_FMT_012)
        ends = entry.header_offset + entry.compress_size
    if len({entry.filename for entry in entries}) != len(entries):
        raise _refused(Code.TQ_FMT_001)
    return entries


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The content of an entry, never more than it announced."""
    content = bytearray()
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            content += chunk
            if len(content) > entry.file_size:
                raise _refused(Code.TQ_FMT_012)
    return bytes(content)


def _check_part(name: str, content: bytes) -> None:
    """TQ-FMT-013, TQ-FMT-001, TQ-FMT-011: no entities, well-formed, no cell outside the bounds."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _refused(Code.TQ_FMT_013)
    is_sheet = name.lower().startswith("xl/worksheets/")
    reader = etree.iterparse(
        io.BytesIO(content), events=("end",), resolve_entities=False, no_network=True, huge_tree=False
    )
    rows = 0
    try:
        for _event, element in reader:
            kind = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if is_sheet and kind in ("row", "c"):
                _check_place(element.get("r", ""))
                rows += kind == "row"
                if rows > MAX_ROWS or len(element) > MAX_COLUMNS:
                    raise _refused(Code.TQ_FMT_011, limit=str(MAX_ROWS))
            if kind == "row":
                element.clear()
    except etree.XMLSyntaxError as error:
        raise _refused(Code.TQ_FMT_001) from error


def _check_place(place: str) -> None:
    found = _PLACE.fullmatch(place)
    if not place:
        return
    if found is None or int(found[2]) > MAX_ROWS or _column(found[1]) > MAX_COLUMNS:
        raise _refused(Code.TQ_FMT_011, limit=str(MAX_ROWS))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _packed(parts: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return whole.getvalue()
