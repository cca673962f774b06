"""The score of a declaration: its lines as the model sees them, and the weightiest of them."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import numpy as np

from thongquan.clearance.risk.scoring.memory import HeldPast
from thongquan.learning.risk import Reason, Scorer
from thongquan.learning.risk.arrays import Floats, Matrix
from thongquan.learning.risk.declared import declared_lines
from thongquan.learning.risk.features import Features
from thongquan.learning.risk.findings import potential_told
from thongquan.learning.risk.model import ModelDamagedError
from thongquan.learning.risk.online import Asked, told_online
from thongquan.learning.risk.selection import rank_of
from thongquan.rules.decision import Decision
from thongquan.rules.facts import Facts, Score

MOST_KEPT = 20
"""Of so many lines the features are kept: those of the highest rank."""
_PLACES = Decimal("0.000001")
_LITTLE = np.dtype("<f4")


class Scored(NamedTuple):
    """What a model says of lines, each in its order."""

    probability: Floats
    rank: Floats
    duty_vnd: Floats


def score_of(facts: Facts, decision: Decision, past: HeldPast, scorer: Scorer, *, trade_off: float) -> Score:
    """The score of an accepted declaration. Raises ModelDamagedError when model and past do not fit together."""
    values = _values(told_online(past.state, asked_of(facts, decision)), scorer)
    scored = scored_lines(scorer, values, trade_off=trade_off)
    order = np.argsort(-scored.rank, kind="stable")
    first, kept = int(order[0]), np.sort(order[:MOST_KEPT])
    lines = facts.document.lines
    return Score(
        model=scorer.model.version,
        past=past.version,
        line=lines[first].number,
        probability=_exact(scored.probability[first]),
        rank=_exact(scored.rank[first]),
        duty_vnd=Decimal(round(float((scored.probability * scored.duty_vnd).sum()))),
        rows=tuple(lines[place].number for place in kept.tolist()),
        vectors=values[kept].astype(_LITTLE).tobytes(),
    )


def asked_of(facts: Facts, decision: Decision) -> Asked:
    """The lines of a declaration in the columns of training."""
    dollar = facts.law.rates.get("USD")
    told = declared_lines(facts.document, decision.lines, facts.certificates, dollar.vnd if dollar else None)
    return Asked(int(facts.at.timestamp()), told.imports, told.coded, told.amounts)


def scored_lines(scorer: Scorer, values: Matrix, *, trade_off: float) -> Scored:
    """Probability, rank and duty to be recovered if it is fraud (dong), of each row of features."""
    potential = potential_told(Features(scorer.model.names, scorer.model.meanings, values))
    probability, duty = scorer.probability(values), scorer.expected_duty(values, potential)
    return Scored(probability, rank_of(probability, duty, trade_off=trade_off), duty)


def vectors_of(score: Score, columns: int) -> Matrix:
    """The features kept with a score, a row for each line of `score.rows`."""
    return np.frombuffer(score.vectors, dtype=_LITTLE).reshape(len(score.rows), columns)


def again(score: Score, scorer: Scorer, *, trade_off: float) -> tuple[Decimal, Decimal]:
    """Probability and rank of the weightiest line, from the features that were kept: those of the score itself."""
    scored = scored_lines(scorer, vectors_of(score, len(scorer.model.names)), trade_off=trade_off)
    place = int(np.argmax(scored.rank))
    return _exact(scored.probability[place]), _exact(scored.rank[place])


def reasons_of(score: Score, scorer: Scorer) -> tuple[Reason, ...]:
    """Three to five meanings that raised the weightiest line most."""
    row = score.rows.index(score.line)
    return scorer.reasons(vectors_of(score, len(scorer.model.names))[row : row + 1])[0]


def _values(features: Features, scorer: Scorer) -> Matrix:
    """The columns that the model asks for."""
    wanted = scorer.model.names
    if features.names == wanted:
        return features.values
    place = {name: column for column, name in enumerate(features.names)}
    if not place.keys() >= set(wanted):
        raise ModelDamagedError("the model asks for features that the past does not hold")
    return features.values[:, [place[name] for name in wanted]]


def _exact(value: np.float64) -> Decimal:
    return Decimal(repr(float(value))).quantize(_PLACES)
