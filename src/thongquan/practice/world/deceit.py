"""What is declared instead of what crosses: fraud is drawn, honest errors happen, marks are left."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from thongquan.practice.world.fraud import MARKS, NONE, SPLIT
from thongquan.practice.world.fraud.marks import (
    CERTIFICATE_NOISE,
    CERTIFICATE_SPREAD,
    CODE_ERROR,
    GROSS_ERROR,
    GROSS_ERROR_SPREAD,
    GROSS_NOISE,
    HONEST_CERTIFICATE,
    PRICE_ERROR,
    PRICE_ERROR_SPREAD,
    QUOTA_FRAUD_LOW,
    SPLIT_HIGH,
    SPLIT_LOW,
)
from thongquan.practice.world.fraud.mechanisms import OPPORTUNITY
from thongquan.practice.world.lines import Lines
from thongquan.practice.world.numbers import Array, Flags, Floats, Ints, normal, pick_in_rows
from thongquan.practice.world.wares import Wares

_MAIN_CHOICE = 0.6
_PRICE = np.array([(*mark.price, mark.price_share) for mark in MARKS] + [(0.0, 0.0, 0.0)])
_QUANTITY = np.array([mark.quantity for mark in MARKS] + [(0.0, 0.0)])
_GROSS = np.array([mark.gross for mark in MARKS] + [(0.0, 0.0)])
_PAPERS = np.array([mark.certificate or HONEST_CERTIFICATE for mark in MARKS] + [HONEST_CERTIFICATE])
_HIDES, _CODE, _ORIGIN, _QUOTA, _THRESHOLD = (
    np.array([*(getattr(mark, name) for mark in MARKS), False])
    for name in ("hides", "code", "origin", "quota", "threshold")
)
"""By place of the mark; the last row, which the place -1 (no fraud) finds, is that of the honest."""


class Deceit(NamedTuple):
    """One row per line. `mechanism` is the place of the mark, -1 for none; changes are of natural logarithms.

    `price_noise` belongs to the trade itself, `price_change` to the declaration; `gross` is the logarithm of declared
    gross weight over what the declared quantity should weigh.
    """

    mechanism: Ints
    level: Floats
    price_noise: Floats
    price_change: Floats
    quantity_change: Floats
    gross: Floats
    hidden: Floats
    other_code: Ints
    miscoded: Flags
    reorigin: Flags
    retroactive: Flags
    third_party: Flags
    certificate_weight: Floats
    price_error: Flags
    code_error: Flags
    gross_error: Flags


def deceit_of(
    rng: np.random.Generator, lines: Lines, crooked: Flags, rates: Array, splits: Floats, wares: Wares
) -> Deceit:
    """Draw who cheats and how, and who errs. `rates` and `splits` are those of the crooked."""
    scale = np.where(crooked, 1.0, OPPORTUNITY)
    mechanism = _drawn(rng, lines, rates * scale[:, None], splits * scale)
    count = len(mechanism)
    honest = mechanism == NONE
    errors = [honest & (rng.random(count) < rate) for rate in (PRICE_ERROR, CODE_ERROR, GROSS_ERROR)]
    priced = rng.random(count) < _PRICE[mechanism, 2]
    hidden = np.where(_HIDES[mechanism], _change(rng, _GROSS[mechanism]), 0.0)
    shown = np.where(_HIDES[mechanism], 0.0, _change(rng, _GROSS[mechanism]))
    noise = GROSS_NOISE * normal(rng, count) + np.where(errors[2], GROSS_ERROR_SPREAD * normal(rng, count), 0.0)
    retroactive, third_party, weight = _papers(rng, mechanism)
    return Deceit(
        mechanism=mechanism,
        level=_levels(rng, lines.level, mechanism),
        price_noise=wares.sigma[lines.kind] * normal(rng, count),
        price_change=np.where(priced, _change(rng, _PRICE[mechanism, :2]), 0.0)
        + np.where(errors[0], PRICE_ERROR_SPREAD * normal(rng, count), 0.0),
        quantity_change=_change(rng, _QUANTITY[mechanism]),
        gross=noise + shown + hidden,
        hidden=hidden,
        other_code=_other_codes(rng, lines.kind, wares),
        miscoded=_CODE[mechanism] | errors[1],
        reorigin=_ORIGIN[mechanism],
        retroactive=retroactive,
        third_party=third_party,
        certificate_weight=weight,
        price_error=errors[0],
        code_error=errors[1],
        gross_error=errors[2],
    )


def _drawn(rng: np.random.Generator, lines: Lines, rates: Array, splits: Floats) -> Ints:
    """The mechanism of each line; all lots of a sale are split or none."""
    count = len(splits)
    split = (rng.random(count) < splits)[lines.event]
    options = np.concatenate([rates, 1.0 - rates.sum(axis=1, keepdims=True)], axis=1)
    drawn = pick_in_rows(rng.random(count), options)
    drawn = np.where(drawn == len(MARKS), NONE, drawn)
    return np.where(split & lines.lot, SPLIT, drawn)


def _change(rng: np.random.Generator, mark: Array) -> Floats:
    return np.asarray(mark[:, 0] + mark[:, 1] * normal(rng, len(mark)))


def _levels(rng: np.random.Generator, level: Floats, mechanism: Ints) -> Floats:
    """Those who misuse quotas fill them, those who split stay just under the threshold."""
    u = rng.random(len(level))
    level = np.where(_QUOTA[mechanism], QUOTA_FRAUD_LOW + (1.0 - QUOTA_FRAUD_LOW) * u, level)
    return np.where(_THRESHOLD[mechanism], SPLIT_LOW + (SPLIT_HIGH - SPLIT_LOW) * u, level)


def _papers(rng: np.random.Generator, mechanism: Ints) -> tuple[Flags, Flags, Floats]:
    """Marks of certificates: issued afterwards, third-party invoice, logarithm of the weight over the declared."""
    shares, count = _PAPERS[mechanism], len(mechanism)
    wide = rng.random(count) < shares[:, 2]
    weight = CERTIFICATE_NOISE * normal(rng, count) + np.where(wide, CERTIFICATE_SPREAD * normal(rng, count), 0.0)
    return rng.random(count) < shares[:, 0], rng.random(count) < shares[:, 1], weight


def _other_codes(rng: np.random.Generator, kind: Ints, wares: Wares) -> Ints:
    """The code that a cheat or a mistake would write: mostly the cheapest."""
    count = len(kind)
    column = np.where(rng.random(count) < _MAIN_CHOICE, 0, rng.integers(0, wares.cheaper.shape[1], count))
    return np.asarray(wares.cheaper[kind, column])
