"""The leak alarm: a look-up table over identifiers must not know fraud.

For a column, or a tuple of columns, the table holds the share of fraud of each value in the earlier months, drawn
towards the mean; in the later months it gives that share. What it is worth is its
AUC there: 0.5 is a coin, 1.0 knows all.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from thongquan.practice.world import tables
from thongquan.practice.world.numbers import Array, Flags, Floats, Ints
from thongquan.practice.world.writing import read_table

ALARM = 0.65
_TOWARDS_MEAN, _EARLIER = 8.0, 0.75
HEAD_COLUMNS = (
    *("flow", "regime", "office", "gate", "enterprise_key", "broker_key", "seller_key", "officer_key", "crew"),
    *("truck_key", "driver_key", "invoice_number", "declaration_key", "channel", "line_count"),
)
LINE_COLUMNS = (
    "line_no",
    "hs",
    "description",
    "origin",
    "unit",
    "certificate_key",
    "duty_rate",
    "vat_rate",
    "packages",
)
TUPLES = (
    ("enterprise_key", "hs"),
    ("enterprise_key", "broker_key"),
    ("enterprise_key", "seller_key"),
    ("enterprise_key", "officer_key"),
    ("enterprise_key", "hs", "origin"),
    ("broker_key", "officer_key"),
    ("broker_key", "office", "crew"),
    ("seller_key", "hs"),
    ("hs", "origin"),
    ("hs", "origin", "gate"),
    ("hs", "duty_rate", "regime"),
    ("truck_key", "driver_key"),
    ("truck_key", "hs"),
    ("enterprise_key", "seller_key", "hs", "gate"),
)


def auc(score: Floats, positive: Flags) -> float:
    """Area under the curve of true against false alarms: how often a fraud scores above what is none; ties half."""
    many = int(positive.sum())
    if many in (0, len(positive)):
        return 0.5
    _values, places, counts = np.unique(score, return_inverse=True, return_counts=True)
    rank = np.cumsum(counts) - (counts - 1) / 2.0
    of_positive = float(rank[places][positive].sum())
    return (of_positive - many * (many + 1) / 2.0) / (many * (len(positive) - many))


def look_up(values: Ints, fraud: Flags, later: Flags) -> float:
    """AUC in the later rows of a table made of the earlier ones. `values` are places from 0."""
    count = int(values.max()) + 1
    early = ~later
    seen = np.bincount(values[early], minlength=count)
    bad = np.bincount(values[early & fraud], minlength=count)
    mean = float(fraud[early].mean())
    share = (bad + _TOWARDS_MEAN * mean) / (seen + _TOWARDS_MEAN)
    return auc(share[values[later]], fraud[later])


def look_ups(world: Path) -> dict[str, float]:
    """AUC of the look-up over every key column and the tuples above, the last quarter of the months held out.

    Raises FileNotFoundError when a table is missing.
    """
    columns, later, fraud = _rows(world)
    single = {name: look_up(places, fraud, later) for name, places in columns.items()}
    several = {" × ".join(names): look_up(_joined([columns[name] for name in names]), fraud, later) for names in TUPLES}
    return {**single, **several}


def _rows(world: Path) -> tuple[dict[str, Ints], Flags, Flags]:
    heads = read_table(world, tables.DECLARATIONS, ["month", *HEAD_COLUMNS])
    lines = read_table(world, tables.LINES, list(dict.fromkeys(["declaration_key", *LINE_COLUMNS])))
    truth = read_table(world, tables.TRUE_LINES, ["declaration_key", "line_no", "fraud"])
    head = places_in(heads["declaration_key"], lines["declaration_key"])
    order = _same_order(lines, truth)
    fraud = truth["fraud"].to_numpy(zero_copy_only=False)[order]
    month = heads["month"].to_numpy()[head]
    columns = {name: _coded(heads[name])[head] for name in HEAD_COLUMNS}
    columns |= {name: _coded(lines[name]) for name in LINE_COLUMNS}
    return columns, month >= round(int(month.max() + 1) * _EARLIER), fraud


def places_in(keys: pa.ChunkedArray, wanted: pa.ChunkedArray) -> Ints:
    """Row of each wanted key. Raises ValueError when one is missing."""
    known, asked = keys.to_numpy(), wanted.to_numpy()
    order = np.argsort(known, kind="stable")
    found = np.minimum(np.searchsorted(known, asked, sorter=order), len(known) - 1)
    rows = order[found]
    if not np.array_equal(known[rows], asked):
        raise ValueError("a line without its declaration")
    return np.asarray(rows, dtype=np.int64)


def _same_order(lines: pa.Table, truth: pa.Table) -> Ints:
    """Rows of the truth in the order of the lines. Raises ValueError when they are not of the same lines."""
    mine, other = (_line_keys(table) for table in (lines, truth))
    if np.array_equal(mine, other):
        return np.arange(len(mine))
    order = np.argsort(other, kind="stable")
    rows = order[np.minimum(np.searchsorted(other, mine, sorter=order), len(other) - 1)]
    if not np.array_equal(other[rows], mine):
        raise ValueError("truth and declarations are not of the same lines")
    return np.asarray(rows, dtype=np.int64)


def _line_keys(table: pa.Table) -> Array:
    return np.asarray(table["declaration_key"].to_numpy() * 64 + table["line_no"].to_numpy())


def _coded(column: pa.ChunkedArray) -> Ints:
    """Values as places from 0; what is empty is a value of its own."""
    coded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    return np.asarray(coded.indices.to_numpy(), dtype=np.int64)


def _joined(columns: Sequence[Ints]) -> Ints:
    """Tuples as places from 0."""
    joined = columns[0]
    for column in columns[1:]:
        _values, joined = np.unique(joined * (int(column.max()) + 1) + column, return_inverse=True)
    return np.asarray(joined, dtype=np.int64)
