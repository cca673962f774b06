"""Inspections: who is looked at, by chance and by simple rules over what is declared, and what is found."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from thongquan.practice.world.deceit import Deceit
from thongquan.practice.world.firms import Firms
from thongquan.practice.world.fraud import MARKS, NONE
from thongquan.practice.world.heads import Heads
from thongquan.practice.world.lines import Lines
from thongquan.practice.world.numbers import Array, Flags, Floats, Ints
from thongquan.practice.world.posts import Pairs, break_up
from thongquan.practice.world.wares import Wares

RANDOM_SHARE = 0.03
_BASE, _LOW_PRICE, _HEAVY, _KNOWN, _CONTROLLED = 0.02, 0.22, 0.25, 0.25, 0.06
_LOW, _MUCH, _REMEMBERED_MONTHS = -0.50, 0.05, 6
_ERROR_DETECTION, _LOOKED_OVER = 0.80, 0.50
"""How often an inspection sees an error; in which share of inspections another crew or internal control looks too."""
_YELLOW, GREEN, YELLOW, RED = 0.26, 1, 2, 3
NOTHING, ERROR, FRAUD = 0, 1, 2
_DETECTION = np.array([*(mark.detection for mark in MARKS), 0.0])


class Control(NamedTuple):
    """By declaration: channel, probability of selection, whether by chance. By line: inspected, outcome (0, 1 or 2)."""

    channel: Ints
    propensity: Floats
    by_chance: Flags
    inspected: Flags
    outcome: Ints


def control_of(
    rng: np.random.Generator, month: int, heads: Heads, lines: Lines, deceit: Deceit, firms: Firms, wares: Wares
) -> Control:
    """Select declarations and inspect their lines. Selection knows nothing that is not declared."""
    count = len(heads.firm)
    rule = _rule(month, heads, lines, deceit, firms, wares)
    u = rng.random(count)
    by_chance = u < RANDOM_SHARE
    chosen = by_chance | (u < RANDOM_SHARE + (1.0 - RANDOM_SHARE) * rule)
    yellow = rng.random(count) < _YELLOW
    inspected = chosen[lines.head]
    seen = rng.random(len(lines.head)) < detection_of(lines)[np.arange(len(lines.head)), deceit.mechanism]
    erred = (deceit.price_error | deceit.code_error | deceit.gross_error) & (
        rng.random(len(lines.head)) < _ERROR_DETECTION
    )
    fraud = inspected & seen & (deceit.mechanism != NONE)
    return Control(
        channel=np.where(chosen, RED, np.where(yellow, YELLOW, GREEN)),
        propensity=RANDOM_SHARE + (1.0 - RANDOM_SHARE) * rule,
        by_chance=by_chance,
        inspected=inspected,
        outcome=np.where(fraud, FRAUD, np.where(inspected & erred & ~lines.pair, ERROR, NOTHING)),
    )


def seen_of(lines: Lines, deceit: Deceit, control: Control, erred: Floats) -> Array:
    """How likely each line's outcome was: lines by mechanism, the honest last. Found fraud is of the mechanism found.

    `erred` is how likely what is declared holds an error, if it is honest.
    """
    detection = detection_of(lines)
    found = np.arange(len(MARKS) + 1)[None, :] == deceit.mechanism[:, None]
    by_outcome = np.where((control.outcome == FRAUD)[:, None], np.where(found, detection, 0.0), 1.0 - detection)
    noticed = _ERROR_DETECTION * erred * ~lines.pair
    by_outcome = np.where((control.outcome == ERROR)[:, None], 0.0, by_outcome)
    honest = np.where(control.outcome == ERROR, noticed, np.where(control.outcome == FRAUD, 0.0, 1.0 - noticed))
    by_outcome[:, -1] = honest
    return np.where(control.inspected[:, None], by_outcome, 1.0)


def detection_of(lines: Lines) -> Array:
    """How often an inspection finds each mechanism: lines by mechanism.

    A crew that works with the broker finds nothing: what is found is found by those who look with it.
    """
    looked = np.where(lines.pair, _LOOKED_OVER, 1.0)
    return np.asarray(_DETECTION[None, :] * looked[:, None])


def remember(firms: Firms, pairs: Pairs, heads: Heads, lines: Lines, control: Control, month: int) -> None:
    """Write down who was caught in the month; a broker and a crew whose fraud was found work together no more."""
    found = lines.pair & (control.outcome == FRAUD)
    break_up(pairs, month, heads.broker[lines.head[found]])
    caught = np.unique(lines.firm[control.outcome == FRAUD])
    firms.caught[caught] = month
    firms.first_caught[caught] = np.where(firms.first_caught[caught] < 0, month, firms.first_caught[caught])


def _rule(month: int, heads: Heads, lines: Lines, deceit: Deceit, firms: Firms, wares: Wares) -> Floats:
    """Probability by rule: prices far under the usual, loads too heavy, who was caught lately, controlled goods."""
    price = deceit.price_noise + deceit.price_change
    flags = (
        (price < _LOW, _LOW_PRICE),
        (deceit.gross > _MUCH, _HEAVY),
        (wares.controlled[lines.kind], _CONTROLLED),
        (month - firms.caught[lines.firm] <= _REMEMBERED_MONTHS, _KNOWN),
    )
    of_line = np.maximum.reduce([np.where(flag, share, _BASE) for flag, share in flags])
    result = np.full(len(heads.firm), _BASE)
    np.maximum.at(result, lines.head, of_line)
    return result
