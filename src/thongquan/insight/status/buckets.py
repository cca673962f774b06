"""Times in buckets that grow with the time, so that any times can be added up and their percentiles told.

A bucket is at most a quarter as wide as its beginning: a percentile is right within an eighth, whatever the load.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

FIRST_US, FIRST_BITS, PARTS, OCTAVES = 128, 8, 4, 20
SIZE = 1 + PARTS * OCTAVES
LAST = SIZE - 1
KIND = "I"


def bucket_of(microseconds: int) -> int:
    """The bucket of a time: 0 below 128 µs, the last one from 117 s on."""
    if microseconds < FIRST_US:
        return 0
    bits = microseconds.bit_length()
    place = (bits - FIRST_BITS) * PARTS + ((microseconds >> (bits - 3)) & 3) + 1
    return place if place < LAST else LAST


def edges_of(bucket: int) -> tuple[int, int]:
    """The times of a bucket in microseconds: from, and below."""
    if bucket == 0:
        return 0, FIRST_US
    octave, part = divmod(bucket - 1, PARTS)
    width = (FIRST_US << octave) // PARTS
    low = (FIRST_US << octave) + part * width
    return low, low + width


class Histogram:
    """Counts of times by bucket; histograms of processes and hours merge by addition."""

    __slots__ = ("counts",)

    def __init__(self, packed: bytes = b"") -> None:
        self.counts = array(KIND, packed or bytes(SIZE * array(KIND).itemsize))

    def add(self, microseconds: int) -> None:
        """Count one time."""
        self.counts[bucket_of(microseconds)] += 1

    def merge(self, others: Iterable[Histogram]) -> Histogram:
        """Add others to this one."""
        for other in others:
            self.counts = array(KIND, [ours + theirs for ours, theirs in zip(self.counts, other.counts, strict=True)])
        return self

    @property
    def total(self) -> int:
        """How many times were counted."""
        return sum(self.counts)

    @property
    def packed(self) -> bytes:
        """The counts as bytes."""
        return self.counts.tobytes()

    def percentile(self, percent: int) -> int | None:
        """The time in microseconds that `percent` of the counted ones do not exceed; None without any."""
        rank, seen = self.total * percent / 100, 0
        for bucket, count in enumerate(self.counts):
            if count and seen + count >= rank:
                low, high = edges_of(bucket)
                return round(low + (high - low) * (rank - seen) / count)
            seen += count
        return None
