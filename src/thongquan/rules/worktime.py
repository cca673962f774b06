"""Working time of an office: what a working minute, hour and day is, and how to count them.

Legal basis: Customs Law 54/2014/QH13 Art. 23.2 counts in working hours; which hours and days those are is data of the
office (opening hours, days off, days swapped), each with its own source.

Moments are aware; days and hours are those of Asia/Ho_Chi_Minh, which has been seven hours ahead of UTC without summer
time ever since the earliest law in hand. A day off has no hours; an exceptional day has the hours that it names.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from typing import NamedTuple

from thongquan.rules.document import Frozen

HANOI = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
NOTHING = timedelta(0)
LONGEST_CLOSURE_DAYS = 90
"""A calendar that stays closed longer than this is wrong, and is not searched on."""


class Window(NamedTuple):
    """Opening hours within one day, local time; half-open."""

    opens: time
    closes: time


Hours = tuple[Window, ...]


class Week(NamedTuple):
    """The hours of each weekday, Monday first, from a day on; `verified` is whether they stand in a legal text."""

    valid_from: date
    days: tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]
    verified: bool = False


CLOSED = Week(date(1975, 1, 1), ((), (), (), (), (), (), ()))


class Calendar(Frozen, frozen=True, kw_only=True):
    """When an office works: its weeks in order of their days, days off, and days with hours of their own.

    Windows of a day are ascending and do not overlap. `special` is stronger than `holidays`, those than the week; an
    empty tuple in `special` is a closed day. Before the first week its hours are taken; without any it never opens.
    """

    weeks: tuple[Week, ...] = ()
    holidays: frozenset[date] = frozenset()
    special: dict[date, Hours] = {}

    def week_on(self, on: date) -> Week:
        """The week's hours that hold on a day."""
        place = bisect_right([week.valid_from for week in self.weeks], on)
        return self.weeks[max(place - 1, 0)] if self.weeks else CLOSED

    @property
    def opens(self) -> bool:
        """Whether the office ever works; where it does not, no working time can be counted."""
        return any(any(week.days) for week in self.weeks)

    def hours_on(self, on: date) -> Hours:
        """Opening hours of a day; empty when closed."""
        if on in self.special:
            return self.special[on]
        return () if on in self.holidays else self.week_on(on).days[on.weekday()]

    def works_on(self, on: date) -> bool:
        """Whether the office opens at all on a day."""
        return bool(self.hours_on(on))

    def add_working(self, at: datetime, minutes: int) -> datetime:
        """The earliest moment by which so many working minutes have passed since `at`; `at` itself for none.

        Raises ValueError when minutes are negative or the office stays closed for over 90 days.
        """
        left = minutes * MINUTE
        if left < NOTHING:
            raise ValueError(minutes)
        if not left:
            return at
        spans = self._spans(at)
        while True:
            opens, closes = next(spans)
            start = max(opens, at)
            if closes - start >= left:
                return start + left
            left -= closes - start

    def working_minutes_between(self, start: datetime, end: datetime) -> int:
        """Whole working minutes from one moment to another; negative when the second is the earlier one."""
        if end < start:
            return -self.working_minutes_between(end, start)
        total, day, last = NOTHING, _local_day(start), _local_day(end)
        while day <= last:
            for opens, closes in self._windows(day):
                total += max(min(closes, end) - max(opens, start), NOTHING)
            day += DAY
        return total // MINUTE

    def add_working_days(self, on: date, days: int) -> date:
        """The last of so many working days after `on`, which is not counted itself; `on` for none.

        Raises ValueError when days are negative or the office stays closed for over 90 days.
        """
        if days < 0:
            raise ValueError(days)
        for _ in range(days):
            on = self.next_working_day(on + DAY)
        return on

    def next_working_day(self, on: date) -> date:
        """The day itself when the office works on it, else the next on which it does. Raises ValueError as above."""
        for ahead in range(LONGEST_CLOSURE_DAYS):
            day = on + ahead * DAY
            if self.works_on(day):
                return day
        message = f"the office does not open within {LONGEST_CLOSURE_DAYS} days of {on}"
        raise ValueError(message)

    def _spans(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Opening hours that end after a moment, day after day."""
        day = _local_day(at)
        while True:
            day = self.next_working_day(day)
            for opens, closes in self._windows(day):
                if closes > at:
                    yield opens, closes
            day += DAY

    def _windows(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        for opens, closes in self.hours_on(day):
            yield datetime.combine(day, opens, HANOI), datetime.combine(day, closes, HANOI)


def end_of_day(on: date) -> datetime:
    """The last second of a day: a term counted in days ends with it."""
    return datetime.combine(on, time(23, 59, 59), HANOI)


def _local_day(at: datetime) -> date:
    return at.astimezone(HANOI).date()
