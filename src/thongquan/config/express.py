"""The worker of the express lane: a process of its own that gives way to everything else (docs/adr, "Lanes").

It runs at low priority, and so does its connection where the server is on this machine; it works in small pieces and
rests between them while lodging is slower than it could be.
"""

from __future__ import annotations

import os
import threading
import time
from datetime import datetime

from thongquan.base.core.clock import now
from thongquan.base.core.lanes import ORDINARY, PERISHABLE, lane_reports
from thongquan.clearance.express.operations import forget_abandoned, judge_next
from thongquan.clearance.express.pacing import Pace
from thongquan.config.worker import loop, lower, lower_connections, until_stopped

NICE, DATABASE_NICE = 19, 10
IDLE_SECONDS = 0.5
TIDY_SECONDS = 3600.0


class ExpressRounds:
    """What the process remembers between its rounds."""

    def __init__(self, stopping: threading.Event) -> None:
        self.stopping, self.pace = stopping, Pace()
        self.tidied = 0.0

    def round(self) -> bool:
        """One piece of work and the rest after it; True when there was one."""
        at, started = now(), time.monotonic()
        self._tidy(at, started)
        worked = judge_next(at=at)
        if worked is None:
            return False
        took = time.monotonic() - started
        reports = lane_reports(now())
        lodging = [reports[lane] for lane in (ORDINARY, PERISHABLE)]
        times = [one.p95_ms for one in lodging if one.p95_ms is not None]
        waiting = sum(one.waiting for one in lodging)
        rest = self.pace.rest(took, max(times, default=None), waiting=waiting, moment=started)
        self.stopping.wait(rest)
        return True

    def _tidy(self, at: datetime, moment: float) -> None:
        if moment - self.tidied > TIDY_SECONDS:
            self.tidied = moment
            forget_abandoned(at=at)


def work_express() -> None:
    """Judge batches of parcels until asked to stop."""
    stopping = until_stopped()
    lower(os.getpid(), NICE)
    lower_connections(DATABASE_NICE)
    loop(stopping, ExpressRounds(stopping).round, IDLE_SECONDS)
