"""Columns of the tables between the steps of a scan.

`bucket` says which rows a next step must see together. Money is whole dong; sums are of whole numbers, so that they
are the same in whatever order lines come. Lists hold numbers of features, parties or offices.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from thongquan.learning.postings import Ints

BUCKET = "bucket"
_NUMBERS = pa.list_(pa.int32())
_BUCKETED = (BUCKET, pa.int32())

LINES = pa.schema(
    [
        ("id", pa.string()),
        ("description", pa.string()),
        ("code", pa.string()),
        ("price_usd", pa.float64()),
        ("importer", pa.string()),
        ("supplier", pa.string()),
        ("maker", pa.string()),
        ("origin", pa.string()),
        ("office", pa.string()),
        ("on", pa.date32()),
        ("value_vnd", pa.int64()),
        ("duty_vnd", pa.int64()),
    ]
)
"""What goes in. Only the first three must be known; `duty_vnd` null is unknown."""
NEEDED = ("id", "description", "code")

_GOODS = (
    ("code", pa.string()),
    ("description", pa.string()),
    ("price_usd", pa.float64()),
    ("parties", _NUMBERS),
    ("features", _NUMBERS),
    ("numbers", _NUMBERS),
)
GROUPS = pa.schema(
    [
        _BUCKETED,
        ("group", pa.int64()),
        ("id", pa.string()),
        *_GOODS,
        ("lines", pa.int64()),
        ("value_vnd", pa.int64()),
        ("duty_vnd", pa.int64()),
        ("dutiable_vnd", pa.int64()),
        ("first", pa.date32()),
        ("last", pa.date32()),
        ("importers", _NUMBERS),
        ("offices", pa.list_(pa.string())),
    ]
)
"""The same goods under the same code. `duty_vnd` is that of the lines whose duty is known, worth `dutiable_vnd`; all
that describes the goods is of the line with the smallest id."""
COUNTS = pa.schema([_BUCKETED, ("feature", pa.int32()), ("held", pa.int64())])
KEYS = pa.schema([_BUCKETED, ("feature", pa.int32()), ("group", pa.int64()), ("code", pa.string()), ("keys", _NUMBERS)])
"""A group under one of the features by which it is looked for; `keys` are all of these, the rarest first."""
PAIRS = pa.schema([_BUCKETED, ("one", pa.int64()), ("other", pa.int64())])
HALVES = pa.schema([*PAIRS, *_GOODS])
"""A pair with the goods of the one."""
EDGES = pa.schema(
    [
        *PAIRS,
        ("score", pa.float64()),
        ("likeness", pa.float64()),
        ("numbers", pa.float64()),
        ("parties", pa.int32()),
        ("price", pa.float64()),
    ]
)
"""Two groups that tell of the same goods under different codes; measures as in `twins.Partner`."""


def table(schema: pa.Schema, columns: dict[str, Any]) -> pa.Table:
    """A table of these columns, each with its type."""
    return pa.Table.from_arrays([_typed(columns[one.name], one.type) for one in schema], schema=schema)


def _typed(values: Any, kind: pa.DataType) -> pa.Array:
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    return values.cast(kind) if isinstance(values, pa.Array) else pa.array(values, kind)


def column(rows: pa.Table, name: str) -> NDArray[Any]:
    """A column of numbers."""
    found: NDArray[Any] = rows[name].to_numpy()
    return found


def lists(rows: pa.Table, name: str) -> tuple[NDArray[Any], Ints]:
    """A column of lists of numbers: all behind one another, and how many each row has."""
    whole = rows[name].combine_chunks()
    counts: Ints = whole.value_lengths().fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    return whole.flatten().to_numpy(zero_copy_only=False), counts


def listed(values: NDArray[Any], counts: NDArray[Any], kind: pa.DataType) -> pa.ListArray:
    """A column of lists, of all values behind one another and how many each row has."""
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(starts), pa.array(values, kind))


def bucket_of(numbers: NDArray[Any], buckets: int) -> NDArray[np.int32]:
    """Where rows of these numbers go."""
    return (numbers.astype(np.int64) % buckets).astype(np.int32)
