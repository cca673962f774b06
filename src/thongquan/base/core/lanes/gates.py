"""The gate of a lane in one process: how much is worked on at once, how much may wait, who is sent away.

Entering costs two short locks and no query. The place in the queue of one who is sent away counts those who wait here
and those sent away before who are still to come again.
"""

from __future__ import annotations

import contextlib
import math
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings

from thongquan.base.core.errors import OperationError
from thongquan.rules.codes import Code

ORDINARY, PERISHABLE, EXPRESS = "ordinary", "perishable", "express"
LANES = (ORDINARY, PERISHABLE, EXPRESS)
REMEMBERED = 512
FIRST_GUESS_SECONDS = 0.05
LONGEST_RETRY = 60


class Saturated(OperationError):  # noqa: N818  (reads as what is told)
    """A lane is full: come again in `retry_seconds`; `position` is the place in the queue."""

    code = str(Code.TQ_EXP_010)
    status = 429

    def __init__(self, lane: str, *, position: int, retry_seconds: int) -> None:
        super().__init__(lane)
        self.lane, self.position, self.retry_seconds = lane, position, retry_seconds


@dataclass(frozen=True)
class Quota:
    """At once, waiting, and how long one may wait, in seconds."""

    in_flight: int
    waiting: int
    wait_seconds: float = 10.0


class Gate:
    """One lane in one process. Safe to share between threads; first come, first served."""

    def __init__(self, lane: str, quota: Quota) -> None:
        self.lane, self.quota = lane, quota
        self.in_flight = self.waiting = self.answered = self.refused = 0
        self.times: deque[tuple[float, float]] = deque(maxlen=REMEMBERED)
        self._promised: deque[float] = deque()
        self._room = threading.Condition(threading.Lock())

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Work within the quota, or raise `Saturated`. The time measured is that of waiting and working together."""
        started = time.monotonic()
        self._enter(started)
        try:
            yield
        finally:
            ended = time.monotonic()
            with self._room:
                self.in_flight -= 1
                self.answered += 1
                self.times.append((ended, ended - started))
                if self.waiting:
                    self._room.notify()

    def _enter(self, now: float) -> None:
        with self._room:
            if self.in_flight >= self.quota.in_flight or self.waiting:
                self._wait(now)
            self.in_flight += 1
            if self._promised:
                self._promised.popleft()

    def _wait(self, now: float) -> None:
        if self.waiting >= self.quota.waiting:
            raise self._sent_away(now)
        self.waiting += 1
        try:
            admitted = self._room.wait_for(self._has_room, timeout=self.quota.wait_seconds)
        finally:
            self.waiting -= 1
        if not admitted:
            raise self._sent_away(time.monotonic())

    def _has_room(self) -> bool:
        return self.in_flight < self.quota.in_flight

    def _sent_away(self, now: float) -> Saturated:
        self.refused += 1
        while self._promised and self._promised[0] < now:
            self._promised.popleft()
        position = self.waiting + len(self._promised) + 1
        seconds = self._retry(position)
        self._promised.append(now + seconds)
        return Saturated(self.lane, position=position, retry_seconds=seconds)

    def _retry(self, position: int) -> int:
        """Seconds until so many before it are done, at the speed of late."""
        several = [took for _ended, took in self.times]
        mean = sum(several) / len(several) if several else FIRST_GUESS_SECONDS
        return min(max(math.ceil(position * mean / max(self.quota.in_flight, 1)), 1), LONGEST_RETRY)

    def taken_since(self, moment: float) -> list[float]:
        """Seconds of each piece of work that ended after a moment of the monotonic clock, in order of size."""
        with self._room:
            return sorted(took for ended, took in self.times if ended >= moment)


def gates_from(quotas: Mapping[str, Quota]) -> dict[str, Gate]:
    """A gate for each lane."""
    return {lane: Gate(lane, quotas[lane]) for lane in LANES}


def _share(total: int) -> int:
    return math.ceil(total / max(settings.WEB_PROCESSES, 1))


def _own_quotas() -> dict[str, Quota]:
    """This process's share of what the installation allows.

    What waits in the express lane are whole files, counted in the database; of their parts few wait here.
    """
    quotas = {**settings.LANE_QUOTAS, EXPRESS: (settings.LANE_QUOTAS[EXPRESS][0],) * 2}
    return {
        lane: Quota(_share(in_flight), _share(waiting), settings.LANE_WAIT_SECONDS)
        for lane, (in_flight, waiting) in quotas.items()
    }


_gates: dict[str, Gate] = {}
_making = threading.Lock()


def gate_of(lane: str) -> Gate:
    """The gate of a lane in this process."""
    if not _gates:
        with _making:
            if not _gates:
                _gates.update(gates_from(_own_quotas()))
    return _gates[lane]


def entered(lane: str) -> contextlib.AbstractContextManager[None]:
    """Work in a lane. Raises `Saturated` on entering when it is full."""
    return gate_of(lane).entered()


@contextlib.contextmanager
def replaced(quotas: Mapping[str, Quota]) -> Iterator[dict[str, Gate]]:
    """Other gates for a while (tests)."""
    before = dict(_gates)
    _gates.clear()
    _gates.update(gates_from(quotas))
    try:
        yield _gates
    finally:
        _gates.clear()
        _gates.update(before)
