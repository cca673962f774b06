"""Chance that can be repeated: the same words give the same draws, on every machine."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A source of draws, fixed by the words it is made from."""

    def __init__(self, *words: object) -> None:
        self._random = random.Random("/".join(map(str, words)))  # noqa: S311  (samples, not secrets)

    def within(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return self._random.randint(low, high)

    def amount(self, low: Decimal, high: Decimal, step: Decimal) -> Decimal:
        """A number from `low` to `high` in whole steps."""
        return self.within(int(low / step), int(high / step)) * step

    def happens(self, share: Decimal) -> bool:
        """True in the given share of cases (a fraction)."""
        return self._random.randrange(10_000) < share * 10_000

    def one(self, options: Sequence[T]) -> T:
        """One of the options, each as likely."""
        return self._random.choice(options)

    def weighted(self, options: Sequence[T], weights: Sequence[int]) -> T:
        """One of the options, as likely as its weight."""
        return self._random.choices(options, weights)[0]

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """`count` different options, or all of them when there are fewer."""
        return self._random.sample(options, min(count, len(options)))

    def digits(self, count: int) -> str:
        """A text of digits."""
        return "".join(str(self.within(0, 9)) for _ in range(count))
