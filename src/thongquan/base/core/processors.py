"""How busy the processors of this machine are: who waits for nobody lets others go first.

Legal basis: none; house rule.
"""

from __future__ import annotations

import time

import psutil

BUSY_SHARE = 0.85
"""Of the time of all processors, spent on anything: from here on somebody waits."""
LOOK_SECONDS = 1.0


class Load:
    """How busy the processors were since this was last asked."""

    def __init__(self) -> None:
        self._before = _spent_and_all()

    def is_high(self) -> bool:
        """Whether they were busy more than `BUSY_SHARE` of the time."""
        before, self._before = self._before, _spent_and_all()
        spent, every = (now - then for now, then in zip(self._before, before, strict=True))
        return every > 0 and spent / every > BUSY_SHARE


def are_busy() -> bool:
    """Look for a second."""
    load = Load()
    time.sleep(LOOK_SECONDS)
    return load.is_high()


def _spent_and_all() -> tuple[float, float]:
    times = psutil.cpu_times()
    idle = times.idle + getattr(times, "iowait", 0.0)
    every = sum(times)
    return every - idle, every
