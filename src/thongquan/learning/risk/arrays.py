"""Names of the arrays that the risk engine works on."""

from __future__ import annotations

from typing import Any

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
