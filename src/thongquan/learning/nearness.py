"""Lines of goods in memory, found again by their rarest features.

Sorted arrays: which lines hold a feature, and which features a line has. The same questions can be put to rows in
PostgreSQL; the numbers of the features are the same there.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from thongquan.learning.postings import Floats, Ints, Places
from thongquan.learning.text import Canonical, canonical, rare_numbers

RAREST_WORDS, RAREST_GROUPS, MOST_CANDIDATES = 10, 5, 40
_MOST_OF_ONE = 2_000
_BITS = 24
_MOST_FEATURES = (1 << _BITS) - 1
_HALF = 32
_LOWER = (1 << _HALF) - 1
Bytes = NDArray[np.uint8]
Starts = NDArray[np.uint32]


class Lines(NamedTuple):
    """`own[own_starts[i]:own_starts[i + 1]]` are the features of line i as their places among all features, three bytes
    each, sorted; `held` the lines of each feature.

    Of each line only the rarest are in `held`: ten of words, numbers and models, five groups of letters. `squares` are
    the squared lengths of the lines.
    """

    own: Bytes
    own_starts: Starts
    features: Places
    held_starts: Starts
    held: Places
    rarity: Floats
    squares: Floats

    @property
    def total(self) -> int:
        """How many lines."""
        return len(self.own_starts) - 1

    @property
    def memory(self) -> int:
        """Bytes of the arrays."""
        return sum(one.nbytes for one in self)

    def of(self, row: int) -> Places:
        """The features of a line, sorted."""
        return self.features[_read(self.own[self.own_starts[row] : self.own_starts[row + 1]])]


def features_of(goods: Canonical) -> Places:
    """The features of goods as sorted numbers, each once. Groups of letters are odd numbers, all others even."""
    found = rare_numbers(goods)
    numbers = np.fromiter(found, np.int32, len(found))
    numbers.sort()
    return numbers


def lines_of(descriptions: Iterable[str]) -> Lines:
    """Index descriptions. Two passes: how rare each feature is must be known before the rarest are chosen."""
    features, lengths = array("i"), array("i")
    for one in descriptions:
        found = rare_numbers(canonical(one))
        features.extend(found)
        lengths.append(len(found))
    return indexed(as_places(features), as_places(lengths))


def as_places(numbers: array[int]) -> Places:
    """The numbers as an array of NumPy, without a copy."""
    return np.frombuffer(numbers, np.int32) if numbers else np.zeros(0, np.int32)


def indexed(own: Places, lengths: Places) -> Lines:
    """Index lines whose features were read already: all behind one another, and how many each line has."""
    count = len(lengths)
    line = np.repeat(np.arange(count, dtype=np.int64), lengths)
    features, place, held = _numbered(own, line)
    if len(features) > _MOST_FEATURES:
        message = f"{len(features):,} features are more than three bytes can number; divide the lines"
        raise ValueError(message)
    rarity = np.log1p(count / held).astype(np.float32)
    squares = np.bincount(line, rarity[place].astype(np.float64) ** 2, minlength=count).astype(np.float32)
    lines, places = _rarest(features, place, line, held)
    return Lines(
        own=_packed(place),
        own_starts=starts_of(lengths),
        features=features,
        held_starts=starts_of(np.bincount(places, minlength=len(features))),
        held=lines,
        rarity=rarity,
        squares=squares,
    )


def starts_of(lengths: NDArray[np.integer[Any]]) -> Starts:
    """Where each begins when all stand behind one another, and where the last ends."""
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.uint32)


# Numbers of two sorts are sorted as one number of 64 bits: several times faster than an order is found.


def _numbered(own: Places, line: Ints) -> tuple[Places, Ints, Ints]:
    """All features, sorted; the place of each of `own` among them, in ascending order within each line; and how many
    lines hold each."""
    both = (own.astype(np.int64) << _HALF) | line
    both.sort()
    feature = both >> _HALF
    begins = _begins(feature)
    held = np.diff(np.append(begins, len(both)))
    places = ((both & _LOWER) << _BITS) | np.repeat(np.arange(len(begins)), held)
    places.sort()
    return feature[begins].astype(np.int32), places & _MOST_FEATURES, held


def _rarest(features: Places, place: Ints, line: Ints, held: Ints) -> tuple[Places, Ints]:
    """The features by which lines are found, those rarest of each sort: lines and places, sorted by place."""
    order = np.argsort(held, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    odd = features[place].astype(np.int64) & 1
    sort = (line << (_BITS + 1)) | (odd << _BITS) | rank[place]
    sort.sort()
    group = sort >> _BITS
    begins = _begins(group)
    nth = np.arange(len(sort)) - np.repeat(begins, np.diff(np.append(begins, len(sort))))
    sort = sort[nth < np.where(group & 1, RAREST_GROUPS, RAREST_WORDS)]
    found = (order[sort & _MOST_FEATURES] << _HALF) | (sort >> (_BITS + 1))
    found.sort()
    return (found & _LOWER).astype(np.int32), found >> _HALF


def _begins(sort: Ints) -> Ints:
    """Where each run of equal numbers begins."""
    return np.flatnonzero(np.concatenate([[True], sort[1:] != sort[:-1]])) if len(sort) else np.zeros(0, np.int64)


def _packed(place: Ints) -> Bytes:
    """Numbers below 2^24 as three bytes each."""
    return place.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3].copy()


def _read(packed: Bytes) -> Ints:
    """What `_packed` wrote."""
    wide = np.zeros((len(packed), 4), np.uint8)
    wide[:, :3] = packed
    return wide.view("<u4")[:, 0].astype(np.int64)


def rarity_of(lines: Lines, features: Places) -> Floats:
    """How rare each feature is; one never seen is the rarest."""
    if not len(lines.features):
        return np.zeros(len(features), dtype=np.float32)
    at = np.minimum(np.searchsorted(lines.features, features), len(lines.features) - 1)
    unseen = np.float32(np.log1p(max(lines.total, 1)))
    return np.where(lines.features[at] == features, lines.rarity[at], unseen).astype(np.float32)


def candidates(lines: Lines, features: Places, *, most: int = MOST_CANDIDATES) -> Ints:
    """Lines that share the rarest features, those that share most weight first."""
    if not len(features) or not lines.total:
        return np.zeros(0, dtype=np.int64)
    at = np.minimum(np.searchsorted(lines.features, features), len(lines.features) - 1)
    at = at[lines.features[at] == features]
    sizes = lines.held_starts[at + 1] - lines.held_starts[at]
    at = at[sizes > 0]
    at = at[np.argsort(-lines.rarity[at], kind="stable")]
    group = (lines.features[at] & 1) == 1
    at = np.concatenate([at[~group][:RAREST_WORDS], at[group][:RAREST_GROUPS]])
    if not len(at):
        return np.zeros(0, dtype=np.int64)
    found = [lines.held[lines.held_starts[one] : lines.held_starts[one + 1]][-_MOST_OF_ONE:] for one in at.tolist()]
    every = np.concatenate(found)
    weight = np.repeat(lines.rarity[at], [len(one) for one in found])
    rows, inverse = np.unique(every, return_inverse=True)
    order = np.argsort(-np.bincount(inverse, weight), kind="stable")[:most]
    return rows[order].astype(np.int64)


def likeness(lines: Lines, features: Places, rows: Ints) -> NDArray[np.float64]:
    """Cosine of the features weighed by rarity, from 0 to 1, for each of the lines."""
    if not len(rows) or not len(features):
        return np.zeros(len(rows))
    weights = rarity_of(lines, features).astype(np.float64) ** 2
    known = np.minimum(np.searchsorted(lines.features, features), len(lines.features) - 1)
    mine = lines.features[known] == features
    own, told = known[mine], weights[mine]
    starts, ends = lines.own_starts[rows].astype(np.int64), lines.own_starts[rows + 1].astype(np.int64)
    lengths = ends - starts
    read = np.arange(int(lengths.sum())) + np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
    every = _read(lines.own[read])
    if not len(own):
        return np.zeros(len(rows))
    at = np.minimum(np.searchsorted(own, every), len(own) - 1)
    shared = np.where(own[at] == every, told[at], 0.0)
    dot = np.bincount(np.repeat(np.arange(len(rows)), lengths), shared, minlength=len(rows))
    return np.asarray(dot / np.sqrt(np.maximum(weights.sum() * lines.squares[rows], 1e-12)))


def groups(descriptions: Sequence[str], *, like: float = 0.7) -> Ints:
    """For each description the number of its group: near-duplicates, and near-duplicates of these, are together."""
    lines = lines_of(descriptions)
    parent = list(range(lines.total))
    for row in range(lines.total):
        own = lines.of(row)
        near = candidates(lines, own)
        for other in near[likeness(lines, own, near) >= like].tolist():
            parent[_root(parent, other)] = _root(parent, row)
    return np.array([_root(parent, row) for row in range(lines.total)], dtype=np.int64)


def _root(parent: list[int], row: int) -> int:
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row
