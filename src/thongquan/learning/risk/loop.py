"""The closed loop: week by week the engine learns from what it opened, ranks, opens, and learns again.

What a line turns out to be comes only through `reveal`, and only for lines that were opened; it is known days later.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from thongquan.learning.risk.arrays import DAY, Flags, Floats, Ints
from thongquan.learning.risk.baselines import Ranker, rule_score
from thongquan.learning.risk.features import Features, Keys, Meaning, features_of, keys_of
from thongquan.learning.risk.model import ModelError, Scorer, Settings
from thongquan.learning.risk.outcomes import Beliefs, outcomes_of, profile_keys
from thongquan.learning.risk.past import Revealed
from thongquan.learning.risk.selection import batch_of, rank_of
from thongquan.learning.risk.trade import Trade
from thongquan.learning.risk.training import Labels, trained

WEEK = 7 * DAY
Reveal = Callable[[Ints], tuple[Flags, Floats]]
"""Of opened lines: whether fraud, and duty and tax evaded in dong."""
Progress = Callable[[int, int], None]
OWN_MARKS = frozenset(
    {
        *(Meaning.PRICE, Meaning.WEIGHT, Meaning.CODE, Meaning.CERTIFICATE, Meaning.REGIME, Meaning.LOTS),
        *(Meaning.VALUE, Meaning.TIME),
    }
)
"""Meanings of what a line shows by itself, whoever lodged it."""


class Prepared(NamedTuple):
    """A trade with everything that needs no outcome, made once."""

    trade: Trade
    keys: Keys
    features: Features
    profiles: dict[str, Ints]
    potential: Floats


class Rules(NamedTuple):
    """How the loop runs. `budget` is the share of lines opened, `exploration` that of the budget by chance.

    Before `opening_weeks` are over, half goes by simple rules and half by chance. The forest is grown anew every
    `every` weeks, after week `weekly_from` every week. At most `most_lines` labels are learned from: all that were
    fraud, and the latest of the others.
    """

    budget: float = 0.10
    exploration: float = 0.05
    trade_off: float = 0.05
    delay_days: int = 3
    opening_weeks: int = 8
    every: int = 4
    weekly_from: int = 10_000
    most_lines: int = 60_000
    seed: str = "1"
    settings: Settings = Settings()
    usual: float = 0.04
    without: Meaning | None = None


class Log(NamedTuple):
    """What the loop did with each line: rank, probability, lane (0 not opened, 1 by the model, 2 by chance),
    propensity of chance, week from the start."""

    rank: Floats
    probability: Floats
    lane: Ints
    propensity: Floats
    week: Ints

    @property
    def opened(self) -> Flags:
        """Lines that were opened."""
        return np.asarray(self.lane > 0)


def prepared(trade: Trade) -> Prepared:
    """Build features, keys and what there is to be evaded."""
    keys = keys_of(trade)
    features = features_of(trade, keys)
    of = dict(zip(features.names, features.values.T, strict=True))
    return Prepared(trade, keys, features, profile_keys(trade, keys, features), np.expm1(of["potential"].astype(float)))


def weeks_of(trade: Trade) -> Ints:
    """Week of each line from the first on."""
    return np.asarray((trade.at - trade.at[0]) // WEEK) if len(trade) else trade.at


def run(ready: Prepared, reveal: Reveal, rules: Rules, progress: Progress | None = None) -> Log:
    """Run the loop over all weeks."""
    engine = _Engine(ready, rules)
    week = engine.week
    last = int(week.max(initial=-1)) + 1
    for number in range(last):
        rows = np.flatnonzero(week == number)
        if len(rows):
            engine.look(number, rows)
            opened = engine.open(number, rows)
            engine.learn(opened, *reveal(opened))
        if progress:
            progress(number + 1, last)
    return engine.log


def run_baseline(ready: Prepared, ranker: Ranker, reveal: Reveal, rules: Rules) -> Log:
    """The same loop with a ranking that is not learned."""
    engine = _Engine(ready, rules)
    for number in range(int(engine.week.max(initial=-1)) + 1):
        rows = np.flatnonzero(engine.week == number)
        engine.log.rank[rows] = ranker(rows, engine.moments(rows), engine.revealed())
        opened = engine.open(number, rows)
        engine.learn(opened, *reveal(opened))
    return engine.log


class _Engine:
    """What the loop knows. Features of a line are those of its own week and stay as they were."""

    def __init__(self, ready: Prepared, rules: Rules) -> None:
        self.ready, self.rules = ready, rules
        self.week = weeks_of(ready.trade)
        count = len(ready.trade)
        self.start = int(ready.trade.at[0]) if count else 0
        unknown, nothing = np.full(count, np.nan), np.zeros(count, np.int64)
        self.log = Log(unknown, unknown.copy(), nothing, np.zeros(count), self.week)
        self.static = ready.features.without(rules.without) if rules.without else ready.features
        self.own = np.array([one in OWN_MARKS for one in self.static.meanings])
        self.outcomes: Features | None = None
        self.beliefs = Beliefs(ready.trade, ready.profiles)
        self.believed: Features | None = None
        self.row: list[Ints] = []
        self.fraud: list[Flags] = []
        self.evaded: list[Floats] = []
        self.first: Scorer | None = None
        self.second: Scorer | None = None
        self.simple = rule_score(ready.features)

    def revealed(self) -> Revealed:
        """Outcomes so far, with the moment each became known."""
        row = np.concatenate(self.row) if self.row else np.zeros(0, np.int64)
        fraud = np.concatenate(self.fraud).astype(np.float64) if self.fraud else np.zeros(0)
        return Revealed(row, self.ready.trade.at[row] + self.rules.delay_days * DAY, fraud)

    def moments(self, rows: Ints) -> Ints:
        """When the lines of a week are decided: at its beginning, as far as outcomes go."""
        return np.asarray(self.start + self.week[rows] * WEEK)

    def look(self, number: int, rows: Ints) -> None:
        """Rank the lines of a week by what was known before it."""
        revealed = self.revealed().before(self.start + number * WEEK)
        usual = self._usual(revealed)
        told = outcomes_of(self.ready.profiles, revealed, rows, self.moments(rows), usual=usual)
        told = self._allowed(told)
        self.outcomes = _kept(self.outcomes, told, rows, len(self.week))
        if number >= self.rules.opening_weeks and self._due(number):
            self._grow(revealed)
        self._suspect(rows, usual)
        believed = self._allowed(self.beliefs.told(rows))
        self.believed = _kept(self.believed, believed, rows, len(self.week))
        if self.second is not None:
            values = self._all(rows).values
            self.log.probability[rows] = self.second.probability(values)
            duty = self.second.expected_duty(values, self.ready.potential[rows])
            self.log.rank[rows] = rank_of(self.log.probability[rows], duty, trade_off=self.rules.trade_off)
        else:
            self.log.rank[rows] = self.simple[rows]

    def open(self, number: int, rows: Ints) -> Ints:
        """Spend the budget of a week."""
        rules = self.rules
        exploration = max(rules.exploration, 0.5) if number < rules.opening_weeks else rules.exploration
        batch = batch_of(
            self.log.rank[rows],
            self.ready.trade.declaration[rows] * 64 + self.ready.trade.line[rows],
            budget=max(1, round(rules.budget * len(rows))),
            exploration=1.0 if np.isnan(self.log.rank[rows]).all() else exploration,
            seed=f"{rules.seed}/{number}",
        )
        self.log.lane[rows] = np.where(batch.by_model, 1, np.where(batch.by_chance, 2, 0))
        self.log.propensity[rows] = batch.propensity
        return np.asarray(rows[batch.opened])

    def learn(self, opened: Ints, fraud: Flags, evaded: Floats) -> None:
        """Keep what opened lines turned out to be."""
        self.row.append(opened)
        self.fraud.append(fraud)
        self.evaded.append(evaded)

    def _usual(self, revealed: Revealed) -> float:
        """Share of fraud among lines that chance opened."""
        drawn = self.log.lane[revealed.row] == 2
        return float((revealed.fraud[drawn].sum() + 50 * self.rules.usual) / (drawn.sum() + 50))

    def _due(self, number: int) -> bool:
        since = number - self.rules.opening_weeks
        return number >= self.rules.weekly_from or since % self.rules.every == 0

    def _allowed(self, features: Features) -> Features:
        return features.without(self.rules.without) if self.rules.without else features

    def _all(self, rows: Ints) -> Features:
        static = self._first(rows)
        if self.believed is None:
            return static
        everyone = self.static.rows(rows)
        others = Features(
            tuple(name for name, own in zip(self.static.names, self.own, strict=True) if not own),
            tuple(one for one, own in zip(self.static.meanings, self.own, strict=True) if not own),
            everyone.values[:, ~self.own],
        )
        return static.beside(others).beside(self.believed.rows(rows))

    def _first(self, rows: Ints) -> Features:
        """What a line shows by itself, with what such marks lately turned out to be."""
        assert self.outcomes is not None  # noqa: S101  (set by `look`, which comes first)
        own = Features(
            tuple(name for name, own in zip(self.static.names, self.own, strict=True) if own),
            tuple(one for one, own in zip(self.static.meanings, self.own, strict=True) if own),
            self.static.values[rows][:, self.own],
        )
        return own.beside(self.outcomes.rows(rows))

    def _grow(self, revealed: Revealed) -> None:
        rows = self._learned(revealed)
        if self.believed is None or not len(rows):
            return
        place = np.argsort(np.concatenate(self.row), kind="stable")
        known = np.concatenate(self.row)[place]
        found = place[np.searchsorted(known, rows)]
        labels = Labels(
            np.concatenate(self.fraud)[found],
            np.concatenate(self.evaded)[found],
            self.ready.potential[rows],
            self.ready.trade.at[rows],
        )
        try:
            self.first = trained(self._first(rows), labels, self.rules.settings._replace(rounds=120)).opened()
            self.second = trained(self._all(rows), labels, self.rules.settings).opened()
        except ModelError:
            return

    def _learned(self, revealed: Revealed) -> Ints:
        """Lines to learn from, in the order of time: all frauds, and the latest of the others."""
        fraud = revealed.row[revealed.fraud > 0]
        other = np.sort(revealed.row[revealed.fraud == 0])[-self.rules.most_lines :]
        return np.sort(np.concatenate([fraud, other]))

    def _suspect(self, rows: Ints, usual: float) -> None:
        if self.first is not None:
            self.beliefs.learn(rows, self.first.probability(self._first(rows).values), usual)


def _kept(whole: Features | None, told: Features, rows: Ints, count: int) -> Features:
    """Write the features of some lines into those of all."""
    if whole is None:
        whole = Features(told.names, told.meanings, np.full((count, len(told.names)), np.nan, np.float32))
    whole.values[rows] = told.values
    return whole
