"""Lines of goods in memory, found again by their rarest features.

Sorted arrays: which lines hold a feature, and which features a line has. The same questions can be put to rows in
PostgreSQL; the numbers of the features are the same there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from thongquan.learning.postings import Floats, Ints, Places
from thongquan.learning.text import Canonical, canonical, rare_numbers

RAREST_WORDS, RAREST_GROUPS, MOST_CANDIDATES = 10, 5, 40
_MOST_OF_ONE = 2_000


class Lines(NamedTuple):
    """`own[own_starts[i]:own_starts[i + 1]]` are the features of line i, sorted; `held` the lines of each feature.

    Of each line only the rarest are in `held`: ten of words, numbers and models, five groups of letters. `squares` are
    the squared lengths of the lines.
    """

    own: Places
    own_starts: Ints
    features: Places
    held_starts: Ints
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


def features_of(goods: Canonical) -> Places:
    """The features of goods as sorted numbers, each once. Groups of letters are odd numbers, all others even."""
    found = rare_numbers(goods)
    numbers = np.fromiter(found, np.int32, len(found))
    numbers.sort()
    return numbers


def lines_of(descriptions: Iterable[str]) -> Lines:
    """Index descriptions. Two passes: how rare each feature is must be known before the rarest are chosen."""
    return indexed([features_of(canonical(one)) for one in descriptions])


def indexed(parts: Sequence[Places]) -> Lines:
    """Index lines whose features were read already."""
    own = np.concatenate(parts) if parts else np.zeros(0, np.int32)
    lengths = np.array([len(one) for one in parts], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    features, place, held = np.unique(own, return_inverse=True, return_counts=True)
    rarity = np.log1p(len(parts) / held).astype(np.float32)
    line = np.repeat(np.arange(len(parts), dtype=np.int32), lengths)
    squares = np.bincount(line, rarity[place].astype(np.float64) ** 2, minlength=len(parts)).astype(np.float32)
    chosen = _rarest(own, line, held[place])
    chosen = chosen[np.argsort(place[chosen], kind="stable")]
    sizes = np.bincount(place[chosen], minlength=len(features))
    return Lines(
        own=own,
        own_starts=starts,
        features=features.astype(np.int32),
        held_starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        held=line[chosen],
        rarity=rarity,
        squares=squares,
    )


def _rarest(own: Places, line: Places, held: Ints) -> Ints:
    """Places of the features by which a line is found: the rarest of each sort."""
    group = (own & 1).astype(np.int64)
    sort = line.astype(np.int64) * 2 + group
    order = np.lexsort((held, sort))
    firsts = np.searchsorted(sort[order], sort[order])
    most = np.where(group[order] == 1, RAREST_GROUPS, RAREST_WORDS)
    return np.asarray(order[np.arange(len(order)) - firsts < most])


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
    lengths = lines.own_starts[rows + 1] - lines.own_starts[rows]
    every = np.concatenate([lines.own[lines.own_starts[row] : lines.own_starts[row + 1]] for row in rows.tolist()])
    at = np.minimum(np.searchsorted(features, every), len(features) - 1)
    shared = np.where(features[at] == every, weights[at], 0.0)
    dot = np.bincount(np.repeat(np.arange(len(rows)), lengths), shared, minlength=len(rows))
    return np.asarray(dot / np.sqrt(np.maximum(weights.sum() * lines.squares[rows], 1e-12)))


def groups(descriptions: Sequence[str], *, like: float = 0.7) -> Ints:
    """For each description the number of its group: near-duplicates, and near-duplicates of these, are together."""
    lines = lines_of(descriptions)
    parent = list(range(lines.total))
    for row in range(lines.total):
        own = lines.own[lines.own_starts[row] : lines.own_starts[row + 1]]
        near = candidates(lines, own)
        for other in near[likeness(lines, own, near) >= like].tolist():
            parent[_root(parent, other)] = _root(parent, row)
    return np.array([_root(parent, row) for row in range(lines.total)], dtype=np.int64)


def _root(parent: list[int], row: int) -> int:
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row
