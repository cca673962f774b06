"""Pure decisions per second of processor time on one core, for declarations of 5 and of 50 lines."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import datetime

from benchmarks.office import office, say

ROUNDS, SECONDS = 5, 2.0
GOALS = {5: 3000, 50: 400}


def run() -> dict[str, float]:
    """Keys `per_second_5` and `per_second_50`: medians of five rounds."""
    with office():
        return {f"per_second_{lines}": _measured(lines) for lines in GOALS}


def _measured(lines: int) -> float:
    from thongquan.base.core.clock import now
    from thongquan.base.core.memory import settle
    from thongquan.rules.clearance import decide

    facts = _facts(lines, now())
    refused = [fault for one in facts for fault in decide(one).faults if fault.severity == "error"]
    if refused:
        message = f"the samples are not valid: {refused[:3]}"
        raise RuntimeError(message)
    settle()
    rates = [_rate(decide, facts) for _ in range(ROUNDS)]
    say(f"decide, {lines} lines: {', '.join(f'{rate:,.0f}' for rate in rates)} per second (goal {GOALS[lines]:,})")
    return round(statistics.median(rates), 1)


def _facts(lines: int, at: datetime) -> list[object]:
    """Facts as lodging gathers them; each document is another one, so that nothing is measured that a cache knows."""
    from benchmarks.samples import imports
    from thongquan.clearance.declarations.operations.judging import fingerprint_of, gather_facts
    from thongquan.clearance.tariff.queries import current_law

    documents = imports(current_law(), at.date(), lines=lines, count=64)
    return [gather_facts(one, fingerprint=fingerprint_of(one), at=at) for one in documents]


def _rate(decide: Callable[[object], object], facts: list[object]) -> float:
    started, done = time.process_time(), 0
    while (passed := time.process_time() - started) < SECONDS:
        for one in facts:
            decide(one)
        done += len(facts)
    return done / passed
