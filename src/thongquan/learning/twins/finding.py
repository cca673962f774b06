"""Partners of a line: lines that tell of the same goods, and what speaks for an alarm about the code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from thongquan.learning.nearness import candidates, features_of, likeness
from thongquan.learning.postings import Ints, Places
from thongquan.learning.suggest.knowledge import digits_of
from thongquan.learning.text import Canonical, canonical
from thongquan.learning.twins.deciding import Attribute, parting
from thongquan.learning.twins.index import Index, Line, numbers_of, parties_of

SIGNS = 9
_SHOWN = 10
_LEAST_LIKE = 0.25
_NUMBER_SHARE, _PARTY_SHARE, _PRICE_SHARE = 0.12, 0.02, 0.04
_FAR_PRICE = 3.0


class Partner(NamedTuple):
    """A group of lines like the one asked about.

    `likeness` is the cosine of the texts, `numbers` how far quantities and models agree (both 0 to 1), `price` the
    natural logarithm of the ratio of prices (None when one is unknown), `parties` how many of importer, supplier,
    maker and origin are the same; `score` joins them. `parted_by` names the attribute that makes it other goods.
    """

    row: int
    line: Line
    times: int
    score: float
    likeness: float
    numbers: float
    price: float | None
    parties: int
    parted_by: str


class Found(NamedTuple):
    """Partners, best first, and the signs that an alarm is judged by."""

    partners: tuple[Partner, ...]
    signs: tuple[float, ...]

    def against(self, code: str) -> Partner | None:
        """The best partner under another code that no attribute parts; None when there is none."""
        own = digits_of(code)
        others = (one for one in self.partners if not one.parted_by and not same_code(one.line.code, own))
        return next(others, None)


def same_code(one: str, other: str) -> bool:
    """Codes agree when they agree in the digits that both have."""
    length = min(len(one), len(other))
    return one[:length] == other[:length]


def found(index: Index, line: Line, *, deciding: Sequence[Attribute] = ()) -> Found:
    """Find the partners of a line, and what speaks for its code being another. A line of no goods has none."""
    partners = partners_of(index, line, deciding=deciding)
    return Found(tuple(partners), signs_of(partners, digits_of(line.code)))


def partners_of(index: Index, line: Line, *, deciding: Sequence[Attribute] = ()) -> list[Partner]:
    """The lines most like this one, whatever their code, best first."""
    goods = canonical(line.description)
    features = features_of(goods)
    rows = candidates(index.lines, features)
    like = likeness(index.lines, features, rows)
    rows, like = rows[like >= _LEAST_LIKE], like[like >= _LEAST_LIKE]
    if not len(rows):
        return []
    numbers = _agreement(index, numbers_of(goods), rows)
    parties = _same_parties(index, line, rows)
    prices = _prices(index, line, rows)
    score = joined(like, numbers, parties, prices)
    order = np.argsort(-score, kind="stable").tolist()
    code = digits_of(line.code)
    return [
        Partner(
            row=int(rows[at]),
            line=index.first[rows[at]],
            times=int(index.times[rows[at]]),
            score=float(score[at]),
            likeness=float(like[at]),
            numbers=float(numbers[at]),
            price=None if np.isnan(prices[at]) else float(prices[at]),
            parties=int(parties[at]),
            parted_by=_parted(deciding, goods, index.first[rows[at]], code),
        )
        for at in order
    ]


def joined(
    like: NDArray[np.float64], numbers: NDArray[np.float64], parties: Ints, prices: NDArray[np.float64]
) -> NDArray[np.float64]:
    """One score of the measures that `Partner` tells; a price not known is not a number."""
    far = np.minimum(np.abs(np.nan_to_num(prices)), _FAR_PRICE)
    return like + _NUMBER_SHARE * (numbers - 0.5) + _PARTY_SHARE * parties - _PRICE_SHARE * far


def signs_of(partners: Sequence[Partner], code: str) -> tuple[float, ...]:
    """What speaks for and against an alarm: the best under another code, the best under this one, and their masses."""
    same = [one for one in partners if same_code(one.line.code, code)]
    other = [one for one in partners if not same_code(one.line.code, code) and not one.parted_by]
    if not other:
        return (0.0,) * SIGNS
    best = other[0]
    own = same[0].score if same else 0.0
    rival = [one for one in other if same_code(one.line.code, best.line.code)]
    mass, own_mass = _mass(rival), _mass(same)
    share = mass / (mass + own_mass + 1e-9)
    near = _mass(one for one in other if one.likeness > best.likeness - 0.1) / (_mass(other) + 1e-9)
    return (
        1.0,
        best.score,
        own,
        best.score - own,
        share,
        best.score * share,
        best.numbers,
        min(_amount(rival), 3),
        near,
    )


def _mass(partners: Iterable[Partner]) -> float:
    return float(sum((one.likeness**4) * (1.0 + np.log(one.times)) for one in partners))


def _amount(partners: Sequence[Partner]) -> float:
    return float(np.log1p(sum(one.times for one in partners)))


def _parted(deciding: Sequence[Attribute], goods: Canonical, other: Line, code: str) -> str:
    if not deciding:
        return ""
    attribute = parting(deciding, goods, canonical(other.description), (code, other.code))
    return attribute.name if attribute else ""


def _agreement(index: Index, numbers: Places, rows: Ints) -> NDArray[np.float64]:
    """Shared quantities and models by all of both; half where neither names one."""
    starts, ends = index.number_starts[rows], index.number_starts[rows + 1]
    every = np.concatenate(
        [index.numbers[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    )
    owner = np.repeat(np.arange(len(rows)), ends - starts)
    shared = np.bincount(owner, np.isin(every, numbers), minlength=len(rows))
    both = (ends - starts) + len(numbers) - shared
    return np.asarray(np.where(both > 0, shared / np.maximum(both, 1), 0.5))


def _same_parties(index: Index, line: Line, rows: Ints) -> Ints:
    mine = np.array(parties_of(line), dtype=np.int32)
    return np.asarray(((index.parties[rows] == mine) & (mine != 0)).sum(axis=1), dtype=np.int64)


def _prices(index: Index, line: Line, rows: Ints) -> NDArray[np.float64]:
    """Logarithm of the ratio of prices per unit; not a number where one is unknown."""
    theirs = index.prices[rows].astype(np.float64)
    known = (theirs > 0) & (line.price_usd > 0)
    ratio = np.where(known, line.price_usd, 1.0) / np.where(known, theirs, 1.0)
    return np.asarray(np.where(known, np.log(ratio), np.nan))
