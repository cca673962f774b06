"""Terms of the law: how long something may take, and when it ends.

Legal basis: each length is a dated parameter with its own article; its unit says whether working hours, working days or
plain days are meant. The law of the day on which a term begins holds for all of it. The day on which a term of days
begins is not counted and the last one is counted whole; whether a last day off moves on to the next working day is the
parameter `deadline_on_day_off` (unverified: Civil Code 91/2015/QH13 Art. 147 and 148).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from thongquan.rules.law import Parameter
from thongquan.rules.worktime import DAY, HANOI, MINUTE, Calendar, end_of_day

ParameterOn = Callable[[str, date], Parameter | None]
"""The law's parameters: the one of a name on a day, None when the law in hand has none."""
DAY_OFF = "deadline_on_day_off"
NEXT_WORKING_DAY = "next_working_day"
_MINUTES = {"minutes": 1, "hours": 60}


class Length(NamedTuple):
    """How long a term is: an amount of `minutes` or `days`, of working time or of any."""

    amount: int
    unit: str
    working: bool


class Term(NamedTuple):
    """A term that runs: when it ends, whether in working time, its legal source and whether that was verified."""

    due_at: datetime
    working: bool
    source: str
    verified: bool


class Terms(NamedTuple):
    """What every term needs: when the office works, and the dated parameters."""

    calendar: Calendar
    parameter: ParameterOn

    def begin(self, name: str, at: datetime) -> Term | None:
        """The term of a parameter from a moment on; None when the law in hand has no such term, or no readable one."""
        day = at.astimezone(HANOI).date()
        parameter = self.parameter(name, day)
        length = length_of(parameter) if parameter else None
        if parameter is None or length is None or (length.working and not self.calendar.opens):
            return None
        verified = parameter.verified and (not length.working or self.calendar.week_on(day).verified)
        if length.unit == "minutes":
            due = self._after_minutes(at, length)
        elif length.working:
            due = end_of_day(self.calendar.add_working_days(day, length.amount))
        else:
            last = day + length.amount * DAY
            kept, sure = self._moved(last)
            due, verified = end_of_day(kept), verified and (sure or kept == last)
        return Term(due, length.working, parameter.source, verified)

    def extend(self, term: Term, name: str, at: datetime) -> Term:
        """A term made longer by a parameter in days, as allowed at a moment; the same where the law has no such."""
        parameter = self.parameter(name, at.astimezone(HANOI).date())
        length = length_of(parameter) if parameter else None
        if parameter is None or length is None or length.unit != "days":
            return term
        due = term.due_at.astimezone(HANOI)
        last = due.date() + length.amount * DAY
        kept, sure = self._moved(last)
        verified = term.verified and parameter.verified and (sure or kept == last)
        return Term(datetime.combine(kept, due.timetz()), term.working, parameter.source, verified)

    def _after_minutes(self, at: datetime, length: Length) -> datetime:
        return self.calendar.add_working(at, length.amount) if length.working else at + length.amount * MINUTE

    def _moved(self, last: date) -> tuple[date, bool]:
        """A last day that may be a day off, and whether what the law says of days off was verified."""
        rule = self.parameter(DAY_OFF, last)
        if rule is None or rule.value != NEXT_WORKING_DAY or not self.calendar.opens:
            return last, rule is not None and rule.verified
        return self.calendar.next_working_day(last), rule.verified


def length_of(parameter: Parameter) -> Length | None:
    """Read a parameter such as 2 `working hours` or 15 `days from registration`; None when it is no length."""
    words = parameter.unit.split()
    working = words[:1] == ["working"]
    unit = next(iter(words[working:]), "")
    if not (parameter.value.isascii() and parameter.value.isdigit()):
        return None
    if unit in _MINUTES:
        return Length(int(parameter.value) * _MINUTES[unit], "minutes", working)
    return Length(int(parameter.value), "days", working) if unit == "days" else None


class Left(NamedTuple):
    """How much of a term is left or, where `overdue`, how much too long it has taken."""

    amount: int
    unit: str
    working: bool
    overdue: bool


def left_of(due_at: datetime, at: datetime, calendar: Calendar | None) -> Left:
    """What is left at a moment, in the largest of minutes, hours and days that says it well (whole ones, cut off).

    With a calendar working time is counted, without one any.
    """
    overdue = at > due_at
    start, end = (due_at, at) if overdue else (at, due_at)
    if calendar is None:
        minutes, days = (end - start) // MINUTE, (end - start) // timedelta(days=1)
    else:
        minutes, days = calendar.working_minutes_between(start, end), _working_days(calendar, start, end)
    count, unit = _said(minutes, days)
    return Left(count, unit, calendar is not None, overdue)


def _said(minutes: int, days: int) -> tuple[int, str]:
    if minutes < 60:
        return minutes, "minutes"
    return (days, "days") if days > 1 else (minutes // 60, "hours")


def _working_days(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Working days after the day of the first moment, up to that of the second."""
    first, last = start.astimezone(HANOI).date(), end.astimezone(HANOI).date()
    return sum(calendar.works_on(first + ahead * DAY) for ahead in range(1, (last - first).days + 1))
