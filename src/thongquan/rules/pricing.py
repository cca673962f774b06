"""What is usually paid for such goods: a robust band around the median, and where a price stands in it.

Legal basis: none; a house rule. A band is a reason to ask, never a value: the WTO Valuation Agreement Art. 7.2(f)
forbids minimum customs values, so nothing here sets one. Prices are taken as logarithms: half and double are equally
far. A trader counts with its newest lines only, so that nobody makes a band alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from thongquan.rules.money import exact
from thongquan.rules.parts import Frozen

Place = Literal["below", "within", "above"]
OF_ONE_TRADER = 20
"""So many of a trader's newest lines count, at most."""
LEAST_TRADERS = 2
_NORMAL = Decimal("1.4826")
_LEAST_SPREAD = Decimal("0.02")
_PLACES = Decimal("0.0001")
_LOGS = Decimal("1e-12")


class Price(NamedTuple):
    """A declared customs value of one unit, in dong, and whose it is."""

    unit_vnd: Decimal
    trader: str


class Band(Frozen, frozen=True, kw_only=True):
    """Where prices of such goods lie, in dong a unit; of how many lines and traders."""

    low_vnd: Decimal
    median_vnd: Decimal
    high_vnd: Decimal
    lines: int
    traders: int


def band_of(newest_first: Iterable[Price], *, width: Decimal, least: int) -> Band | None:
    """The band of `width` robust deviations around the median; None for fewer than `least` lines or two traders."""
    counted = _counted(newest_first)
    traders = len({price.trader for price in counted})
    if len(counted) < least or traders < LEAST_TRADERS:
        return None
    with exact():
        logs = [price.unit_vnd.ln().quantize(_LOGS) for price in counted]
        middle = median(logs)
        spread = max(_NORMAL * median([abs(one - middle) for one in logs]), _LEAST_SPREAD)
        low, centre, high = ((middle + step * spread).exp().quantize(_PLACES) for step in (-width, Decimal(0), width))
    return Band(low_vnd=low, median_vnd=centre, high_vnd=high, lines=len(counted), traders=traders)


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle one, or the mean of the middle two. Raises ValueError for none."""
    if not values:
        raise ValueError("no values")
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def placed(unit_vnd: Decimal, low_vnd: Decimal, high_vnd: Decimal) -> Place:
    """Where a price stands; the ends of the band are within it."""
    return "below" if unit_vnd < low_vnd else "above" if unit_vnd > high_vnd else "within"


def _counted(newest_first: Iterable[Price]) -> list[Price]:
    seen: Counter[str] = Counter()
    kept = []
    for price in newest_first:
        if price.unit_vnd > 0 and seen[price.trader] < OF_ONE_TRADER:
            seen[price.trader] += 1
            kept.append(price)
    return kept
