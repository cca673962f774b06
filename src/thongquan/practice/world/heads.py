"""Heads of a month's declarations: when, where, who lodged, who was on duty, with which truck."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from thongquan.practice.world.days import FIRST_HOUR, Days
from thongquan.practice.world.firms import SELLERS_OF_A_FIRM, TRUCKS_OF_A_FIRM, Firms, weights_at
from thongquan.practice.world.levels import FLOWS, GATES, IMPORT, RAIL, Levels
from thongquan.practice.world.numbers import Flags, Floats, Ints, pick, spread
from thongquan.practice.world.posts import OFFICERS_OF_A_CREW, crew_on_duty
from thongquan.practice.world.wares import Wares

_OF_HOURS = np.array([0.5, 1.0, 1.4, 1.6, 1.5, 1.1, 1.1, 1.4, 1.4, 1.1, 0.9, 0.8, 0.6, 0.0])
_LOT_SHARE, _LOT_SIZES = 0.020, (0.0, 0.0, 0.5, 0.3, 0.2)
_RESIDENT_SHARE, _RESIDENT_GATES = 0.06, (1, 2, 5)
_TEMPORARY_SHARE = 0.03
_OWN_BROKER, _OWN_GOODS = 0.92, 0.55
_LINE_COUNTS = np.array([0.0, 46, 21, 12, 7, 4.5, 3, 2, 1.5, 1, 0.7, 0.5, 0.4, 0.3, 0.2, 0.2])
DAY_SECONDS = 86_400


class Heads(NamedTuple):
    """One row per declaration, in the order of time. `leader` is the row of the first lot of a sale, or its own."""

    day: Ints
    seconds: Ints
    flow: Ints
    gate: Ints
    firm: Ints
    broker: Ints
    seller: Ints
    officer: Ints
    crew: Ints
    truck: Ints
    driver: Ints
    leader: Ints
    lot: Flags
    resident: Flags
    temporary: Flags
    wanted_lines: Ints

    @property
    def hour(self) -> Ints:
        """Hour of the day at the gate."""
        return (self.seconds % DAY_SECONDS) // 3600


def heads_of(
    rng: np.random.Generator, month: int, count: int, days: Days, levels: Levels, firms: Firms, wares: Wares
) -> Heads:
    """Draw the heads of `count` declarations of a month."""
    of_month = np.flatnonzero(days.month == month)
    place = spread(rng, count, levels.declarations[of_month].ravel())
    day, flow, gate = np.unravel_index(place, (len(of_month), len(FLOWS), len(GATES)))
    day = of_month[day]
    leader = _leaders(rng, place)
    seconds = _seconds(rng, days, day)
    later = leader != np.arange(count)
    seconds = np.where(
        later, np.minimum(seconds[leader] + rng.integers(300, 5400, count), days.closing[day] * 3600 - 1), seconds
    )
    order = np.argsort((days.number[day] * DAY_SECONDS + seconds), kind="stable")
    rank = np.empty(count, dtype=np.int64)
    rank[order] = np.arange(count)
    day, flow, gate, seconds, leader = (one[order] for one in (day, flow, gate, seconds, rank[leader]))
    firm = _firms(rng, firms, wares, month, int(days.of_year[of_month[0]]), flow, gate)[leader]
    lot = np.bincount(leader, minlength=count)[leader] > 1
    return Heads(
        day=day,
        seconds=seconds,
        flow=flow,
        gate=gate,
        firm=firm,
        lot=lot,
        leader=leader,
        **_people(rng, firms, days.number[day], seconds, gate, firm, leader),
        **_ways(rng, flow, gate, lot),
        wanted_lines=np.where(lot, 1, pick(rng.random(count), _LINE_COUNTS)),
    )


def _leaders(rng: np.random.Generator, place: Ints) -> Ints:
    """Some sales come in two to four lots on the same day, at the same gate."""
    count = len(place)
    own = np.arange(count)
    size = np.where(rng.random(count) < _LOT_SHARE, pick(rng.random(count), np.array(_LOT_SIZES)), 1)
    leader = own.copy()
    for step in range(1, len(_LOT_SIZES) - 1):
        front = own[:-step]
        joins = (size[front] > step) & (place[front] == place[front + step]) & (leader[front] == front)
        leader[own[step:][joins]] = front[joins]
    return np.asarray(leader[leader], dtype=np.int64)


def _seconds(rng: np.random.Generator, days: Days, day: Ints) -> Ints:
    """Time of the day: a rush before noon and in the afternoon, nothing after the gates close."""
    hours = np.where(np.arange(FIRST_HOUR, FIRST_HOUR + len(_OF_HOURS)) < days.closing[:, None], _OF_HOURS, 0.0)
    reach = np.cumsum(hours, axis=1)[day]
    u = rng.random(len(day)) * reach[:, -1]
    hour = np.minimum((reach <= u[:, None]).sum(axis=1), len(_OF_HOURS) - 1)
    return np.asarray((FIRST_HOUR + hour) * 3600 + rng.integers(0, 3600, len(day)), dtype=np.int64)


def _firms(
    rng: np.random.Generator, firms: Firms, wares: Wares, month: int, of_year: int, flow: Ints, gate: Ints
) -> Ints:
    found = np.zeros(len(flow), dtype=np.int64)
    u = rng.random(len(flow))
    for side in range(len(FLOWS)):
        weights = weights_at(firms, wares, month, of_year, side)
        for place in range(len(GATES)):
            here = (flow == side) & (gate == place)
            found[here] = pick(u[here], weights[:, place])
    return found


def _people(
    rng: np.random.Generator, firms: Firms, number: Ints, seconds: Ints, gate: Ints, firm: Ints, leader: Ints
) -> dict[str, Any]:
    count = len(firm)
    brokers = int(firms.broker.max()) + 1
    other = np.where(rng.random(count) < _OWN_GOODS, -1, rng.integers(0, max(brokers, 1), count))
    broker = np.where(rng.random(count) < _OWN_BROKER, firms.broker[firm], other)
    crew = crew_on_duty(number, seconds // 3600)
    truck = firms.trucks[firm, pick(rng.random(count), 1.0 / np.arange(1.0, TRUCKS_OF_A_FIRM + 1))]
    seller = firms.sellers[firm, pick(rng.random(count), 1.0 / np.arange(1.0, SELLERS_OF_A_FIRM + 1))]
    return {
        "broker": broker[leader],
        "seller": seller[leader],
        "crew": crew,
        "officer": (gate * 3 + crew) * OFFICERS_OF_A_CREW + rng.integers(0, OFFICERS_OF_A_CREW, count),
        "truck": truck,
        "driver": truck + np.where(rng.random(count) < 0.8, 0, 1),
    }


def _ways(rng: np.random.Generator, flow: Ints, gate: Ints, lot: Flags) -> dict[str, Any]:
    """Residents' forms and goods brought in for a time."""
    u = rng.random(len(flow))
    resident = (flow == IMPORT) & np.isin(gate, _RESIDENT_GATES) & ~lot & (u < _RESIDENT_SHARE)
    return {
        "resident": resident,
        "temporary": (flow == IMPORT) & ~lot & (gate != RAIL) & (u > 1.0 - _TEMPORARY_SHARE),
    }


def value_wanted(heads: Heads, levels: Levels, factor: Floats, noise: Floats) -> Floats:
    """Value of each declaration in US dollars, around what the day, flow and gate should bring."""
    cell = (heads.day, heads.flow, heads.gate)
    mean = levels.value[cell] / np.maximum(levels.declarations[cell], 1e-9)
    return np.asarray(mean * factor[heads.flow, heads.gate] * noise)
