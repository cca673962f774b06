"""Numbers that are the same on every machine.

The mathematical library of a machine may differ in the last digit, and numpy takes faster ways on newer processors.
What a world is made of goes only through additions, multiplications, divisions and square roots, which IEEE 754 fixes
to the last bit, in an order that is written down here.
"""

from __future__ import annotations

from typing import Any, TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Array: TypeAlias = npt.NDArray[Any]

_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_LOG2_E = 1.44269504088896338700
_EXP = tuple(1.0 / f for f in (6227020800, 479001600, 39916800, 3628800, 362880, 40320, 5040, 720, 120, 24, 6, 2, 1, 1))
_LOG = tuple(1.0 / n for n in range(21, 0, -2))
_CENTER_TOP = (-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.3577518672690, -30.66479806614716)
_CENTER_BOTTOM = (-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572)
_TAIL_TOP = (-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968)
_TAIL_BOTTOM = (0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416)
_TAIL = 0.02425
_ROOT_2_PI = 2.5066282746310002


def stream(seed: int, *words: object) -> np.random.Generator:
    """Give the generator (PCG64) of one part: the same seed and words give the same draws."""
    key = [crc32(str(word).encode()) for word in words]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *key])))


def exp(x: Floats) -> Floats:
    """e to the power of `x`, for x from -700 to 700."""
    whole = np.rint(x * _LOG2_E)
    rest = (x - whole * _LN2_HIGH) - whole * _LN2_LOW
    return np.asarray(np.ldexp(_horner(_EXP, rest), whole.astype(np.int32)), dtype=np.float64)


def log(x: Floats) -> Floats:
    """Natural logarithm of a positive `x`."""
    part, power = np.frexp(x)
    low = part < 0.7071067811865476
    part = np.where(low, part * 2.0, part)
    whole = (power - low).astype(np.float64)
    s = (part - 1.0) / (part + 1.0)
    return np.asarray(2.0 * s * _horner(_LOG, s * s) + whole * _LN2_LOW + whole * _LN2_HIGH, dtype=np.float64)


def normal(rng: np.random.Generator, size: int) -> Floats:
    """Draw standard normal numbers (quantiles of uniform ones, relative error below 2e-9)."""
    u = rng.random(size) + 2.0**-54
    result = np.empty(size)
    center = np.abs(u - 0.5) <= 0.5 - _TAIL
    q = u[center] - 0.5
    r = q * q
    result[center] = q * _horner((*_CENTER_TOP, 2.506628277459239), r) / _horner((*_CENTER_BOTTOM, 1.0), r)
    below = np.minimum(u[~center], 1.0 - u[~center])
    t = np.sqrt(-2.0 * log(np.maximum(below, 1e-16)))
    tail = _horner((*_TAIL_TOP, 2.938163982698783), t) / _horner((*_TAIL_BOTTOM, 1.0), t)
    result[~center] = np.where(u[~center] < 0.5, tail, -tail)
    return result


def density(x: Floats, mean: Floats | float, deviation: Floats | float) -> Floats:
    """Density of the normal distribution."""
    z = (x - mean) / deviation
    return np.asarray(exp(np.maximum(-0.5 * z * z, -600.0)) / (deviation * _ROOT_2_PI), dtype=np.float64)


def pick(u: Floats, weights: Floats) -> Ints:
    """Places of `weights`, each as likely as its weight, for uniform numbers `u`."""
    reach = np.cumsum(weights)
    found = np.searchsorted(reach, u * reach[-1], side="right")
    return np.asarray(np.minimum(found, len(weights) - 1), dtype=np.int64)


def pick_in_rows(u: Floats, weights: Floats) -> Ints:
    """Like `pick`, with a row of weights for each number."""
    reach = np.cumsum(weights, axis=1)
    found = (reach <= (u * reach[:, -1])[:, None]).sum(axis=1)
    return np.asarray(np.minimum(found, weights.shape[1] - 1), dtype=np.int64)


def apportioned(total: int, weights: Floats) -> Ints:
    """Whole numbers in the proportion of the weights (largest remainders) that sum to `total`."""
    exact = weights * (total / weights.sum())
    whole = np.floor(exact).astype(np.int64)
    rest = np.argsort(-(exact - whole), kind="stable")[: total - int(whole.sum())]
    whole[rest] += 1
    return np.asarray(whole, dtype=np.int64)


def spread(rng: np.random.Generator, count: int, weights: Floats) -> Ints:
    """Places of `weights` for `count` things, so that each place gets its share, with chance only in the remainder."""
    u = (np.arange(count) + rng.random()) / max(count, 1)
    return pick(np.minimum(u, 1.0 - 1e-12), weights)


def _horner(coefficients: tuple[float, ...], x: Floats) -> Floats:
    total = np.full_like(x, coefficients[0])
    for one in coefficients[1:]:
        total = total * x + one
    return total
