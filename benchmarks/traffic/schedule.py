"""When what is asked: arrivals of a Poisson process, flat for a rung of the ladder or in the shape of a day.

No authority publishes how many requests stand behind a declaration; the shares here are ours, each with its reason.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

CHECK_STEPS = 11
"""Requests of a document check of an import: begin, nine points of the checklist, conclude."""
CHECKED = 0.28
"""Declarations whose documents are checked: the yellow share of the gate model (green 62, yellow 28, red 10)."""
WORK = {
    "draft": 0.8,  # four in ten declarations are written in the form, each kept twice on the way; programs send whole
    "lodge": 1.0,
    "amend": 0.05,
    "check": CHECKED * CHECK_STEPS,
    "search": 0.4,  # two in five are looked up once by somebody: half by number, half by words
}
"""Requests for one declaration lodged, by kind."""
REQUESTS_PER_DECLARATION = sum(WORK.values())
DAY = (2, 6, 9, 10, 9, 6, 7, 10, 11, 10, 8, 6, 4, 2)
"""Declarations in a hundred by the hour, 7:00 to 21:00: two waves around noon. An assumption, see the module."""
PEAK_SHARE = max(DAY) / sum(DAY)


class Arrival(NamedTuple):
    """Something asked at `due` seconds from the beginning."""

    due: float
    kind: str


def arrivals(rate: float, seconds: float, *, seed: int, shape: Sequence[float] = (1.0,)) -> list[Arrival]:
    """What arrives in so many seconds with `rate` declarations a second where the shape is highest."""
    chance = random.Random(seed)
    return list(_arrivals(chance, rate * REQUESTS_PER_DECLARATION, seconds, shape))


def _arrivals(chance: random.Random, most: float, seconds: float, shape: Sequence[float]) -> Iterator[Arrival]:
    kinds, weights, highest = list(WORK), list(WORK.values()), max(shape)
    due = chance.expovariate(most)
    while due < seconds:
        if chance.random() * highest < shape[math.floor(due / seconds * len(shape))]:
            yield Arrival(due, chance.choices(kinds, weights)[0])
        due += chance.expovariate(most)
