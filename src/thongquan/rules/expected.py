"""Whether a profile chooses what it was expected to choose: its share with the interval, and how far off is too far.

Legal basis: none; house rule. What an analyst expected was approved with the profile: where the trade answers otherwise
the profile says something else than people agreed to.
"""

from __future__ import annotations

from decimal import Decimal

from thongquan.rules.origin.shares import share

LEAST_LODGED = 200
FACTOR = Decimal("1.5")


def is_missed(hits: int, lodged: int, expected: Decimal) -> bool:
    """Whether the share of `hits` among `lodged` lies beyond doubt off `expected` (a fraction), by half or more."""
    if lodged < LEAST_LODGED:
        return False
    told = share(min(hits, lodged), lodged)
    if told.low <= expected <= told.high or told.value is None:
        return False
    return told.value > expected * FACTOR or told.value < expected / FACTOR
