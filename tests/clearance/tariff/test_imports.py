"""Importing published tariffs in both layouts and all three kinds of file."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from thongquan.base.core.faults import Refused
from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.formats import sheets
from thongquan.clearance.tariff.formats.reading import Reading
from thongquan.clearance.tariff.operations import LoadReport, import_tariff, load_reference
from thongquan.clearance.tariff.queries import current_law

pytestmark = pytest.mark.usefixtures("practice")
EDITION = date(2026, 7, 1)
ONE: list[dict[str, object]] = [
    {"hs8": "07032090", "unit": "kg", "mfn": "22", "ordinary": "33", "vat": "*/5/8/10", "acfta": "0", "excise": ""}
]
OTHER: list[dict[str, object]] = [
    {"level": 4, "hs": "0703", "vn": "Hành, tỏi"},
    {"level": 8, "hs": "0703.20.90", "vn": "Tỏi", "dvt": "kg", "nk_tt": 33, "nk_ud": 22.0, "vat": "*/5/8/10", "acfta": "0",
     "ttdb": "", "rcept": "12,5"},
]  # fmt: skip


def as_csv(rows: list[dict[str, object]]) -> bytes:
    head = list(rows[-1])
    return "\n".join(
        [",".join(head), *(",".join(str(row.get(name, "")) for name in head).replace("12,5", '"12,5"') for row in rows)]
    ).encode()


def as_excel(rows: list[dict[str, object]]) -> bytes:
    book = openpyxl.Workbook()
    head = list(rows[-1])
    book.worksheets[0].append(head)
    for row in rows:
        book.worksheets[0].append([row.get(name) for name in head])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def as_json(rows: list[dict[str, object]]) -> bytes:
    return json.dumps({"data": rows}).encode()


def load(content: bytes, at: datetime) -> LoadReport:
    return import_tariff(content=content, file="table", edition=EDITION, source="a public table", at=at)


@pytest.mark.parametrize("layout", [ONE, OTHER], ids=["hs8", "level"])
@pytest.mark.parametrize("write", [as_csv, as_excel, as_json])
def test_layouts_and_kinds_of_file_say_the_same(
    law_dir: Path, at: datetime, layout: list[dict[str, object]], write: object
) -> None:
    load_reference(at=at, directory=law_dir)
    report = load(write(layout), at)  # type: ignore[operator]  # one of the writers above
    assert report.changed
    cells = {(cell.tax, cell.schedule): cell for cell in current_law().cells_on("07032090", EDITION)}
    assert cells["import_duty", "B01"].options[0].key == "22"
    assert cells["import_duty", "B03"].options[0].key == "33"
    assert "a public table of 2026-07-01" in cells["import_duty", "B01"].source
    before = {(cell.tax, cell.schedule): cell for cell in current_law().cells_on("07032090", date(2026, 6, 30))}
    assert before["import_duty", "B01"].options[0].key == "20"
    again = load(write(layout), at)  # type: ignore[operator]  # the same
    assert not again.changed


def test_cells_that_say_what_already_holds_are_passed_over(law_dir: Path, at: datetime) -> None:
    load_reference(at=at, directory=law_dir)
    load(as_csv(ONE), at)
    assert not models.TariffCell.objects.filter(hs="07032090", tax="vat", valid_from=EDITION).exists()


def test_box_that_became_blank_repeals_its_cell(law_dir: Path, at: datetime) -> None:
    load_reference(at=at, directory=law_dir)
    load(as_csv([{"hs8": "22086000", "mfn": "45", "export_duty": ""}]), at)
    taxes = {cell.tax for cell in current_law().cells_on("22086000", EDITION)}
    assert "export_duty" not in taxes
    assert "export_duty" in {cell.tax for cell in current_law().cells_on("22086000", date(2026, 6, 30))}


def test_new_code_enters_the_nomenclature_without_the_compilers_words(law_dir: Path, at: datetime) -> None:
    load_reference(at=at, directory=law_dir)
    load(as_csv([{"hs8": "07032010", "name_vi": "Lời của người khác", "unit": "kg", "mfn": "5"}]), at)
    node = models.Node.objects.get(code="07032010")
    assert (node.name_vi, node.name_en, node.section, node.valid_from) == ("", "Garlic", "II", EDITION)


def test_what_is_not_understood_is_listed_with_its_place(law_dir: Path, at: datetime) -> None:
    load_reference(at=at, directory=law_dir)
    report = load(as_csv([{"hs8": "07032090", "mfn": "about five", "vat": "10"}]), at)
    assert [tuple(cell) for cell in report.unread] == [("table", 2, "mfn", "about five")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"[{", "TQ-FMT-002"),
        (b"[1, 2]", "TQ-FMT-004"),
        (b'{"a": [], "b": []}', "TQ-FMT-004"),
        (b"PK\x03\x04 not a workbook", "TQ-FMT-001"),
        ("hs8,mfn\nTỏi,5".encode(), "TQ-FMT-018"),
        ("hs8,mfn\n07032090,5".encode("utf-16"), "TQ-FMT-009"),
        (b"hs8,mfn\n07032090,5\n07032090,6", "TQ-DEC-027"),
        (b"a,b\n1,2", "TQ-FMT-005"),
        (b"[" * 100_000, "TQ-FMT-002"),
    ],
)
def test_bad_files_are_refused_whole(law_dir: Path, at: datetime, content: bytes, code: str) -> None:
    load_reference(at=at, directory=law_dir)
    count = models.LawVersion.objects.count()
    with pytest.raises(Refused) as refused:
        load(content, at)
    assert code in {fault.code for fault in refused.value.faults}
    assert models.LawVersion.objects.count() == count


def test_archive_that_expands_too_far_is_not_opened() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/sheet1.xml", "w") as part:
        for _ in range(sheets.MAX_EXPANDED // (8 * 1024 * 1024) + 1):
            part.write(bytes(8 * 1024 * 1024))
    reading = Reading()
    assert list(sheets.table_rows(target.getvalue(), "bomb.xlsx", reading)) == []
    assert [fault.code for fault in reading.faults] == ["TQ-FMT-012"]


def test_file_over_the_limit_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_BYTES", 10)
    reading = Reading()
    assert list(sheets.table_rows(b"hs8,mfn\n07032090,5", "big.csv", reading)) == []
    assert [fault.code for fault in reading.faults] == ["TQ-FMT-010"]
