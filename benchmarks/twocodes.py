"""Wrong codes noticed and right ones doubted, among lines of a practice region rewritten nine ways.

The lines are the distinct texts of the region under their true codes, and siblings with other figures. Half of the
kinds of goods serve to fit the alarm, the other half to measure it. Each rewritten text is asked twice: under a wrong
code (the one a cheat would write, else one of the same chapter), where an alarm is right, and under its own, where it
is not.

A large run may be made in pieces: with `TQ_BENCH_TWOCODES_KEEP=FOLDER` the index is kept there, and a second run of the
same size asks it without building it again.
"""

from __future__ import annotations

import os
import pickle
import random
import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import goods
from thongquan.learning.curves import interval
from thongquan.learning.nearness import candidates, features_of
from thongquan.learning.text import canonical
from thongquan.learning.twins import (
    WAYS,
    Index,
    Line,
    Query,
    evaluated,
    fitted,
    found,
    index_of,
    rewritten,
)
from thongquan.practice.catalog.shelf import kinds

LINES = int(os.environ.get("TQ_BENCH_TWOCODES_LINES", "100000"))
WRONG = int(os.environ.get("TQ_BENCH_TWOCODES_WRONG", "5000"))
KEEP = os.environ.get("TQ_BENCH_TWOCODES_KEEP", "")
SILENT = int(os.environ.get("TQ_BENCH_TWOCODES_SILENT", "20000"))
FITTED_ON = int(os.environ.get("TQ_BENCH_TWOCODES_FITTED", "400"))
SEED = 4


class _Source(NamedTuple):
    text: str
    code: str
    kind: str


def run() -> dict[str, float]:
    """Shares in percent, times in milliseconds of one thread, sizes in bytes."""
    chance = random.Random(SEED)
    lines, index, build = _kept() or _built()
    wrong = _wrong_codes(lines)
    names = sorted({one.kind for one in lines})
    chance.shuffle(names)
    fit, test = set(names[::2]), set(names[1::2])
    judge = fitted([(found(index, one.line), one.wrong) for one in _queries(lines, fit, wrong, FITTED_ON, chance)])
    queries = _fewer(_queries(lines, test, wrong, 1 + SILENT // len(WAYS), chance))
    result = evaluated(index, queries, judge, clock=time.process_time)
    low, high = interval(result.false_alarms or 0.0, result.silent)
    search = _search_times(index, queries)
    print(
        f"twocodes: {len(lines):,} lines, {len(index.first):,} groups; detected {result.detected or 0:.2%} of "
        f"{result.wrong:,}, false alarms {result.false_alarms or 0:.3%} of {result.silent:,} "
        f"({low:.3%} to {high:.3%}), recall {result.recall_1 or 0:.1%} at 1, "
        f"{result.recall_10 or 0:.1%} at 10; {build:.0f} µs a line to build, {result.memory / 1e6:,.0f} MB",
        file=sys.stderr,
        flush=True,
    )
    return {
        "detected": round(100 * (result.detected or 0.0), 2),
        "false_alarms": round(100 * (result.false_alarms or 0.0), 3),
        "false_alarms_most": round(100 * high, 3),
        "silent_queries": result.silent,
        "recall_1": round(100 * (result.recall_1 or 0.0), 1),
        "recall_10": round(100 * (result.recall_10 or 0.0), 1),
        "query_ms": round(result.median_ms, 2),
        "query_p95_ms": round(result.p95_ms, 2),
        "search_ms": round(statistics.median(search), 3),
        "search_p95_ms": round(sorted(search)[int(0.95 * len(search))], 3),
        "build_us_per_line": round(build, 1),
        "bytes_per_line": round(result.memory / len(lines), 1),
        "process_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 0),
    }


def _built() -> tuple[list[_Source], Index, float]:
    """The lines, their index, and the processor time it took in microseconds a line; kept if that is wanted."""
    lines = _lines(random.Random(SEED))
    began = time.process_time()
    index = index_of(Line(str(place), one.text, one.code) for place, one in enumerate(lines))
    build = 1e6 * (time.process_time() - began) / len(lines)
    if KEEP:
        Path(KEEP).mkdir(parents=True, exist_ok=True)
        with _place().open("wb") as file:
            pickle.dump((lines, index, build), file)
    return lines, index, build


def _kept() -> tuple[list[_Source], Index, float] | None:
    if not KEEP or not _place().exists():
        return None
    with _place().open("rb") as file:
        found: tuple[list[_Source], Index, float] = pickle.load(file)  # our own, of a moment ago
    return found


def _place() -> Path:
    return Path(KEEP) / f"twocodes-{LINES}.pickle"


def _fewer(queries: Sequence[Query]) -> list[Query]:
    """All that should stay silent, and of the wrong ones so many as are wanted, of all sorts."""
    every = max(1, SILENT // max(WRONG, 1))
    wrong = [query for query in queries if query.wrong]
    return [query for query in queries if not query.wrong] + wrong[:: every + (every % 3 == 0)]


def _lines(chance: random.Random) -> list[_Source]:
    """Texts of the region under the code they most often truly have, and siblings until there are enough."""
    first: dict[str, _Source] = {}
    for one in sorted(goods.region(), key=lambda good: (good.times, good.true)):
        first[one.text] = _Source(one.text, one.true, one.kind)
    texts = list(first.values())
    lines = texts[:LINES]
    while len(lines) < LINES:
        one = texts[len(lines) % len(texts)]
        lines.append(one._replace(text=rewritten(one.text, "other model", seed=len(lines))))
    chance.shuffle(lines)
    return lines


def _wrong_codes(lines: Sequence[_Source]) -> dict[str, list[str]]:
    """For each kind of goods the codes that somebody would wrongly declare."""
    chapters: dict[str, set[str]] = defaultdict(set)
    for one in lines:
        chapters[one.code[:2]].add(one.code)
    cheaper = {kind.key: kind.cheaper_hs for kind in kinds()}
    every = sorted({one.code for one in lines})
    found: dict[str, list[str]] = {}
    for one in lines:
        near = [code for code in cheaper.get(one.kind, ()) if code != one.code]
        found[one.kind] = near or sorted(chapters[one.code[:2]] - {one.code}) or every
    return found


def _queries(
    lines: Sequence[_Source], named: set[str], wrong: dict[str, list[str]], count: int, chance: random.Random
) -> list[Query]:
    """Lines of these kinds, each in every way, under its own code and under a wrong one."""
    places = chance.sample([place for place, one in enumerate(lines) if one.kind in named], count)
    queries = []
    for place in places:
        one = lines[place]
        for way in WAYS:
            text = rewritten(one.text, way, seed=place)
            queries.append(Query(Line("own", text, one.code), False, place))
            queries.append(Query(Line("wrong", text, chance.choice(wrong[one.kind])), True, place))
    return queries


def _search_times(index: Index, queries: Sequence[Query]) -> list[float]:
    """Milliseconds from features to candidates, without reading the text and without scoring."""
    times = []
    for query in queries[:2000:2]:
        features = features_of(canonical(query.line.description))
        began = time.process_time()
        candidates(index.lines, features)
        times.append(1000 * (time.process_time() - began))
    return times
