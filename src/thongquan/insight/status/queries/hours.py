"""Hour by hour: was there a living server, and how many requests did it fail.

How it is computed. A serving process writes a heartbeat every five seconds when it reaches the database. Ten seconds
without a heartbeat of any process count as down, whether somebody asked meanwhile or not; so does a planned stop. Of
the requests those count as failed that were answered 5xx. The availability of an hour is the smaller of the two
shares: of its time with a heartbeat, and of its requests that did not fail. A longer period is the mean of its hours,
each weighed by how much of it has passed. Time before the first heartbeat ever is unknown and not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

import msgspec
from django.db.models import Min, Q, Sum

from thongquan.insight.status.measuring import HOUR_SECONDS, SLOT_SECONDS, SLOTS, hour_from
from thongquan.insight.status.models import Answers, Beats

WEB = "web"
UP, IMPAIRED = 0.995, 0.9
LATE_SECONDS = 10
"""A heartbeat may be this late before its slot is judged."""
GAP_SLOTS = 3
MANY_FAILED, FAILED_SHARE = 5, 0.01


class Hour(msgspec.Struct, frozen=True, kw_only=True):
    """One hour from `at` on. `passed` of its 360 slots are judged, `alive` of them had a heartbeat.

    `bits` are these slots, the first one lowest; `first` is the first slot that is judged (the system began then).
    """

    at: datetime
    first: int
    passed: int
    bits: int
    requests: int = 0
    refused: int = 0
    failed: int = 0

    @property
    def judged(self) -> int:
        """How many slots count."""
        return max(self.passed - self.first, 0)

    @property
    def alive(self) -> int:
        """How many of them had a heartbeat."""
        return (self.bits & ((1 << self.passed) - (1 << self.first))).bit_count() if self.judged else 0

    @property
    def alive_share(self) -> float | None:
        """Share of the time with a living server; None when nothing of it is judged."""
        return self.alive / self.judged if self.judged else None

    @property
    def answered_share(self) -> float | None:
        """Share of requests that did not fail; None without any request."""
        return 1 - self.failed / self.requests if self.requests else None

    @property
    def availability(self) -> float | None:
        """The smaller of the two shares; None when nothing of the hour is judged."""
        if self.alive_share is None:
            return None
        return min(self.alive_share, 1.0 if self.answered_share is None else self.answered_share)


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """Several hours together; `availability` None when nothing was measured, `since` the first hour that was."""

    availability: float | None
    since: datetime | None
    hours: int
    requests: int
    failed: int
    down_seconds: int


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """What went wrong and when, read off the measurements: `silent` (no heartbeat) or `failing` (requests failed)."""

    kind: str
    begins_at: datetime
    ends_at: datetime
    requests: int = 0
    failed: int = 0
    ongoing: bool = False

    @property
    def seconds(self) -> int:
        """How long it lasted."""
        return int((self.ends_at - self.begins_at).total_seconds())


def word_of(availability: float | None) -> str:
    """`up`, `impaired`, `down`, or `unknown` without measurements."""
    if availability is None:
        return "unknown"
    return "up" if availability >= UP else "impaired" if availability >= IMPAIRED else "down"


def hours_until(at: datetime, count: int) -> list[Hour]:
    """The last hours up to and with the one that runs, oldest first; hours before the first heartbeat too, unjudged."""
    last = int(at.timestamp()) // HOUR_SECONDS
    begin = hour_from(last - count + 1)
    beats, answers, start = _bits_since(begin), _answers_since(begin), _start()
    return [_hour(number, at, start, beats, answers) for number in range(last - count + 1, last + 1)]


def _hour(
    number: int,
    at: datetime,
    start: tuple[int, int] | None,
    beats: dict[datetime, int],
    answers: dict[datetime, tuple[int, int, int]],
) -> Hour:
    hour = hour_from(number)
    elapsed = int(at.timestamp()) - LATE_SECONDS - number * HOUR_SECONDS
    passed = min(max(elapsed // SLOT_SECONDS, 0), SLOTS)
    began = start is not None and start[0] <= number
    first = 0 if not began or start is None or start[0] < number else start[1]
    requests, refused, failed = answers.get(hour, (0, 0, 0))
    return Hour(
        at=hour,
        first=first if began else passed,
        passed=passed,
        bits=beats.get(hour, 0),
        requests=requests,
        refused=refused,
        failed=failed,
    )


def _start() -> tuple[int, int] | None:
    """Hour and slot of the first heartbeat that is kept."""
    first = Beats.objects.filter(source=WEB).aggregate(hour=Min("hour"))["hour"]
    if first is None:
        return None
    bits = reduce(or_, (_bits(row) for row in Beats.objects.filter(source=WEB, hour=first)), 0)
    return int(first.timestamp()) // HOUR_SECONDS, (bits & -bits).bit_length() - 1


def _bits(row: Beats) -> int:
    return int.from_bytes(row.slots, "little")


def _bits_since(begin: datetime) -> dict[datetime, int]:
    found: dict[datetime, int] = {}
    for hour, slots in Beats.objects.filter(source=WEB, hour__gte=begin).values_list("hour", "slots"):
        found[hour] = found.get(hour, 0) | int.from_bytes(slots, "little")
    return found


def _answers_since(begin: datetime) -> dict[datetime, tuple[int, int, int]]:
    """Requests of each hour: all, refused, failed."""
    rows = (
        Answers.objects.filter(hour__gte=begin)
        .values("hour")
        .annotate(
            every=Sum("requests"),
            refused=Sum("requests", filter=Q(outcome="refused"), default=0),
            failed=Sum("requests", filter=Q(outcome="failed"), default=0),
        )
    )
    return {row["hour"]: (row["every"], row["refused"], row["failed"]) for row in rows}


def period_of(hours: Sequence[Hour]) -> Period:
    """Hours together, each weighed by how much of it is judged."""
    measured = [hour for hour in hours if hour.judged]
    judged = sum(hour.judged for hour in measured)
    good = sum((hour.availability or 0) * hour.judged for hour in measured)
    return Period(
        availability=good / judged if judged else None,
        since=measured[0].at if measured else None,
        hours=len(measured),
        requests=sum(hour.requests for hour in hours),
        failed=sum(hour.failed for hour in hours),
        down_seconds=sum((hour.judged - hour.alive) * SLOT_SECONDS for hour in measured),
    )


def incidents_in(hours: Sequence[Hour]) -> list[Incident]:
    """Silences of half a minute and more, and hours in which one of a hundred requests failed; newest first."""
    return sorted([*_silences(hours), *_failures(hours)], key=lambda one: one.begins_at, reverse=True)


def _silences(hours: Sequence[Hour]) -> Iterator[Incident]:
    start: datetime | None = None
    end = None
    for moment, beat in _slots(hours):
        if not beat and start is None:
            start = moment
        elif beat and start is not None:
            yield from _silence(start, moment, ongoing=False)
            start = None
        end = moment + timedelta(seconds=SLOT_SECONDS)
    if start is not None and end is not None:
        yield from _silence(start, end, ongoing=True)


def _slots(hours: Sequence[Hour]) -> Iterator[tuple[datetime, bool]]:
    """Every judged slot; of an hour without a gap only the first."""
    for hour in hours:
        whole = hour.judged and hour.alive == hour.judged
        for slot in range(hour.first, hour.first + 1 if whole else hour.passed):
            yield hour.at + timedelta(seconds=slot * SLOT_SECONDS), bool(hour.bits >> slot & 1)


def _silence(start: datetime, end: datetime, *, ongoing: bool) -> Iterator[Incident]:
    if end - start >= timedelta(seconds=GAP_SLOTS * SLOT_SECONDS):
        yield Incident(kind="silent", begins_at=start, ends_at=end, ongoing=ongoing)


def _failures(hours: Sequence[Hour]) -> Iterator[Incident]:
    """Bad hours one after another are one incident."""
    open_one: Incident | None = None
    for hour in hours:
        bad = hour.failed >= MANY_FAILED and hour.failed >= FAILED_SHARE * hour.requests
        ends = hour.at + timedelta(hours=1)
        if bad:
            begun = open_one or Incident(kind="failing", begins_at=hour.at, ends_at=ends)
            open_one = msgspec.structs.replace(
                begun, ends_at=ends, requests=begun.requests + hour.requests, failed=begun.failed + hour.failed
            )
        elif open_one:
            yield open_one
            open_one = None
    if open_one:
        yield open_one
