"""Pairs to edges: how far two groups tell of the same goods."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from thongquan.learning.postings import Ints
from thongquan.learning.text import canonical
from thongquan.learning.twins.deciding import Attribute, parting
from thongquan.learning.twins.finding import joined
from thongquan.learning.twins.index import PARTIES
from thongquan.learning.twins.scan.blocking import Held, Shared
from thongquan.learning.twins.scan.tables import BUCKET, EDGES, HALVES, bucket_of, column, lists, table

LEAST_LIKE = 0.72
_PLACES = 6
_GOODS = ("code", "description", "price_usd", "parties", "features", "numbers")


class Halves:
    """Pairs and groups to pairs with the goods of the one, put where the other is."""

    def __init__(self, buckets: int) -> None:
        self.buckets = buckets

    def __call__(self, pairs: pa.Table, groups: pa.Table) -> pa.Table:
        pairs = pairs.sort_by([("one", "ascending"), ("other", "ascending")])
        goods = _goods(groups, column(pairs, "one"))
        other = column(pairs, "other")
        found = {name: goods[name] for name in _GOODS}
        return table(HALVES, {BUCKET: bucket_of(other, self.buckets), "one": pairs["one"], "other": other, **found})


class Scoring:
    """Pairs of which the one's goods are known, and groups, to edges: those alike that no attribute parts."""

    def __init__(self, shared: Shared, *, least: float = LEAST_LIKE, deciding: Sequence[Attribute] = ()) -> None:
        self.shared, self.least, self.deciding = shared, least, tuple(deciding)

    def __call__(self, halves: pa.Table, groups: pa.Table) -> pa.Table:
        ones = halves.sort_by([("one", "ascending"), ("other", "ascending")])
        others = _goods(groups, column(ones, "other"))
        like = _likeness(self.shared.value, ones, others)
        near = np.flatnonzero(like >= self.least)
        ones, others, like = ones.take(pa.array(near)), others.take(pa.array(near)), like[near]
        apart = np.array([self._parted(*pair) for pair in zip(_told(ones), _told(others), strict=True)], dtype=bool)
        kept = pa.array(np.flatnonzero(~apart))
        return _edges(ones.take(kept), others.take(kept), like[~apart])

    def _parted(self, one: tuple[str, str], other: tuple[str, str]) -> bool:
        if not self.deciding or not any(
            code.startswith(known.prefix) for known in self.deciding for code in (one[1], other[1])
        ):
            return False
        codes = (one[1], other[1])
        return parting(self.deciding, canonical(one[0]), canonical(other[0]), codes) is not None


def _told(rows: pa.Table) -> list[tuple[str, str]]:
    return list(zip(rows["description"].to_pylist(), rows["code"].to_pylist(), strict=True))


def _goods(groups: pa.Table, wanted: Ints) -> pa.Table:
    """The rows of these groups, in this order."""
    number = column(groups, "group")
    order = np.argsort(number)
    return groups.take(pa.array(order[np.searchsorted(number[order], wanted)]))


def _likeness(held: Held, ones: pa.Table, others: pa.Table) -> NDArray[np.float64]:
    """Cosine of the features weighed by rarity; as in `nearness`."""
    mine, theirs = _squares(held, ones), _squares(held, others)
    pair, feature = _both(ones, others, "features")
    dot = np.bincount(pair, held.rarity(feature).astype(np.float64) ** 2, minlength=len(ones))
    return np.asarray(np.round(dot / np.sqrt(np.maximum(mine * theirs, 1e-12)), _PLACES))


def _squares(held: Held, rows: pa.Table) -> NDArray[np.float64]:
    features, counts = lists(rows, "features")
    weight = held.rarity(features).astype(np.float64) ** 2
    return np.asarray(np.bincount(np.repeat(np.arange(len(rows)), counts), weight, minlength=len(rows)), np.float64)


def _both(ones: pa.Table, others: pa.Table, name: str) -> tuple[Ints, NDArray[np.int32]]:
    """What stands in the lists of both: the pair and the number."""
    marked = []
    for rows in (ones, others):
        values, counts = lists(rows, name)
        marked.append((np.repeat(np.arange(len(rows)), counts) << 32) | (values.astype(np.int64) + (1 << 31)))
    every = np.sort(np.concatenate(marked))
    shared = every[1:][every[1:] == every[:-1]]
    return shared >> 32, ((shared & 0xFFFFFFFF) - (1 << 31)).astype(np.int32)


def _edges(ones: pa.Table, others: pa.Table, like: NDArray[np.float64]) -> pa.Table:
    count = len(ones)
    numbers = _agreement(ones, others)
    first, second = (lists(rows, "parties")[0].reshape(count, len(PARTIES)) for rows in (ones, others))
    parties = ((first == second) & (first != 0)).sum(axis=1)
    price, other = column(ones, "price_usd"), column(others, "price_usd")
    known = (price > 0) & (other > 0)
    ratio = np.where(known, np.log(np.where(known, price, 1.0) / np.where(known, other, 1.0)), np.nan)
    found = {
        BUCKET: np.zeros(count, np.int32),
        "one": ones["one"],
        "other": ones["other"],
        "score": np.round(joined(like, numbers, parties, ratio), _PLACES),
        "likeness": like,
        "numbers": np.round(numbers, _PLACES),
        "parties": parties.astype(np.int32),
        "price": pc.if_else(pa.array(known), pa.array(np.round(ratio, _PLACES)), None),
    }
    return table(EDGES, found)


def _agreement(ones: pa.Table, others: pa.Table) -> NDArray[np.float64]:
    """Shared quantities and models by all of both; half where neither names one."""
    shared = np.bincount(_both(ones, others, "numbers")[0], minlength=len(ones))
    every = lists(ones, "numbers")[1] + lists(others, "numbers")[1] - shared
    return np.where(every > 0, shared / np.maximum(every, 1), 0.5)
