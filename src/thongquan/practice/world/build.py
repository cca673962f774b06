"""Building a world month by month: enterprises live, trade, cheat, are caught and come back; all of it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from thongquan.practice.catalog import Kind, kinds
from thongquan.practice.world.amounts import amounts_of
from thongquan.practice.world.control import control_of, remember, seen_of
from thongquan.practice.world.days import Days, days_of
from thongquan.practice.world.deceit import Deceit, deceit_of
from thongquan.practice.world.firms import Firms, brokers_for, firms_of, turn_the_month
from thongquan.practice.world.fraud import rates_of_lines, split_rate
from thongquan.practice.world.heads import Heads, heads_of, value_wanted
from thongquan.practice.world.levels import FLOWS, Levels, levels_of
from thongquan.practice.world.lines import Lines, case_of, lines_of
from thongquan.practice.world.numbers import Array, Floats, Ints, apportioned, exp, normal, stream
from thongquan.practice.world.oracle import erred_of, probability_of, ratios_of, sight_of
from thongquan.practice.world.papers import Month, tables_of, truckless_of
from thongquan.practice.world.passing import passages_of
from thongquan.practice.world.posts import Pairs, pairs_of
from thongquan.practice.world.registers import Registers
from thongquan.practice.world.steering import Steering
from thongquan.practice.world.tables import CERTIFICATES, DECLARATIONS, LINES, PASSAGES, SCHEMA_VERSION, Table
from thongquan.practice.world.wares import Wares, wares_of
from thongquan.practice.world.words import Texts
from thongquan.practice.world.writing import write_about, write_table

REGIONS = ("lang-son",)
START = date(2024, 1, 1)
_VALUE_SPREAD = 0.8
_LINES_OF_A_DECLARATION = 2.6
Progress = Callable[[int, int], None]


class Plan(NamedTuple):
    """What to build. Without `declarations` a world is as large as the published volume."""

    seed: int = 7
    months: int = 24
    declarations: int | None = None
    start: date = START
    region: str = REGIONS[0]


class Made(NamedTuple):
    """What was built."""

    declarations: int
    lines: int
    weight: float


def build(out: Path, plan: Plan, *, goods: Sequence[Kind] | None = None, progress: Progress | None = None) -> Made:
    """Build a world under `out`, the same for the same plan and goods. `progress` hears declarations done and in all.

    Raises ValueError when the plan cannot be built, FileExistsError when `out` holds something else.
    """
    _refuse(plan)
    world = _World(plan, goods or kinds())
    write_about(out, {**world.about, "schema": SCHEMA_VERSION})
    for month in range(plan.months):
        made = world.month(month)
        for table, content in made.items():
            write_table(out, table, content, month=month)
        if progress is not None:
            progress(world.declarations, world.count)
    for table, content in world.registers.tables(world.firms, world.wares, plan.start, plan.months).items():
        write_table(out, table, content)
    return Made(world.declarations, world.lines, world.weight)


def _refuse(plan: Plan) -> None:
    if plan.region not in REGIONS:
        message = f"unknown region {plan.region!r}: {', '.join(REGIONS)}"
        raise ValueError(message)
    if plan.months < 1 or (plan.declarations is not None and plan.declarations < plan.months * 20):
        raise ValueError("a world needs a month, and twenty declarations in each")


class _World:
    """A world in the making."""

    def __init__(self, plan: Plan, goods: Sequence[Kind]) -> None:
        self.plan, self.seed = plan, plan.seed
        self.days: Days = days_of(plan.start, plan.months)
        self.levels: Levels = levels_of(self.days)
        full = float(self.levels.declarations.sum())
        self.count = plan.declarations or int(full)
        self.weight = full / self.count
        of_month: Floats = np.bincount(self.days.month, self.levels.declarations.sum(axis=(1, 2))).astype(np.float64)
        self.counts: Ints = apportioned(self.count, of_month)
        self.wares: Wares = wares_of(goods)
        self.firms: Firms = firms_of(self.seed, self.wares, declarations=self.count, months=plan.months)
        self.pairs: Pairs = pairs_of(self.seed, brokers_for(self.firms.count))
        self.texts = Texts(self.seed, goods, int(self.count * _LINES_OF_A_DECLARATION))
        self.registers = Registers(self.seed, self.firms)
        self.steering = Steering(self.days, self.levels, self.weight)
        self.declarations = self.lines = self.certificates = self.passages = 0

    @property
    def about(self) -> dict[str, object]:
        plan = self.plan
        return {
            "seed": plan.seed,
            "region": plan.region,
            "start": plan.start.isoformat(),
            "months": plan.months,
            "declarations": self.count,
            "weight": self.weight,
        }

    def month(self, month: int) -> dict[Table, pa.Table]:
        """Let a month happen and give its tables."""
        rng = stream(self.seed, "month", month)
        factor = self.steering.factor(month)
        heads, lines = self._trade(rng, month, factor)
        deceit, told = self._deceive(rng, month, heads, lines)
        control = control_of(rng, month, heads, lines, deceit, self.firms, self.wares)
        erred = erred_of(lines, deceit, self.wares)
        sight = sight_of(lines, *told, seen_of(lines, deceit, control, erred))
        probability, self.firms.suspicion = probability_of(lines, self.firms.suspicion, sight)
        amounts = amounts_of(rng, lines, deceit, self.wares)
        self.steering.learn(month, factor, heads, lines, amounts, self.wares)
        happened = Month(
            month=month,
            days=self.days,
            heads=heads,
            lines=lines,
            deceit=deceit,
            control=control,
            amounts=amounts,
            probability=probability,
            true_origin=_true_origins(rng, lines, deceit, self.wares),
            texts=self.texts.places(rng, lines.firm, lines.kind),
            first_declaration=self.declarations,
            first_certificate=self.certificates,
            weight=self.weight,
        )
        found = tables_of(happened, self.registers, self.firms, self.wares, self.texts)
        found[PASSAGES] = self._passages(month, heads, lines)
        remember(self.firms, self.pairs, heads, lines, control, month)
        turn_the_month(self.firms, month, rng)
        self._count(found)
        return found

    def _trade(self, rng: np.random.Generator, month: int, factor: Floats) -> tuple[Heads, Lines]:
        """Honest trade of the month."""
        of_year = int(self.days.of_year[self.days.month == month][0])
        count = int(self.counts[month])
        heads = heads_of(rng, month, count, self.days, self.levels, self.firms, self.wares)
        noise = exp(_VALUE_SPREAD * normal(rng, count) - _VALUE_SPREAD**2 / 2)
        wanted = value_wanted(heads, self.levels, factor, noise)
        share = self.steering.claim_share
        return heads, lines_of(rng, month, of_year, heads, wanted, self.firms, self.wares, self.pairs, share)

    def _deceive(
        self, rng: np.random.Generator, month: int, heads: Heads, lines: Lines
    ) -> tuple[Deceit, tuple[Array, Floats, Array]]:
        """Who cheats, and what the oracle needs to know: rates by mechanism, rates of splitting, likelihood ratios."""
        case = case_of(lines, heads, month, self.firms, self.wares)
        rates, splits = rates_of_lines(case), split_rate(case)
        deceit = deceit_of(rng, lines, self.firms.crooked[lines.firm], rates, splits, self.wares)
        return deceit, (rates, splits, ratios_of(lines, deceit, self.wares))

    def _passages(self, month: int, heads: Heads, lines: Lines) -> pa.Table:
        own = np.bincount(heads.flow[~truckless_of(heads, lines)], minlength=len(FLOWS))
        return passages_of(self.seed, month, self.passages, self.days, self.levels, own, self.weight)

    def _count(self, found: dict[Table, pa.Table]) -> None:
        self.declarations += found[DECLARATIONS].num_rows
        self.lines += found[LINES].num_rows
        self.certificates += found[CERTIFICATES].num_rows
        self.passages += found[PASSAGES].num_rows


def _true_origins(rng: np.random.Generator, lines: Lines, deceit: Deceit, wares: Wares) -> Ints:
    """Another country than the declared one, where the origin is false."""
    count = len(wares.countries)
    other = (lines.origin + rng.integers(1, count, len(lines.origin))) % count
    return np.where(deceit.reorigin, other, lines.origin)
