"""Tables of the lake as expressions: every row once, as it was written last.

A month that was compacted is read as it is. Where parts came after, the rows they replace are left out of the whole;
only such months pay for it.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from thongquan.lake.engines import Engine
from thongquan.lake.files import Lake, Month
from thongquan.lake.schemas import TABLES, Table

PLACE = "written"


class Tables:
    """The tables of a lake for one engine, each looked up when it is first asked for."""

    def __init__(self, lake: Lake, engine: Engine) -> None:
        self.lake, self.engine = lake, engine
        self.known: dict[str, ir.Table] = {}

    def __getitem__(self, name: str) -> ir.Table:
        if name not in self.known:
            self.known[name] = rows_of(TABLES[name], self.lake.months(name), self.engine)
        return self.known[name]


def rows_of(table: Table, months: Sequence[Month], engine: Engine) -> ir.Table:
    """The rows of these months."""
    schema = ibis.Schema.from_pyarrow(table.schema)
    pieces = []
    if whole := [month.whole for month in months if month.whole and not month.parts]:
        pieces.append(engine.read(whole, schema))
    if parts := [path for month in months for path in month.parts]:
        fresh = latest(engine.read(parts, schema), table)
        if replaced := [month.whole for month in months if month.whole and month.parts]:
            pieces.append(engine.read(replaced, schema).anti_join(fresh, list(table.key)))
        pieces.append(fresh)
    if not pieces:
        return engine.empty(table.schema)
    return ibis.union(*pieces) if len(pieces) > 1 else pieces[0]


def latest(rows: ir.Table, table: Table) -> ir.Table:
    """Each key once: the row of its newest batch."""
    order = ibis.row_number().over(group_by=list(table.key), order_by=ibis.desc("batch"))
    return rows.mutate(**{PLACE: order}).filter(lambda row: row[PLACE] == 0).drop(PLACE)
