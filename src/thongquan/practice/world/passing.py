"""Goods declared elsewhere that only pass: the trucks and the value that the region's own trade leaves over."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from thongquan.practice.world import tables
from thongquan.practice.world.columns import decimals, instants, table_of, words
from thongquan.practice.world.days import FIRST_HOUR, Days
from thongquan.practice.world.heads import DAY_SECONDS
from thongquan.practice.world.levels import FLOWS, GATES, RAIL, Levels
from thongquan.practice.world.numbers import Floats, Ints, exp, normal, pick, spread, stream
from thongquan.practice.world.papers import ZONE_SECONDS, keys

_SPREAD, _CENTS = 0.5, 100.0
_GATES = np.array([0.62, 0.20, 0.05, 0.10, 0.0, 0.03])


def passages_of(
    seed: int, month: int, first: int, days: Days, levels: Levels, own_trucks: Ints, weight: float
) -> pa.Table:
    """Passages of a month. `own_trucks` are the trucks, by flow, of goods declared at the region."""
    of_month = np.flatnonzero(days.month == month)
    wanted = levels.trucks[of_month].sum(axis=0) / weight - own_trucks
    flows = [
        _of_flow(seed, month, flow, max(int(wanted[flow]), 1), of_month, days, levels, weight)
        for flow in range(len(FLOWS))
    ]
    day, seconds, flow, cents = (np.concatenate(column) for column in zip(*flows, strict=True))
    instant = days.number[day] * DAY_SECONDS + seconds - ZONE_SECONDS
    order = np.argsort(instant, kind="stable")
    count = len(order)
    gate = pick(
        stream(seed, "passing gates", month).random(count), np.where(np.arange(len(GATES)) == RAIL, 0.0, _GATES)
    )
    columns = {
        "passage_key": keys("passages", seed, first, count),
        "weight": np.full(count, weight),
        "passed_at": instants(instant[order]),
        "month": np.full(count, month),
        "flow": words(np.array(FLOWS), flow[order]),
        "gate": words(np.array(GATES), gate),
        "value_usd": decimals(cents[order], tables.MONEY),
    }
    return table_of(tables.PASSAGES, columns)


def _of_flow(
    seed: int, month: int, flow: int, count: int, of_month: Ints, days: Days, levels: Levels, weight: float
) -> tuple[Ints, Ints, Ints, Ints]:
    rng = stream(seed, "passages", month, flow)
    day = of_month[spread(rng, count, levels.trucks[of_month, flow])]
    open_for = (days.closing[day] - FIRST_HOUR) * 3600
    seconds = FIRST_HOUR * 3600 + np.floor(rng.random(count) * open_for).astype(np.int64)
    size: Floats = exp(_SPREAD * normal(rng, count))
    total = float(levels.passing_value[of_month, flow].sum()) / weight * _CENTS
    cents = np.rint(size * (total / float(size.sum()))).astype(np.int64)
    return day, seconds, np.full(count, flow, dtype=np.int64), cents
