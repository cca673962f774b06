"""What became known of outcomes: profiles of parties, goods and marks that follow the findings, never ahead of them.

A finding counts from the moment it was known, not from that of the declaration. Two kinds of profiles stand here: what
inspections found, and what models of earlier days suspected of lines that nobody opened.
"""

from __future__ import annotations

import numpy as np

from thongquan.learning.risk.arrays import Floats, Ints
from thongquan.learning.risk.features import Columns, Features, Keys, Meaning
from thongquan.learning.risk.past import History, Revealed
from thongquan.learning.risk.pasts import WHOLE, Pasts
from thongquan.learning.risk.trade import Trade

RECENT_DAYS = 90
_TOWARDS = 5.0
_BELIEF_DAYS = (15, 30, 75, 150)
_LEAST, _MOST = -1.0, 3.5
_HONEST_SHARE = 0.16
BELIEF_OF = ("director", "seller", "broker_crew")
"""Parties of which suspicion is remembered; a director stands for all enterprises of the same person."""

_MEANINGS = {
    "firm": Meaning.TRADER,
    "director": Meaning.RELATIONS,
    "address": Meaning.RELATIONS,
    "truck": Meaning.RELATIONS,
    "seller": Meaning.PARTIES,
    "broker": Meaning.PARTIES,
    "broker_crew": Meaning.PARTIES,
    "hs": Meaning.GOODS,
    "goods_origin": Meaning.GOODS,
    "firm_goods": Meaning.TRADER,
    "marks_price": Meaning.PRICE,
    "marks_weight": Meaning.WEIGHT,
    "marks_papers": Meaning.CERTIFICATE,
    "marks_regime": Meaning.REGIME,
}


def marked_keys(trade: Trade, features: Features, pasts: Pasts = WHOLE) -> dict[str, Ints]:
    """Lines of the same marks: what such prices, weights and papers lately turned out to be."""
    of, joined = dict(zip(features.names, features.values.T, strict=True)), pasts.joined
    imports = trade.imports.astype(np.int64)
    price = np.clip(np.nan_to_num(of["price_score"]), -4, 4)
    gross = np.clip(np.nan_to_num(of["gross"]), -0.05, 0.2)
    papers = (np.nan_to_num(of["certificate_kg"]) > 0.04).astype(np.int64)
    for name in ("claims", "retroactive", "third_party"):
        papers = papers * 2 + (np.nan_to_num(of[name]) > 0)
    dear = (np.nan_to_num(of["price_text"]) > 0.2).astype(np.int64)
    quota = np.nan_to_num(of["quota"]) > 0.88
    regime = of["resident"].astype(np.int64) * 4 + of["temporary"].astype(np.int64) * 2 + quota
    return {
        "marks_price": joined(np.round(price * 2).astype(np.int64), imports),
        "marks_weight": joined(np.round(gross * 50).astype(np.int64), imports),
        "marks_papers": joined(papers, dear),
        "marks_regime": joined(regime, trade.coded["regime"]),
    }


def profile_keys(trade: Trade, keys: Keys, features: Features, pasts: Pasts = WHOLE) -> dict[str, Ints]:
    """Everything that outcomes are remembered of."""
    every = {**keys.parties, **keys.crosses, **marked_keys(trade, features, pasts)}
    return {name: every[name] for name in _MEANINGS}


def outcomes_of(
    keys: dict[str, Ints], revealed: Revealed, asked: Ints, at: Ints, *, usual: float, pasts: Pasts = WHOLE
) -> Features:
    """Profiles of outcomes for some lines, as of `at` (seconds since 1970, one of each).

    Shares of fraud are drawn towards `usual` (a fraction).
    """
    columns = Columns()
    for name, meaning in _MEANINGS.items():
        seen, hits = pasts.known(keys[name], revealed, asked, at)
        lately, found = pasts.known(keys[name], revealed, asked, at, days=RECENT_DAYS)
        columns.add(
            meaning,
            **{
                f"{name}_opened": seen,
                f"{name}_rate": (hits + _TOWARDS * usual) / (seen + _TOWARDS),
                f"{name}_rate_lately": (found + _TOWARDS * usual) / (lately + _TOWARDS),
            },
        )
    return columns.all()


class Beliefs:
    """What is believed of parties, from what models of their day suspected of each of their earlier lines."""

    def __init__(self, trade: Trade, keys: dict[str, Ints]) -> None:
        self.histories = {name: History(keys[name], trade.head, trade.at) for name in BELIEF_OF}
        self.evidence = np.zeros(len(trade))
        self.suspected = np.zeros(len(trade))

    def learn(self, rows: Ints | slice, suspected: Floats, usual: float) -> None:
        """Remember what was suspected of some lines: probabilities of fraud by their own marks alone."""
        suspected = np.clip(suspected, 1e-4, 0.98)
        likelier = suspected / (1.0 - suspected) * (1.0 - usual) / usual
        crooked = min(2.7 * usual, 0.5)
        honest = crooked * _HONEST_SHARE
        evidence = np.log((1.0 - crooked + crooked * likelier) / (1.0 - honest + honest * likelier))
        self.evidence[rows] = np.clip(evidence, _LEAST, _MOST)
        self.suspected[rows] = suspected - usual

    def told(self, rows: Ints | slice) -> Features:
        """Belief for some lines, from earlier declarations only."""
        columns = Columns()
        for name, history in self.histories.items():
            of = {f"{name}_belief_{days}": history.total(self.evidence, days)[rows] for days in _BELIEF_DAYS}
            of[f"{name}_suspected"] = history.mean(self.suspected, 120, weight=4.0)[rows]
            columns.add(_MEANINGS[name], **of)
        return columns.all()
