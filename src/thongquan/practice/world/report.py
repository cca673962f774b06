"""Published facts beside what a world holds, with the error."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from thongquan.practice.world import tables
from thongquan.practice.world.days import days_of
from thongquan.practice.world.facts import FACTS, Fact
from thongquan.practice.world.levels import FLOWS, GATES, TAN_THANH
from thongquan.practice.world.numbers import Floats, Ints
from thongquan.practice.world.writing import files_of, read_about, read_table

TOLERANCE = 0.03
_YEAR, _ELEVEN = 2025, 11


class Compared(NamedTuple):
    """A fact and what the world holds; `error` is relative, or in points for percentages of growth and share."""

    fact: Fact
    made: float
    error: float

    @property
    def holds(self) -> bool:
        """Whether it is within three percent."""
        return abs(self.error) <= TOLERANCE


def compared(world: Path) -> list[Compared]:
    """Every published fact that the months of a world cover."""
    made = _made(world)
    found = [(fact, made[key]) for key, fact in FACTS.items() if key in made]
    return [Compared(fact, value, _error(fact, value)) for fact, value in found]


def _error(fact: Fact, value: float) -> float:
    """Growth and shares: of what they make of the level; all others relative."""
    if fact.key.endswith("growth"):
        return (100.0 + value) / (100.0 + fact.value) - 1.0
    return value / fact.value - 1.0


def _made(world: Path) -> dict[str, float]:
    about = read_about(world)
    start, months = date.fromisoformat(str(about["start"])), int(str(about["months"]))
    first = (_YEAR - start.year) * 12 - start.month + 1
    eleven, whole = range(first, first + _ELEVEN), range(first, first + 12)
    sums = _Sums(world, months)
    made: dict[str, float] = {}
    if first >= 0 and months >= first + _ELEVEN:
        made |= _of_eleven(sums, eleven)
    if first >= 12 and months >= first + _ELEVEN:
        made |= _growth(sums, eleven)
    if first >= 0 and months >= first + 12:
        made["tan_thanh"] = sums.value(whole)[:, TAN_THANH].sum() / 1e6
        made |= _trucks(sums, start, whole)
    if first >= 12 and months >= first + 12:
        before = sums.value(_earlier(whole))[:, TAN_THANH].sum()
        made["tan_thanh_growth"] = (sums.value(whole)[:, TAN_THANH].sum() / before - 1) * 100
    return {key: float(value) for key, value in made.items()}


def _of_eleven(sums: _Sums, eleven: range) -> dict[str, float]:
    declared = sums.value(eleven).sum(axis=1) / 1e9
    through = declared + sums.passing(eleven) / 1e9
    return {
        "declared_exports": declared[0],
        "declared_imports": declared[1],
        "declared": declared.sum(),
        "revenue": sums.revenue(eleven) / 1e9,
        **({"all_exports": through[0], "all_imports": through[1], "all_traffic": through.sum()} if sums.passes else {}),
    }


def _growth(sums: _Sums, eleven: range) -> dict[str, float]:
    now, before = (sums.value(span).sum(axis=1) for span in (eleven, _earlier(eleven)))
    grown = {"declared_growth": (now.sum() / before.sum() - 1) * 100}
    if sums.passes:
        through, through_before = now + sums.passing(eleven), before + sums.passing(_earlier(eleven))
        grown["all_exports_growth"], grown["all_imports_growth"] = (through / through_before - 1) * 100
        grown["all_growth"] = (through.sum() / through_before.sum() - 1) * 100
    return grown


def _trucks(sums: _Sums, start: date, whole: range) -> dict[str, float]:
    if not sums.passes:
        return {}
    days = days_of(start, whole.stop)
    trucks = sums.trucks(whole)
    return {
        "trucks": trucks.sum() / int((days.month >= whole.start).sum()),
        "truck_imports": trucks[1] / trucks.sum() * 100,
    }


def _earlier(span: range) -> range:
    return range(span.start - 12, span.stop - 12)


class _Sums:
    """Weighted sums of a world by month, flow and gate, in dollars, dong and trucks."""

    def __init__(self, world: Path, months: int) -> None:
        heads = read_table(
            world,
            tables.DECLARATIONS,
            ["month", "flow", "gate", "weight", "value_usd", "duty_vnd", "vat_vnd", "truck_key"],
        )
        self.passes = bool(files_of(world, tables.PASSAGES))
        month, flow = heads["month"].to_numpy(), _places(heads["flow"], FLOWS)
        gate, weight = _places(heads["gate"], GATES), heads["weight"].to_numpy()
        value = pc.cast(heads["value_usd"], "float64").to_numpy()
        self._value = _summed((month, flow, gate), value * weight, (months, len(FLOWS), len(GATES)))
        owed = pc.add(heads["duty_vnd"], heads["vat_vnd"]).to_numpy()
        self._revenue = _summed((month,), owed * weight, (months,))
        driven = weight * pc.is_valid(heads["truck_key"]).to_numpy()
        self._trucks = _summed((month, flow), driven, (months, len(FLOWS)))
        self._passing = np.zeros((months, len(FLOWS)))
        if self.passes:
            self._add_passages(world, months)

    def _add_passages(self, world: Path, months: int) -> None:
        passed = read_table(world, tables.PASSAGES, ["month", "flow", "weight", "value_usd"])
        cell = (passed["month"].to_numpy(), _places(passed["flow"], FLOWS))
        weight = passed["weight"].to_numpy()
        value = pc.cast(passed["value_usd"], "float64").to_numpy()
        self._passing = _summed(cell, value * weight, (months, len(FLOWS)))
        self._trucks = self._trucks + _summed(cell, weight, (months, len(FLOWS)))

    def value(self, span: range) -> Floats:
        """Value declared, by flow and gate."""
        return np.asarray(self._value[span.start : span.stop].sum(axis=0))

    def passing(self, span: range) -> Floats:
        """Value that only passes, by flow."""
        return np.asarray(self._passing[span.start : span.stop].sum(axis=0))

    def trucks(self, span: range) -> Floats:
        """Trucks, by flow."""
        return np.asarray(self._trucks[span.start : span.stop].sum(axis=0))

    def revenue(self, span: range) -> float:
        """Duty and tax."""
        return float(self._revenue[span.start : span.stop].sum())


def _places(column: pa.ChunkedArray, names: tuple[str, ...]) -> Ints:
    return np.asarray(pc.index_in(column, value_set=pa.array(names)).to_numpy(), dtype=np.int64)


def _summed(cell: tuple[Ints, ...], values: Floats, shape: tuple[int, ...]) -> Floats:
    place = np.ravel_multi_index(cell, shape)
    return np.bincount(place, values, minlength=int(np.prod(shape))).reshape(shape).astype(np.float64)
