"""Declared lines in memory: the same goods under the same code once, with how often they came."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from thongquan.learning.nearness import Lines, features_of, indexed
from thongquan.learning.postings import Floats, Ints, Places
from thongquan.learning.suggest.knowledge import digits_of
from thongquan.learning.text import Canonical, canonical, feature_hash, fingerprint

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
    number_starts: Ints
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
    features: list[Places] = []
    numbers: list[Places] = []
    groups: list[int] = []
    for line in lines:
        goods, code = canonical(line.description), digits_of(line.code)
        key = (fingerprint(goods), code)
        if not all(key):
            groups.append(-1)
            continue
        if key not in place:
            place[key] = len(first)
            first.append(line._replace(code=code))
            features.append(features_of(goods))
            numbers.append(numbers_of(goods))
        groups.append(place[key])
    of = np.array(groups, dtype=np.int32)
    return _packed(first, features, numbers, of)


def numbers_of(goods: Canonical) -> Places:
    """Quantities and models as sorted numbers, each once."""
    found = {feature_hash(f"q{one}") for one in goods.quantities}
    found.update(feature_hash(f"m{one}") for one in goods.models)
    return np.array(sorted(found), dtype=np.int32)


def parties_of(line: Line) -> list[int]:
    """Importer, supplier, maker and origin as numbers, 0 where unknown."""
    given = (line.importer, line.supplier, line.maker, line.origin)
    return [feature_hash(one.casefold()) if one else 0 for one in given]


def _packed(first: list[Line], features: list[Places], numbers: list[Places], groups: Places) -> Index:
    codes = sorted({line.code for line in first})
    number = {code: place for place, code in enumerate(codes)}
    return Index(
        lines=indexed(features),
        first=tuple(first),
        codes=tuple(codes),
        code_of=np.array([number[line.code] for line in first], dtype=np.int32),
        times=np.bincount(groups[groups >= 0], minlength=len(first)).astype(np.int32),
        prices=np.array([line.price_usd for line in first], dtype=np.float32),
        parties=np.array([parties_of(line) for line in first], dtype=np.int32).reshape(-1, len(PARTIES)),
        numbers=np.concatenate(numbers) if numbers else np.zeros(0, np.int32),
        number_starts=np.concatenate([[0], np.cumsum([len(one) for one in numbers])]).astype(np.int64),
        groups=groups,
    )
