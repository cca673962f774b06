"""From logarithms to papers: quantities, prices, values, weights, duties, as declared and as true, in whole units."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from thongquan.practice.world.deceit import Deceit
from thongquan.practice.world.facts import EXCHANGE
from thongquan.practice.world.fraud.marks import QUOTA_USD, THRESHOLD_USD
from thongquan.practice.world.lines import Lines
from thongquan.practice.world.numbers import Flags, Floats, Ints, exp
from thongquan.practice.world.wares import Wares

RATE_VND = int(EXCHANGE.value)
TARE = 1.06
MOST_KG = 60_000.0
"""Of a line: what two trucks carry; cheap goods cannot be worth what only a train would bring."""
_MICRO, _HUNDRED, _GRAMS, _LEAST_HIDDEN = 1e6, 100.0, 1e3, 1e3
_MOST_HUNDREDTHS, _MOST_MICRO = 1e13, 1e13


class Amounts(NamedTuple):
    """Prices in millionths of a dollar, quantities in hundredths, values in cents, weights in grams, duties in dong."""

    price: Ints
    quantity: Ints
    value: Ints
    net: Ints
    gross: Ints
    packages: Ints
    hidden: Ints
    customs_value: Ints
    code: Ints
    duty_rate: Floats
    vat_rate: Floats
    duty: Ints
    vat: Ints
    true_price: Ints
    true_quantity: Ints
    true_value: Ints
    true_net: Ints
    evaded: Ints


def amounts_of(rng: np.random.Generator, lines: Lines, deceit: Deceit, wares: Wares) -> Amounts:
    """Work out every amount of a month's lines."""
    kind = lines.kind
    true_price = lines.expected_price * exp(deceit.price_noise)
    price = _whole(true_price * exp(deceit.price_change) * _MICRO, 1.0, _MOST_MICRO)
    wanted = _wanted(lines, deceit) / (price / _MICRO)
    carried = np.where(lines.lot, wanted, np.minimum(wanted, MOST_KG / wares.weight_kg[kind]))
    quantity = _quantities(rng, carried, wares.loose[kind])
    true_quantity = _whole(quantity * exp(-deceit.quantity_change), 1.0, _MOST_HUNDREDTHS)
    true_quantity = np.where(deceit.quantity_change == 0.0, quantity, true_quantity)
    true_micro = np.where(deceit.price_change == 0.0, price, _whole(true_price * _MICRO, 1.0, _MOST_MICRO))
    value = np.rint(price * quantity / _MICRO)
    true_value = np.rint(true_micro * true_quantity / _MICRO)
    net = _whole(quantity / _HUNDRED * wares.weight_kg[kind] * _GRAMS, 1.0, 1e15)
    # A declaration that says less gross than net is not registered, so whatever went wrong, no world holds one.
    gross = np.maximum(np.rint(net * TARE * exp(deceit.gross)), net)
    more = gross - net * TARE * exp(deceit.gross - deceit.hidden)
    hidden = np.where(deceit.hidden != 0.0, np.maximum(more, _LEAST_HIDDEN), 0.0)
    return Amounts(
        price=_ints(price),
        quantity=_ints(quantity),
        value=_ints(value),
        net=_ints(net),
        gross=_ints(gross),
        packages=_ints(np.maximum(np.ceil(quantity / _HUNDRED / wares.package_units[kind]), 1.0)),
        hidden=_ints(np.rint(hidden)),
        **_duties(lines, deceit, wares, value, true_value),
        true_price=_ints(true_micro),
        true_quantity=_ints(true_quantity),
        true_value=_ints(true_value),
        true_net=_ints(_whole(true_quantity / _HUNDRED * wares.weight_kg[kind] * _GRAMS, 1.0, 1e15)),
    )


def _wanted(lines: Lines, deceit: Deceit) -> Floats:
    """Declared value in dollars: of residents and lots it follows their level."""
    of_quota = np.where(lines.resident, deceit.level * QUOTA_USD, lines.value)
    return np.where(lines.lot, deceit.level * THRESHOLD_USD, of_quota)


def _quantities(rng: np.random.Generator, wanted: Floats, loose: Flags) -> Floats:
    """Hundredths of a unit: whole pieces, rounded up or down by chance; goods by weight or length to the hundredth."""
    pieces = np.maximum(np.floor(wanted + rng.random(len(wanted))), 1.0) * _HUNDRED
    return _whole(np.where(loose, np.rint(wanted * _HUNDRED), pieces), 1.0, _MOST_HUNDREDTHS)


def _duties(lines: Lines, deceit: Deceit, wares: Wares, value: Floats, true_value: Floats) -> dict[str, Any]:
    """Duty and tax as declared, and what was kept back."""
    own = wares.code[lines.kind]
    code = np.where(deceit.miscoded, deceit.other_code, own)
    free = lines.resident | lines.temporary | ~lines.imports
    duty_rate = np.where(free, 0.0, np.where(lines.claims, wares.preference[code], wares.mfn[code]))
    vat_rate = np.where(free, 0.0, wares.vat[code])
    right = np.where(lines.claims & ~deceit.reorigin, wares.preference[own], wares.mfn[own])
    misused = (lines.resident | lines.temporary) & (deceit.mechanism >= 0)
    free = free & ~misused
    customs_value = np.rint(value / _HUNDRED * RATE_VND)
    duty, vat = _owed(customs_value, duty_rate, vat_rate)
    true_duty, true_vat = _owed(
        np.rint(true_value / _HUNDRED * RATE_VND), np.where(free, 0.0, right), np.where(free, 0.0, wares.vat[own])
    )
    return {
        "customs_value": _ints(customs_value),
        "code": code,
        "duty_rate": duty_rate,
        "vat_rate": vat_rate,
        "duty": _ints(duty),
        "vat": _ints(vat),
        "evaded": _ints(np.maximum(true_duty + true_vat - duty - vat, 0.0)),
    }


def _owed(value: Floats, duty_rate: Floats, vat_rate: Floats) -> tuple[Floats, Floats]:
    duty = np.floor(value * duty_rate + 0.5)
    return duty, np.floor((value + duty) * vat_rate + 0.5)


def _whole(x: Floats, least: float, most: float) -> Floats:
    return np.clip(np.rint(x), least, most)


def _ints(x: Floats) -> Ints:
    return np.asarray(x, dtype=np.int64)
