"""What a model is worth, measured before it is used: on goods that no text like them was learned from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from thongquan.learning.suggest.evaluating import Scores, evaluated
from thongquan.learning.suggest.knowledge import Example, Source, merged, settled
from thongquan.learning.suggest.model import Model
from thongquan.learning.suggest.splitting import apart
from thongquan.learning.suggest.terms import Terms, terms_of
from thongquan.learning.suggest.training import Settings, model_of, trained_and_calibrated

LEAST, MOST, MOST_ASKED = 100, 10_000, 1_000
_PARTS = (0.125, 0.25, 0.5, 1.0)
_SHARE = 0.2
_CHOSEN = Settings()
Reader = Callable[[str], Terms]


class Learned(NamedTuple):
    """With so many wordings of history learned: how many goods of 4 and 6 digits are right at once and within five."""

    wordings: int
    right: dict[int, tuple[float, float]]


class Strange(NamedTuple):
    """Goods of an office none of whose lines were learned: how many were asked and how many are right at 4 and 6
    digits at once and within five (fractions). `office` is '' where there is only one and books alone answered."""

    office: str
    asked: int
    right: dict[int, tuple[float, float]]


class Report(NamedTuple):
    """Scores on near-duplicates kept apart, the learning curve, and the day on which an office opens."""

    scores: Scores
    curve: tuple[Learned, ...]
    strange: Strange


def reported(
    examples: Sequence[Example],
    *,
    offices: Callable[[Example], frozenset[str]] = lambda one: frozenset(),
    settings: Settings = _CHOSEN,
    seed: int = 1,
) -> Report | None:
    """Measure what a model of these examples would be worth; None when the history has fewer than 100 wordings.

    A fifth of the history is held out, near-duplicates on one side; of a long one 10,000 drawn wordings are enough.
    `offices` tells where a line of history was declared.
    """
    kept = merged(examples)
    books = [one for one in kept if one.source is not Source.HISTORY]
    history = [one for one in kept if one.source is Source.HISTORY]
    if len(history) < LEAST:
        return None
    drawn = np.random.Generator(np.random.PCG64(seed)).permutation(len(history))[:MOST].tolist()
    history = [history[place] for place in drawn]
    learn, ask = apart([one.description for one in history], share=_SHARE, seed=seed)
    reader = lru_cache(maxsize=2 * MOST + len(books))(terms_of)
    known, asked = [history[place] for place in learn], settled(history[place] for place in ask)[:MOST_ASKED]
    model = trained_and_calibrated([*books, *known], settings, seed=seed, reader=reader)
    scores = evaluated(model, asked)

    def made(part: float) -> Model:
        few = known[: int(part * len(known))]
        return model_of([*books, *few], settings, None, reader)._replace(forests=model.forests)

    curve = tuple(Learned(int(part * len(known)), _right(evaluated(made(part), asked))) for part in _PARTS[:-1])
    whole = Learned(len(known), _right(scores))
    return Report(scores, (*curve, whole), _strange(books, history, offices, settings, reader))


def _right(scores: Scores) -> dict[int, tuple[float, float]]:
    return {digits: (scores.levels[digits].right[0], scores.levels[digits].right[2]) for digits in (4, 6)}


def _strange(
    books: list[Example],
    history: list[Example],
    offices: Callable[[Example], frozenset[str]],
    settings: Settings,
    reader: Reader,
) -> Strange:
    """The office with the most goods of its own is taken out whole, with every text that it shares with others."""
    own = [offices(one) for one in history]
    names = sorted({name for one in own for name in one})
    office = max(names, key=lambda name: sum(one == {name} for one in own)) if len(names) > 1 else ""
    known = [one for one, at in zip(history, own, strict=True) if office and office not in at]
    asked = [one for one, at in zip(history, own, strict=True) if not office or office in at]
    asked = settled(asked)[:MOST_ASKED]
    scores = evaluated(model_of([*books, *known], settings, None, reader), asked)
    return Strange(office, len(asked), _right(scores))
