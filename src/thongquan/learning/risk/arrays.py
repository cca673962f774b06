"""Names of the arrays that the risk engine works on."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Matrix = NDArray[np.float32]
Array = NDArray[Any]
DAY = 86_400


def joined(*columns: Ints) -> Ints:
    """Tuples of places as places from 0, in the order of the tuples. A place below 0 counts as a value of its own."""
    found = columns[0] - columns[0].min(initial=0)
    for column in columns[1:]:
        other = column - column.min(initial=0)
        _values, found = np.unique(found * (int(other.max(initial=0)) + 1) + other, return_inverse=True)
    return np.asarray(found, dtype=np.int64)


class Joint(NamedTuple):
    """Tuples of places that were seen, so that the same tuples find the same place again.

    `lows` are the least places of each column, `widths` how many there are from the second on, `known` the sorted
    tuples of each stage as one number.
    """

    lows: tuple[int, ...]
    widths: tuple[int, ...]
    known: tuple[Ints, ...]

    def __len__(self) -> int:
        return len(self.known[-1])

    def places(self, *columns: Ints) -> Ints:
        """Places as `seen` gave them; a tuple never seen has the place after the last."""
        found = columns[0] - self.lows[0]
        for column, low, width, known in zip(columns[1:], self.lows[1:], self.widths, self.known, strict=True):
            other = column - low
            wanted = found * width + other
            place = known.searchsorted(wanted)
            held = known.take(place, mode="clip") == wanted if len(known) else np.zeros(len(wanted), bool)
            found = np.where(held & (other >= 0) & (other < width), place, len(known))
        return np.asarray(found, dtype=np.int64)


def seen(*columns: Ints) -> tuple[Joint, Ints]:
    """Two or more columns as places, the same as those of `joined`, and how to find them again."""
    found = columns[0] - columns[0].min(initial=0)
    lows, widths, known = [int(columns[0].min(initial=0))], [], []
    for column in columns[1:]:
        low = int(column.min(initial=0))
        width = int((column - low).max(initial=0)) + 1
        values, found = np.unique(found * width + (column - low), return_inverse=True)
        lows.append(low)
        widths.append(width)
        known.append(values)
    return Joint(tuple(lows), tuple(widths), tuple(known)), np.asarray(found, dtype=np.int64)
