"""Declared lines in memory: the same goods under the same code once, with how often they came."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from thongquan.learning.nearness import Lines, Starts, as_places, indexed, starts_of
from thongquan.learning.postings import Floats, Places
from thongquan.learning.suggest.knowledge import digits_of
from thongquan.learning.text import Canonical, canonical, feature_hash, fingerprint, numbers_named, numbers_of_words

PARTIES = ("importer", "supplier", "maker", "origin")


class Line(NamedTuple):
    """A declared line. The price is in US dollars per unit, 0 when unknown; parties are keys or codes, '' unknown."""

    key: str
    description: str
    code: str
    price_usd: float = 0.0
    importer: str = ""
    supplier: str = ""
    maker: str = ""
    origin: str = ""


class Index(NamedTuple):
    """Groups of lines by features; `numbers` are quantities and models of each group, sorted within it.

    `groups` gives the group of each line that went in, -1 for one that tells of no goods or has no code.
    """

    lines: Lines
    first: tuple[Line, ...]
    codes: tuple[str, ...]
    code_of: Places
    times: Places
    prices: Floats
    parties: Places
    numbers: Places
    number_starts: Starts
    groups: Places

    @property
    def memory(self) -> int:
        """Bytes of the arrays; texts and keys not counted."""
        every: list[NDArray[np.generic]] = [self.code_of, self.times, self.prices, self.parties, self.numbers]
        return self.lines.memory + sum(one.nbytes for one in (*every, self.number_starts, self.groups))


def index_of(lines: Iterable[Line]) -> Index:
    """Index lines. A line without a word or without a code of at least 4 digits is left out."""
    place: dict[tuple[str, str], int] = {}
    first: list[Line] = []
    features, lengths = array("i"), array("i")
    numbers, counts, groups = array("i"), array("i"), array("i")
    for line in lines:
        goods, code = canonical(line.description), _digits(line.code)
        key = (fingerprint(goods), code)
        if not all(key):
            groups.append(-1)
            continue
        if key not in place:
            place[key] = len(first)
            first.append(line if line.code == code else line._replace(code=code))
            named = numbers_named(goods)
            own = numbers_of_words(goods) | named
            features.extend(own)
            lengths.append(len(own))
            numbers.extend(sorted(named))
            counts.append(len(named))
        groups.append(place[key])
    near = indexed(as_places(features), as_places(lengths))
    return _packed(first, near, as_places(numbers), starts_of(as_places(counts)), as_places(groups))


@lru_cache(maxsize=1 << 14)
def _digits(code: str) -> str:
    return digits_of(code)


def numbers_of(goods: Canonical) -> Places:
    """Quantities and models as sorted numbers, each once."""
    return np.array(sorted(numbers_named(goods)), dtype=np.int32)


def parties_of(line: Line) -> list[int]:
    """Importer, supplier, maker and origin as numbers, 0 where unknown."""
    given = (line.importer, line.supplier, line.maker, line.origin)
    return [feature_hash(one.casefold()) if one else 0 for one in given]


def _packed(first: list[Line], lines: Lines, numbers: Places, starts: Starts, groups: Places) -> Index:
    codes = sorted({line.code for line in first})
    number = {code: place for place, code in enumerate(codes)}
    return Index(
        lines=lines,
        first=tuple(first),
        codes=tuple(codes),
        code_of=np.array([number[line.code] for line in first], dtype=np.int32),
        times=np.bincount(groups[groups >= 0], minlength=len(first)).astype(np.int32),
        prices=np.array([line.price_usd for line in first], dtype=np.float32),
        parties=np.array([parties_of(line) for line in first], dtype=np.int32).reshape(-1, len(PARTIES)),
        numbers=numbers,
        number_starts=starts,
        groups=groups,
    )
