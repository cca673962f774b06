"""An inverted index in sorted arrays: which rows hold a feature, and how much it weighs there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Places = NDArray[np.int32]
Floats = NDArray[np.float32]


class Postings(NamedTuple):
    """`rows[starts[i]:starts[i + 1]]` hold feature `features[i]`, with `weights` beside them. Features are sorted."""

    features: Places
    starts: Ints
    rows: Places
    weights: Floats
    height: int

    def place(self, features: Places) -> tuple[Ints, NDArray[np.bool_]]:
        """Where features stand, and which of them stand there at all."""
        if not len(self.features):
            return np.zeros(len(features), dtype=np.int64), np.zeros(len(features), dtype=bool)
        at = np.minimum(np.searchsorted(self.features, features), len(self.features) - 1)
        return at, self.features[at] == features

    def scores(self, features: Places, weights: Floats) -> Floats:
        """For each row, the sum over the features of their weight times the row's."""
        at, known = self.place(features)
        at = at[known]
        if not len(at):
            return np.zeros(self.height, dtype=np.float32)
        sizes = self.starts[at + 1] - self.starts[at]
        before = np.cumsum(sizes) - sizes
        read = np.arange(int(sizes.sum())) + np.repeat(self.starts[at] - before, sizes)
        said = self.weights[read] * np.repeat(weights[known], sizes)
        return np.bincount(self.rows[read], said, minlength=self.height).astype(np.float32)


def build(features: Places, rows: Places, weights: Floats, count: int) -> Postings:
    """Sort triples into an index over `count` rows. A row holds a feature once."""
    order = np.lexsort((rows, features))
    features = features[order]
    unique, starts = np.unique(features, return_index=True)
    return Postings(
        features=unique.astype(np.int32),
        starts=np.append(starts, len(features)).astype(np.int64),
        rows=rows[order].astype(np.int32),
        weights=weights[order].astype(np.float32),
        height=count,
    )


def packed(index: Postings, name: str) -> dict[str, NDArray[Any]]:
    """Arrays for a file, their names beginning with `name`."""
    return {
        f"{name}.features": index.features,
        f"{name}.starts": index.starts,
        f"{name}.rows": index.rows,
        f"{name}.weights": index.weights,
        f"{name}.height": np.array([index.height], dtype=np.int64),
    }


def unpacked(arrays: Mapping[str, NDArray[Any]], name: str) -> Postings:
    """The index that `packed` took apart."""
    return Postings(
        features=arrays[f"{name}.features"],
        starts=arrays[f"{name}.starts"],
        rows=arrays[f"{name}.rows"],
        weights=arrays[f"{name}.weights"],
        height=int(arrays[f"{name}.height"][0]),
    )
