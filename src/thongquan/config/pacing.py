"""When the worker passes on what was announced: at once on a calm machine, later and together on a busy one.

Whoever waits for an answer goes first. A message handed over in a large batch costs a fraction of one handed over
alone, so a worker that waits a little while others need the processors has less to do in the end.
"""

from __future__ import annotations

import time

from thongquan.base.core.processors import Load

CALM_SECONDS, BUSY_SECONDS = 0.5, 2.0
"""Pauses of the relay between rounds that were no full batch."""
PATIENCE_SECONDS = 60.0
"""So long a patient consumer waits for a calm moment, and no longer."""


class Patience:
    """Whether it is the turn of patient consumers: in a calm moment, or when they waited long enough."""

    def __init__(self) -> None:
        self.load = Load()
        self.since = time.monotonic()

    def is_over(self) -> bool:
        """Whether to go on now."""
        return not self.load.is_high() or time.monotonic() - self.since > PATIENCE_SECONDS

    def caught_up(self) -> None:
        """Everything was handed over: the next wait begins."""
        self.since = time.monotonic()
