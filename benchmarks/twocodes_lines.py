"""Lines of a practice region, and questions about them, for measuring and fitting the search for two codes.

The lines are the distinct texts of the region under the code that they most often truly have, and siblings with other
figures. Kinds of goods are divided once for all: those of `FITTED` serve to fit the alarm, those of `MEASURED` to
measure it, and of each half every eighth kind is `NEW`: it never stands in an index.
"""

from __future__ import annotations

import os
import pickle
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from benchmarks import goods
from thongquan.learning.twins import WAYS, Index, Line, Query, index_of, rewritten
from thongquan.practice.catalog.shelf import kinds

SEED = 4
NEW_OF = 8
KEEP = os.environ.get("TQ_BENCH_TWOCODES_KEEP", "")


class Source(NamedTuple):
    """A text, the code it truly has, and the kind of goods."""

    text: str
    code: str
    kind: str


class Half(NamedTuple):
    """Kinds of goods that stand in the index, and such that nobody ever declared."""

    known: frozenset[str]
    new: frozenset[str]


class Place(NamedTuple):
    """So many lines, their index, and the processor time to build it in microseconds a line."""

    lines: list[Source]
    held: Index
    build_us: float


class Asked(NamedTuple):
    """A question about a line, and the kind of its goods."""

    query: Query
    kind: str


@cache
def halves() -> tuple[Half, Half]:
    """The kinds to fit on, and those to measure on."""
    names = sorted(kind.key for kind in kinds())
    random.Random(SEED).shuffle(names)
    fitted, measured = names[::2], names[1::2]
    return _half(fitted), _half(measured)


def _half(names: Sequence[str]) -> Half:
    new = frozenset(names[::NEW_OF])
    return Half(frozenset(names) - new, new)


def sources(world: int = goods.SEED) -> list[Source]:
    """The distinct texts of a practice region."""
    first: dict[str, Source] = {}
    for one in sorted(goods.region(world), key=lambda good: (good.times, good.true)):
        first[one.text] = Source(one.text, one.true, one.kind)
    return list(first.values())


def place_of(count: int, world: int = goods.SEED) -> Place:
    """So many lines of a region and their index; kept in `TQ_BENCH_TWOCODES_KEEP` if that names a folder."""
    path = Path(KEEP) / f"twocodes-{world}-{count}.pickle"
    if KEEP and path.exists():
        with path.open("rb") as file:
            found: Place = pickle.load(file)  # our own, of a moment ago
        return found
    lines = _lines(sources(world), count)
    began = time.process_time()
    index = index_of(Line(str(number), one.text, one.code) for number, one in enumerate(lines))
    place = Place(lines, index, 1e6 * (time.process_time() - began) / len(lines))
    if KEEP:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            pickle.dump(place, file)
    return place


def _lines(texts: Sequence[Source], count: int) -> list[Source]:
    """The texts of goods that are not new, and siblings of them until there are enough."""
    new = frozenset[str]().union(*(half.new for half in halves()))
    texts = [one for one in texts if one.kind not in new]
    lines = list(texts[:count])
    while len(lines) < count:
        one = texts[len(lines) % len(texts)]
        lines.append(one._replace(text=rewritten(one.text, "other model", seed=len(lines))))
    random.Random(SEED).shuffle(lines)
    return lines


def wrong_codes(lines: Sequence[Source]) -> dict[str, list[str]]:
    """For each kind of goods the codes that somebody would wrongly declare: the one a cheat would write, else one of
    the same chapter."""
    chapters: dict[str, set[str]] = defaultdict(set)
    for one in lines:
        chapters[one.code[:2]].add(one.code)
    cheaper = {kind.key: kind.cheaper_hs for kind in kinds()}
    every = sorted({one.code for one in lines})
    found: dict[str, list[str]] = {}
    for one in lines:
        near = [code for code in cheaper.get(one.kind, ()) if code != one.code]
        found[one.kind] = near or sorted(chapters[one.code[:2]] - {one.code}) or every
    return found


def questions(
    lines: Sequence[Source], wanted: Callable[[str], bool], count: int, wrong: dict[str, list[str]], *, seed: int
) -> list[Asked]:
    """So many lines of the wanted kinds, each in all nine ways, under its own code and under a wrong one; the own
    first."""
    chance = random.Random(seed)
    places = [place for place, one in enumerate(lines) if wanted(one.kind)]
    asked = []
    for place in chance.sample(places, min(count, len(places))):
        one = lines[place]
        for way in WAYS:
            text = rewritten(one.text, way, seed=place)
            asked.append(Asked(Query(Line("own", text, one.code), False, place), one.kind))
            code = chance.choice(wrong[one.kind])
            asked.append(Asked(Query(Line("wrong", text, code), True, place), one.kind))
    return asked


def new_goods(texts: Sequence[Source], half: Half, count: int, *, seed: int) -> list[Asked]:
    """Goods that nobody declared before, under their right codes: an alarm would be false."""
    chance = random.Random(seed)
    own = [one for one in texts if one.kind in half.new]
    chosen = chance.sample(own, min(count, len(own)))
    return [
        Asked(Query(Line("new", rewritten(one.text, way, seed=seed), one.code), False), one.kind)
        for one in chosen
        for way in WAYS
    ]
