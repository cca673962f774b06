"""How much of what an all-knowing oracle would find does the closed loop find, on practice worlds nobody tuned on.

`TQ_BENCH_RISK_DECLARATIONS` is the size of each world (0: as large as the region), `TQ_BENCH_RISK_SEEDS` their seeds,
`TQ_BENCH_RISK_TRAINING` the lines of the training that is timed, `TQ_BENCH_RISK_PARTS` which parts run
(loop, drift, speed, profiles). The drift curve is drawn into docs/images/risk-drift.svg.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.curve import drawn
from benchmarks.risk_profiles import measured
from thongquan.learning.risk import Features, Labels, Settings, chosen, read_trade, trained
from thongquan.learning.risk.drifting import EXPLORATIONS, planted, recovery
from thongquan.learning.risk.evaluating import BUDGETS, backtest, read_truth, without_relations
from thongquan.learning.risk.findings import learning_of
from thongquan.learning.risk.loop import Rules, prepared, weeks_of
from thongquan.practice.world import Plan, build

DECLARATIONS = int(os.environ.get("TQ_BENCH_RISK_DECLARATIONS", "120000")) or None
SEEDS = tuple(int(one) for one in os.environ.get("TQ_BENCH_RISK_SEEDS", "21,22,23").split(","))
TRAINING = int(os.environ.get("TQ_BENCH_RISK_TRAINING", "1000000"))
PARTS = os.environ.get("TQ_BENCH_RISK_PARTS", "loop,drift,speed,profiles").split(",")
DRIFT_DECLARATIONS, DRIFT_MONTHS, DRIFT_WEEK = 30_000, 15, 44
PICTURE = Path(__file__).parents[1] / "docs" / "images" / "risk-drift.svg"


def run() -> dict[str, float]:
    """Means over the seeds of shares of the oracle (fractions); lines per second of processor time; seconds; MB."""
    found: dict[str, float] = {}
    if "profiles" in PARTS:
        found |= measured()
    with tempfile.TemporaryDirectory() as folder:
        needed = SEEDS if "loop" in PARTS else SEEDS[:1] if "speed" in PARTS else ()
        worlds = [_built(Path(folder) / str(seed), seed) for seed in needed]
        if "loop" in PARTS:
            found |= _loops(worlds)
        if "drift" in PARTS:
            found |= _drift(Path(folder) / "drift")
        if "speed" in PARTS:
            found |= _speed(worlds[0])
    return found


def _say(text: str) -> None:
    print(f"risk: {text}", file=sys.stderr, flush=True)


def _built(out: Path, seed: int, declarations: int | None = DECLARATIONS, months: int = 24) -> Path:
    made = build(out, Plan(seed=seed, months=months, declarations=declarations))
    _say(f"world {seed}: {made.declarations:,} declarations, {made.lines:,} lines")
    return out


def _loops(worlds: list[Path]) -> dict[str, float]:
    tables = []
    for world in worlds:
        tables.append(backtest(world, world / "truth", say=_say))
        _say(json.dumps(tables[-1]))
    found: dict[str, float] = {}
    for budget in BUDGETS:
        percent = f"{budget:.0%}".rstrip("%")
        of = [one[f"{budget:.0%}"] for one in tables]
        for name in ("engine", "look_up", "rules", "compliance", "random"):
            mark = "" if name == "engine" else f"{name}_"
            for key in ("precision", "duty"):
                values = [one[name][f"{key}_of_oracle"] for one in of]
                found[f"{mark}{key}_of_oracle_{percent}"] = round(float(np.mean(values)), 3)
                _say(f"{name} {percent} % {key} of oracle by seed: {[round(one, 3) for one in values]}")
        found[f"reborn_duty_first_month_{percent}"] = round(
            float(np.mean([one["engine"]["reborn_duty_first_month"] for one in of])), 3
        )
    ready = prepared(read_trade(worlds[0]))
    blind = without_relations(ready, read_truth(worlds[0] / "truth", ready.trade), Rules(budget=BUDGETS[-1]))
    return {**found, "reborn_without_relations_10": round(blind, 3)}


def _drift(out: Path) -> dict[str, float]:
    """The curve of recovery after a new mechanism, by exploration."""
    world = _built(out, SEEDS[0], DRIFT_DECLARATIONS, DRIFT_MONTHS)
    ready = prepared(read_trade(world))
    moved = planted(read_truth(world / "truth", ready.trade), ready.trade, weeks_of(ready.trade), DRIFT_WEEK)
    rules = Rules(weekly_from=DRIFT_WEEK)
    lines: list[dict[str, Any]] = [
        recovery(ready, moved.truth, rules, exploration, DRIFT_WEEK) for exploration in EXPLORATIONS
    ]
    PICTURE.write_text(
        drawn(
            "Finds after a new way to cheat, as a share of the oracle's (means over four weeks)",
            [(f"{one['exploration']:.0%} by chance", one["weeks"], one["share"]) for one in lines],
            across="weeks since it appeared",
            goal=0.8,
        ),
        encoding="utf-8",
    )
    for one in lines:
        told = f"{one['after_8_weeks']:.2f} after 8 weeks, 80 % after {one['weeks_to_80']}"
        _say(f"{one['exploration']:.0%} by chance: {told}")
    return {f"recovery_8_weeks_{100 * one['exploration']:.0f}": round(one["after_8_weeks"], 3) for one in lines}


def _speed(world: Path) -> dict[str, float]:
    started = time.process_time()
    trade = read_trade(world)
    learned = learning_of(world, trade)
    built = time.process_time() - started
    row = learned.findings.revealed.row
    scorer = trained(learned.features.rows(row), learned.labels, Settings()).opened()
    started = time.process_time()
    scorer.probability(learned.features.values)
    scored = time.process_time() - started
    some = learned.features.values[:2_000]
    started = time.process_time()
    scorer.reasons(some)
    told = time.process_time() - started
    drawn_rows = np.resize(row, TRAINING)
    rng = np.random.Generator(np.random.PCG64(1))
    values = learned.features.values[drawn_rows]
    values *= 1.0 + 0.01 * rng.standard_normal((1, values.shape[1]), dtype=np.float32)
    labels = Labels(
        *(np.resize(one, TRAINING) for one in (learned.labels.fraud, learned.labels.evaded, learned.labels.potential)),
        np.arange(TRAINING),
    )
    features = Features(learned.features.names, learned.features.meanings, values)
    began, used = time.perf_counter(), time.process_time()
    chosen(features, labels, _TWO_CORES, progress=lambda done, of: _say(f"forest {done} of {of}"))
    seconds, used = time.perf_counter() - began, time.process_time() - used
    return {
        "features_lines_per_cpu_second": round(len(trade) / built),
        "scoring_lines_per_cpu_second": round(len(trade) / max(scored, 1e-9)),
        "reasons_lines_per_cpu_second": round(len(some) / max(told, 1e-9)),
        "training_seconds": round(seconds, 1),
        "training_cpu_seconds": round(used, 1),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


_TWO_CORES = tuple(one._replace(threads=2) for one in (Settings(), Settings(rounds=150, leaves=5, columns=0.5)))
