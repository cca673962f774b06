"""Chance that was drawn beforehand: a row of numbers from a numpy generator, used up one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle
from typing import TypeVar

T = TypeVar("T")


class Draws:
    """Numbers from 0 (included) to 1 (excluded), in the order in which they were drawn.

    When they are used up, they come round again: the same texts must not depend on how much chance a text took.
    """

    __slots__ = ("number",)

    def __init__(self, numbers: Sequence[float]) -> None:
        self.number: Callable[[], float] = cycle(numbers).__next__
        """Gives the next number."""

    def happens(self, share: float) -> bool:
        """True in the given share of cases (a fraction)."""
        return self.number() < share

    def below(self, limit: int) -> int:
        """A whole number from 0 to `limit`, excluded."""
        return int(self.number() * limit)

    def one(self, options: Sequence[T]) -> T:
        """One of the options, each as likely."""
        return options[self.below(len(options))]

    def weighted(self, options: Sequence[T], weights: Sequence[float]) -> T:
        """One of the options, as likely as its weight."""
        left = self.number() * sum(weights)
        for option, weight in zip(options, weights, strict=True):
            left -= weight
            if left < 0:
                return option
        return options[-1]
