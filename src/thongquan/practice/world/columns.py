"""Arrays of numpy as columns of Parquet, exact and without loops."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from thongquan.practice.world.numbers import Array, Flags, Floats, Ints
from thongquan.practice.world.tables import INSTANT, Table


def decimals(units: Ints, kind: pa.Decimal128Type, *, empty: Flags | None = None) -> pa.Array:
    """Whole numbers of the smallest unit (cents, grams) as exact decimals."""
    words = np.empty((len(units), 2), dtype=np.int64)
    words[:, 0] = units
    words[:, 1] = units >> 63
    found = pa.Array.from_buffers(kind, len(units), [None, pa.py_buffer(words)])
    return found if empty is None else _emptied(found, empty)


def rates(fractions: Floats, kind: pa.Decimal128Type) -> pa.Array:
    """Fractions as exact decimals, rounded to the places of the type."""
    return decimals(np.rint(fractions * 10**kind.scale).astype(np.int64), kind)


def words(texts: Array, places: Ints, *, empty: Flags | None = None) -> pa.Array:
    """Texts by their places in a list."""
    return pa.array(texts.tolist(), pa.string()).take(pa.array(places, mask=empty))


def numbers(values: Array, kind: pa.DataType, *, empty: Flags | None = None) -> pa.Array:
    """Numbers, some of them empty."""
    return pa.array(values, mask=empty).cast(kind)


def instants(seconds: Ints) -> pa.Array:
    """Instants of UTC from seconds since 1970."""
    return pa.array(seconds).cast(pa.timestamp("s")).cast(INSTANT)


def table_of(table: Table, columns: Mapping[str, object]) -> pa.Table:
    """Put the columns of a table in its order and types. Raises KeyError when one is missing."""
    fields = table.schema
    return pa.table([_typed(columns[field.name], field.type) for field in fields], schema=fields)


def _typed(column: object, kind: pa.DataType) -> pa.Array:
    found = column if isinstance(column, pa.Array | pa.ChunkedArray) else pa.array(column)
    return found if found.type == kind else found.cast(kind)


def _emptied(found: pa.Array, empty: Flags) -> pa.Array:
    return found.take(pa.array(np.arange(len(found)), mask=empty))
