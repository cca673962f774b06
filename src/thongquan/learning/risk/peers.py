"""What is usual for such goods: code, price, weights and rate, as medians over what was declared before.

Everything of a batch of lines is fitted on the lines before it. A text stands for its goods: its usual code, the unit
and the weight of a unit make a group of peers, so that a line under another code is still measured by its own goods.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from thongquan.learning.risk.arrays import Flags, Floats, Ints, joined
from thongquan.learning.risk.past import batches, medians
from thongquan.learning.risk.trade import Trade
from thongquan.learning.risk.words import Words

_FEW, _LEVEL_ROUNDS, _LEAST_SPREAD = 4, 2, 0.02
_WEIGHT_STEPS = 4.0
_NONE = -1


class Usual(NamedTuple):
    """Of each line, by what was known before: the code that its text usually has (-1: unknown), distances of logarithms
    of price and of gross over net weight from the usual, their spreads and numbers of peers, and rates."""

    code: Ints
    same_words: Floats
    price_text: Floats
    price_goods: Floats
    price_spread: Floats
    price_peers: Floats
    gross: Floats
    gross_spread: Floats
    unit_weight: Floats
    rate_of_code: Floats
    rate_of_usual: Floats


def usual_of(trade: Trade) -> Usual:
    """Fit batch by batch. Costs about as much as sorting the lines once for each batch."""
    logs = _logs(trade)
    words = Words(trade)
    found = Usual(*(np.full(len(trade), np.nan) for _ in Usual._fields))
    found = found._replace(code=np.full(len(trade), _NONE, dtype=np.int64))
    for first, last, _instant in batches(trade.at):
        part = _fitted(trade, logs, words, first, slice(first, last))
        for whole, piece in zip(found, part, strict=True):
            whole[first:last] = piece
    return found


class _Logs(NamedTuple):
    price: Floats
    gross: Floats
    unit_weight: Floats
    bucket: Ints
    pair: Ints
    free: Flags
    level: Ints


def _logs(trade: Trade) -> _Logs:
    amounts, coded = trade.amounts, trade.coded
    net = np.maximum(amounts["net_kg"], 1e-6)
    weight = np.log(net / np.maximum(amounts["quantity"], 1e-6))
    bucket = np.round(weight * _WEIGHT_STEPS).astype(np.int64) * 64 + coded["unit"]
    return _Logs(
        price=np.log(np.maximum(amounts["unit_price"], 1e-6)),
        gross=np.log(np.maximum(amounts["gross_kg"], 1e-6) / net),
        unit_weight=weight,
        bucket=joined(bucket),
        pair=joined(coded["text"], coded["hs"]),
        free=np.isnan(amounts["issued"]) & trade.imports & (amounts["vat_rate"] > 0),
        level=np.clip(np.nan_to_num(amounts["market_level"]), 0, 15).astype(np.int64),
    )


def _fitted(trade: Trade, logs: _Logs, words: Words, cut: int, rows: slice) -> Usual:
    coded = trade.coded
    text, hs = coded["text"], coded["hs"]
    code_of_text, seen = _majority(text[:cut], hs[:cut], logs.pair[:cut], len(trade.words["text"]))
    new = np.unique(text[rows][code_of_text[text[rows]] < 0])
    same_words = np.ones(len(code_of_text))
    code_of_text[new], same_words[new] = words.guesses(new, code_of_text)
    known = np.where(code_of_text >= 0, code_of_text, _NONE)
    code = known[text[: rows.stop]]
    goods = joined(np.where(code >= 0, code, hs[: rows.stop]), logs.bucket[: rows.stop])
    price, level = _levelled(logs, text, cut)
    here = price_here(logs, level, rows)
    by_text = medians(price, text[:cut], len(seen))
    by_goods = medians(price, goods[:cut], int(goods.max()) + 1)
    gross = medians(logs.gross[:cut], goods[:cut], int(goods.max()) + 1)
    weight = medians(logs.unit_weight[:cut], text[:cut], len(seen))
    every = float(np.median(logs.gross[:cut])) if cut else 0.0
    mine, of_goods = text[rows], goods[rows]
    enough = gross[2][of_goods] >= _FEW
    rate = _rates(trade, logs, cut)
    usual = code[rows]
    return Usual(
        code=usual,
        same_words=same_words[mine],
        price_text=here - by_text[0][mine],
        price_goods=here - by_goods[0][of_goods],
        price_spread=np.maximum(by_goods[1][of_goods], _LEAST_SPREAD),
        price_peers=by_goods[2][of_goods].astype(np.float64),
        gross=logs.gross[rows] - np.where(enough, gross[0][of_goods], every),
        gross_spread=gross[1][of_goods],
        unit_weight=logs.unit_weight[rows] - weight[0][mine],
        rate_of_code=rate[hs[rows]],
        rate_of_usual=np.where(usual >= 0, rate[usual], np.nan),
    )


def _majority(text: Ints, hs: Ints, pair: Ints, texts: int) -> tuple[Ints, Ints]:
    """The code that each text had most often, -1 for texts never seen; and how often each text was seen."""
    code = np.full(texts, _NONE, dtype=np.int64)
    seen = np.bincount(text, minlength=texts)
    if not len(text):
        return code, seen
    count = np.bincount(pair)
    first = np.zeros(len(count), dtype=np.int64)
    first[pair[::-1]] = np.arange(len(pair))[::-1]
    pairs = np.flatnonzero(count)
    order = pairs[np.argsort(count[pairs], kind="stable")]
    code[text[first[order]]] = hs[first[order]]
    return code, seen


def _levelled(logs: _Logs, text: Ints, cut: int) -> tuple[Floats, Floats]:
    """Logarithms of past prices without the level that a trader deals in, and the levels."""
    level = np.zeros(16)
    price = logs.price[:cut]
    if not cut:
        return price, level
    for _round in range(_LEVEL_ROUNDS):
        flat = price - level[logs.level[:cut]]
        middle, _spread, _count = medians(flat, text[:cut], int(text[:cut].max()) + 1)
        step, _spread, count = medians(flat - middle[text[:cut]], logs.level[:cut], 16)
        level = level + np.where(count >= _FEW, step, 0.0)
    return price - level[logs.level[:cut]], level


def price_here(logs: _Logs, level: Floats, rows: slice) -> Floats:
    """Logarithms of the prices of a batch without the level of the trader."""
    return np.asarray(logs.price[rows] - level[logs.level[rows]])


def _rates(trade: Trade, logs: _Logs, cut: int) -> Floats:
    """The duty rate of each code without preference: the highest that was applied; NaN where none was seen."""
    rate = np.full(len(trade.words["hs"]), np.nan)
    free = np.flatnonzero(logs.free[:cut])
    highest = np.full(len(rate), -1.0)
    np.maximum.at(highest, trade.coded["hs"][free], trade.amounts["duty_rate"][free])
    return np.where(highest >= 0, highest, rate)
