"""Champion and challengers on the same later lines, that none of them learned from; whether the champion still holds.

Time-ordered: what judges lies after what taught. Intervals are drawn over lines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from thongquan.learning.risk.arrays import DAY, Flags, Floats, Ints, Matrix
from thongquan.learning.risk.drift import ALARM, Drift, Rate, calibration_error, drift_of, new_values, rate
from thongquan.learning.risk.features import Features
from thongquan.learning.risk.findings import Learning
from thongquan.learning.risk.measures import auc, average_precision
from thongquan.learning.risk.model import ModelError, Scorer, Settings
from thongquan.learning.risk.trade import Trade
from thongquan.learning.risk.training import CHOICES, LEAST_FINDINGS, Chosen, Labels, chosen, trained

JUDGED_DAYS = 28
TOP = 0.10
_DRAWS, _SEED = 200, 20_261
_SHARES = (0.125, 0.25, 0.5, 1.0)
LEAST_JUDGED = 50
MOST_ERROR = 0.10
"""From this calibration error on (a fraction), on at least `LEAST_JUDGED` lines, probabilities are in doubt."""
WATCHED_KEYS = ("firm", "hs", "text", "seller", "broker", "truck", "origin")
Progress = Callable[[int, int], None]


class Measured(NamedTuple):
    """What a model was worth on some opened lines. `top` is the share found among the tenth that it ranks highest."""

    lines: int
    found: int
    auc: float
    average_precision: float
    calibration: float
    top: Rate
    unseen: bool


class Duel(NamedTuple):
    """A model against the champion on the same lines: difference of average precision, its interval of 95 %."""

    difference: float
    low: float
    high: float

    @property
    def is_better(self) -> bool:
        """Whether it is better beyond doubt."""
        return self.low > 0


class Point(NamedTuple):
    """A step of the learning curve: average precision after so many opened lines."""

    lines: int
    average_precision: float


class Contest(NamedTuple):
    """A new model, what it was worth before it learned from the judged lines too, and how others did there."""

    made: Chosen
    challenger: Measured
    others: Mapping[str, Measured]
    duels: Mapping[str, Duel]
    curve: tuple[Point, ...]
    since: int


def contest(
    learned: Learning, others: Mapping[str, Scorer], *, until: int, progress: Progress | None = None
) -> Contest:
    """Train on what was known before the last four weeks, judge it there with all others, then learn from everything.

    `until` is the moment of the training (seconds since 1970). Raises ModelError when too little was found.
    """
    opened, labels, by_chance = opened_of(learned), learned.labels, learned.findings.by_chance
    since = until - JUDGED_DAYS * DAY
    early = learned.findings.revealed.known_at < since
    late = labels.at >= since
    if labels.fraud[early].sum() < LEAST_FINDINGS:
        message = f"{int(labels.fraud[early].sum())} findings of fraud are too few to learn from"
        raise ModelError(message)
    steps = len(CHOICES) + 3

    def tell(done: int) -> None:
        if progress:
            progress(done, steps)

    first = chosen(opened.rows(early), _of(labels, early), progress=lambda done, _of: tell(min(done, steps - 3)))
    scorer = first.model.opened()
    said = _said(scorer, opened.values[late])
    rows = _of(labels, late)
    measures = {name: measured(one, opened.rows(late), rows, by_chance[late], since) for name, one in others.items()}
    duels = {
        name: duel(said, _said(one, opened.values[late]), rows.fraud)
        for name, one in others.items()
        if one.model.names == opened.names
    }
    mine = measured(scorer, opened.rows(late), rows, by_chance[late], since)
    tell(steps - 2)
    curve = learning_curve(opened, labels, early, late, first.settings)
    tell(steps - 1)
    final = trained(opened, labels, first.settings, curve=first.model.curve)
    tell(steps)
    return Contest(Chosen(final, first.settings, first.worth), mine, measures, duels, curve, since)


def opened_of(learned: Learning) -> Features:
    """Features of the opened lines, in the order of the labels."""
    return learned.features.rows(learned.findings.revealed.row)


def _said(scorer: Scorer, values: Matrix) -> Floats:
    """What a model says; LightGBM itself refuses no rows at all."""
    return scorer.probability(values) if len(values) else np.zeros(0)


def _of(labels: Labels, rows: Flags) -> Labels:
    return Labels(labels.fraud[rows], labels.evaded[rows], labels.potential[rows], labels.at[rows])


def measured(scorer: Scorer, features: Features, labels: Labels, by_chance: Flags, since: int) -> Measured:
    """What a model is worth on some opened lines. Of a model made for other features nothing is known."""
    count = len(labels.fraud)
    if not count or scorer.model.names != features.names:
        return Measured(count, int(labels.fraud.sum()), 0.5, 0.0, 0.0, rate(0, 0), unseen=False)
    said = scorer.probability(features.values)
    top = np.argsort(-said, kind="stable")[: max(1, round(TOP * count))]
    lane = by_chance if by_chance.sum() >= LEAST_JUDGED else np.ones(count, bool)
    return Measured(
        lines=count,
        found=int(labels.fraud.sum()),
        auc=auc(said, labels.fraud),
        average_precision=average_precision(said, labels.fraud),
        calibration=calibration_error(said[lane], labels.fraud[lane]),
        top=rate(int(labels.fraud[top].sum()), len(top)),
        unseen=scorer.model.trained_until < since,
    )


def duel(mine: Floats, theirs: Floats, fraud: Flags) -> Duel:
    """Difference of average precision on the same lines, drawn anew two hundred times."""
    if not fraud.any():
        return Duel(0.0, 0.0, 0.0)
    rng = np.random.default_rng(_SEED)
    drawn = [_gap(mine, theirs, fraud, rng.integers(0, len(fraud), len(fraud))) for _draw in range(_DRAWS)]
    low, high = np.quantile(drawn, (0.025, 0.975)).tolist()
    return Duel(average_precision(mine, fraud) - average_precision(theirs, fraud), low, high)


def _gap(mine: Floats, theirs: Floats, fraud: Flags, rows: Ints) -> float:
    return average_precision(mine[rows], fraud[rows]) - average_precision(theirs[rows], fraud[rows])


def learning_curve(
    features: Features, labels: Labels, early: Flags, late: Flags, settings: Settings
) -> tuple[Point, ...]:
    """What the newest eighth, quarter, half and all of the earlier findings teach, judged on the later ones."""
    rows = np.flatnonzero(early)[np.argsort(labels.at[early], kind="stable")]
    found = []
    for share in _SHARES if labels.fraud[late].any() else ():
        mine = rows[len(rows) - max(1, round(share * len(rows))) :]
        known = Labels(labels.fraud[mine], labels.evaded[mine], labels.potential[mine], labels.at[mine])
        if known.fraud.sum() >= LEAST_FINDINGS:
            said = trained(features.rows(mine), known, settings).opened().probability(features.values[late])
            found.append(Point(len(mine), average_precision(said, labels.fraud[late])))
    return tuple(found)


class Watched(NamedTuple):
    """A week of the champion: drift, what it was worth, and whether it is no longer to be relied on (`grounds`)."""

    drift: Drift
    measured: Measured
    grounds: tuple[str, ...]


def watched(learned: Learning, scorer: Scorer, *, until: int) -> Watched:
    """Compare the last four weeks with what came before. `grounds` are empty while the model holds: `calibration` off
    on the random lane, `no_better` than chance beyond doubt. Features that moved are told and are no ground alone.
    """
    opened, labels, by_chance = opened_of(learned), learned.labels, learned.findings.by_chance
    late = labels.at >= until - JUDGED_DAYS * DAY
    said = _said(scorer, opened.values[late])
    drift = drift_of(opened.rows(~late), opened.rows(late), said, labels.fraud[late], by_chance[late])
    told = measured(scorer, opened.rows(late), _of(labels, late), by_chance[late], until - JUDGED_DAYS * DAY)
    return Watched(drift, told, _grounds(said, labels.fraud[late], by_chance[late], told))


def holds(learned: Learning, scorer: Scorer, *, until: int) -> bool:
    """Whether another model holds on the same lines: made for these features, and no ground against it."""
    return scorer.model.names == learned.features.names and not watched(learned, scorer, until=until).grounds


def _grounds(said: Floats, fraud: Flags, by_chance: Flags, told: Measured) -> tuple[str, ...]:
    grounds = []
    if by_chance.sum() >= LEAST_JUDGED and calibration_error(said[by_chance], fraud[by_chance]) > MOST_ERROR:
        grounds.append("calibration")
    if len(fraud) >= LEAST_JUDGED and fraud.any() and not fraud.all() and _auc_high(said, fraud) < 0.5:
        grounds.append("no_better")
    return tuple(grounds)


def _auc_high(said: Floats, fraud: Flags) -> float:
    """The upper end of the interval of the area under the curve (Hanley and McNeil)."""
    area, hits, rest = auc(said, fraud), int(fraud.sum()), int((~fraud).sum())
    first, second = area / (2 - area), 2 * area * area / (1 + area)
    spread = area * (1 - area) + (hits - 1) * (first - area**2) + (rest - 1) * (second - area**2)
    return float(area + 1.96 * np.sqrt(max(spread, 0.0) / (hits * rest)))


def new_shares(trade: Trade, *, until: int) -> dict[str, float]:
    """Share of the lines of the last four weeks whose trader, goods, seller and so on was never seen before them."""
    late = trade.at >= until - JUDGED_DAYS * DAY
    return {name: new_values(trade.coded[name][~late], trade.coded[name][late]) for name in WATCHED_KEYS}


__all__ = [
    "ALARM",
    "Contest",
    "Duel",
    "Measured",
    "Watched",
    "contest",
    "holds",
    "learning_curve",
    "measured",
    "new_shares",
    "watched",
]
