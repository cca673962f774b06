"""Whom to look at: the law's controls first, then what the model suspects within its budget, then chance.

Pure: everything that decides comes in as a value, so that a decision replays years later. A model can add a control and
never take one away: the channel is the strictest of what law, rules, model and chance say, each on its own.
"""

from __future__ import annotations

import hashlib
from enum import IntEnum, StrEnum
from typing import NamedTuple

import numpy as np

from thongquan.learning.risk.arrays import Flags, Floats, Ints

LEAST_EXPLORATION = 0.05
"""Of the budget: the share that is drawn by chance, at least."""
_MILLION = 1e6
_DIGITS = 2**53


class Channel(IntEnum):
    """From the lightest control to the strictest."""

    GREEN = 1
    YELLOW = 2
    RED = 3


class Lane(StrEnum):
    """Why a declaration is looked at."""

    LAW = "law"
    MODEL = "model"
    RANDOM = "random"


class Hour(NamedTuple):
    """What an office can open in an hour, as it stood when the declaration was lodged: stored with the decision.

    `threshold` is the rank from which the model opens, `random_share` the probability with which chance does;
    `seed` is the secret seed of the draws, `caps_left` how many more the model may open of one trader (None: no cap).
    """

    threshold: float
    random_share: float
    seed: str
    caps_left: int | None = None


class Case(NamedTuple):
    """A declaration to be decided. `law` is the channel by law, mandatory controls and rules; `rank` that of the model
    (None: there is no model)."""

    reference: str
    law: Channel
    rank: float | None = None


class Picked(NamedTuple):
    """The channel with every lane that asked for it, and the probability with which chance would have."""

    channel: Channel
    lanes: tuple[Lane, ...]
    propensity: float
    draw: float


def rank_of(probability: Floats, duty: Floats, *, trade_off: float) -> Floats:
    """Rank by hit rate (trade-off 0) up to expected duty (1): the logarithm of p × duty^trade-off, duty in millions."""
    likely = np.log(np.clip(probability, 1e-9, 1.0))
    return np.asarray(likely + trade_off * np.log1p(np.maximum(np.nan_to_num(duty), 0.0) / _MILLION))


def draw_of(seed: str, reference: str) -> float:
    """A number in [0, 1) that the seed and the declaration fix: anybody with both can draw it again."""
    digest = hashlib.blake2b(f"{seed}\x1f{reference}".encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) / _DIGITS


def picked(case: Case, hour: Hour | None) -> Picked:
    """Decide one declaration. Without an hour (no budget, no model) the law alone decides."""
    lanes = [Lane.LAW] if case.law > Channel.GREEN else []
    if hour is None:
        return Picked(case.law, tuple(lanes), 0.0, 1.0)
    draw = draw_of(hour.seed, case.reference)
    capped = hour.caps_left is not None and hour.caps_left <= 0
    if case.rank is not None and case.rank >= hour.threshold and not capped:
        lanes.append(Lane.MODEL)
    if draw < hour.random_share:
        lanes.append(Lane.RANDOM)
    opened = Channel.RED if set(lanes) - {Lane.LAW} else case.law
    return Picked(max(opened, case.law), tuple(lanes), hour.random_share, draw)


def hour_of(
    ranks: Floats, *, expected: float, minutes: float, minutes_each: float, exploration: float, seed: str
) -> Hour:
    """Threshold and share of chance of an office for an hour.

    `ranks` are those of its recent declarations, `expected` how many it expects in the hour; `minutes` of officers'
    time are there, each opening takes `minutes_each`. `exploration` is the share of the budget that goes by chance.
    Raises ValueError when that is under five percent.
    """
    if exploration < LEAST_EXPLORATION:
        message = f"exploration {exploration:.0%} is under {LEAST_EXPLORATION:.0%}"
        raise ValueError(message)
    share = min(minutes / max(minutes_each, 1e-9) / max(expected, 1e-9), 1.0)
    by_model = share * (1.0 - exploration)
    known = ranks[~np.isnan(ranks)]
    threshold = float(np.quantile(known, 1.0 - by_model)) if len(known) and by_model > 0 else float("inf")
    return Hour(threshold=threshold, random_share=share * exploration, seed=seed)


class Batch(NamedTuple):
    """What is opened of a batch: by the model, by chance; and the probability that chance would have opened each."""

    by_model: Flags
    by_chance: Flags
    propensity: Floats

    @property
    def opened(self) -> Flags:
        """What is opened at all."""
        return np.asarray(self.by_model | self.by_chance)


def batch_of(
    ranks: Floats, references: Ints, *, budget: int, exploration: float, seed: str, mandatory: Flags | None = None
) -> Batch:
    """Spend a budget of openings on a batch: mandatory controls first, then the highest ranks, and chance on the rest.

    A rank of NaN is never opened by the model. The draw of each line hangs on the seed and its reference alone.
    """
    count = len(ranks)
    opened = np.zeros(count, dtype=bool) if mandatory is None else mandatory.copy()
    left = max(budget - int(opened.sum()), 0)
    drawn = min(round(left * exploration), count)
    free = np.flatnonzero(~opened & ~np.isnan(ranks))
    top = free[np.argsort(-ranks[free], kind="stable")[: left - drawn]]
    by_model = opened
    by_model[top] = True
    rest = np.flatnonzero(~by_model)
    draws = draws_of(seed, references[rest])
    by_chance = np.zeros(count, dtype=bool)
    by_chance[rest[np.argsort(draws, kind="stable")[:drawn]]] = True
    propensity = np.zeros(count)
    propensity[rest] = min(drawn / max(len(rest), 1), 1.0)
    return Batch(by_model, by_chance, propensity)


def draws_of(seed: str, references: Ints) -> Floats:
    """Draws of many references."""
    return np.array([draw_of(seed, str(one)) for one in references.tolist()])
