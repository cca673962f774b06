"""Enterprises: how large they are, what they trade, whom they work with, how they are born, close and come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from thongquan.practice.world.levels import EXPORT, GATES, IMPORT
from thongquan.practice.world.numbers import Array, Flags, Floats, Ints, pick, stream
from thongquan.practice.world.wares import Wares

KINDS_OF_A_FIRM, SELLERS_OF_A_FIRM, TRUCKS_OF_A_FIRM = 8, 4, 6
DECLARATIONS_OF_A_FIRM = 70
_FEWEST, _MOST = 90, 9_000
_SPARE = 0.12
_FROM_THE_START, _CLOSING_A_MONTH = 0.62, 0.009
_SHARED_ADDRESS, _SHARED_DIRECTOR, _SHARED_TRUCKS = 0.08, 0.04, 0.15
_BROKERED, _HOME_WEIGHTS = 0.62, (0.38, 0.29, 0.10, 0.15, 0.05, 0.03)
_KIND_WEIGHTS = (1.0, 0.6, 0.4, 0.3, 0.2, 0.15, 0.1, 0.08)
NEVER = 10_000

HONEST, CROOKED_SHARE = 0, 0.25
TURNS_HONEST, TURNS_CROOKED, TURNS_WHEN_CAUGHT = 0.20, 0.0667, 0.80
CROOKED_PHOENIX, CROOKED_SUCCESSOR = 0.55, 0.25
_CLOSES_WHEN_CAUGHT, _COMES_BACK_CAUGHT, _COMES_BACK = 0.22, 0.70, 0.30


@dataclass
class Firms:
    """Arrays by place; `crooked` is the hidden state of the month, `suspicion` what an observer believes of it."""

    born: Ints
    closes: Ints
    size: Floats
    size_class: Ints
    market_level: Ints
    home: Ints
    flow_lean: Floats
    kinds: Ints
    kind_weight: Floats
    broker: Ints
    sellers: Ints
    trucks: Ints
    address: Ints
    director: Ints
    predecessor: Ints
    phoenix: Flags
    spare: Flags
    crooked: Flags
    suspicion: Floats
    caught: Ints
    first_caught: Ints

    @property
    def count(self) -> int:
        return len(self.born)

    def active(self, month: int) -> Flags:
        """Which of them do business in that month."""
        return (self.born <= month) & (month <= self.closes)


def firms_of(seed: int, wares: Wares, *, declarations: int, months: int) -> Firms:
    """Found the enterprises of a world, and places kept free for those that come back."""
    wanted = min(max(declarations // DECLARATIONS_OF_A_FIRM, _FEWEST), _MOST)
    count = wanted + int(wanted * _SPARE)
    rng = stream(seed, "firms")
    spare = np.arange(count) >= wanted
    size = _pareto(rng, count)
    born = np.where(rng.random(count) < _FROM_THE_START, 0, rng.integers(0, months, count))
    born = np.where(spare, NEVER, born)
    crooked = rng.random(count) < CROOKED_SHARE
    return Firms(
        born=born,
        closes=np.where(spare, -1, _closing(rng, born)),
        size=size,
        size_class=_classes(size),
        market_level=1 + pick(rng.random(count), np.array([0.12, 0.24, 0.34, 0.20, 0.10])),
        home=pick(rng.random(count), np.array(_HOME_WEIGHTS)),
        flow_lean=np.where(rng.random(count) < 0.3, rng.random(count), (rng.random(count) < 0.3).astype(np.float64)),
        **_habits(seed, wares, count),
        **_relations(seed, count),
        predecessor=np.full(count, -1, dtype=np.int64),
        phoenix=np.zeros(count, dtype=bool),
        spare=spare,
        crooked=crooked,
        suspicion=np.full(count, CROOKED_SHARE),
        caught=np.full(count, -NEVER, dtype=np.int64),
        first_caught=np.full(count, -1, dtype=np.int64),
    )


def _pareto(rng: np.random.Generator, count: int) -> Floats:
    """Sizes: Pareto with exponent 4/3, cut at 80, so that a fifth of the enterprises does most of the trade."""
    root = np.sqrt(np.sqrt(1.0 - rng.random(count)))
    return np.minimum(1.0 / (root * root * root), 80.0)


def _classes(size: Floats) -> Ints:
    return 1 + np.searchsorted(np.array([1.3, 2.0, 4.0, 12.0]), size).astype(np.int64)


def _closing(rng: np.random.Generator, born: Ints) -> Ints:
    """Last month: about one in a hundred closes each month, whatever it does."""
    left = rng.integers(1, int(2 / _CLOSING_A_MONTH), len(born))
    return np.asarray(born + left, dtype=np.int64)


def _habits(seed: int, wares: Wares, count: int) -> dict[str, Any]:
    """What it trades: a main kind and others, mostly of the same trade; one list for each flow."""
    rng = stream(seed, "habits")
    kinds = np.stack([_list_of(rng, wares, count, flow) for flow in (EXPORT, IMPORT)], axis=1)
    weights = np.broadcast_to(np.array(_KIND_WEIGHTS), kinds.shape)
    return {"kinds": kinds, "kind_weight": weights * (0.5 + rng.random(kinds.shape))}


def _list_of(rng: np.random.Generator, wares: Wares, count: int, flow: int) -> Ints:
    able = np.flatnonzero(wares.imported if flow == IMPORT else wares.exported)
    able = able[np.argsort(wares.group[able], kind="stable")]
    group = wares.group[able]
    reach = np.cumsum(wares.share[able])
    main = np.searchsorted(reach, rng.random(count) * reach[-1], side="right")
    first = np.searchsorted(group, group[main], side="left")
    last = np.searchsorted(group, group[main], side="right") - 1
    low = np.where(first > 0, reach[first - 1], 0.0)
    near = low[:, None] + rng.random((count, KINDS_OF_A_FIRM)) * (reach[last] - low)[:, None]
    far = rng.random((count, KINDS_OF_A_FIRM)) * reach[-1]
    level = np.where(rng.random((count, KINDS_OF_A_FIRM)) < 0.75, near, far)
    chosen = np.searchsorted(reach, level, side="right")
    chosen[:, 0] = main
    return np.asarray(able[np.minimum(chosen, len(able) - 1)], dtype=np.int64)


def _relations(seed: int, count: int) -> dict[str, Any]:
    """Brokers, sellers and trucks; some share address, director or trucks with another."""
    rng = stream(seed, "relations")
    own = np.arange(count)
    other = rng.integers(0, count, count)
    brokers = brokers_for(count)
    trucks = own[:, None] * TRUCKS_OF_A_FIRM + np.arange(TRUCKS_OF_A_FIRM)
    shared = rng.random(count) < _SHARED_TRUCKS
    trucks = np.where(shared[:, None], other[:, None] * TRUCKS_OF_A_FIRM + np.arange(TRUCKS_OF_A_FIRM), trucks)
    return {
        "broker": np.where(rng.random(count) < _BROKERED, rng.integers(0, brokers, count), -1),
        "sellers": rng.integers(0, sellers_for(count), (count, SELLERS_OF_A_FIRM)),
        "trucks": trucks,
        "address": np.where(rng.random(count) < _SHARED_ADDRESS, other, own),
        "director": np.where(rng.random(count) < _SHARED_DIRECTOR, other, own),
    }


def brokers_for(count: int) -> int:
    """How many brokers serve so many enterprises."""
    return max(count // 25, 8)


def sellers_for(count: int) -> int:
    """How many foreign parties deal with so many enterprises."""
    return max(count * 3 // 2, 40)


def weights_at(firms: Firms, wares: Wares, month: int, of_year: int, flow: int) -> Array:
    """How much each enterprise declares at each gate in a month: size, flow, season of its goods, nearness."""
    season = (firms.kind_weight[:, flow] * wares.season[firms.kinds[:, flow], of_year]).sum(axis=1)
    lean = firms.flow_lean if flow == EXPORT else 1.0 - firms.flow_lean
    base = firms.size * firms.active(month) * (lean + 1e-6) * (season + 1e-6)
    near = np.where(firms.home[:, None] == np.arange(len(GATES)), 1.0, 0.05)
    return np.asarray(base[:, None] * near)


def turn_the_month(firms: Firms, month: int, rng: np.random.Generator) -> None:
    """Let the month end: states change, some of the caught close, some of the closed come back under a new tax code."""
    caught = firms.caught == month
    stays = np.where(caught, 1.0 - TURNS_WHEN_CAUGHT, 1.0 - TURNS_HONEST)
    becomes = np.where(caught, 0.0, TURNS_CROOKED)
    u = rng.random(firms.count)
    firms.crooked = np.where(firms.crooked, u < stays, u < becomes)
    firms.suspicion = firms.suspicion * stays + (1.0 - firms.suspicion) * becomes
    closes_now = caught & firms.active(month) & (rng.random(firms.count) < _CLOSES_WHEN_CAUGHT)
    firms.closes = np.where(closes_now, month, firms.closes)
    _bring_back(firms, month, rng)


def _bring_back(firms: Firms, month: int, rng: np.random.Generator) -> None:
    """Give places that were kept free to the people of some enterprises that close this month."""
    closed = np.flatnonzero((firms.closes == month) & (firms.born <= month))
    was_caught = firms.caught[closed] > month - 12
    back = rng.random(len(closed)) < np.where(was_caught, _COMES_BACK_CAUGHT, _COMES_BACK)
    old = closed[back]
    free = np.flatnonzero(firms.spare & (firms.born == NEVER))[: len(old)]
    old = old[: len(free)]
    was_caught = firms.caught[old] > month - 12
    firms.born[free] = month + rng.integers(1, 4, len(free))
    firms.closes[free] = NEVER
    firms.predecessor[free], firms.phoenix[free] = old, was_caught
    for name in (
        "size",
        "size_class",
        "market_level",
        "home",
        "flow_lean",
        "kinds",
        "kind_weight",
        "broker",
        "sellers",
    ):
        getattr(firms, name)[free] = getattr(firms, name)[old]
    for name in ("trucks", "director", "address"):
        getattr(firms, name)[free] = getattr(firms, name)[old]
    prior = np.where(was_caught, CROOKED_PHOENIX, CROOKED_SUCCESSOR)
    firms.suspicion[free] = prior
    firms.crooked[free] = rng.random(len(free)) < prior
