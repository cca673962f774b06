"""What is usual for such goods: code, price, weights and rate, as medians over what was declared before.

Everything of a batch of lines is fitted on the lines before it. A text stands for its goods: its usual code, the unit
and the weight of a unit make a group of peers, so that a line under another code is still measured by its own goods.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from thongquan.learning.risk.arrays import Floats, Ints, Joint, joined, seen
from thongquan.learning.risk.past import batches, medians
from thongquan.learning.risk.trade import Trade
from thongquan.learning.risk.words import Words

_FEW, _LEVEL_ROUNDS, _LEAST_SPREAD = 4, 2, 0.02
_WEIGHT_STEPS = 4.0
_NONE = -1


class Usual(NamedTuple):
    """Of each line, by what was known before: the code that its text usually has (-1: unknown), distances of logarithms
    of price and of gross over net weight from the usual, their spreads and numbers of peers, rates, and the chapter."""

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
    chapter: Floats


class Fitted(NamedTuple):
    """What is usual, by the lines before a moment. Arrays by text, by goods and by code end with a row for what was
    never seen."""

    code: Ints
    level: Floats
    text_price: Floats
    text_weight: Floats
    goods: Joint
    goods_price: Floats
    goods_spread: Floats
    goods_peers: Floats
    goods_gross: Floats
    goods_gross_spread: Floats
    rate: Floats
    chapter: Floats


class Logs(NamedTuple):
    """Logarithms of what a line says of itself, and where it stands."""

    price: Floats
    gross: Floats
    unit_weight: Floats
    bucket: Ints
    level: Ints

    def rows(self, chosen: slice) -> Logs:
        """Some of the lines."""
        return Logs(
            self.price[chosen], self.gross[chosen], self.unit_weight[chosen], self.bucket[chosen], self.level[chosen]
        )


def usual_of(trade: Trade, cut: int | None = None) -> Usual:
    """Fit batch by batch. Costs about as much as sorting the lines once for each batch.

    With `cut`, what comes from that line on is one batch, fitted on the lines before it.
    """
    logs, words, pair = logs_of(trade), Words(trade), joined(trade.coded["text"], trade.coded["hs"])
    found = Usual(*(np.full(len(trade), np.nan) for _ in Usual._fields))
    found = found._replace(code=np.full(len(trade), _NONE, dtype=np.int64))
    for first, last in _parts(trade, cut):
        fitted = fit(trade, logs, pair, first)
        rows = slice(first, last)
        text = trade.coded["text"][rows]
        code, same_words = fitted.code.copy(), np.ones(len(fitted.code))
        new = np.unique(text[code[text] < 0])
        code[new], same_words[new] = words.guesses(new, fitted.code[:-1])
        part = told(fitted, logs.rows(rows), text, trade.coded["hs"][rows], code[text], same_words[text])
        for whole, piece in zip(found, part, strict=True):
            whole[rows] = piece
    return found


def _parts(trade: Trade, cut: int | None) -> list[tuple[int, int]]:
    known = trade.at if cut is None else trade.at[:cut]
    parts = [(first, last) for first, last, _instant in batches(known)]
    return parts if cut is None else [*parts, (cut, len(trade))]


def logs_of(trade: Trade) -> Logs:
    """Logarithms of the lines of a trade."""
    amounts, coded = trade.amounts, trade.coded
    net = np.maximum(amounts["net_kg"], 1e-6)
    weight = np.log(net / np.maximum(amounts["quantity"], 1e-6))
    return Logs(
        price=np.log(np.maximum(amounts["unit_price"], 1e-6)),
        gross=np.log(np.maximum(amounts["gross_kg"], 1e-6) / net),
        unit_weight=weight,
        bucket=np.round(weight * _WEIGHT_STEPS).astype(np.int64) * 64 + coded["unit"],
        level=np.clip(np.nan_to_num(amounts["market_level"]), 0, 15).astype(np.int64),
    )


def fit(trade: Trade, logs: Logs, pair: Ints, cut: int) -> Fitted:
    """What is usual by the first `cut` lines. `pair` are places of text and code together."""
    text, hs = trade.coded["text"][:cut], trade.coded["hs"][:cut]
    code = _majority(text, hs, pair[:cut], len(trade.words["text"]))
    goods, place = seen(code[text], logs.bucket[:cut])
    price, level = _levelled(logs, text, cut)
    by_goods = [_and_none(one) for one in medians(price, place, len(goods))]
    gross = medians(logs.gross[:cut], place, len(goods))
    every = float(np.median(logs.gross[:cut])) if cut else 0.0
    return Fitted(
        code=np.append(code, _NONE),
        level=level,
        text_price=_and_none(medians(price, text, len(code))[0]),
        text_weight=_and_none(medians(logs.unit_weight[:cut], text, len(code))[0]),
        goods=goods,
        goods_price=by_goods[0],
        goods_spread=np.maximum(by_goods[1], _LEAST_SPREAD),
        goods_peers=np.nan_to_num(by_goods[2]),
        goods_gross=np.append(np.where(gross[2] >= _FEW, gross[0], every), every),
        goods_gross_spread=_and_none(gross[1]),
        rate=_and_none(_rates(trade, cut)),
        chapter=np.append([chapter_of(one) for one in trade.words["hs"].tolist()], 0.0),
    )


def told(fitted: Fitted, logs: Logs, text: Ints, hs: Ints, code: Ints, same_words: Floats) -> Usual:
    """What is usual of some lines. `code` is the code that the text of each usually has, or is guessed to have."""
    goods = fitted.goods.places(np.where(code >= 0, code, hs), logs.bucket)
    here = logs.price - fitted.level[logs.level]
    return Usual(
        code=code,
        same_words=same_words,
        price_text=here - fitted.text_price[text],
        price_goods=here - fitted.goods_price[goods],
        price_spread=fitted.goods_spread[goods],
        price_peers=fitted.goods_peers[goods],
        gross=logs.gross - fitted.goods_gross[goods],
        gross_spread=fitted.goods_gross_spread[goods],
        unit_weight=logs.unit_weight - fitted.text_weight[text],
        rate_of_code=fitted.rate[hs],
        rate_of_usual=np.where(code >= 0, fitted.rate[code], np.nan),
        chapter=fitted.chapter[np.where(code >= 0, code, hs)],
    )


def chapter_of(hs: str | None) -> float:
    """The chapter of a code, 0 when it has none."""
    begins = str(hs)[:2]
    return float(begins) if begins.isdigit() else 0.0


def _and_none(values: Floats | Ints) -> Floats:
    return np.append(values, np.nan)


def _majority(text: Ints, hs: Ints, pair: Ints, texts: int) -> Ints:
    """The code that each text had most often, -1 for texts never seen."""
    code = np.full(texts, _NONE, dtype=np.int64)
    if not len(text):
        return code
    count = np.bincount(pair)
    first = np.zeros(len(count), dtype=np.int64)
    first[pair[::-1]] = np.arange(len(pair))[::-1]
    pairs = np.flatnonzero(count)
    order = pairs[np.argsort(count[pairs], kind="stable")]
    code[text[first[order]]] = hs[first[order]]
    return code


def _levelled(logs: Logs, text: Ints, cut: int) -> tuple[Floats, Floats]:
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


def _rates(trade: Trade, cut: int) -> Floats:
    """The duty rate of each code without preference: the highest that was applied; NaN where none was seen."""
    amounts = trade.amounts
    free = np.isnan(amounts["issued"][:cut]) & trade.imports[:cut] & (amounts["vat_rate"][:cut] > 0)
    rate = np.full(len(trade.words["hs"]), np.nan)
    rows = np.flatnonzero(free)
    highest = np.full(len(rate), -1.0)
    np.maximum.at(highest, trade.coded["hs"][rows], amounts["duty_rate"][rows])
    return np.where(highest >= 0, highest, rate)
