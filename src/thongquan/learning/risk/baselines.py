"""What a model has to beat: rules alone, the record of the enterprise alone, a look-up table, chance."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from thongquan.learning.risk.arrays import Floats, Ints
from thongquan.learning.risk.features import Features
from thongquan.learning.risk.past import Revealed, known_of
from thongquan.learning.risk.trade import Trade

Ranker = Callable[[Ints, Ints, Revealed], Floats]
"""Ranks of some lines as of moments, from what was known then."""
_LOW, _MUCH, _REMEMBERED, _YEAR = -0.5, 0.05, 180, 365
_TOWARDS = 8.0


def rankers(trade: Trade, features: Features, keys: dict[str, Ints], *, usual: float) -> dict[str, Ranker]:
    """The baselines by name."""
    return {
        "rules": _rules(features, keys),
        "compliance": _record(keys["firm"], usual),
        "look_up": _look_up(trade, keys, usual),
        "random": lambda asked, _at, _revealed: np.full(len(asked), np.nan),
    }


def rule_score(features: Features) -> Floats:
    """What simple rules say of each line: far under the usual price, too heavy, a code its text does not have."""
    of = dict(zip(features.names, features.values.T, strict=True))
    cheap = np.nan_to_num(of["price_text"]) < _LOW
    heavy = np.nan_to_num(of["gross"]) > _MUCH
    return np.asarray(0.22 * cheap + 0.25 * heavy + 0.2 * (np.nan_to_num(of["other_code"]) > 0))


def _rules(features: Features, keys: dict[str, Ints]) -> Ranker:
    score = rule_score(features)

    def ranked(asked: Ints, at: Ints, revealed: Revealed) -> Floats:
        _seen, hits = known_of(keys["firm"], revealed, asked, at, days=_REMEMBERED)
        return np.asarray(score[asked] + 0.25 * (hits > 0))

    return ranked


def _record(key: Ints, usual: float) -> Ranker:
    def ranked(asked: Ints, at: Ints, revealed: Revealed) -> Floats:
        seen, hits = known_of(key, revealed, asked, at, days=_YEAR)
        return np.asarray((hits + _TOWARDS * usual) / (seen + _TOWARDS))

    return ranked


def _look_up(trade: Trade, keys: dict[str, Ints], usual: float) -> Ranker:
    """Share of fraud of enterprise and goods, drawn towards that of the goods and origin, that towards the usual."""
    fine, coarse = keys["firm_goods"], keys["goods_origin"]

    def ranked(asked: Ints, at: Ints, revealed: Revealed) -> Floats:
        seen, hits = known_of(coarse, revealed, asked, at)
        towards = (hits + _TOWARDS * usual) / (seen + _TOWARDS)
        seen, hits = known_of(fine, revealed, asked, at)
        return np.asarray((hits + _TOWARDS * towards) / (seen + _TOWARDS))

    return ranked
