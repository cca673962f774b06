"""Finding the same goods again: candidates out of the index in PostgreSQL, held against a line as `learning.twins`
does in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log, log1p, nan, sqrt
from typing import NamedTuple

import numpy as np

from thongquan.clearance.classification.models import DeclaredLine, Feature, Goods
from thongquan.learning.nearness import MOST_CANDIDATES, features_of
from thongquan.learning.suggest.knowledge import digits_of
from thongquan.learning.text import Canonical, canonical
from thongquan.learning.twins import Attribute, Found, Line, Partner, parting
from thongquan.learning.twins.finding import joined, signs_of
from thongquan.learning.twins.index import numbers_of, parties_of

_LEAST_LIKE = 0.25
_MOST_READ, _MOST_OF_ONE = 400, 200
"""How many entries a question reads at most, and how many of them under one feature."""
_CANDIDATES = """
    SELECT goods.* FROM (
        SELECT held.id, sum(asked.weight) AS weight FROM unnest(%s::int[], %s::float8[]) AS asked(number, weight),
            LATERAL (SELECT id FROM classification_goods WHERE rare @> ARRAY[asked.number] LIMIT %s) AS held
        GROUP BY held.id ORDER BY weight DESC, held.id LIMIT %s
    ) AS found JOIN classification_goods goods USING (id)
"""
_Measured = tuple[float, int, float | None]
Rarity = dict[int, tuple[int, int]]
"""Of a feature: in how many entries it occurs, and how many are found by it."""


class Rarities(NamedTuple):
    """How rare the features of some lines are, and how many entries there are in all."""

    known: Rarity
    total: int


def rarities_of(rows: Iterable[DeclaredLine]) -> Rarities:
    """What the search for these lines needs to know of features, in two questions for all of them."""
    numbers = {number for row in rows for number in features_of(canonical(row.description)).tolist()}
    return Rarities(rarity_of(numbers), goods_in_all())


class Answers:
    """What is found for the lines of one batch: goods that the same trader declares again at the same price are looked
    for once."""

    def __init__(self, rarities: Rarities, deciding: Sequence[Attribute]) -> None:
        self._rarities, self._deciding = rarities, deciding
        self._found: dict[tuple[object, ...], Found] = {}

    def of(self, row: DeclaredLine) -> Found:
        """The partners of a line, and what speaks for an alarm."""
        same = (row.goods_id, row.live, row.code, row.importer, row.supplier, row.maker, row.origin, row.price_usd)
        if same not in self._found:
            self._found[same] = found_for(row, self._rarities, deciding=self._deciding)
        return self._found[same]


def found_for(row: DeclaredLine, rarities: Rarities, *, deciding: Sequence[Attribute] = ()) -> Found:
    """The partners of a line of the index among all others, and what speaks for an alarm. `row` of a partner is the
    number of its goods. A line of no goods has none."""
    own = features_of(canonical(row.description)).tolist()
    rarity, total = rarities
    weights = {one: log1p(max(total, 1) / max(rarity.get(one, (1, 0))[0], 1)) ** 2 for one in own}
    likes = [(one, _likeness(one, weights)) for one in candidates(own, rarities) if _times(one, row) > 0]
    near = [(one, like) for one, like in likes if like >= _LEAST_LIKE]
    partners = _partners(row, near, deciding)
    return Found(partners, signs_of(partners, digits_of(row.code)))


def goods_in_all() -> int:
    """How many entries the index has, near enough: none is ever deleted."""
    return Goods.objects.order_by("-id").values_list("id", flat=True).first() or 0


def as_line(row: DeclaredLine | Goods) -> Line:
    """A declared line, or the first of an entry, as `learning.twins` reads it."""
    return Line(
        key=str(row.pk),
        description=row.description,
        code=row.code,
        price_usd=row.price_usd,
        importer=row.importer,
        supplier=row.supplier,
        maker=row.maker,
        origin=row.origin,
    )


def rarity_of(numbers: Iterable[int]) -> Rarity:
    """How rare features are; those never seen are left out."""
    rows = Feature.objects.filter(number__in=list(numbers)).values_list("number", "goods", "held")
    return {number: (goods, held) for number, goods, held in rows}


def candidates(own: Iterable[int], rarities: Rarities) -> list[Goods]:
    """Entries that share the rarest features: the 40 that share most weight, and of common words no more than a few
    hundred entries are looked at."""
    rarity, total = rarities
    asked: list[int] = []
    read = 0
    for number in sorted((one for one in own if rarity.get(one, (0, 0))[1] > 0), key=lambda one: (rarity[one][0], one)):
        read += min(rarity[number][1], _MOST_OF_ONE)
        if asked and read > _MOST_READ:
            break
        asked.append(number)
    weights = [log1p(total / max(rarity[number][0], 1)) for number in asked]
    return list(Goods.objects.raw(_CANDIDATES, [asked, weights, _MOST_OF_ONE, MOST_CANDIDATES]))


def _times(entry: Goods, row: DeclaredLine) -> int:
    """How many other lines in force an entry stands for."""
    return entry.times - (row.live and entry.pk == row.goods_id)


def _likeness(entry: Goods, weights: dict[int, float]) -> float:
    """Cosine of the features weighed by rarity; the entry is as long as it was when it was written."""
    shared = sum(weights[one] for one in entry.own if one in weights)
    return min(shared / sqrt(max(sum(weights.values()) * entry.square, 1e-12)), 1.0)


def _partners(
    row: DeclaredLine, near: Sequence[tuple[Goods, float]], deciding: Sequence[Attribute]
) -> tuple[Partner, ...]:
    """Entries as partners, best first."""
    if not near:
        return ()
    goods, line = canonical(row.description), as_line(row)
    mine, parties = set(numbers_of(goods).tolist()), parties_of(line)
    measured = [_measured(entry, mine, parties, row.price_usd) for entry, _like in near]
    scores = _scores([like for _entry, like in near], measured)
    found = [
        Partner(
            row=entry.pk,
            line=as_line(entry),
            times=_times(entry, row),
            score=score,
            likeness=like,
            numbers=numbers,
            price=price,
            parties=same,
            parted_by=_parted(deciding, goods, as_line(entry), row.code),
        )
        for (entry, like), (numbers, same, price), score in zip(near, measured, scores, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (-one.score, one.row)))


def _measured(entry: Goods, mine: set[int], parties: Sequence[int], price_usd: float) -> _Measured:
    """How far numbers agree, how many parties are the same, and the logarithm of the ratio of prices if known."""
    theirs = set(entry.numbers)
    both = mine | theirs
    known = price_usd > 0 and entry.price_usd > 0
    return (
        len(mine & theirs) / len(both) if both else 0.5,
        sum(one == two != 0 for one, two in zip(parties, parties_of(as_line(entry)), strict=True)),
        log(price_usd / entry.price_usd) if known else None,
    )


def _scores(likes: Sequence[float], measured: Sequence[_Measured]) -> list[float]:
    """The one score of the measures of each, as `learning.twins` joins them."""
    numbers, parties, prices = zip(*measured, strict=True)
    known = [nan if price is None else price for price in prices]
    return list(joined(np.array(likes), np.array(numbers), np.array(parties), np.array(known)).tolist())


def _parted(deciding: Sequence[Attribute], goods: Canonical, other: Line, code: str) -> str:
    """The attribute that makes it other goods; the other text is read only where some attribute speaks of the codes."""
    asked = [one for one in deciding if code.startswith(one.prefix) or other.code.startswith(one.prefix)]
    attribute = parting(asked, goods, canonical(other.description), (code, other.code)) if asked else None
    return attribute.name if attribute else ""
