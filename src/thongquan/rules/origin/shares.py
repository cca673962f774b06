"""A share of cases with the interval in which the true one lies: Wilson's score interval at 95 percent. Pure, exact.

Legal basis: none; a figure beside the outcomes of verifications (Circular 33/2023/TT-BTC Art. 19).
"""

from __future__ import annotations

from decimal import Decimal

from thongquan.rules.parts import Frozen

Z = Decimal("1.959964")
"""The 97.5th percentile of the normal distribution."""
_PLACES = Decimal("0.0001")


class Share(Frozen, frozen=True, kw_only=True):
    """`part` of `of` cases as a fraction with four decimals, and its interval; None of none."""

    part: int
    of: int
    value: Decimal | None
    low: Decimal
    high: Decimal


def share(part: int, of: int) -> Share:
    """The share with its interval; of no cases at all nothing is known: 0 to 1. Raises ValueError where part > of."""
    if not 0 <= part <= of:
        message = f"{part} of {of}"
        raise ValueError(message)
    if of == 0:
        return Share(part=0, of=0, value=None, low=Decimal(0), high=Decimal(1))
    rate = Decimal(part) / Decimal(of)
    low, high = interval(rate, of)
    return Share(
        part=part,
        of=of,
        value=rate.quantize(_PLACES),
        low=low.quantize(_PLACES),
        high=high.quantize(_PLACES),
    )


def interval(rate: Decimal, of: int) -> tuple[Decimal, Decimal]:
    """The interval around a share, a fraction of `of` cases, of which there is at least one; not rounded."""
    n, square = Decimal(of), Z * Z
    middle = rate + square / (2 * n)
    reach = Z * ((rate * (1 - rate) + square / (4 * n)) / n).sqrt()
    low, high = (middle - reach) / (1 + square / n), (middle + reach) / (1 + square / n)
    return max(low, Decimal(0)), min(high, Decimal(1))
