"""The reference directory's plain tables: which file fills which table, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, get_args

from thongquan.clearance.tariff.formats.origin import NAMES as NAMES
from thongquan.clearance.tariff.formats.origin import ORIGIN
from thongquan.clearance.tariff.formats.reading import (
    Convert,
    Reading,
    Row,
    count,
    csv_rows,
    day,
    digits,
    one_of,
    weekday,
    windows,
    word,
    words,
    yes,
)
from thongquan.rules.codes import Code
from thongquan.rules.law import Tax, Treatment
from thongquan.rules.release import NAMES as RELEASE
from thongquan.rules.text import fold, vague_key

DATED: dict[str, Convert] = {"valid_from": day, "source": word, "verified": yes}
_FLOW = one_of("import", "export")
_KINDS = one_of("licence", "quarantine", "prohibited", "gate", "specialized_inspection", "control")


class Table(NamedTuple):
    """One file: the table it fills, its columns with their converters, and columns stored under another name."""

    file: str
    table: str
    columns: Mapping[str, Convert]
    stored_as: Mapping[str, str] = {}
    optional: frozenset[str] = frozenset()


TABLES = (
    Table("offices.csv", "Office", {"code": word, "kind": word, "parent": str, **NAMES, **DATED}),
    Table(
        "gates.csv",
        "Gate",
        {
            "code": word,
            "office": str,
            "province": str,
            "modes": str,
            "timezone_neighbor": str,
            "opens": str,
            "closes": str,
            "hours_source": str,
            "hours_verified": yes,
            **NAMES,
            **DATED,
        },
    ),
    Table(
        "regimes.csv",
        "Regime",
        {"code": word, "flow": _FLOW, "needs_temporary_date": yes, "needs_reference": yes, **NAMES, **DATED},
    ),
    Table(
        "regime_taxes.csv",
        "RegimeTax",
        {"regime": word, "tax": one_of(*get_args(Tax)), "treatment": one_of(*get_args(Treatment)), **DATED},
    ),
    Table("code_lists.csv", "CodeValue", {"list": word, "code": word, **NAMES, **DATED}),
    Table(
        "parameters.csv",
        "Parameter",
        {"name": word, "value": str, "unit": str, **NAMES, **DATED},
        optional=frozenset(NAMES),
    ),
    Table(
        "schedules.csv",
        "Schedule",
        {"code": word, "preferential": yes, "members": words, "form": str, **NAMES, **DATED},
    ),
    Table(
        "conditions.csv",
        "Condition",
        {
            "hs_prefix": digits(2, 4, 6, 8),
            "flow": one_of("import", "export", ""),
            "kind": _KINDS,
            "code": word,
            "channel": count,
            "gates": words,
            "origins": words,
            **NAMES,
            **DATED,
        },
        stored_as={"hs_prefix": "hs"},
    ),
    Table(
        "required_documents.csv",
        "RequiredDocument",
        {"flow": _FLOW, "regime": str, "kind": word, "condition": word, "article": str, **NAMES, **DATED},
    ),
    Table("vague_terms.csv", "VagueTerm", {"term": word, "language": str, **DATED}),
    Table("unit_aliases.csv", "UnitAlias", {"unit": word, "codes": words, **DATED}),
    Table(
        "control_exemptions.csv",
        "ControlExemption",
        {
            "by": one_of("standing", "cargo_class", "hs", "list"),
            "key": word,
            "flow": one_of("import", "export", ""),
            "documents": yes,
            "goods": yes,
            "random": yes,
            "first": yes,
            **NAMES,
            **DATED,
        },
    ),
    Table(
        "checklists.csv",
        "ChecklistItem",
        {
            "code": word,
            "regime": str,
            "flow": one_of("import", "export", ""),
            "place": count,
            "shows": word,
            "finds": one_of("", "quantity", "weight", "origin", "value", "code", "prohibited", "ipr"),
            **NAMES,
            **DATED,
        },
    ),
    Table(
        "office_hours.csv",
        "OfficeHours",
        {"office": str, "weekday": weekday, "windows": windows, **DATED},
    ),
    Table(
        "holiday_overrides.csv",
        "HolidayOverride",
        {"day": day, "office": str, "kind": one_of("closed", "works"), "windows": windows, **NAMES, **DATED},
    ),
    Table(
        "release_conditions.csv", "ReleaseCondition", {"name": one_of(*RELEASE), "purposes": words, **NAMES, **DATED}
    ),
    *(Table(f"origin/{file}", table, {**columns, **DATED}) for file, table, columns in ORIGIN),
)
PRACTICE = TABLES[7]._replace(file="practice/conditions.csv")


def read_table(table: Table, content: bytes, reading: Reading) -> None:
    """Read one file into its table; every wrong value is reported with its row and column."""
    head_checked = False
    for number, values in csv_rows(content, table.file, reading):
        if not head_checked:
            head_checked = True
            if not _head(table, values, reading):
                return
        row = _row(table, number, values, reading)
        if row is not None and finish(table.table, row):
            reading.add(table.table, row)


def _head(table: Table, values: dict[str, str], reading: Reading) -> bool:
    missing = [name for name in table.columns if name not in values and name not in table.optional]
    for name in missing:
        reading.fault(table.file, 1, name, "", Code.TQ_FMT_005)
    return not missing


def _row(table: Table, number: int, values: dict[str, str], reading: Reading) -> Row | None:
    row: Row = {"repealed": values.get("repealed") == "yes"}
    good = True
    for name, convert in table.columns.items():
        try:
            row[table.stored_as.get(name, name)] = convert(values.get(name, ""))
        except ValueError:
            reading.fault(table.file, number, name, values.get(name, ""))
            good = False
    return row if good else None


def finish(table: str, row: Row) -> bool:
    """What a table derives from its row; False for a row that says nothing."""
    if table == "Parameter":
        row["repealed"] = not row["value"]
    if table == "VagueTerm":
        row["term"] = vague_key(row["term"])
        return bool(row["term"])
    if table == "UnitAlias":
        row["unit"] = fold(row["unit"])
    return True
