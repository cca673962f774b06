"""How good a model is on goods it was not shown."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from thongquan.learning.suggest.calibration import calibration_error
from thongquan.learning.suggest.knowledge import Example, digits_of
from thongquan.learning.suggest.model import Model, judged
from thongquan.learning.suggest.scores import Judged

TOPS = (1, 3, 5)
SHARES = (0.1, 0.2, 0.3, 0.5, 0.7, 1.0)


class Level(NamedTuple):
    """Of one number of digits: how many goods were asked, how many right within the first 1, 3, 5 (fractions).

    `curve` pairs a share of the goods, the surest first, with how many of these are right at once; `error` is the
    calibration error; `reliability` holds, per tenth of the goods from the least sure on, what was said and what was
    right. None and empty when the model was not calibrated. `chapters` pairs a chapter with goods and share right.
    """

    asked: int
    right: tuple[float, float, float]
    curve: tuple[tuple[float, float], ...]
    error: float | None
    reliability: tuple[tuple[float, float], ...]
    chapters: tuple[tuple[str, int, float], ...]


class Scores(NamedTuple):
    """All levels, and milliseconds per question (median and 95th of 100)."""

    levels: dict[int, Level]
    median_ms: float
    p95_ms: float


def evaluated(model: Model, tests: Sequence[Example], clock: Callable[[], float] = time.perf_counter) -> Scores:
    """Ask the model every description, and compare with its code. Descriptions without a code are left out."""
    known = [one._replace(code=digits_of(one.code)) for one in tests if digits_of(one.code)]
    answers, times = [], []
    for one in known:
        started = clock()
        answers.append(judged(model, one.description))
        times.append(1000.0 * (clock() - started))
    levels = {}
    for level in (2, 4, 6, 8):
        rows = [_Row(one.code, *_asked(model, said, level)) for one, said in zip(known, answers, strict=True)]
        levels[level] = _level([row for row in rows if len(row.code) >= level], level, level in model.calibration)
    spent = np.array(times or [0.0])
    return Scores(levels, float(np.median(spent)), float(np.percentile(spent, 95)))


class _Row(NamedTuple):
    code: str
    found: tuple[str, ...]
    sure: float


def _asked(model: Model, said: Judged, level: int) -> tuple[tuple[str, ...], float]:
    shown = said.levels[level][: TOPS[-1]]
    calibration = model.calibration.get(level)
    sure = calibration.sureness(said, level) if calibration else [one.score for one in shown]
    return tuple(one.code for one in shown), max(sure[:1], default=0.0)


def _level(rows: Sequence[_Row], level: int, calibrated: bool) -> Level:
    count = len(rows) or 1
    right = [sum(row.code[:level] in row.found[:top] for row in rows) / count for top in TOPS]
    ranked = sorted(rows, key=lambda row: -row.sure)
    first = [row.code[:level] in row.found[:1] for row in ranked]
    curve = tuple((share, _mean(first[: max(1, round(share * len(first)))])) for share in SHARES)
    sure = [row.sure for row in ranked]
    tenths = [part for part in np.array_split(np.arange(len(ranked))[::-1], 10) if len(part)]
    return Level(
        asked=len(rows),
        right=(right[0], right[1], right[2]),
        curve=curve,
        error=calibration_error(sure, first) if calibrated else None,
        reliability=tuple((_mean([sure[i] for i in part]), _mean([first[i] for i in part])) for part in tenths)
        if calibrated
        else (),
        chapters=_chapters(rows, level),
    )


def _chapters(rows: Sequence[_Row], level: int) -> tuple[tuple[str, int, float], ...]:
    of: dict[str, list[bool]] = {}
    for row in rows:
        of.setdefault(row.code[:2], []).append(row.code[:level] in row.found[:1])
    return tuple((chapter, len(hits), _mean(hits)) for chapter, hits in sorted(of.items()))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
