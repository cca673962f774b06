"""Offices and who stands there: crews that rotate through the shifts, and which of them a broker works with."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from thongquan.practice.world.firms import NEVER
from thongquan.practice.world.levels import GATES
from thongquan.practice.world.numbers import Flags, Ints, pick, stream

CREWS, OFFICERS_OF_A_CREW = 3, 6
_SHIFTS_BEGIN = (11, 15)
_PAIRS, _FIRST_MONTH, _LAST_MONTH = 0.45, 12, 16
_WEIGHTS = (0.38, 0.29, 0.10, 0.15, 0.05, 0.03)


class Pairs(NamedTuple):
    """For each broker: the office and the crew it works with, from and until which month (`ends` is set when found)."""

    gate: Ints
    crew: Ints
    begins: Ints
    ends: Ints


def crew_on_duty(number: Ints, hour: Ints) -> Ints:
    """The crew at an hour of a day (its number since 1970): early, middle and late shifts change crews every week."""
    shift = np.searchsorted(np.array(_SHIFTS_BEGIN), hour, side="right")
    return np.asarray((number // 7 + shift) % CREWS, dtype=np.int64)


def pairs_of(seed: int, brokers: int) -> Pairs:
    """Some brokers find a crew, each for as long as nobody finds them out."""
    rng = stream(seed, "pairs")
    begins = np.where(rng.random(brokers) < _PAIRS, rng.integers(_FIRST_MONTH, _LAST_MONTH, brokers), NEVER)
    return Pairs(
        gate=pick(rng.random(brokers), np.array(_WEIGHTS)),
        crew=rng.integers(0, CREWS, brokers),
        begins=begins,
        ends=np.full(brokers, NEVER),
    )


def together(pairs: Pairs, month: int, broker: Ints, gate: Ints, crew: Ints) -> Flags:
    """Whether broker and crew of each declaration work together in that month."""
    at_work = (pairs.begins[broker] <= month) & (month < pairs.ends[broker])
    return np.asarray((broker >= 0) & at_work & (pairs.gate[broker] == gate) & (pairs.crew[broker] == crew))


def break_up(pairs: Pairs, month: int, brokers: Ints) -> None:
    """End the pairs of these brokers with the month: their fraud was found."""
    pairs.ends[brokers] = np.minimum(pairs.ends[brokers], month + 1)


def officers() -> int:
    """How many officers the region has."""
    return len(GATES) * CREWS * OFFICERS_OF_A_CREW
