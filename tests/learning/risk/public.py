"""The public set of invented declarations, read the honest way. It leaks its label by construction: many lines have a
twin, of the same code, countries, rate and weight, and the twin tells. So nothing it shows is evidence of skill.

`disjoint`: lines whose twin stands on another side are left out, and shares of fraud are learned over groups of twins.
"""

from __future__ import annotations

import csv
import io
import lzma
from typing import NamedTuple

import numpy as np

from tests.shared_data import shared
from thongquan.learning.risk.arrays import Flags, Floats, Ints, Matrix

FOLDER = shared("data", "risk")
TWIN = ("HS6 Code", "Country of Departure", "Country of Origin", "Tax Rate", "Tax Type", "Net Mass")
KEYS = (
    *("HS6 Code", "Country of Departure", "Country of Origin", "Tax Rate", "Tax Type", "Office ID", "Process Type"),
    *("Import Type", "Import Use", "Payment Type", "Mode of Transport", "Country of Origin Indicator"),
)
CROSSES = (
    *(("HS6 Code", "Country of Origin"), ("HS6 Code", "Country of Departure"), ("HS6 Code", "Tax Type")),
    *(("Country of Origin", "Tax Type"), ("Country of Departure", "Country of Origin"), ("HS6 Code", "Tax Rate")),
)
_TOWARDS, _FOLDS = 20.0, 5


class Set(NamedTuple):
    """Columns as text, and which lines were fraud."""

    columns: dict[str, np.ndarray]
    fraud: Flags

    def those(self, chosen: Flags) -> Set:
        """Some of the lines."""
        return Set({name: column[chosen] for name, column in self.columns.items()}, self.fraud[chosen])


def read(name: str) -> Set:
    """`train` or `valid`."""
    rows = _rows(f"declarations_{name}.csv.xz")
    columns = {key: np.array([row[key] for row in rows], dtype=object) for key in rows[0]}
    return Set(columns, columns["Fraud"].astype(int).astype(bool))


def disjoint(name: str) -> Set:
    """The same without lines whose twin stands on another side."""
    kept = {row["Declaration ID"] for row in _rows(f"disjoint_{name}_ids.csv.xz")}
    whole = read(name)
    return whole.those(np.array([one in kept for one in whole.columns["Declaration ID"].tolist()]))


def encoded(train: Set, valid: Set) -> tuple[Matrix, Matrix]:
    """Shares of fraud per value, each group of twins counted once and never its own; and numbers."""
    groups = _places(train, train, TWIN)[0]
    fold = np.random.default_rng(3).permutation(int(groups.max()) + 1)[groups] % _FOLDS
    mine, other = [_numbers(train)], [_numbers(valid)]
    for names in (*((key,) for key in KEYS), *CROSSES, *(("HS2",), ("HS4",))):
        known, asked = _places(train, valid, names)
        told = np.empty(len(known))
        for number in range(_FOLDS):
            out = fold == number
            told[out] = _shares(known[~out], train.fraud[~out], groups[~out], known[out])
        mine.append(told[:, None])
        other.append(_shares(known, train.fraud, groups, asked)[:, None])
    return tuple(np.concatenate(one, axis=1).astype(np.float32) for one in (mine, other))  # type: ignore[return-value]


def weights(train: Set) -> Floats:
    """A group of twins weighs as much as a line that has none."""
    groups = _places(train, train, TWIN)[0]
    return 1.0 / np.bincount(groups)[groups]


def leaky(train: Set, valid: Set) -> Floats:
    """What a look-up of twins says: the smoke test of the official split."""
    known, asked = _places(train, valid, TWIN)
    coarse, near = _places(train, valid, TWIN[:3])
    alone = np.arange(len(known))
    towards = _shares(coarse, train.fraud, alone, near)
    count = np.bincount(known, minlength=int(max(known.max(), asked.max())) + 1)
    hits = np.bincount(known, train.fraud, minlength=len(count))
    return (hits[asked] + 0.5 * towards) / (count[asked] + 0.5)


def _shares(known: Ints, fraud: Flags, groups: Ints, asked: Ints) -> Floats:
    """Share of fraud of each value over groups of twins, drawn towards the mean of all."""
    pair, place, count = np.unique(np.stack([known, groups]), axis=1, return_inverse=True, return_counts=True)
    share = np.bincount(place.ravel(), fraud) / count
    size = int(max(known.max(), asked.max())) + 1
    many, hits = np.bincount(pair[0], minlength=size), np.bincount(pair[0], share, minlength=size)
    return (hits[asked] + _TOWARDS * fraud.mean()) / (many[asked] + _TOWARDS)


def _places(first: Set, second: Set, names: tuple[str, ...]) -> tuple[Ints, Ints]:
    texts = [
        "\x1f".join(row) for one in (first, second) for row in zip(*(_column(one, name) for name in names), strict=True)
    ]
    _values, found = np.unique(np.array(texts), return_inverse=True)
    return found[: len(first.fraud)], found[len(first.fraud) :]


def _column(of: Set, name: str) -> list[str]:
    if name in ("HS2", "HS4"):
        return [one[: int(name[2])] for one in of.columns["HS6 Code"].tolist()]
    return [str(one) for one in of.columns[name].tolist()]


def _numbers(of: Set) -> Floats:
    rate, mass, price = (of.columns[name].astype(float) for name in ("Tax Rate", "Net Mass", "Item Price"))
    month = np.array([int(one[5:7]) for one in of.columns["Date"].tolist()])
    return np.stack([rate, np.log1p(mass), np.log1p(price), np.log1p(price / np.maximum(mass, 0.1)), month], axis=1)


def _rows(name: str) -> list[dict[str, str]]:
    with lzma.open(FOLDER / name) as packed:
        return list(csv.DictReader(io.TextIOWrapper(packed, "utf-8")))
