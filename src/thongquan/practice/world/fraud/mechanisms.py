"""Planted mechanisms of fraud: each function gives how likely a crooked enterprise is to use it on each line.

A rate depends on what everybody can see of a line and on the month: rates drift, some mechanisms start late, some fade.
An enterprise that is honest in the month cheats at `OPPORTUNITY` of the rate. The phoenix and collusion also raise the
others: mechanisms interact.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from thongquan.practice.world.fraud.case import Case, ramp, wave, when
from thongquan.practice.world.numbers import Floats

OPPORTUNITY = 0.16
NONE = -1
_PEAK = (10, 15)


def undervaluation(case: Case) -> Floats:
    """Undervaluation against peers: dutiable imports and small traders more, in waves of fourteen months."""
    rate = 0.038 * (0.8 + 1.5 * np.minimum(case.mfn, 0.25)) * when(case.size_class <= 2, 1.15, 0.9)
    return rate * when(case.imports, 1.0, 1.1) * (1.0 + 0.3 * wave(case.month, 14)) * _ordinary(case)


def understatement(case: Case) -> Floats:
    """Fewer pieces or kilograms than cross: perishables more; falls as scales are trusted."""
    rate = 0.038 * when(case.perishable, 1.1, 1.0) * when(case.imports, 0.95, 1.15)
    return rate * (1.0 - 0.35 * ramp(case.month, 6, 24)) * _ordinary(case)


def cheaper_code(case: Case) -> Floats:
    """The same goods under a cheaper code: only where such a code lies near; officers learn after month 15."""
    rate = 0.021 * when(case.gap, 1.0, 0.0) * when(case.luxury, 1.2)
    return rate * when(case.imports, 1.0, 0.0) * (1.0 - 0.45 * ramp(case.month, 15, 22)) * _common(case)


def false_certificate(case: Case) -> Floats:
    """A certificate of origin that was made up or altered, to claim a preference; slow waves."""
    rate = 0.026 * when(case.claims, 1.0, 0.0) * (0.8 + 2.0 * np.minimum(case.mfn, 0.2))
    return rate * (1.0 + 0.35 * wave(case.month, 18, 5)) * _common(case)


def transit(case: Case) -> Floats:
    """Goods of a third country that only pass through China and are declared as Chinese: starts after month 12."""
    rate = 0.038 * when(case.claims, 1.0, 0.0) * ramp(case.month, 12, 17)
    return rate * when(case.luxury, 1.3) * when(case.perishable, 0.6) * _common(case)


def regime_misuse(case: Case) -> Floats:
    """Merchants' cargo in residents' quotas, consumer goods under a temporary regime; stricter from month 10."""
    residents = 0.24 * when(case.resident, 1.0, 0.0) * (1.0 - 0.4 * ramp(case.month, 10, 20))
    temporary = 0.12 * when(case.temporary, 1.0, 0.0) * when(case.consumer, 1.5, 0.8)
    return residents + temporary


def split_shipment(case: Case) -> Floats:
    """One sale cut into lots just under the threshold: fades out from month 16, when lots are added up."""
    return 0.38 * when(case.lot, 1.0, 0.0) * (1.0 - 0.9 * ramp(case.month, 16, 20))


def phoenix(case: Case) -> Floats:
    """A factor on the others: an enterprise that comes back after it was caught, with the same people, tries harder."""
    return when(case.phoenix, 1.5) * when(case.age_months <= 3, 1.15)


def collusion(case: Case) -> Floats:
    """A broker and a crew that work together: from month 12 on, prices nobody questions; it ends when it is found out.

    The crew itself finds nothing; others look over half of its inspections (`control.detection_of`), and
    the pair is broken up with the month in which fraud is found there, of whatever kind (`posts.break_up`).
    """
    return 0.30 * when(case.pair, 1.0, 0.0) * when(case.imports, 1.0, 0.3) * _ordinary(case)


def contraband(case: Case) -> Floats:
    """Other goods hidden in a load of perishables at the hours of the rush; grows after month 8, in waves."""
    rush = (case.hour >= _PEAK[0]) & (case.hour < _PEAK[1])
    rate = 0.13 * when(case.perishable & case.imports, 1.0, 0.0) * when(rush, 1.0, 0.15)
    return rate * (0.5 + 0.5 * ramp(case.month, 8, 14)) * (1.0 + 0.3 * wave(case.month, 10, 3)) * _common(case)


MECHANISMS: tuple[Callable[[Case], Floats], ...] = (
    *(undervaluation, understatement, cheaper_code, false_certificate, transit),
    *(regime_misuse, collusion, contraband, split_shipment),
)
"""In the order of the marks."""
SPLIT = MECHANISMS.index(split_shipment)
_RAISED_BY_PHOENIX = frozenset({undervaluation, understatement, cheaper_code, false_certificate, transit})
_MOST = 0.6


def rates_of_lines(case: Case) -> Floats:
    """Rates of a crooked enterprise: lines by mechanism. The rate of split lots stands apart and is 0 here."""
    raised = phoenix(case)
    columns = [
        mechanism(case) * (raised if mechanism in _RAISED_BY_PHOENIX else 1.0)
        for mechanism in MECHANISMS
        if mechanism is not split_shipment
    ]
    rates = np.stack([*columns, np.zeros(len(case.hour))], axis=1)
    total = rates.sum(axis=1, keepdims=True)
    return np.asarray(rates * np.where(total > _MOST, _MOST / np.maximum(total, 1e-9), 1.0))


def split_rate(case: Case) -> Floats:
    """Rate of a crooked enterprise to cut a sale into lots; the same for all lots of a sale."""
    return split_shipment(case)


def _common(case: Case) -> Floats:
    """Ordinary trade: residents' forms and goods brought in for a time have fraud of their own."""
    return when(case.resident | case.temporary, 0.0)


def _ordinary(case: Case) -> Floats:
    return when(case.resident, 0.0) * when(case.temporary, 0.3)
