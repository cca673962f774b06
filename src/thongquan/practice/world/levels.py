"""Levels: how many declarations and how much value a day should bring, by flow and gate, from the published facts."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from thongquan.practice.world.days import Days, days_of
from thongquan.practice.world.facts import (
    ASSUMED_COUNT_GROWTH,
    ASSUMED_DECLARATIONS,
    ASSUMED_LATER_GROWTH,
    REST_OF_GATES,
    published,
)
from thongquan.practice.world.numbers import Floats

FLOWS = ("export", "import")
EXPORT, IMPORT = 0, 1
GATES = ("LS01", "LS02", "LS03", "LS04", "LS05", "LS06")
OFFICES = ("15BB", "15BE", "15BD", "15BC", "15SI", "VI")
TAN_THANH, RAIL = 1, 4
_YEAR = 2025
_DAYS = 365
_COUNT_OF_FLOW = (0.25, 0.75)


class Levels(NamedTuple):
    """By day, flow and gate: declarations at scale 1 and their value in dollars; by day and flow: what only passes."""

    declarations: Floats
    value: Floats
    trucks: Floats
    passing_value: Floats


def levels_of(days: Days) -> Levels:
    """Spread the published sums over the days of a world."""
    known = {year: _of_year(year) for year in sorted(set(days.year.tolist()))}
    shape = days.weight[:, None, None]
    value = np.stack([known[int(year)].value for year in days.year]) * shape
    count = np.stack([known[int(year)].declarations for year in days.year]) * shape
    trucks = np.stack([known[int(year)].trucks for year in days.year]) * days.weight[:, None]
    passing = np.stack([known[int(year)].passing_value for year in days.year]) * days.weight[:, None]
    return Levels(count, value, trucks, passing)


def _of_year(year: int) -> Levels:
    """Levels of a day of weight 1 in that year."""
    basis = days_of(date(_YEAR, 1, 1), 12) if year >= _YEAR else days_of(date(year, 1, 1), 12)
    eleven, whole = float(basis.weight[basis.month < 11].sum()), float(basis.weight.sum())
    declared = np.array([published("declared_exports"), published("declared_imports")]) * 1e9 / eleven
    declared = declared * _grown(year, published("declared_growth"))
    through = np.array([published("all_exports"), published("all_imports")]) * 1e9 / eleven
    growths = (published("all_exports_growth"), published("all_imports_growth"))
    through = through * np.array([_grown(year, one) for one in growths])
    share = _gate_shares(declared.sum() * whole, year)
    mean_count = ASSUMED_DECLARATIONS.value * _DAYS / whole * _grown(year, ASSUMED_COUNT_GROWTH.value)
    trucks = published("trucks") * _DAYS / whole * _grown(year, ASSUMED_COUNT_GROWTH.value)
    imports = published("truck_imports") / 100
    return Levels(
        declarations=mean_count * np.array(_COUNT_OF_FLOW)[:, None] * share[None, :],
        value=declared[:, None] * share[None, :],
        trucks=trucks * np.array([1 - imports, imports]),
        passing_value=through - declared,
    )


def _grown(year: int, percent: float) -> float:
    """Level of a year, 1 in 2025: the published growth leads there, an assumed one to every other year."""
    later = 1 + ASSUMED_LATER_GROWTH.value / 100
    steps = abs(year - _YEAR)
    if year >= _YEAR:
        return _power(later, steps)
    return 1.0 / (1 + percent / 100) / _power(later, steps - 1)


def _power(base: float, times: int) -> float:
    result = 1.0
    for _ in range(times):
        result *= base
    return result


def _gate_shares(of_year: float, year: int) -> Floats:
    """Share of each gate in the value declared: Tân Thanh's is published, the others divide the rest."""
    tan_thanh = published("tan_thanh") * 1e6 * _grown(year, published("tan_thanh_growth")) / of_year
    rest = 1.0 - tan_thanh
    return np.array([REST_OF_GATES[gate] * rest if gate in REST_OF_GATES else tan_thanh for gate in GATES])
