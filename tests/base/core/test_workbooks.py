"""Hostile workbooks are refused before anything of them is parsed."""

from __future__ import annotations

import io
import struct
import zipfile

import openpyxl
import pytest

from thongquan.base.core import workbooks
from thongquan.base.core.faults import Refused
from thongquan.base.core.workbooks import checked_archive

SHEET = "xl/worksheets/sheet1.xml"


def small_book() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "x"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_parts(parts: dict[str, bytes], *, base: bytes | None = None) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(base or small_book())) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename not in parts:
                new.writestr(entry, old.read(entry))
        for name, content in parts.items():
            new.writestr(name, content)
    return stream.getvalue()


def sheet(cells: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def code_of(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        checked_archive(data)
    (fault,) = refused.value.faults
    return str(fault.code)


def test_a_good_workbook_passes_with_its_cells_alone() -> None:
    data = with_parts({"xl/vbaProject.bin": b"macro", "xl/externalLinks/externalLink1.xml": b"<a/>"})
    with zipfile.ZipFile(io.BytesIO(checked_archive(data))) as archive:
        names = archive.namelist()
    assert SHEET in names
    assert not [name for name in names if "vba" in name or "external" in name.lower()]


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    assert code_of(with_parts({"xl/media/image1.png": b"\0" * (workbooks.MAX_UNPACKED + 1)})) == "TQ-FMT-012"
    assert code_of(with_parts({SHEET: b" " * (30 * 2**20)})) == "TQ-FMT-012"


def test_a_directory_that_lies_is_not_believed() -> None:
    data = bytearray(with_parts({SHEET: sheet("<row r='1'/>" + " " * 5_000_000)}))
    at = data.rfind(b"PK\x01\x02")
    while SHEET.encode() not in data[at : at + 46 + len(SHEET)]:
        at = data.rfind(b"PK\x01\x02", 0, at)
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    assert code_of(bytes(data)) in ("TQ-FMT-001", "TQ-FMT-012")


def test_many_entries_are_refused() -> None:
    assert code_of(with_parts({f"xl/media/{n}": b"" for n in range(workbooks.MAX_ENTRIES)})) == "TQ-FMT-012"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "TQ-FMT-017"),
        (b"hs,description\n08081000,apples", "TQ-FMT-017"),
        (b"", "TQ-FMT-017"),
        (b"PK\x03\x04 cut off", "TQ-FMT-001"),
    ],
)
def test_other_files_are_refused_by_what_they_are(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_an_open_document_sheet_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert code_of(stream.getvalue()) == "TQ-FMT-017"


def test_too_large_a_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MAX_BYTES", 100)
    assert code_of(small_book()) == "TQ-FMT-010"


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>' + sheet("<row r='1'><c r='A1' t='str'><v>&a;</v></c></row>")
    assert code_of(with_parts({SHEET: bomb})) == "TQ-FMT-013"
    assert code_of(with_parts({SHEET: sheet("<row/>").decode().encode("utf-16")})) == "TQ-FMT-013"


@pytest.mark.parametrize(
    "cells",
    [
        "<row r='1'><c r='A1'/></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        "<row r='1'><c r='XFD1'><v>1</v></c></row>",
        "<row/>" * (workbooks.MAX_ROWS + 1),
        "<row>" + "<c/>" * (workbooks.MAX_COLUMNS + 1) + "</row>",
        "<row r='1'><c r='nowhere'/></row>",
    ],
)
def test_a_table_that_would_not_fit_into_memory_is_refused(cells: str) -> None:
    assert code_of(with_parts({SHEET: sheet(cells)})) == "TQ-FMT-011"


def test_a_damaged_sheet_is_refused() -> None:
    assert code_of(with_parts({SHEET: b"<worksheet><sheetData><row>"})) == "TQ-FMT-001"
