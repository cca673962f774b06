"""Sending what is due when it is due, whatever became of what went before; latency counts from the due moment."""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from benchmarks.traffic.desk import Call, Desk
from benchmarks.traffic.schedule import REQUESTS_PER_DECLARATION, Arrival
from benchmarks.traffic.wires import Answer, Wires

PATIENCE = 10.0
"""Seconds after which nobody waits any longer. Whatever fails counts as having taken so long."""
LATE, TOLD_FAULTS = 0, 5


class Sample(NamedTuple):
    """One arrival: when it was due, when it was answered (seconds from the beginning), and how; status 0: not in time.

    `good` is whether the answer was the wanted one.
    """

    kind: str
    due: float
    ended: float
    status: int
    good: bool

    @property
    def seconds(self) -> float:
        """From due to answered; a failure counts as the whole patience."""
        return self.ended - self.due if self.good else PATIENCE


class Outcome(NamedTuple):
    """What became of a schedule of so many seconds."""

    seconds: float
    samples: list[Sample]
    idle: int
    """Arrivals that found nothing to do: no declaration waited for a check or an amendment."""
    faults: list[str]

    @property
    def offered(self) -> float:
        """Requests due per second."""
        return len(self.samples) / self.seconds

    @property
    def done(self) -> float:
        """Good answers per second within the time."""
        return sum(one.good and one.ended <= self.seconds for one in self.samples) / self.seconds

    @property
    def declarations(self) -> float:
        """What was done, as declarations per second with all the work around them."""
        return self.done / REQUESTS_PER_DECLARATION

    def by_kind(self) -> dict[str, list[float]]:
        """Seconds by kind."""
        found: dict[str, list[float]] = defaultdict(list)
        for one in self.samples:
            found[one.kind].append(one.seconds)
        return dict(sorted(found.items()))

    def quantile(self, percent: int, kind: str = "") -> float:
        """Milliseconds, of one kind or of everything."""
        return percentile([one.seconds for one in self.samples if kind in ("", one.kind)], percent) * 1000

    def errors(self) -> dict[str, int]:
        """Answers that were not wanted, by kind and status; `late` had none within the patience."""
        wrong = [one for one in self.samples if not one.good]
        return dict(Counter(f"{one.kind} {one.status or 'late'}" for one in wrong))

    def error_share(self) -> float:
        """Of all that was due."""
        return sum(not one.good for one in self.samples) / max(len(self.samples), 1)


def percentile(values: Sequence[float], percent: int) -> float:
    """Zero for nothing."""
    if len(values) < 2:
        return values[0] if values else 0.0
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def replayed(desk: Desk, schedule: Iterable[Arrival], seconds: float) -> Outcome:
    """Send a schedule and wait for the last answers, at most the patience."""
    return asyncio.run(_Replay(desk).run(list(schedule), seconds))


class _Replay:
    """One schedule under way."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.wires = desk, Wires(desk.port)
        self.samples: list[Sample] = []
        self.faults: list[str] = []
        self.idle, self.began = 0, 0.0

    async def run(self, schedule: list[Arrival], seconds: float) -> Outcome:
        self.began = time.perf_counter()
        under_way: set[asyncio.Task[None]] = set()
        for arrival in schedule:
            await asyncio.sleep(max(0.0, arrival.due - self._passed()))
            call = self.desk.next(arrival.kind)
            if call is None:
                self.idle += 1
                continue
            task = asyncio.create_task(self._one(arrival, call))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        await asyncio.sleep(max(0.0, seconds - self._passed()))
        await asyncio.gather(*under_way)
        self.wires.close()
        return Outcome(seconds, self.samples, self.idle, self.faults)

    async def _one(self, arrival: Arrival, call: Call) -> None:
        answer = Answer(LATE, b"")
        with contextlib.suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(max(0.001, arrival.due + PATIENCE - self._passed())):
                answer = await self.wires.ask(call.request)
        good = answer.status in call.good
        self.samples.append(Sample(arrival.kind, arrival.due, self._passed(), answer.status, good))
        if good and call.then:
            call.then(answer.body)
        elif not good and len(self.faults) < TOLD_FAULTS:
            self.faults.append(f"{arrival.kind} {answer.status}: {answer.body[:300].decode(errors='replace')}")

    def _passed(self) -> float:
        return time.perf_counter() - self.began
