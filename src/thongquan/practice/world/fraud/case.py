"""What a line is before anybody cheats: everything here can be told from the declared side."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from thongquan.practice.world.numbers import Flags, Floats, Ints


class Case(NamedTuple):
    """Arrays of one row per line; `month` is the month of the world, from 0."""

    month: int
    imports: Flags
    hour: Ints
    size_class: Ints
    age_months: Ints
    phoenix: Flags
    mfn: Floats
    gap: Flags
    claims: Flags
    perishable: Flags
    luxury: Flags
    controlled: Flags
    resident: Flags
    temporary: Flags
    consumer: Flags
    lot: Flags
    pair: Flags


def ramp(month: int, first: int, last: int) -> float:
    """0 until `first`, then evenly up to 1 at `last`."""
    return min(max((month - first) / (last - first), 0.0), 1.0)


def wave(month: int, period: int, shift: int = 0) -> float:
    """From -1 to 1 and back in even steps, once in `period` months."""
    place = ((month + shift) % period) / period
    return 1.0 - 4.0 * abs(place - 0.5)


def when(flags: Flags, then: float, otherwise: float = 1.0) -> Floats:
    """One factor where the flag stands, another where it does not."""
    return np.where(flags, then, otherwise)
