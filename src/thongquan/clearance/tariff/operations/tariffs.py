"""Importing a published tariff table over the law in hand."""

from __future__ import annotations

from datetime import date, datetime

from thongquan.base.core.faults import Refused
from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.formats import nomenclature, sheets, tariff
from thongquan.clearance.tariff.formats.directory import guide_of, line_row
from thongquan.clearance.tariff.formats.guide import Column, Guide
from thongquan.clearance.tariff.formats.reading import Reading, Row
from thongquan.clearance.tariff.operations.reference import SHIPPED, SYSTEM
from thongquan.clearance.tariff.operations.report import LoadReport
from thongquan.clearance.tariff.operations.storing import store
from thongquan.rules.codes import Code

SAID = ("options", "excluded", "origins", "raw", "unknown", "repealed")


def import_tariff(
    *, content: bytes, file: str, edition: date, source: str, at: datetime, actor: str = SYSTEM
) -> LoadReport:
    """Store the cells of a tariff table (JSON, CSV or Excel, either public layout) as of its edition.

    Cells that say what already holds on the day are passed over; a box that became blank repeals its cell. Cells that
    are not understood are stored as unknown and listed in the report. Raises Refused with every fault of the file.
    """
    reading = Reading()
    guide = guide_of(SHIPPED, reading)
    rows = sheets.table_rows(content, file, reading)
    lines = tariff.lines_of(rows, file, reading, edition=edition, origin=source)
    if not lines and not reading.faults:
        reading.fault(file, 1, "hs8", "", Code.TQ_FMT_005)
    tariff.read_cells(lines, guide, reading, blank="unknown")
    if reading.faults:
        raise Refused(reading.faults)
    _settle(reading, lines, guide, edition)
    _name(reading, lines)
    return store(reading, actor=actor, origin=f"tariff {file}", at=at)


def _settle(reading: Reading, lines: list[tariff.Line], guide: Guide, edition: date) -> None:
    """Keep only the cells that differ from what holds; add a repeal where a box became blank."""
    codes = {line.hs for line in lines}
    held = {
        (row["hs"], row["tax"], row["schedule"]): row
        for row in models.TariffCell.objects.on(edition)
        .filter(hs__in=codes)
        .values("hs", "tax", "schedule", "valid_from", *SAID)
    }
    cells = reading.tables.get("TariffCell", [])
    kept = [row for row in cells if row["valid_from"] > edition or not _same(row, held.get(_key(row)))]
    reading.tables["TariffCell"] = kept + [
        _repeal(line, column, held[line.hs, column.tax, column.schedule])
        for line in lines
        for name, column in guide.columns.items()
        if name in line.values and not line.values[name] and "unknown" not in column.blanks.values()
        if not held.get((line.hs, column.tax, column.schedule), {"repealed": True})["repealed"]
    ]


def _key(row: Row) -> tuple[str, str, str]:
    return row["hs"], row["tax"], row["schedule"]


def _same(row: Row, held: Row | None) -> bool:
    return held is not None and all(row[name] == held[name] for name in SAID)


def _repeal(line: tariff.Line, column: Column, held: Row) -> Row:
    empty: Row = {"options": [], "excluded": [], "origins": [], "raw": "", "unknown": False}
    return {
        **empty,
        "hs": line.hs,
        "tax": column.tax,
        "schedule": column.schedule,
        "valid_from": line.edition,
        "source": f"{column.source}; {tariff.compiled(line)}",
        "verified": column.verified,
        "repealed": True,
    }


def _name(reading: Reading, lines: list[tariff.Line]) -> None:
    """Add nodes for codes that the nomenclature lacks; names in the file are the compilers' and stay out."""
    known = set(models.Node.objects.live().filter(code__in=[line.hs for line in lines]).values_list("code", flat=True))
    above = {line.hs[:6] for line in lines} | {line.hs[:2] for line in lines}
    nodes = models.Node.objects.live().filter(code__in=above).values("code", "section", *nomenclature.NAMES)
    tree = {node["code"]: node for node in nodes}
    for line in lines:
        if line.hs not in known:
            section = tree.get(line.hs[:2], {}).get("section", "")
            reading.add("Node", line_row(line, {}, tree, section))
