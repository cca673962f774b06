"""How long the express worker rests between two pieces of work, so that lodging does not feel it. Pure.

The worker compares what lodging takes now with what it took in its calmest moments of late. When it takes longer, the
rests grow; when it does not, they shrink; without lodging there are none.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

SLOWER, CALM = 1.25, 1.1
GROWS, SHRINKS = 1.6, 0.85
LEAST, MOST = 0.25, 12.0
REMEMBERED_SECONDS = 120.0
LONGEST_REST = 2.0


@dataclass
class Pace:
    """`share` is seconds of rest for a second of work."""

    share: float = LEAST
    _seen: deque[tuple[float, float]] = field(default_factory=deque)

    def rest(self, worked_seconds: float, p95_ms: float | None, *, waiting: int, moment: float) -> float:
        """Seconds to rest after a piece of work.

        `p95_ms` is the time of lodging of late, None when nobody lodges; `waiting` counts lodgements that wait.
        """
        if p95_ms is None and not waiting:
            self.share = LEAST
            return 0.0
        if p95_ms is not None:
            calm = self._calmest(p95_ms, moment)
            if waiting or p95_ms > calm * SLOWER:
                self.share = min(self.share * GROWS, MOST)
            elif p95_ms < calm * CALM:
                self.share = max(self.share * SHRINKS, LEAST)
        return min(worked_seconds * self.share, LONGEST_REST)

    def _calmest(self, p95_ms: float, moment: float) -> float:
        self._seen.append((moment, p95_ms))
        while self._seen[0][0] < moment - REMEMBERED_SECONDS:
            self._seen.popleft()
        return min(time for _moment, time in self._seen)
