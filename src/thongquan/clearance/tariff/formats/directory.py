"""A whole reference directory, read and checked before anything is stored."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from thongquan.clearance.tariff.formats import guide, nomenclature, tariff
from thongquan.clearance.tariff.formats.origin import ORIGIN_KEYS
from thongquan.clearance.tariff.formats.reading import Reading, Row, csv_rows
from thongquan.clearance.tariff.formats.tables import PRACTICE, TABLES, Table, read_table
from thongquan.rules.codes import Code

CHAPTERS_FILE, SECTIONS_FILE = "nomenclature/chapters.csv", "nomenclature/sections.csv"
READER_RELEASE = "2"
"""Raised when the same files are read into other rows than before."""
REFERRED = (
    ("RegimeTax", "regime", "Regime"),
    ("Gate", "office", "Office"),
    ("Office", "parent", "Office"),
    ("OfficeHours", "office", "Office"),
    ("HolidayOverride", "office", "Office"),
    ("Agreement", "schedule", "Schedule"),
    ("OriginForm", "agreement", "Agreement"),
    ("OriginCriterion", "agreement", "Agreement"),
    ("OriginTerm", "agreement", "Agreement"),
    ("OriginIssuer", "agreement", "Agreement"),
    ("ProductRule", "agreement", "Agreement"),
)
"""Columns that must name a code of another table."""


def digest_of(directory: Path, *, practice: bool) -> str:
    """Digest of everything a load would read: equal files are not read again."""
    total = hashlib.sha256(f"{READER_RELEASE} {practice}".encode())
    for path in sorted(directory.rglob("*.csv")):
        total.update(path.relative_to(directory).as_posix().encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def read_directory(directory: Path, *, practice: bool) -> Reading:
    """Read every file of the directory; what is wrong stands in `faults`, what was not understood in `unread`.

    A missing file leaves its table alone. `practice` adds the training rows under `practice/`.
    """
    reading = Reading()
    tables: Iterable[Table] = (*TABLES, PRACTICE) if practice else TABLES
    for table in tables:
        path = directory / table.file
        if path.is_file():
            read_table(table, path.read_bytes(), reading)
    _read_goods(directory, reading)
    for table_name in list(reading.tables):
        _refuse_twice(table_name, reading)
    for table_name, column, other in REFERRED:
        _refuse_dangling(table_name, column, other, reading)
    return reading


def _content(directory: Path, file: str) -> bytes:
    path = directory / file
    return path.read_bytes() if path.is_file() else b""


def _read_goods(directory: Path, reading: Reading) -> None:
    """Nomenclature and tariff: names, sections, six-digit tree, national lines and their cells."""
    for number, row in csv_rows(_content(directory, SECTIONS_FILE), SECTIONS_FILE, reading):
        if not row.get("code"):
            reading.fault(SECTIONS_FILE, number, "code", "", Code.TQ_FMT_005)
            continue
        reading.add("Node", nomenclature.section_node(row))
    chapters = nomenclature.read_names(_content(directory, CHAPTERS_FILE), CHAPTERS_FILE, "code", reading)
    own = nomenclature.read_names(_content(directory, nomenclature.LINES_FILE), nomenclature.LINES_FILE, "hs8", reading)
    tree = nomenclature.read_tree(_content(directory, nomenclature.HS_FILE), chapters, reading)
    sections = {row["code"]: row["section"] for row in reading.tables.get("Node", []) if row["level"] == 2}
    rows = csv_rows(_content(directory, tariff.LINES_FILE), tariff.LINES_FILE, reading)
    lines = tariff.lines_of(rows, tariff.LINES_FILE, reading, edition=None, origin="")
    tariff.read_cells(lines, guide_of(directory, reading), reading)
    for line in lines:
        reading.add("Node", line_row(line, own, tree, sections.get(line.hs[:2], "")))


def line_row(line: tariff.Line, own: nomenclature.Names, tree: nomenclature.Names, section: str) -> Row:
    """The nomenclature node of a tariff line."""
    return nomenclature.line_node(
        line.hs,
        own,
        tree,
        unit=line.values.get("unit", ""),
        valid_from=line.edition,
        source=f"Circular 31/2022/TT-BTC (AHTN 2022); {tariff.compiled(line)}",
        section=section,
    )


def guide_of(directory: Path, reading: Reading) -> guide.Guide:
    """How the directory says that tariff tables are read."""
    files = (guide.COLUMNS_FILE, guide.TRANSITIONS_FILE, guide.SCOPES_FILE)
    columns, transitions, scopes = (_content(directory, file) for file in files)
    return guide.read_guide(columns, transitions, scopes, reading)


KEYS: dict[str, tuple[str, ...]] = {
    "Node": ("code",),
    "TariffCell": ("hs", "tax", "schedule"),
    "Schedule": ("code",),
    "Regime": ("code",),
    "RegimeTax": ("regime", "tax"),
    "Parameter": ("name",),
    "CodeValue": ("list", "code"),
    "Office": ("code",),
    "Gate": ("code",),
    "Condition": ("hs", "flow", "kind", "code"),
    "ExchangeRate": ("currency", "kind"),
    "VagueTerm": ("term",),
    "UnitAlias": ("unit",),
    "RequiredDocument": ("flow", "regime", "kind", "condition"),
    "ControlExemption": ("by", "key", "flow"),
    "ChecklistItem": ("regime", "flow", "code"),
    "OfficeHours": ("office", "weekday"),
    "HolidayOverride": ("day", "office"),
    "ReleaseCondition": ("name",),
    **ORIGIN_KEYS,
}
"""What names a row of each table, beside its day."""


def _refuse_twice(table: str, reading: Reading) -> None:
    """The same key on the same day twice would be an overlap; equal vague terms after folding are one."""
    seen: dict[tuple[object, ...], Row] = {}
    for row in reading.tables[table]:
        key = (*(row[name] for name in KEYS[table]), row["valid_from"])
        if key in seen and table not in ("VagueTerm", "UnitAlias"):
            reading.fault(table, 0, "", " ".join(str(part) for part in key), Code.TQ_DEC_027)
        seen.setdefault(key, row)
    reading.tables[table] = list(seen.values())


def _refuse_dangling(table: str, column: str, other: str, reading: Reading) -> None:
    known = {row["code"] for row in reading.tables.get(other, [])}
    if not known:
        return
    for row in reading.tables.get(table, []):
        if row[column] and row[column] not in known:
            reading.fault(table, 0, column, row[column], Code.TQ_DEC_004)
