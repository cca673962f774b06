"""The oracle: how probable fraud is for somebody who knows how this world is made and sees all that is declared.

The observer knows rates, marks, errors and prices, and which brokers and crews work together (shared states that many
declarations give away; there the oracle is an upper bound). It does not know which enterprise is crooked in a month: it
believes what the enterprise's earlier lines and inspections tell, month by month (the forward filter of a chain of two
states), and then weighs the line itself. Given the model this is exact: among lines told 30 %, three in ten are fraud.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from thongquan.practice.world.deceit import Deceit
from thongquan.practice.world.fraud import MARKS, SPLIT
from thongquan.practice.world.fraud.marks import (
    CERTIFICATE_NOISE,
    CERTIFICATE_SPREAD,
    CODE_ERROR,
    GROSS_ERROR,
    GROSS_ERROR_SPREAD,
    GROSS_NOISE,
    HONEST_CERTIFICATE,
    LOT_MEAN,
    LOT_SPREAD,
    PRICE_ERROR,
    PRICE_ERROR_SPREAD,
    QUOTA_FRAUD_LOW,
    QUOTA_LOW,
    SPLIT_HIGH,
    SPLIT_LOW,
    Mark,
)
from thongquan.practice.world.fraud.mechanisms import OPPORTUNITY
from thongquan.practice.world.lines import Lines
from thongquan.practice.world.numbers import Array, Flags, Floats, Ints, density, exp, log
from thongquan.practice.world.wares import Wares

_LEAST = 1e-300
_STATES = (1.0, OPPORTUNITY)


class Sight(NamedTuple):
    """Likelihoods by state (crooked, honest): of the line, of its sale, and the part of the line that is fraud."""

    line: tuple[Floats, Floats]
    sale: tuple[Floats, Floats]
    sale_seen: tuple[Floats, Floats]
    fraud: tuple[Floats, Floats]


def ratios_of(lines: Lines, deceit: Deceit, wares: Wares) -> Array:
    """How much likelier each mechanism makes what is declared than honesty does: lines by mechanism."""
    sigma = wares.sigma[lines.kind]
    price = deceit.price_noise + deceit.price_change
    wide = np.sqrt(sigma * sigma + PRICE_ERROR_SPREAD**2)
    base = density(price, 0.0, sigma)
    honest_price = (1.0 - PRICE_ERROR) * base + PRICE_ERROR * density(price, 0.0, wide)
    gross_wide = np.sqrt(GROSS_NOISE**2 + GROSS_ERROR_SPREAD**2)
    gross_base = density(deceit.gross, 0.0, GROSS_NOISE)
    honest_gross = (1.0 - GROSS_ERROR) * gross_base + GROSS_ERROR * density(deceit.gross, 0.0, gross_wide)
    columns = [
        _price(mark, price, sigma, base)
        / honest_price
        * (_gross(mark, deceit.gross, gross_base) / honest_gross)
        * _code(mark, deceit.miscoded)
        * _papers(mark, lines.claims, deceit)
        * _levels(mark, lines, deceit.level)
        for mark in MARKS
    ]
    return np.stack(columns, axis=1)


def erred_of(lines: Lines, deceit: Deceit, wares: Wares) -> Floats:
    """How likely what is declared holds an honest error, given that it is no fraud."""
    sigma = wares.sigma[lines.kind]
    price = deceit.price_noise + deceit.price_change
    wide = PRICE_ERROR * density(price, 0.0, np.sqrt(sigma * sigma + PRICE_ERROR_SPREAD**2))
    of_price = wide / (wide + (1.0 - PRICE_ERROR) * density(price, 0.0, sigma))
    far = GROSS_ERROR * density(deceit.gross, 0.0, np.sqrt(GROSS_NOISE**2 + GROSS_ERROR_SPREAD**2))
    of_gross = far / (far + (1.0 - GROSS_ERROR) * density(deceit.gross, 0.0, GROSS_NOISE))
    return np.where(deceit.miscoded, 1.0, 1.0 - (1.0 - of_price) * (1.0 - of_gross))


def sight_of(lines: Lines, rates: Array, splits: Floats, ratios: Array, seen: Array) -> Sight:
    """Likelihoods of lines and sales. `seen` is how likely the outcome of the inspection is: lines by mechanism."""
    pairs = [_line(rates * scale, ratios, seen) for scale in _STATES]
    sales = [_sale(lines, splits * scale, ratios, seen, pair) for scale, pair in zip(_STATES, pairs, strict=True)]
    return Sight(
        line=(pairs[0][0], pairs[1][0]),
        sale=(sales[0][0], sales[1][0]),
        sale_seen=(sales[0][1], sales[1][1]),
        fraud=(sales[0][2], sales[1][2]),
    )


def probability_of(lines: Lines, suspicion: Floats, sight: Sight) -> tuple[Floats, Floats]:
    """Probability of fraud of each line, and what is believed of each enterprise after the month.

    `suspicion` is what is believed of each enterprise before it.
    """
    first = np.flatnonzero(lines.event == np.arange(len(lines.event)))
    order = first[np.lexsort((first, lines.firm[first]))]
    gained = log(np.maximum(sight.sale_seen[0], _LEAST)) - log(np.maximum(sight.sale_seen[1], _LEAST))
    firm = lines.firm[order]
    begins = np.flatnonzero(np.concatenate([[True], firm[1:] != firm[:-1]]))
    total = np.cumsum(gained[order])
    before = total - gained[order]
    before = before - np.repeat(before[begins], np.diff(np.append(begins, len(order))))
    prior = np.zeros(len(lines.event))
    prior[order] = _updated(suspicion[firm], before)
    prior = prior[lines.event]
    crooked, honest = prior, 1.0 - prior
    top = crooked * sight.fraud[0] + honest * sight.fraud[1]
    bottom = crooked * sight.sale[0][lines.event] + honest * sight.sale[1][lines.event]
    evidence: Floats = np.bincount(firm, gained[order], minlength=len(suspicion)).astype(np.float64)
    believed = _updated(suspicion, evidence)
    return np.clip(top / np.maximum(bottom, _LEAST), 0.0, 1.0), believed


def _updated(belief: Floats, evidence: Floats) -> Floats:
    belief = np.clip(belief, 1e-9, 1.0 - 1e-9)
    odds = belief / (1.0 - belief) * exp(np.clip(evidence, -300.0, 300.0))
    return np.asarray(odds / (1.0 + odds))


def _line(rates: Array, ratios: Array, seen: Array) -> tuple[Floats, Floats, Floats]:
    """Likelihood of a line that is no split lot: all of it, with the outcome seen, and the part of fraud."""
    honest = 1.0 - rates.sum(axis=1)
    parts = rates * ratios
    fraud = parts.sum(axis=1)
    return honest + fraud, honest * seen[:, -1] + (parts * seen[:, :-1]).sum(axis=1), fraud


def _sale(
    lines: Lines, splits: Floats, ratios: Array, seen: Array, pair: tuple[Floats, Floats, Floats]
) -> tuple[Floats, Floats, Floats]:
    """Likelihood of each sale at the place of its first line, and of the line being fraud with its whole sale."""
    whole, whole_seen, fraud = pair
    split = np.where(lines.lot, splits, 0.0)
    cut = split * _product(lines.event, ratios[:, SPLIT])
    cut_seen = split * _product(lines.event, ratios[:, SPLIT] * seen[:, SPLIT])
    rest = _product(lines.event, whole)
    rest_seen = (1.0 - split) * _product(lines.event, whole_seen)
    share = fraud / np.maximum(whole, _LEAST)
    told = cut[lines.event] + (1.0 - split[lines.event]) * rest[lines.event] * share
    return cut + (1.0 - split) * rest, cut_seen + rest_seen, told


def _product(event: Ints, factor: Floats) -> Floats:
    """Product over the lots of each sale, at the place of its first line."""
    return exp(np.clip(np.bincount(event, log(np.maximum(factor, _LEAST)), minlength=len(event)), -600.0, 600.0))


def _price(mark: Mark, price: Floats, sigma: Floats, base: Floats) -> Floats:
    if not mark.price_share:
        return base
    mean, deviation = mark.price
    moved = density(price, mean, np.sqrt(sigma * sigma + deviation * deviation))
    return (1.0 - mark.price_share) * base + mark.price_share * moved


def _gross(mark: Mark, gross: Floats, base: Floats) -> Floats:
    mean, deviation = mark.gross
    return density(gross, mean, float(np.sqrt(GROSS_NOISE**2 + deviation * deviation))) if deviation else base


def _code(mark: Mark, miscoded: Flags) -> Floats:
    if mark.code:
        return np.where(miscoded, 1.0 / CODE_ERROR, 0.0)
    return np.where(miscoded, 0.0, 1.0 / (1.0 - CODE_ERROR))


def _papers(mark: Mark, claims: Flags, deceit: Deceit) -> Floats:
    if mark.certificate is None:
        return np.ones(len(claims))
    (late, third, wide), (usual_late, usual_third, usual_wide) = mark.certificate, HONEST_CERTIFICATE
    near = density(deceit.certificate_weight, 0.0, CERTIFICATE_NOISE)
    far = density(deceit.certificate_weight, 0.0, float(np.sqrt(CERTIFICATE_NOISE**2 + CERTIFICATE_SPREAD**2)))
    weight = ((1.0 - wide) * near + wide * far) / ((1.0 - usual_wide) * near + usual_wide * far)
    found = weight * _flag(deceit.retroactive, late, usual_late) * _flag(deceit.third_party, third, usual_third)
    return np.where(claims, found, 1.0)


def _flag(stands: Flags, share: float, usual: float) -> Floats:
    return np.where(stands, share / usual, (1.0 - share) / (1.0 - usual))


def _levels(mark: Mark, lines: Lines, level: Floats) -> Floats:
    if mark.quota:
        high = np.where(level >= QUOTA_FRAUD_LOW, (1.0 - QUOTA_LOW) / (1.0 - QUOTA_FRAUD_LOW), 0.0)
        return np.where(lines.resident, high, 1.0)
    if mark.threshold:
        inside = (level >= SPLIT_LOW) & (level <= SPLIT_HIGH)
        safe = np.maximum(level, 1e-9)
        usual = density(log(safe), LOT_MEAN, LOT_SPREAD) / safe
        return np.where(lines.lot, np.where(inside, 1.0 / (SPLIT_HIGH - SPLIT_LOW) / usual, 0.0), 1.0)
    return np.ones(len(level))
