"""Scores: what was found, what was missed, what was looked at in vain, and how long it took."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from decimal import Decimal

import msgspec

PASS = "pass"  # noqa: S105  (a decision, not a password)


class Crossing(msgspec.Struct, frozen=True, kw_only=True):
    """What the truth says of a line, as far as scores need it; dong."""

    line: int
    fraud: bool
    error: str = ""
    evaded_vnd: Decimal = Decimal(0)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A decided case: the decision, the lines doubted, what crossed, and seconds from opening to decision."""

    decision: str
    doubted: frozenset[int]
    crossed: tuple[Crossing, ...]
    seconds: float

    @property
    def found(self) -> int:
        """Lines of fraud that were doubted."""
        return sum(one.fraud and one.line in self.doubted for one in self.crossed)

    @property
    def missed(self) -> int:
        """Lines of fraud that were not."""
        return sum(one.fraud and one.line not in self.doubted for one in self.crossed)

    @property
    def missed_vnd(self) -> Decimal:
        """Duty and tax that went by, of every line that was not doubted."""
        return sum((one.evaded_vnd for one in self.crossed if one.line not in self.doubted), Decimal(0))

    @property
    def needless(self) -> bool:
        """Whether somebody looked where nothing was wrong, neither fraud nor error."""
        looked = self.decision != PASS
        return looked and not any((one.fraud or one.error) and one.line in self.doubted for one in self.crossed)

    @property
    def errors_found(self) -> int:
        """Honest errors that were doubted."""
        return sum(bool(one.error) and one.line in self.doubted for one in self.crossed)


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """Several answers together. Seconds are the median of a case and the sum."""

    cases: int
    found: int
    missed: int
    missed_vnd: Decimal
    needless: int
    errors_found: int
    median_seconds: float
    seconds: float

    @property
    def frauds(self) -> int:
        """Lines of fraud in all."""
        return self.found + self.missed


def score_of(answers: Sequence[Answer]) -> Score:
    """The score of the cases decided so far."""
    times = [one.seconds for one in answers]
    return Score(
        cases=len(answers),
        found=sum(one.found for one in answers),
        missed=sum(one.missed for one in answers),
        missed_vnd=sum((one.missed_vnd for one in answers), Decimal(0)),
        needless=sum(one.needless for one in answers),
        errors_found=sum(one.errors_found for one in answers),
        median_seconds=statistics.median(times) if times else 0.0,
        seconds=sum(times),
    )
