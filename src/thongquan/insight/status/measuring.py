"""Counting in the memory of a process, cheaply, until its recorder writes it down."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from thongquan.insight.status.buckets import Histogram

HOUR_SECONDS, SLOT_SECONDS = 3600, 10
SLOTS = HOUR_SECONDS // SLOT_SECONDS
KEPT_HOURS = 3


class Key(NamedTuple):
    """What is counted together: the hour (as a number of hours since 1970), the group and the outcome."""

    hour: int
    group: str
    outcome: str


def hour_from(number: int) -> datetime:
    """The beginning of an hour counted since 1970."""
    return datetime.fromtimestamp(number * HOUR_SECONDS, tz=UTC)


def outcome_of(status: int) -> str:
    """`ok`, `refused` for what the other side did wrong, `failed` for what we did."""
    return "failed" if status >= 500 else "refused" if status >= 400 else "ok"


class Measures:
    """The counts of this process. Safe between threads; takes a few microseconds per request."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Start anew under a name of its own: each process writes only its own rows."""
        self.process = secrets.token_hex(8)
        self._counts: dict[Key, Histogram] = {}
        self._changed: set[Key] = set()
        self._lock = threading.Lock()

    def count(self, key: Key, microseconds: int) -> None:
        """One answer."""
        with self._lock:
            histogram = self._counts.get(key)
            if histogram is None:
                histogram = self._counts[key] = Histogram()
                self._forget_before(key.hour - KEPT_HOURS)
            histogram.add(microseconds)
            self._changed.add(key)

    def changed(self) -> list[tuple[Key, int, bytes]]:
        """What has changed since it was last asked for: the whole of each, as it stands now."""
        with self._lock:
            keys, self._changed = self._changed, set()
            return [(key, self._counts[key].total, self._counts[key].packed) for key in sorted(keys)]

    def put_back(self, keys: Iterator[Key]) -> None:
        """Give keys once more when next asked: they could not be written."""
        with self._lock:
            self._changed.update(key for key in keys if key in self._counts)

    def _forget_before(self, hour: int) -> None:
        """Drop what was written long ago; what never could be written stays."""
        for key in [key for key in self._counts if key.hour < hour and key not in self._changed]:
            del self._counts[key]


class Pulse:
    """In which slots of which hour this process was seen alive, as bits."""

    def __init__(self) -> None:
        self._bits: dict[int, int] = {}

    def with_beat(self, seconds: float) -> tuple[int, int]:
        """The hour of a moment and its bits, that of the moment with them; kept only by `keep`."""
        hour, rest = divmod(int(seconds), HOUR_SECONDS)
        return hour, self._bits.get(hour, 0) | 1 << (rest // SLOT_SECONDS)

    def keep(self, hour: int, bits: int) -> None:
        """The beat was written."""
        self._bits = {hour: bits}


measures = Measures()
