"""Steering: what is still missing to the published sums is made up in the next month, by flow and gate."""

from __future__ import annotations

import numpy as np

from thongquan.practice.world.amounts import RATE_VND, Amounts
from thongquan.practice.world.days import Days
from thongquan.practice.world.facts import published
from thongquan.practice.world.heads import Heads
from thongquan.practice.world.levels import FLOWS, GATES, Levels
from thongquan.practice.world.lines import Lines
from thongquan.practice.world.numbers import Floats
from thongquan.practice.world.wares import Wares

_LEAST, _MOST, _CENTS = 0.3, 3.0, 100.0
_FIRST_CLAIMS, _FEWEST_CLAIMS, _MOST_CLAIMS = 0.55, 0.03, 0.97
_SHAPE = (len(FLOWS), len(GATES))
_MEMORY = 0.6


class Steering:
    """Factors on the value of declarations, and the share of lines that claim a preference (which sets the revenue).

    Prices, whole pieces and forms of residents make values that a level alone does not hit: each year keeps its own
    account of what it should have brought and what it did, and the response to a factor is learned on the way.
    """

    def __init__(self, days: Days, levels: Levels, weight: float) -> None:
        self._days, self._levels, self._weight = days, levels, weight
        self._missing, self._response = np.zeros(_SHAPE), np.ones(_SHAPE)
        self._owed = np.zeros(2)
        self._year = int(days.year[0])
        self.claim_share = _FIRST_CLAIMS

    def factor(self, month: int) -> Floats:
        """Factor of each flow and gate in a month."""
        year = int(self._days.year[self._days.month == month][0])
        if year != self._year:
            self._year, self._missing, self._owed = year, np.zeros(_SHAPE), np.zeros(2)
        due = np.maximum(self._due(month), 1e-9)
        return np.clip((due + self._missing) / due / self._response, _LEAST, _MOST)

    def learn(self, month: int, factor: Floats, heads: Heads, lines: Lines, amounts: Amounts, wares: Wares) -> None:
        """Take note of what the month brought."""
        made = np.zeros(_SHAPE)
        cell = heads.flow[lines.head] * _SHAPE[1] + heads.gate[lines.head]
        value = amounts.value * (self._weight / _CENTS)
        made += np.bincount(cell, value, minlength=made.size).reshape(_SHAPE)
        due = self._due(month)
        response = made / np.maximum(due * factor, 1e-9)
        self._response = np.clip(_MEMORY * self._response + (1.0 - _MEMORY) * response, 0.2, 5.0)
        self._missing = self._missing + due - made
        self._learn_claims(lines, amounts, wares)

    def _learn_claims(self, lines: Lines, amounts: Amounts, wares: Wares) -> None:
        """Choose the share of claims with which the year would bring the published revenue on its imports."""
        share = published("revenue") * 1e9 / (published("declared_imports") * 1e9 * RATE_VND)
        self._owed = self._owed + np.array(
            [(amounts.duty + amounts.vat).sum(), share * amounts.customs_value[lines.imports].sum()]
        )
        trade = lines.imports & ~lines.resident & ~lines.temporary
        value, code = amounts.customs_value * trade, amounts.code
        full = (value * _all(wares.mfn[code], wares.vat[code])).sum()
        least = (value * _all(np.minimum(wares.preference[code], wares.mfn[code]), wares.vat[code])).sum()
        wanted = share * amounts.customs_value[lines.imports].sum() + 0.7 * (self._owed[1] - self._owed[0])
        found = (full - wanted) / max(full - least, 1.0)
        self.claim_share = float(min(max(found, _FEWEST_CLAIMS), _MOST_CLAIMS))

    def _due(self, month: int) -> Floats:
        return np.asarray(self._levels.value[self._days.month == month].sum(axis=0))


def _all(duty: Floats, vat: Floats) -> Floats:
    return duty + (1.0 + duty) * vat
