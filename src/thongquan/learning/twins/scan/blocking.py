"""Which groups are worth comparing: those under different codes that share the rarest of what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from thongquan.learning.postings import Floats, Ints, Places
from thongquan.learning.twins.scan.tables import BUCKET, COUNTS, KEYS, PAIRS, bucket_of, column, listed, lists, table

WORDS, GROUPS_OF_LETTERS = 8, 4
MOST_TOGETHER = 150
"""Above so many groups under one feature, each is compared with a fair choice of those under other codes."""
MOST_PARTNERS = 20
"""Of those under one feature, a group is compared with so many at most: with those that share most."""
LEAST_SHARED = 0.3
_FINE = 256.0  # weights are whole numbers, so that sums of them are the same in any order


class Held(NamedTuple):
    """How many of `total` groups hold a feature; those that only one holds are not in it. `features` are sorted."""

    features: Places
    held: Ints
    total: int

    def of(self, features: NDArray[np.int32]) -> Ints:
        """How many groups hold each of these."""
        if not len(self.features):
            return np.ones(len(features), np.int64)
        at = np.minimum(np.searchsorted(self.features, features), len(self.features) - 1)
        return np.where(self.features[at] == features, self.held[at], 1)

    def rarity(self, features: NDArray[np.int32]) -> Floats:
        """How rare each of these is; as in `nearness`."""
        return np.log1p(self.total / self.of(features)).astype(np.float32)


class Shared(Protocol):
    """What all parts of a step may read."""

    @property
    def value(self) -> Held:
        """It."""


class Counter:
    """Groups to features and how many hold them."""

    def __init__(self, buckets: int) -> None:
        self.buckets = buckets

    def __call__(self, groups: pa.Table) -> pa.Table:
        features, held = np.unique(lists(groups, "features")[0], return_counts=True)
        return table(COUNTS, {BUCKET: bucket_of(features, self.buckets), "feature": features, "held": held})


def summed(counts: pa.Table) -> pa.Table:
    """Each feature once; those that one group alone holds bring nothing together and are left out."""
    features, place = np.unique(column(counts, "feature"), return_inverse=True)
    held = np.zeros(len(features), np.int64)
    np.add.at(held, place, column(counts, "held"))
    common = held > 1
    found = {BUCKET: np.zeros(int(common.sum()), np.int32), "feature": features[common], "held": held[common]}
    return table(COUNTS, found)


def held_of(counts: pa.Table, total: int) -> Held:
    """The counts of all features."""
    features, held = column(counts, "feature").astype(np.int32), column(counts, "held")
    order = np.argsort(features)
    return Held(features[order], held[order], total)


class Keys:
    """Groups to the rarest of their features that others hold too."""

    def __init__(self, shared: Shared, buckets: int) -> None:
        self.shared, self.buckets = shared, buckets

    def __call__(self, groups: pa.Table) -> pa.Table:
        features, counts = lists(groups, "features")
        held = self.shared.value.of(features)
        row = np.repeat(np.arange(len(groups)), counts)
        common = held > 1
        features, held, row = features[common], held[common], row[common]
        odd = (features & 1).astype(np.int64)
        order = np.lexsort((features, held, odd, row))
        sort = row[order] * 2 + odd[order]
        kept = order[_rank(sort) < np.where(odd[order] == 1, GROUPS_OF_LETTERS, WORDS)]
        kept = kept[np.lexsort((features[kept], held[kept], row[kept]))]  # rarest first, of both sorts
        return self._told(groups, features[kept], row[kept])

    def _told(self, groups: pa.Table, features: NDArray[np.int32], row: Ints) -> pa.Table:
        sizes = np.bincount(row, minlength=len(groups))
        keys = listed(features, sizes, pa.int32())
        found = {
            BUCKET: bucket_of(features, self.buckets),
            "feature": features,
            "group": column(groups, "group")[row],
            "code": groups["code"].take(pa.array(row)),
            "keys": keys.take(pa.array(row)),
        }
        return table(KEYS, found)


def _rank(sort: Ints) -> Ints:
    """The place of each among its equals, which stand together."""
    begins = _begins(sort)
    return np.arange(len(sort)) - np.repeat(begins, np.diff(np.append(begins, len(sort))))


def _begins(sort: NDArray[np.integer]) -> Ints:
    return np.flatnonzero(np.concatenate([[True], sort[1:] != sort[:-1]])) if len(sort) else np.zeros(0, np.int64)


class Block(NamedTuple):
    """Groups under one feature. `keys` has one row each, the rarest first, of which the first `used` count."""

    feature: int
    groups: Ints
    codes: Ints
    keys: NDArray[np.int32]
    used: NDArray[np.bool_]
    weights: Floats


class Pairing:
    """Groups by feature to pairs under different codes that share much of what they are looked for by."""

    def __init__(self, shared: Shared, buckets: int) -> None:
        self.shared, self.buckets = shared, buckets

    def __call__(self, keys: pa.Table) -> pa.Table:
        found = [self._pairs(block) for block in self._blocks(keys)]
        both = np.concatenate(found) if found else np.zeros((0, 2), np.int64)
        one, other = both.min(axis=1, initial=np.iinfo(np.int64).max), both.max(axis=1, initial=np.iinfo(np.int64).min)
        order = np.lexsort((other, one))
        return table(PAIRS, {BUCKET: bucket_of(one[order], self.buckets), "one": one[order], "other": other[order]})

    def _blocks(self, keys: pa.Table) -> Iterator[Block]:
        """Features under which groups of different codes stand."""
        rows = keys.sort_by([("feature", "ascending"), ("group", "ascending")])
        feature = column(rows, "feature")
        codes = rows["code"].combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
        begins = _begins(feature)
        if not len(begins):
            return
        ends = np.append(begins[1:], len(feature))
        mixed = np.minimum.reduceat(codes, begins) != np.maximum.reduceat(codes, begins)
        matrix, used = _matrix(*lists(rows, "keys"))
        rarity = self.shared.value.rarity(matrix.reshape(-1)).reshape(matrix.shape)
        weights = np.where(used, np.rint(_FINE * rarity), 0.0).astype(np.float32)
        group = column(rows, "group")
        for start, end in zip(begins[mixed].tolist(), ends[mixed].tolist(), strict=True):
            part = slice(start, end)
            yield Block(int(feature[start]), group[part], codes[part], matrix[part], used[part], weights[part])

    def _pairs(self, block: Block) -> Ints:
        one, other, weight = _worth_comparing(block)
        best = _best(one, other, weight, len(block.groups))
        return np.stack([block.groups[one[best]], block.groups[other[best]]], axis=1)


def _matrix(values: NDArray[np.int32], counts: Ints) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Lists as rows of one width, and which places of them are used."""
    width = WORDS + GROUPS_OF_LETTERS
    used = np.arange(width)[None, :] < counts[:, None]
    matrix = np.zeros(used.shape, np.int32)
    matrix[used] = values
    return matrix, used


def _worth_comparing(block: Block) -> tuple[Ints, Ints, Floats]:
    """Places of pairs of different codes that share enough, and how much they share.

    Where there are many, each is compared with a fair choice of every code. A pair comes under the rarest feature that
    both are looked for by, and under no other.
    """
    every = np.arange(len(block.groups))
    chosen = _fair_choice(block.codes)
    rarer = block.used & (np.cumsum(block.keys == block.feature, axis=1) == 0)
    weight, before = _sharing(block, chosen, rarer)
    whole = block.weights.sum(axis=1)
    once = ~(np.isin(every, chosen)[:, None] & (every[:, None] >= chosen[None, :]))
    differ = block.codes[:, None] != block.codes[chosen][None, :]
    enough = weight >= LEAST_SHARED * np.minimum(whole[:, None], whole[chosen][None, :])
    one, place = np.nonzero(once & differ & enough & (before == 0))
    return one, chosen[place], weight[one, place]


def _fair_choice(codes: Ints) -> Ints:
    """The first of each code, then the second of each, and so on."""
    order = np.argsort(codes, kind="stable")
    turn = np.empty(len(codes), np.int64)
    turn[order] = _rank(codes[order])
    return np.sort(np.argsort(turn, kind="stable")[:MOST_TOGETHER])


def _sharing(block: Block, chosen: Ints, rarer: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """How much each shares with each of the chosen, and how many of the `rarer` features."""
    rows, places = np.nonzero(block.used)
    _, at, times = np.unique(block.keys[rows, places], return_inverse=True, return_counts=True)
    several = times[at] > 1
    rows, places, at = rows[several], places[several], (np.cumsum(times > 1) - 1)[at[several]]
    holds = np.zeros((len(block.groups), int((times > 1).sum())), np.float32)
    weighed, first = holds.copy(), holds.copy()
    holds[rows, at] = 1.0
    weighed[rows, at] = block.weights[rows, places]
    first[rows, at] = rarer[rows, places]
    return weighed @ holds[chosen].T, first @ first[chosen].T


def _best(one: Ints, other: Ints, weight: Floats, count: int) -> Ints:
    """Pairs that are among the best of either of the two."""
    pairs = len(one)
    who, with_whom = np.concatenate([one, other]), np.concatenate([other, one])
    order = np.lexsort((with_whom, -np.concatenate([weight, weight]), who))
    kept = order[_rank(who[order]) < MOST_PARTNERS]
    return np.unique(kept % pairs) if pairs else np.zeros(0, np.int64)
