"""Lines to groups: the same goods under the same code once, with sums. In any order and in any parts the same."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from thongquan.learning.nearness import as_places
from thongquan.learning.postings import Ints
from thongquan.learning.suggest.knowledge import digits_of
from thongquan.learning.text import canonical, feature_hash, fingerprint, numbers_named, numbers_of_words
from thongquan.learning.twins.index import PARTIES
from thongquan.learning.twins.scan.tables import BUCKET, GROUPS, LINES, bucket_of, column, listed, lists, table


class _Read:
    """What was read out of descriptions, line by line."""

    def __init__(self) -> None:
        self.places, self.groups = array("q"), array("q")
        self.codes: list[str] = []
        self.features, self.counts = array("i"), array("i")
        self.numbers, self.number_counts = array("i"), array("i")

    def add(self, place: int, description: str, code: str) -> None:
        """Read one line; one that tells of no goods or has no code is left out."""
        goods, code = canonical(description), _digits(code)
        print_ = fingerprint(goods)
        if not (print_ and code):
            return
        named = numbers_named(goods)
        own = sorted(numbers_of_words(goods) | named)
        self.places.append(place)
        self.groups.append(_number(print_, code))
        self.codes.append(code)
        self.features.extend(own)
        self.counts.append(len(own))
        self.numbers.extend(sorted(named))
        self.number_counts.append(len(named))


@lru_cache(maxsize=1 << 14)
def _digits(code: str) -> str:
    return digits_of(code)


def _number(print_: str, code: str) -> int:
    """The number of a group, the same everywhere."""
    digest = hashlib.blake2b(f"{print_}:{code}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def reader(buckets: int) -> Callable[[pa.Table], pa.Table]:
    """The first step: lines to groups, as far as these lines know."""
    return _Step(_grouped, buckets)


def gatherer(buckets: int) -> Callable[[pa.Table], pa.Table]:
    """The second: groups that came in parts become whole."""
    return _Step(_whole, buckets)


class _Step:
    """A step that goes to another process with what it must know."""

    def __init__(self, work: Callable[[pa.Table, int], pa.Table], buckets: int) -> None:
        self.work, self.buckets = work, buckets

    def __call__(self, rows: pa.Table) -> pa.Table:
        return self.work(rows, self.buckets)


def _grouped(lines: pa.Table, buckets: int) -> pa.Table:
    read = _Read()
    for place, (description, code) in enumerate(
        zip(lines["description"].to_pylist(), lines["code"].to_pylist(), strict=True)
    ):
        read.add(place, description or "", code or "")
    kept = lines.take(pa.array(as_longs(read.places), pa.int64()))
    groups = as_longs(read.groups)
    value = column(kept, "value_vnd")
    known = kept["duty_vnd"].is_valid().to_numpy()
    importers = _hashed(kept["importer"])
    offices = pc.fill_null(kept["office"], "").combine_chunks()
    every = {
        BUCKET: bucket_of(groups, buckets),
        "group": groups,
        "id": kept["id"],
        "code": read.codes,
        "description": kept["description"],
        "price_usd": kept["price_usd"],
        "parties": listed(_parties(kept), np.full(len(kept), len(PARTIES)), pa.int32()),
        "features": listed(as_places(read.features), as_places(read.counts), pa.int32()),
        "numbers": listed(as_places(read.numbers), as_places(read.number_counts), pa.int32()),
        "lines": np.ones(len(kept), np.int64),
        "value_vnd": value,
        "duty_vnd": pc.fill_null(kept["duty_vnd"], 0),
        "dutiable_vnd": np.where(known, value, 0),
        "first": kept["on"],
        "last": kept["on"],
        "importers": listed(importers[importers != 0], importers != 0, pa.int32()),
        "offices": listed(offices.filter(pc.not_equal(offices, "")), _there(offices), pa.string()),
    }
    return _whole(table(GROUPS, every), buckets)


def as_longs(numbers: array[int]) -> Ints:
    """The numbers as an array of NumPy, without a copy."""
    return np.frombuffer(numbers, np.int64) if numbers else np.zeros(0, np.int64)


def _there(words: pa.Array) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = pc.not_equal(words, "").to_numpy(zero_copy_only=False)
    return found


def _hashed(words: pa.ChunkedArray) -> NDArray[np.int32]:
    return np.array([_party(word) if word else 0 for word in words.to_pylist()], dtype=np.int32)


@lru_cache(maxsize=1 << 17)
def _party(word: str) -> int:
    return feature_hash(word.casefold())


def _parties(lines: pa.Table) -> NDArray[np.int32]:
    return np.stack([_hashed(lines[name]) for name in PARTIES], axis=1).reshape(-1)


def _whole(parts: pa.Table, buckets: int) -> pa.Table:
    """Each group once."""
    rows = parts.sort_by([("group", "ascending"), ("id", "ascending"), ("description", "ascending")])
    group = column(rows, "group")
    if not len(group):
        return rows
    begins = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]]))
    if len(begins) == len(group):
        return rows
    owner = np.repeat(np.arange(len(begins)), np.diff(np.append(begins, len(group))))
    found: dict[str, Any] = {name: rows[name].take(pa.array(begins)) for name in rows.column_names}
    for name in ("lines", "value_vnd", "duty_vnd", "dutiable_vnd"):
        found[name] = np.add.reduceat(column(rows, name), begins)
    found["first"], found["last"] = _dates(rows["first"], begins, np.minimum), _dates(rows["last"], begins, np.maximum)
    found["importers"] = _union(*lists(rows, "importers"), owner, pa.int32())
    words = rows["offices"].combine_chunks().flatten().dictionary_encode()
    names = words.dictionary.to_pylist()
    order = np.argsort(np.argsort(names)) if names else np.zeros(0, np.int64)
    said = _union(order[words.indices.to_numpy()], lists(rows, "offices")[1], owner, pa.int64())
    found["offices"] = pa.ListArray.from_arrays(said.offsets, pa.array(sorted(names), pa.string()).take(said.values))
    return table(GROUPS, found)


def _dates(days: pa.ChunkedArray, begins: Ints, choose: np.ufunc) -> pa.Array:
    """The first or the last day of each, null where none is known."""
    unknown = np.iinfo(np.int32).max if choose is np.minimum else np.iinfo(np.int32).min
    numbers = pc.fill_null(days.cast(pa.int32()), unknown).to_numpy()
    chosen = choose.reduceat(numbers, begins)
    return pa.array(chosen, pa.int32(), mask=chosen == unknown).cast(pa.date32())


def _union(values: NDArray[Any], counts: Ints, owner: Ints, kind: pa.DataType) -> pa.ListArray:
    """All different values of the rows of each owner, sorted."""
    owners = np.repeat(owner, counts)
    both = np.unique((owners << 32) | (values.astype(np.int64) + (1 << 31)))
    sizes = np.bincount(both >> 32, minlength=int(owner[-1]) + 1)
    return listed((both & 0xFFFFFFFF) - (1 << 31), sizes, kind)


def lines_of(rows: Iterable[dict[str, Any]]) -> pa.Table:
    """Rows of plain values as a table of lines; columns that are not given are unknown."""
    every = list(rows)
    return table(LINES, {one.name: [_default(row, one) for row in every] for one in LINES})


def _default(row: dict[str, Any], one: pa.Field) -> Any:
    found = row.get(one.name)
    return 0 if found is None and one.name in ("value_vnd", "price_usd") else found
