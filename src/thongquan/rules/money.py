"""Rounding, in one place, and the exact arithmetic under it.

Legal basis: Circular 174/2015/TT-BTC Art. 6.3-6.4 (half up to the dong; an accounting rule, so mode is a dated
parameter `rounding_mode`); the dong has no decimals.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext

EXACT = Context(prec=80, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, traps=[])
"""Wide enough for any product of bounded amounts; weird input gives NaN here, never an exception."""

MODES = {"half_up": ROUND_HALF_UP, "truncate": ROUND_DOWN, "half_even": ROUND_HALF_EVEN}
DONG = Decimal(1)
ZERO = Decimal(0)


def exact() -> AbstractContextManager[Context]:
    """Compute within the project's own decimal context, whatever the caller's thread has set."""
    return localcontext(EXACT)


def rounded(amount: Decimal, mode: str, unit: Decimal = DONG) -> Decimal:
    """Round to a multiple of a power of ten (`unit`, the dong unless told) in one of `MODES`."""
    return amount.quantize(unit, MODES[mode])
