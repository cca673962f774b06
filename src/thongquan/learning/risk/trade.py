"""Trade as the engine sees it: one row per declared line, in the order of time. Only what was declared stands here.

A directory of the shape of docs/practice-world.md is read from its folder `declared/`; nothing here opens another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from thongquan.learning.risk.arrays import Array, Flags, Floats, Ints

DECLARED = "declared"
CODED = (
    *("regime", "office", "gate", "firm", "broker", "seller", "officer", "crew", "truck", "driver", "invoice"),
    *("hs", "text", "origin", "unit", "address", "director"),
)
AMOUNTS = (
    *("quantity", "unit_price", "value", "net_kg", "gross_kg", "packages", "customs_value", "duty_rate", "vat_rate"),
    *("head_value", "head_gross_kg", "head_lines", "born", "closed", "size_class", "market_level"),
    *("certificate_kg", "issued", "third_party", "retroactive", "certificate_agrees"),
)
NAMED = frozenset({"hs", "text"})
"""Columns without which nothing is usual: what an incomplete declaration left out is a word of its own."""
_NEVER = 2**40


@dataclass(frozen=True)
class Trade:
    """Lines in the order of time. `coded` holds places from 0 (-1: empty), `amounts` numbers (NaN: empty).

    `at` is the instant of registration, in seconds since 1970; `head` the place of the declaration; `words` tells what
    the places mean of the columns that are read as text.
    """

    declaration: Ints
    line: Ints
    head: Ints
    at: Ints
    imports: Flags
    coded: Mapping[str, Ints]
    amounts: Mapping[str, Floats]
    words: Mapping[str, Array]

    def __len__(self) -> int:
        return len(self.at)

    def rows(self, chosen: Ints | Flags | slice) -> Trade:
        """Some of the lines, in their order. Places keep their meaning."""
        return replace(
            self,
            declaration=self.declaration[chosen],
            line=self.line[chosen],
            head=self.head[chosen],
            at=self.at[chosen],
            imports=self.imports[chosen],
            coded={name: column[chosen] for name, column in self.coded.items()},
            amounts={name: column[chosen] for name, column in self.amounts.items()},
        )

    def before(self, instant: int) -> Trade:
        """What was known before an instant (seconds since 1970): lines, and that an enterprise closed."""
        known = self.rows(slice(0, int(np.searchsorted(self.at, instant))))
        closed = known.amounts["closed"]
        return replace(known, amounts={**known.amounts, "closed": np.where(closed < instant, closed, np.nan)})


def read_trade(world: Path) -> Trade:
    """Read the declared side of a world. Raises FileNotFoundError when a table of it is missing."""
    tables = {name: _files(world, name) for name in ("declarations", "lines", "certificates", "enterprises")}
    connection = duckdb.connect()
    try:
        for name, files in tables.items():
            connection.read_parquet(files).create_view(name)
        return trade_of(connection.sql(_QUESTION).to_arrow_table())
    finally:
        connection.close()


def trade_of(rows: pa.Table) -> Trade:
    """Trade from a table with the columns of `QUESTION`, in the order of time."""
    coded, words = {}, {}
    for name in CODED:
        column = rows[name].fill_null("") if name in NAMED else rows[name]
        coded[name], words[name] = _coded(column)
    declaration = _ints(rows["declaration_key"])
    new = np.concatenate([[0], (declaration[1:] != declaration[:-1]).astype(np.int64)]) if len(rows) else declaration
    return Trade(
        declaration=declaration,
        line=_ints(rows["line_no"]),
        head=np.cumsum(new),
        at=_ints(rows["at"]),
        imports=rows["imports"].to_numpy(zero_copy_only=False).astype(np.bool_),
        coded=coded,
        amounts={name: _floats(rows[name]) for name in AMOUNTS},
        words=words,
    )


def _files(world: Path, name: str) -> list[str]:
    """The files of a table of the declared side."""
    whole = world / DECLARED / f"{name}.parquet"
    found = [whole] if whole.exists() else sorted((world / DECLARED / name).glob("*.parquet"))
    if not found:
        message = f"{DECLARED}/{name}"
        raise FileNotFoundError(message)
    return [str(one) for one in found]


def _coded(column: pa.ChunkedArray) -> tuple[Ints, Array]:
    """Places in the order of first appearance, so that later rows change no earlier place."""
    coded = column.combine_chunks().dictionary_encode()
    places = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return places.astype(np.int64), np.array(coded.dictionary.to_pylist(), dtype=object)


def _ints(column: pa.ChunkedArray) -> Ints:
    return np.asarray(column.to_numpy(), dtype=np.int64)


def _floats(column: pa.ChunkedArray) -> Floats:
    return np.asarray(column.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)


_QUESTION = """
select
  l.declaration_key, l.line_no, epoch(h.registered_at)::bigint as at, h.flow = 'import' as imports,
  h.regime, h.office, h.gate, h.enterprise_key as firm, h.broker_key as broker, h.seller_key as seller,
  h.officer_key as officer, h.crew, h.truck_key as truck, h.driver_key as driver, h.invoice_number as invoice,
  l.hs, l.description as text, l.origin, l.unit, e.address_key as address, e.director_key as director,
  l.quantity::double as quantity, l.unit_price_usd::double as unit_price, l.value_usd::double as value,
  l.net_weight_kg::double as net_kg, l.gross_weight_kg::double as gross_kg, l.packages,
  l.customs_value_vnd as customs_value, l.duty_rate::double as duty_rate, l.vat_rate::double as vat_rate,
  h.value_usd::double as head_value, h.gross_weight_kg::double as head_gross_kg, h.line_count as head_lines,
  epoch(e.born_on::timestamp)::bigint as born, epoch(e.closed_on::timestamp)::bigint + 86400 as closed,
  e.size_class, e.market_level, c.gross_weight_kg::double as certificate_kg,
  epoch(c.issued_on::timestamp)::bigint as issued, c.third_party_invoice::int as third_party,
  c.retroactive::int as retroactive, (c.origin = l.origin and c.hs6 = left(l.hs, 6))::int as certificate_agrees
from lines l
join declarations h using (declaration_key)
join enterprises e using (enterprise_key)
left join certificates c using (certificate_key)
order by h.registered_at, l.declaration_key, l.line_no
"""
QUESTION = _QUESTION
"""How the rows are asked of the tables `lines`, `declarations`, `enterprises` and `certificates`."""
