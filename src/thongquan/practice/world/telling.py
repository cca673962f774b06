"""What a world holds beside published sums: season, hours, fraud by mechanism, honest errors, the oracle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from thongquan.practice.world import tables
from thongquan.practice.world.facts import ASSUMED_DECLARATIONS, ASSUMED_ERRORS, CLOSING_BEIJING, REST_OF_GATES
from thongquan.practice.world.leaks import auc, places_in
from thongquan.practice.world.numbers import Floats, Ints
from thongquan.practice.world.writing import files_of, read_table

_FRUIT, _FRUIT_MONTHS, _TOP = "08", (4, 5, 6), 0.05


class Told(NamedTuple):
    """One thing told in words."""

    says: str
    value: str


def told(world: Path) -> list[Told]:
    """Everything that is told of a world. Raises FileNotFoundError when a table is missing."""
    heads = read_table(world, tables.DECLARATIONS, ["declaration_key", "registered_at", "weight", "gate", "value_usd"])
    lines = read_table(world, tables.LINES, ["declaration_key", "hs"])
    truth = read_table(world, tables.TRUE_LINES, ["fraud", "mechanism", "error", "phoenix", "colluded"])
    instant = pc.assume_timezone(pc.cast(pc.add(heads["registered_at"], _hours(7)), pa.timestamp("s")), "UTC")
    return [
        *_volume(heads, instant),
        *_gates(heads),
        *_season(heads, lines, instant),
        *_hours_of_day(instant),
        *_fraud(truth),
        *_known(world, truth),
    ]


def _hours(count: int) -> pa.Scalar:
    return pa.scalar(count * 3600, pa.duration("s"))


def _volume(heads: pa.Table, instant: pa.ChunkedArray) -> Iterator[Told]:
    days = pc.count_distinct(pc.floor_temporal(instant, unit="day")).as_py()
    assumed = f"{ASSUMED_DECLARATIONS.value:,.0f} {ASSUMED_DECLARATIONS.source}"
    yield Told(f"Declarations a day, weighted (in 2025 {assumed})", f"{pc.sum(heads['weight']).as_py() / days:,.0f}")


def _gates(heads: pa.Table) -> Iterator[Told]:
    """Shares of the gates; only that of Tân Thanh is published, and stands among the facts."""
    weighted = pc.cast(heads["value_usd"], "float64").to_numpy() * heads["weight"].to_numpy()
    gates = heads["gate"].combine_chunks().dictionary_encode()
    sums = np.bincount(gates.indices.to_numpy(), weighted)
    for name, value in sorted(zip(gates.dictionary.to_pylist(), sums.tolist(), strict=True)):
        assumed = f" ({REST_OF_GATES[name]:.0%} of what is not Tân Thanh's: assumed)" if name in REST_OF_GATES else ""
        yield Told(f"Share of {name} in the value declared{assumed}", f"{value / sums.sum():.1%}")


def _season(heads: pa.Table, lines: pa.Table, instant: pa.ChunkedArray) -> Iterator[Told]:
    month = pc.month(instant).to_numpy()[places_in(heads["declaration_key"], lines["declaration_key"])]
    fruit = pc.starts_with(lines["hs"], _FRUIT).to_numpy(zero_copy_only=False)
    share = np.bincount(month, fruit, minlength=13)[1:] / np.maximum(np.bincount(month, minlength=13)[1:], 1)
    peak = float(share[[one - 1 for one in _FRUIT_MONTHS]].mean())
    rest = float(np.delete(share, [one - 1 for one in _FRUIT_MONTHS]).mean())
    yield Told("Fresh fruit, April to June against other months (lines)", f"{peak / max(rest, 1e-9):.2f} times")
    count = np.bincount(pc.month(instant).to_numpy(), minlength=13)[1:]
    yield Told("Month with the fewest declarations (Tết)", f"{int(np.argmin(np.where(count > 0, count, 10**9))) + 1}")


def _hours_of_day(instant: pa.ChunkedArray) -> Iterator[Told]:
    latest = float((pc.hour(instant).to_numpy() + pc.minute(instant).to_numpy() / 60).max()) + 1
    yield Told("Latest registration, Beijing time", f"{int(latest)}:{int(latest % 1 * 60):02d}")
    yield Told(f"Gates close at peaks ({CLOSING_BEIJING.source})", f"{int(CLOSING_BEIJING.value)}:00")


def _fraud(truth: pa.Table) -> Iterator[Told]:
    count = truth.num_rows
    yield Told("Lines that are fraud", _share(truth["fraud"], count))
    for pair in pc.value_counts(truth["mechanism"]).to_pylist():
        if pair["values"] is not None:
            yield Told(f"  {pair['values']}", f"{pair['counts'] / count:.2%}")
    for name in ("phoenix", "colluded"):
        yield Told(f"Lines marked {name}", _share(truth[name], count))
    errors = pc.is_valid(truth["error"])
    yield Told(f"Lines with an honest error ({ASSUMED_ERRORS.value} % {ASSUMED_ERRORS.source})", _share(errors, count))


def _share(flags: pa.ChunkedArray, count: int) -> str:
    return f"{(pc.sum(flags).as_py() or 0) / max(count, 1):.2%}"


def _known(world: Path, truth: pa.Table) -> Iterator[Told]:
    """What a perfect observer would know, where the world has an oracle in the order of the truth."""
    if not files_of(world, tables.ORACLE):
        return
    chance = read_table(world, tables.ORACLE, ["probability"])["probability"].to_numpy()
    fraud = truth["fraud"].to_numpy(zero_copy_only=False)
    if len(chance) != len(fraud):
        return
    yield Told("AUC of the oracle", f"{auc(chance, fraud):.3f}")
    yield Told("Fraud among the 5 % the oracle suspects most", f"{_precision(chance, fraud):.1%}")
    yield Told("Mean probability against share of fraud", f"{chance.mean():.3%} / {fraud.mean():.3%}")


def _precision(chance: Floats, fraud: Ints) -> float:
    count = max(int(len(chance) * _TOP), 1)
    return float(fraud[np.argsort(-chance, kind="stable")[:count]].mean())
