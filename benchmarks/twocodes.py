"""Wrong codes noticed and right ones doubted, among lines of a practice region rewritten nine ways.

The judge is the one that ships, fitted on goods of other kinds in another region (`benchmarks/twocodes_judge.py`). Each
rewritten text is asked twice: under a wrong code (the one a cheat would write, else one of the same chapter), where an
alarm is right, and under its own, where it is not; and goods that nobody declared before under their right code.

A large run may be made in pieces: with `TQ_BENCH_TWOCODES_KEEP=FOLDER` the index is kept there, and a second run of the
same size asks it without building it again.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import time
from collections.abc import Sequence

import numpy as np

from benchmarks.twocodes_judge import shipped_judge
from benchmarks.twocodes_lines import SEED, Asked, halves, new_goods, place_of, questions, sources, wrong_codes
from thongquan.learning.curves import interval, interval_of_groups
from thongquan.learning.nearness import candidates, features_of
from thongquan.learning.text import canonical
from thongquan.learning.twins import WAYS, Index, Query, Result, evaluated, found

LINES = int(os.environ.get("TQ_BENCH_TWOCODES_LINES", "100000"))
WRONG = int(os.environ.get("TQ_BENCH_TWOCODES_WRONG", "5000"))
SILENT = int(os.environ.get("TQ_BENCH_TWOCODES_SILENT", "20000"))
NEW = 300


def run() -> dict[str, float]:
    """Shares in percent, times in milliseconds of one thread, sizes in bytes."""
    place, judge, (_, half) = place_of(LINES), shipped_judge(), halves()
    wrong = wrong_codes(place.lines)
    every = questions(place.lines, half.known.__contains__, 1 + SILENT // len(WAYS), wrong, seed=SEED)
    asked = _fewer(every)
    noted: list[bool] = []
    result = evaluated(place.held, [one.query for one in asked], judge, clock=time.process_time, noted=noted)
    doubted = _doubted([(one, alarm) for one, alarm in zip(asked, noted, strict=True) if not one.query.wrong])
    new = new_goods(sources(), half, NEW, seed=SEED)
    fresh = _doubted([(one, judge.alarms(found(place.held, one.query.line))) for one in new])
    search = _search_times(place.held, [one.query for one in asked])
    _say(place.held, result, doubted, fresh, place.build_us)
    return {
        "detected": round(100 * (result.detected or 0.0), 2),
        "false_alarms": round(100 * (result.false_alarms or 0.0), 3),
        "false_alarms_most": round(100 * interval(result.false_alarms or 0.0, result.silent)[1], 3),
        "false_alarms_most_by_kind": round(100 * doubted[1][1], 3),
        "false_alarms_of_new_goods": round(100 * fresh[0], 3),
        "silent_queries": result.silent,
        "recall_1": round(100 * (result.recall_1 or 0.0), 1),
        "recall_10": round(100 * (result.recall_10 or 0.0), 1),
        "query_ms": round(result.median_ms, 2),
        "query_p95_ms": round(result.p95_ms, 2),
        "search_ms": round(statistics.median(search), 3),
        "search_p95_ms": round(sorted(search)[int(0.95 * len(search))], 3),
        "build_us_per_line": round(place.build_us, 1),
        "bytes_per_line": round(result.memory / LINES, 1),
        "process_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 0),
    }


Doubted = tuple[float, tuple[float, float], int]
"""The share of right lines under an alarm, its interval where goods of one kind hang together, and of how many."""


def _doubted(asked: Sequence[tuple[Asked, bool]]) -> Doubted:
    alarms = np.array([alarm for _, alarm in asked], dtype=float)
    kinds = np.unique([one.kind for one, _ in asked], return_inverse=True)[1].astype(np.int64)
    return float(alarms.mean()), interval_of_groups(alarms, kinds), len(asked)


def _say(index: Index, result: Result, doubted: Doubted, fresh: Doubted, build: float) -> None:
    low, high = interval(result.false_alarms or 0.0, result.silent)
    print(
        f"twocodes: {LINES:,} lines, {len(index.first):,} groups; detected {result.detected or 0:.2%} of "
        f"{result.wrong:,}, false alarms {result.false_alarms or 0:.3%} of {result.silent:,} ({low:.3%} to {high:.3%}; "
        f"goods of a kind together: {doubted[1][0]:.3%} to {doubted[1][1]:.3%}); new goods {fresh[0]:.3%} of "
        f"{fresh[2]:,} ({fresh[1][0]:.3%} to {fresh[1][1]:.3%}); recall {result.recall_1 or 0:.1%} at 1, "
        f"{result.recall_10 or 0:.1%} at 10; {build:.0f} µs a line to build, {result.memory / 1e6:,.0f} MB",
        file=sys.stderr,
        flush=True,
    )


def _fewer(asked: Sequence[Asked]) -> list[Asked]:
    """All that should stay silent, and of the wrong ones so many as are wanted, of all sorts."""
    every = max(1, SILENT // max(WRONG, 1))
    wrong = [one for one in asked if one.query.wrong]
    return [one for one in asked if not one.query.wrong] + wrong[:: every + (every % 3 == 0)]


def _search_times(index: Index, queries: Sequence[Query]) -> list[float]:
    """Milliseconds from features to candidates, without reading the text and without scoring."""
    times = []
    for query in queries[:2000:2]:
        features = features_of(canonical(query.line.description))
        began = time.process_time()
        candidates(index.lines, features)
        times.append(1000 * (time.process_time() - began))
    return times
