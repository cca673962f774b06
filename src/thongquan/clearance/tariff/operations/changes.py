"""Proposed law: reading it from a file into whole rows, and publishing rows as a new law version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from thongquan.base.core.faults import Refused
from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.formats import nomenclature
from thongquan.clearance.tariff.formats.changes import ChangesFile, Said, read_changes_file, read_typed_row
from thongquan.clearance.tariff.formats.directory import KEYS
from thongquan.clearance.tariff.formats.reading import Reading, Row
from thongquan.clearance.tariff.operations.report import LoadReport
from thongquan.clearance.tariff.operations.storing import store
from thongquan.clearance.tariff.queries.changes import (
    LawRow,
    as_law_row,
    columns_of,
    model_of,
    standing_rows,
    stored_values,
)
from thongquan.rules.codes import Code

_EMPTY: dict[str, Any] = {"TextField": "", "CharField": "", "BooleanField": False, "JSONField": []}


class ProposedRows(msgspec.Struct, frozen=True, kw_only=True):
    """What a file proposes: what it says of itself, the day, and its rows made whole."""

    title: str
    why: str
    effective_on: date | None
    rows: tuple[LawRow, ...]


def read_changes(*, content: bytes, file: str, effective_on: date | None = None) -> ProposedRows:
    """Read proposed law (`formats.changes`) and make every row whole from what holds. Stores nothing.

    A goods code of two to six digits stands for every national line below it. Raises `Refused` with every fault.
    """
    reading = Reading()
    return _proposed(read_changes_file(content, file, reading, effective_on=effective_on), file, reading)


def read_row(*, table: str, values: Mapping[str, str], effective_on: date) -> ProposedRows:
    """The same for one typed row of a table that such a file may name. Raises `Refused` with every fault."""
    reading = Reading()
    return _proposed(read_typed_row(table, values, reading, effective_on=effective_on), table, reading)


def _proposed(told: ChangesFile, file: str, reading: Reading) -> ProposedRows:
    rows = [whole for said in told.rows for whole in _whole(said, reading)]
    _refuse_twice(rows, file, reading)
    if not rows and not reading.faults:
        reading.fault(file, 0, "", "", Code.TQ_FMT_005)
    if reading.faults:
        raise Refused(reading.faults)
    return ProposedRows(title=told.title, why=told.why, effective_on=told.effective_on, rows=tuple(rows))


def _whole(said: Said, reading: Reading) -> list[LawRow]:
    """The row with the columns it does not name taken from what holds on its day, else empty."""
    if said.table == "TariffCell":
        return _cells(said, reading)
    if said.table == "Node":
        return [_filled(said, _node(said.row))]
    return [_filled(said, said.row)]


def _filled(said: Said, row: Row) -> LawRow:
    told = as_law_row(said.table, row)
    held = standing_rows([told])[0]
    kinds = {one.attname: one.get_internal_type() for one in model_of(said.table)._meta.concrete_fields}
    empty = {name: _EMPTY.get(kinds[name], 0) for name in columns_of(said.table)}
    return LawRow(table=said.table, values=empty | (held.values if held else {}) | told.values)


def _node(row: Row) -> Row:
    """A national line as the nomenclature keeps it."""
    chapter = models.Node.objects.live().filter(code=row["code"][:2]).order_by("-valid_from").first()
    known = models.Node.objects.live().filter(code=row["code"]).order_by("-valid_from").first()
    kept = {name: getattr(known, name) for name in ("unit", *nomenclature.NAMES)} if known else {}
    told = {**kept, **row}
    own = {row["code"]: {name: told.get(name, "") for name in nomenclature.NAMES}}
    line = nomenclature.line_node(
        row["code"],
        own,
        {},
        unit=told.get("unit", ""),
        valid_from=row["valid_from"],
        source=row["source"],
        section=chapter.section if chapter else "",
    )
    return {**line, "verified": row["verified"], "repealed": row["repealed"]}


def _cells(said: Said, reading: Reading) -> list[LawRow]:
    row = said.row
    codes = _lines_below(row["hs"], row["valid_from"])
    if not codes:
        reading.fault(said.file, said.number, "hs8", row["hs"], Code.TQ_DEC_004)
    known = not row["schedule"] or models.Schedule.objects.live().filter(code=row["schedule"]).exists()
    if not known or bool(row["schedule"]) != (row["tax"] == "import_duty"):
        reading.fault(said.file, said.number, "schedule", row["schedule"], Code.TQ_DEC_004)
        return []
    return [as_law_row("TariffCell", {**row, "hs": code}) for code in codes]


def _lines_below(prefix: str, on: date) -> list[str]:
    rows = models.Node.objects.on(on).filter(level=8, code__startswith=prefix).values_list("code", "repealed")
    return [code for code, repealed in rows if not repealed]


def _refuse_twice(rows: Sequence[LawRow], file: str, reading: Reading) -> None:
    seen: set[tuple[object, ...]] = set()
    for row in rows:
        key = (row.table, *row.key, row.valid_from)
        if key in seen:
            reading.fault(file, 0, "", " ".join(str(part) for part in key), Code.TQ_DEC_027)
        seen.add(key)


def publish_rows(*, rows: Sequence[LawRow], actor: str, origin: str, at: datetime) -> LoadReport:
    """Bring the rows into the law as a load does: what differs is written and makes a new law version."""
    reading = Reading()
    for row in rows:
        reading.add(row.table, stored_values(row))
    return store(reading, actor=actor, origin=origin, at=at, released=True)


__all__ = ["KEYS", "ProposedRows", "publish_rows", "read_changes", "read_row"]
