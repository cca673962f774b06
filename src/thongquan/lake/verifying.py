"""Whether the lake holds what the database holds: counts and sums of every table, month by month."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import ibis.expr.types as ir

from thongquan.lake.analyses import in_force
from thongquan.lake.engines import Engine
from thongquan.lake.reading import Tables

Totals = Mapping[date, Mapping[str, Decimal]]
"""Of one table: by month, the number of rows (`count`) and sums by column."""
COUNT = "count"
ZERO = Decimal(0)


def every(rows: ir.Table) -> ir.Table:
    """All rows."""
    return rows


def due(rows: ir.Table) -> ir.Table:
    """Duties of lines that are to be paid."""
    return rows.filter(rows.treatment == "due", rows.line > 0)


class Check(NamedTuple):
    """What is compared: of which rows of which table, the columns added up, and whether rows are counted."""

    table: str
    rows: Callable[[ir.Table], ir.Table]
    sums: tuple[str, ...] = ()
    counts: bool = True


CHECKS: Mapping[str, Check] = {
    "declarations": Check("declarations", every),
    "declarations in force": Check("declarations", in_force, ("due_vnd",)),
    "lines": Check("lines", every, ("value_vnd", "due_vnd")),
    "lines in force": Check("lines", in_force, ("value_vnd",)),
    "duties": Check("duties", due, ("amount_vnd",), counts=False),
    "decisions": Check("decisions", every, ("facts_size",)),
    "inspections": Check("inspections", every, ("findings",)),
    "payments": Check("payments", every, ("amount_vnd",)),
    "events": Check("events", every),
}


class Difference(NamedTuple):
    """A measure of a month that is not what the database says."""

    check: str
    month: date
    measure: str
    database: Decimal
    lake: Decimal


def totals_in(tables: Tables, engine: Engine, name: str) -> Totals:
    """Counts and sums of one check in the lake."""
    check = CHECKS[name]
    rows = check.rows(tables[check.table])
    sums = {column: rows[column].sum() for column in check.sums}
    counted = {COUNT: rows.count()} if check.counts else {}
    found = engine.answer(rows.group_by("month").agg(**counted, **sums))
    return {
        row["month"]: {measure: Decimal(row[measure] or 0) for measure in (*counted, *sums)}
        for row in found.to_pylist()
    }


def differences(check: str, database: Totals, lake: Totals) -> list[Difference]:
    """Every measure of every month in which the two are not equal; what one of them has not counts as nothing."""
    found = []
    for month in sorted({*database, *lake}):
        here, there = database.get(month, {}), lake.get(month, {})
        for measure in sorted({*here, *there}):
            pair = here.get(measure, ZERO), there.get(measure, ZERO)
            if pair[0] != pair[1]:
                found.append(Difference(check, month, measure, *pair))
    return found
