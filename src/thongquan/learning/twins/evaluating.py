"""How many wrong codes are noticed, and how many right ones are doubted."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from thongquan.learning.twins.deciding import Attribute
from thongquan.learning.twins.finding import Found, Partner, found
from thongquan.learning.twins.index import Index, Line
from thongquan.learning.twins.judging import Judge


class Query(NamedTuple):
    """A line to ask about; `partner` is the number of the line it came from (-1 unknown), `wrong` whether an alarm
    is right."""

    line: Line
    wrong: bool
    partner: int = -1


class Result(NamedTuple):
    """Shares are fractions of the queries they speak of; None where there was no such query."""

    recall_1: float | None
    recall_10: float | None
    detected: float | None
    false_alarms: float | None
    partnered: int
    wrong: int
    silent: int
    median_ms: float
    p95_ms: float
    memory: int


def evaluated(
    index: Index,
    queries: Sequence[Query],
    judge: Judge,
    *,
    deciding: Sequence[Attribute] = (),
    clock: Callable[[], float] = time.perf_counter,
    noted: list[bool] | None = None,
) -> Result:
    """Ask every query and count; `noted` takes which of them raised an alarm."""
    times, places, raised = [], [], []
    for query in queries:
        started = clock()
        answer = found(index, query.line, deciding=deciding)
        raised.append(judge.alarms(answer))
        times.append(1000.0 * (clock() - started))
        if query.partner >= 0:
            places.append(_place(index, answer, query))
    if noted is not None:
        noted += raised
    wrong = [alarm for alarm, query in zip(raised, queries, strict=True) if query.wrong]
    silent = [alarm for alarm, query in zip(raised, queries, strict=True) if not query.wrong]
    spent = np.array(times or [0.0])
    return Result(
        recall_1=_share([place < 1 for place in places]),
        recall_10=_share([place < 10 for place in places]),
        detected=_share(wrong),
        false_alarms=_share(silent),
        partnered=len(places),
        wrong=len(wrong),
        silent=len(silent),
        median_ms=float(np.median(spent)),
        p95_ms=float(np.percentile(spent, 95)),
        memory=index.memory,
    )


def _place(index: Index, answer: Found, query: Query) -> int:
    """Where among the partners the line stands that the query came from, from 0; far behind when it does not."""
    group = int(index.groups[query.partner])
    return next((place for place, one in enumerate(answer.partners) if _is(one, group)), len(index.first) + 10)


def _is(partner: Partner, group: int) -> bool:
    return partner.row == group


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None
