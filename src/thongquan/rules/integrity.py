"""Whether what an officer does differs from what colleagues do, beyond chance: tails, distances, correction.

Legal basis: none; a house rule. Nothing here accuses anybody: a signal is a reason to ask, and many comparisons made at
once are corrected so that few of the signals are chance (Benjamini and Hochberg, 1995).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from thongquan.rules.money import exact
from thongquan.rules.parts import Frozen
from thongquan.rules.pricing import median

ENOUGH = 20
"""Fewer cases of one person say nothing."""
MOST_FALSE = Decimal("0.05")
"""The share of signals that may be chance."""
FAR = Decimal(3)
"""Robust deviations beyond which a time stands out."""
_NORMAL = Decimal("1.4826")
_LEAST_SPREAD = Decimal("0.1")
_PLACES = Decimal("0.000001")
ONE, ZERO = Decimal(1), Decimal(0)


class Counted(Frozen, frozen=True, kw_only=True):
    """`part` of somebody's `of` cases, beside `part_all` of `of_all` cases of everybody, the person's own included."""

    part: int
    of: int
    part_all: int
    of_all: int


def tail(one: Counted) -> Decimal:
    """The chance of at least so many, were the person's cases drawn from everybody's blindly (hypergeometric, exact).

    Raises ValueError for counts that cannot be.
    """
    if not (0 <= one.part <= min(one.of, one.part_all) and one.of <= one.of_all and one.part_all <= one.of_all):
        raise ValueError(one)
    low, high = max(0, one.of + one.part_all - one.of_all), min(one.of, one.part_all)
    rest = one.of_all - one.part_all - one.of
    with exact():
        whole = upper = weight = ONE
        upper = weight if low >= one.part else ZERO
        for at, following in pairwise(range(low, high + 1)):
            weight = weight * ((one.part_all - at) * (one.of - at)) / (following * (rest + following))
            whole += weight
            upper += weight if following >= one.part else ZERO
        return (upper / whole).quantize(_PLACES)


def corrected(chances: Sequence[Decimal]) -> list[Decimal]:
    """Each chance corrected for how many were looked at, in the same order; never above one."""
    count, least = len(chances), ONE
    found = [ONE] * count
    by_chance = sorted(range(count), key=lambda place: chances[place], reverse=True)
    for rank, place in zip(range(count, 0, -1), by_chance, strict=True):
        with exact():
            least = min(least, chances[place] * count / rank)
        found[place] = least.quantize(_PLACES)
    return found


def distance(minutes: int, peers: Sequence[int]) -> Decimal | None:
    """How many robust deviations a time lies from the usual one of its peers, on a scale of logarithms; negative: fast.

    None for fewer than `ENOUGH` peers.
    """
    if len(peers) < ENOUGH:
        return None
    with exact():
        logs = [Decimal(one + 1).ln() for one in peers]
        middle = median(logs)
        spread = max(_NORMAL * median([abs(one - middle) for one in logs]), _LEAST_SPREAD)
        return ((Decimal(minutes + 1).ln() - middle) / spread).quantize(Decimal("0.01"))
