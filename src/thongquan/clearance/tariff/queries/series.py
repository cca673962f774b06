"""A value over time, known by the days on which it starts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K")


class Series(Generic[T]):
    """Start-only series: each value holds from its day until the next; None means repealed. Days are ascending."""

    __slots__ = ("days", "values")

    def __init__(self) -> None:
        self.days: list[date] = []
        self.values: list[T | None] = []

    def add(self, day: date, value: T | None) -> None:
        """Append the next value."""
        self.days.append(day)
        self.values.append(value)

    def at(self, on: date) -> T | None:
        """The value that holds on the day; None before the first and after a repeal."""
        place = bisect_right(self.days, on)
        return self.values[place - 1] if place else None


def series_by(rows: Iterable[tuple[K, date, T | None]]) -> dict[K, Series[T]]:
    """Collect rows, ordered by day within each key, into a series per key."""
    found: dict[K, Series[T]] = {}
    for key, day, value in rows:
        one = found.get(key)
        if one is None:
            one = found[key] = Series()
        one.add(day, value)
    return found
