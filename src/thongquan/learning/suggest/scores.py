"""What a model says of one description, before it is asked how sure it is."""

from __future__ import annotations

from typing import NamedTuple


class Scored(NamedTuple):
    """One candidate: its score, and what speaks for it: likeness to the mean, share of the votes, best text."""

    code: str
    score: float
    likeness: float
    votes: float
    nearest: float


class Judged(NamedTuple):
    """Candidates of each level, best first, and the rows of the texts that voted, best first.

    `known` is the share of the weight of the words that the model has seen, `words` how many there were.
    """

    levels: dict[int, list[Scored]]
    rows: tuple[int, ...]
    known: float
    words: int = 0
