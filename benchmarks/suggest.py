"""How good suggested codes are, on a public set, on a practice region, on goods never seen; and how fast.

HSCodeComp is asked by title alone, with the nomenclature and the references of the United Kingdom as the only
knowledge; it is skipped where the shared data is not. `TQ_BENCH_SUGGEST_LINES` is the length of the history for speed.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Sequence

from benchmarks import goods
from benchmarks.goods import Good
from tests.shared_data import shared
from thongquan.learning.curves import interval
from thongquan.learning.suggest import (
    Example,
    Scores,
    calibration_error,
    evaluated,
    suggest,
    train,
    trained_and_calibrated,
)
from thongquan.learning.suggest.calibration import SHOWN
from thongquan.learning.suggest.model import judged
from thongquan.learning.suggest.splitting import folds
from thongquan.learning.twins import rewritten

LINES = int(os.environ.get("TQ_BENCH_SUGGEST_LINES", "1000000"))
FOLDS, SUREST, OF_EACH = 3, 0.2, 5
QUESTIONS, NEVER_SEEN = 200, 800
LEVELS = (4, 6, 8)
LONGEST = 10_000
SEED_OF_SPLIT = 3


def run() -> dict[str, float]:
    """Shares in percent, calibration errors in points, times in milliseconds."""
    found = _shop() if shared("data", "goods", "hscodecomp_dev.jsonl").exists() else {}
    region = goods.region()
    return {**found, **_region(region), **_day_one(region), **_speed(region)}


def _say(text: str) -> None:
    print(f"suggest: {text}", file=sys.stderr, flush=True)


def _shop() -> dict[str, float]:
    tests = goods.shop_goods()
    scores = evaluated(train([*goods.nomenclature(), *goods.uk_references()]), tests)
    found = {}
    for digits in (4, 6):
        level = scores.levels[digits]
        for top, share in zip((1, 3, 5), level.right, strict=True):
            found[f"hscodecomp_{digits}d_top{top}"] = round(100 * share, 1)
            low, high = interval(share, level.asked)
            _say(f"HSCodeComp {digits} digits top {top}: {share:.1%} ({low:.1%} to {high:.1%}, {level.asked} goods)")
    return found


def _region(region: Sequence[Good]) -> dict[str, float]:
    """Every text is asked once, of a model that saw no near-duplicate of it. Learned is what was declared; right is the
    truth."""
    texts = sorted({good.text for good in region})
    fold = dict(zip(texts, folds(texts, count=FOLDS, seed=SEED_OF_SPLIT).tolist(), strict=True))
    answers: dict[int, list[tuple[float, bool, bool]]] = {level: [] for level in LEVELS}
    for number in range(FOLDS):
        model = trained_and_calibrated([_declared(one) for one in region if fold[one.text] != number])
        for one in _once([one for one in region if fold[one.text] == number]):
            said = judged(model, one.text)
            for level in LEVELS:
                codes = [candidate.code for candidate in said.levels[level][:SHOWN]]
                sure = model.calibration[level].sureness(said, level)
                answers[level].append(
                    (max(sure[:1], default=0.0), one.true[:level] in codes[:1], one.true[:level] in codes)
                )
    found: dict[str, float] = {}
    for level, rows in answers.items():
        rows.sort(reverse=True)
        top = rows[: round(SUREST * len(rows))]
        error = 100 * calibration_error([sure for sure, _, _ in rows], [right for _, right, _ in rows])
        found[f"practice_{level}d_calibration_points"] = round(error, 2)
        found[f"practice_{level}d_surest_fifth"] = round(100 * sum(right for _, right, _ in top) / len(top), 1)
        found[f"practice_{level}d_top1"] = round(100 * sum(right for _, right, _ in rows) / len(rows), 1)
        found[f"practice_{level}d_top5"] = round(100 * sum(within for _, _, within in rows) / len(rows), 1)
        _say(f"practice region, {level} digits, {len(rows):,} texts: error {error:.2f} points")
    return found


def _declared(good: Good) -> Example:
    return Example(good.text, good.declared, times=good.times)


def _once(region: Sequence[Good]) -> list[Good]:
    """Each text once, under the code that it most often truly has."""
    found: dict[str, Good] = {}
    for one in sorted(region, key=lambda good: (good.times, good.true)):
        found[one.text] = one
    return list(found.values())


def _day_one(region: Sequence[Good]) -> dict[str, float]:
    """Half of the kinds of goods were never declared: the day a new office opens. The nomenclature helps a little."""
    kinds = sorted({good.kind for good in region})
    random.Random(1).shuffle(kinds)
    known = set(kinds[::2])
    books = [*goods.nomenclature(), *goods.national_names()]
    model = trained_and_calibrated([*(_declared(one) for one in region if one.kind in known), *books])
    unseen = _once([one for one in region if one.kind not in known])
    asked = random.Random(5).sample(unseen, min(NEVER_SEEN, len(unseen)))
    scores = evaluated(model, [Example(one.text, one.true) for one in asked])
    silent = sum(suggest(model, one.text).abstains for one in asked) / len(asked)
    _say(f"goods never seen ({len(asked):,} texts): abstains on {silent:.1%}; {_told(scores)}")
    found = {
        f"day_one_{level}d_top{top}": round(100 * scores.levels[level].right[place], 1)
        for level in (4, 6)
        for place, top in enumerate((1, 3, 5))
    }
    return {**found, "day_one_abstains": round(100 * silent, 1)}


def _told(scores: Scores) -> str:
    return "; ".join(f"{level} digits {100 * scores.levels[level].right[0]:.1f}" for level in LEVELS)


def _speed(region: Sequence[Good]) -> dict[str, float]:
    """A history of many lines, each wording five times on average, made out of the region by slips and order."""
    texts = _once(region)
    started = time.process_time()
    history = [
        Example(rewritten(one.text, "typos" if turn else "order", seed=turn), one.true, times=OF_EACH)
        for turn in range(1 + LINES // (OF_EACH * len(texts)))
        for one in texts
    ][: max(1, LINES // OF_EACH)]
    made = time.process_time()
    model = train(history)
    trained = time.process_time() - made
    times = []
    for one in random.Random(2).sample(texts, QUESTIONS):
        text = rewritten(one.text, "boilerplate", seed=9)
        began = time.process_time()
        suggest(model, text)
        times.append(1000 * (time.process_time() - began))
    began = time.process_time()
    suggest(model, ("máy khoan điện cầm tay 750W " * LONGEST)[:LONGEST])
    longest = 1000 * (time.process_time() - began)
    _say(
        f"{OF_EACH * len(history):,} lines, {len(model.examples):,} wordings: made in {made - started:.0f} s, "
        f"trained in {trained:.0f} s, {statistics.median(times):.1f} ms a question (worst {max(times):.1f}), "
        f"{longest:.0f} ms for {LONGEST:,} characters"
    )
    return {
        "train_seconds": round(trained, 1),
        "query_ms": round(statistics.median(times), 2),
        "query_p95_ms": round(sorted(times)[int(0.95 * len(times))], 2),
        "longest_ms": round(longest, 1),
    }
