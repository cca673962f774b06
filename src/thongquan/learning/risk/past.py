"""What was known of something before a moment: sums, counts and medians that never look ahead.

Lines stand in the order of time. A line sees the lines of earlier declarations, never those of its own or of later
ones; of outcomes it sees those that were known before its moment.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from thongquan.learning.risk.arrays import DAY, Flags, Floats, Ints

_SECONDS = 1 << 33
_SMALL = 1 << 16


class History:
    """Earlier lines of the same key. A key below 0 has no history."""

    def __init__(self, key: Ints, head: Ints, at: Ints) -> None:
        self.order = np.argsort(key, kind="stable")
        sorted_key, sorted_head = key[self.order], head[self.order]
        rows = np.arange(len(key))
        fresh = np.concatenate([[True], sorted_key[1:] != sorted_key[:-1]]) if len(key) else np.zeros(0, bool)
        other = fresh | np.concatenate([[True], sorted_head[1:] != sorted_head[:-1]]) if len(key) else fresh
        self.begins = np.maximum.accumulate(np.where(fresh, rows, 0))
        self.ends = np.maximum.accumulate(np.where(other, rows, 0))
        self.ends = np.where(sorted_key < 0, self.begins, self.ends)
        self.at = at[self.order]
        self._stamp = (sorted_key + 1) * _SECONDS + self.at
        self._from: dict[int, Ints] = {0: self.begins}

    def _start(self, days: int) -> Ints:
        """First line that lies not longer than so many days back; 0: the first of all."""
        if days not in self._from:
            found = np.searchsorted(self._stamp, self._stamp - days * DAY)
            self._from[days] = np.minimum(np.maximum(found, self.begins), self.ends)
        return self._from[days]

    def _back(self, values: Floats) -> Floats:
        result = np.empty(len(values))
        result[self.order] = values
        return result

    def count(self, days: int = 0) -> Floats:
        """How many lines, in the last `days` days or in all."""
        return self._back((self.ends - self._start(days)).astype(np.float64))

    def total(self, values: Floats, days: int = 0) -> Floats:
        """Sum of the values of those lines."""
        sums = np.concatenate([[0.0], np.cumsum(values[self.order])])
        return self._back(sums[self.ends] - sums[self._start(days)])

    def mean(self, values: Floats, days: int = 0, *, towards: float = 0.0, weight: float = 1.0) -> Floats:
        """Mean of the values, drawn towards a number as if `weight` more lines had had it."""
        return (self.total(values, days) + weight * towards) / (self.count(days) + weight)

    def age_days(self) -> Floats:
        """Days since the first line; -1 where there is none."""
        known = self.ends > self.begins
        return self._back(np.where(known, (self.at - self.at[self.begins]) / DAY, -1.0))

    def rest_days(self) -> Floats:
        """Days since the last line before; -1 where there is none."""
        known = self.ends > self.begins
        last = self.at[np.maximum(self.ends - 1, 0)]
        return self._back(np.where(known, (self.at - last) / DAY, -1.0))

    def last(self, values: Floats, otherwise: float = 0.0) -> Floats:
        """Value of the last line before."""
        known = self.ends > self.begins
        return self._back(np.where(known, values[self.order][np.maximum(self.ends - 1, 0)], otherwise))


class Revealed(NamedTuple):
    """Outcomes that became known: of which lines, when (seconds since 1970), whether fraud was found."""

    row: Ints
    known_at: Ints
    fraud: Floats

    def before(self, instant: int) -> Revealed:
        """Those that were known before an instant."""
        return self.those(self.known_at < instant)

    def those(self, chosen: Flags) -> Revealed:
        """Some of them."""
        return Revealed(self.row[chosen], self.known_at[chosen], self.fraud[chosen])


def known_of(key: Ints, revealed: Revealed, asked: Ints, at: Ints, *, days: int = 0) -> tuple[Floats, Floats]:
    """How many outcomes of the key of each asked row were known before its moment, and how many of them were fraud.

    `key` is of all lines, `asked` places of the lines that ask, `at` their moments. With `days`, only outcomes that
    became known in so many last days count.
    """
    of = key[revealed.row] + 1
    stamp = of * _SECONDS + revealed.known_at
    order = np.argsort(stamp, kind="stable")
    stamp, fraud = stamp[order], np.concatenate([[0.0], np.cumsum(revealed.fraud[order])])
    wanted = key[asked] + 1
    until = np.searchsorted(stamp, wanted * _SECONDS + at)
    since = wanted * _SECONDS + (np.maximum(at - days * DAY, 0) if days else 0)
    first = np.minimum(np.searchsorted(stamp, since), until)
    nothing = wanted <= 0
    count = np.where(nothing, 0.0, (until - first).astype(np.float64))
    return count, np.where(nothing, 0.0, fraud[until] - fraud[first])


def medians(values: Floats, group: Ints, groups: int) -> tuple[Floats, Floats, Ints]:
    """Median, spread and number of the values of each group; values and groups of the same rows."""
    count = np.bincount(group, minlength=groups)
    middle = _middles(values, group, count)
    return middle, 1.4826 * _middles(np.abs(values - middle[group]), group, count), count


def _middles(values: Floats, group: Ints, count: Ints) -> Floats:
    order = np.argsort(values)
    small = group[order].astype(np.uint16) if len(count) < _SMALL else group[order]  # small keys are sorted by radix
    sorted_values = values[order[np.argsort(small, kind="stable")]]
    begins = np.cumsum(count) - count
    low = np.minimum(begins + np.maximum(count - 1, 0) // 2, max(len(values) - 1, 0))
    high = np.minimum(begins + count // 2, max(len(values) - 1, 0))
    if not len(values):
        return np.full(len(count), np.nan)
    return np.where(count > 0, (sorted_values[low] + sorted_values[high]) / 2, np.nan)


def batches(at: Ints, *, first_days: int = 7, days: int = 28) -> list[tuple[int, int, int]]:
    """Batches of lines as (from, to, instant): what is fitted for a batch may use lines before its instant.

    Weekly for eight weeks, then every four. The instants hang on the first line alone, so later lines change none.
    """
    if not len(at):
        return []
    edges = [int(at[0])]
    while edges[-1] <= int(at[-1]):
        edges.append(edges[-1] + (first_days if len(edges) <= 8 else days) * DAY)
    places = np.searchsorted(at, np.array(edges))
    return [
        (int(places[one]), int(places[one + 1]), edges[one])
        for one in range(len(edges) - 1)
        if places[one + 1] > places[one]
    ]
