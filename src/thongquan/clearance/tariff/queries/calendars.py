"""When offices work: their opening hours, the public holidays of Vietnam, and the days decided otherwise.

Public holidays and the weekends worked in return come from the package `holidays` (Labor Code 45/2019/QH14 Art. 112 as
it reads it; lunar days of coming years are computed, not announced), and the table of overrides is stronger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from functools import lru_cache
from typing import Any

import holidays
import msgspec

from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.formats.reading import WEEKDAYS
from thongquan.clearance.tariff.queries.current import current_law
from thongquan.clearance.tariff.queries.names import COLUMNS, name_in
from thongquan.rules.terms import Terms
from thongquan.rules.worktime import Calendar, Hours, Week, Window

COUNTRY = "VN"
EVERY = ""
YEARS_AROUND = (-1, 0, 1)
_Days = dict[date, dict[str, Any]]


class DayOff(msgspec.Struct, frozen=True, kw_only=True):
    """A day off on a weekday, or a weekend `worked`; `source` empty for public holidays of the package."""

    day: date
    name: str
    worked: bool
    source: str = ""
    verified: bool = False


class _Held(msgspec.Struct, frozen=True):
    """All rows of one law version: hours by office and weekday, overrides by office, each office's parent."""

    hours: dict[str, dict[int, list[dict[str, Any]]]]
    overrides: dict[str, _Days]
    parents: dict[str, str]


def calendar_of(office_code: str, *, around: date) -> Calendar:
    """When an office works, with the public holidays of the year before, the year of and the year after a day.

    Hours and overrides of the office are stronger than those of its region, those than the ones for every office. Held
    in memory per law version; without any hours in the law in hand the calendar never opens.
    """
    return _calendar(current_law().version, office_code, around.year)


def terms_of(office_code: str, *, around: date) -> Terms:
    """The terms of the law in hand as they run at an office: `terms_of(...).begin("void_after_days", at)`."""
    return Terms(calendar_of(office_code, around=around), current_law().parameter)


def hours_on(on: date, language: str) -> list[dict[str, Any]]:
    """The rows of office hours that hold on a day, those of every office first; `name` empty for every office."""
    offices = {row["code"]: name_in(row, language) for row in models.Office.objects.on(on).values("code", *COLUMNS)}
    rows = models.OfficeHours.objects.on(on).values("office", "weekday", "windows", "source", "verified", "repealed")
    return [{**row, "name": offices.get(row["office"], row["office"])} for row in rows if not row["repealed"]]


def days_off_of(year: int, language: str, office_code: str = EVERY) -> list[DayOff]:
    """Public holidays and overrides of a year, days ascending, with their names in Vietnamese or English."""
    found = {day: DayOff(day=day, name=name, worked=False) for day, name in _public(year, language).items()}
    found |= {day: DayOff(day=day, name="", worked=True) for day in _worked((year,))}
    for day, row in _overrides(_held(current_law().version), office_code).items():
        if day.year == year:
            told = {"source": row["source"], "verified": row["verified"]}
            found[day] = DayOff(day=day, name=name_in(row, language), worked=row["kind"] == "works", **told)
    return [found[day] for day in sorted(found)]


@lru_cache(maxsize=256)
def _calendar(version: str, office: str, year: int) -> Calendar:
    held = _held(version)
    weeks = _weeks(held, office)
    years = tuple(year + around for around in YEARS_AROUND)
    plain = Calendar(weeks=weeks)
    special = {day: _ordinary(plain, day) for day in _worked(years)}
    for day, row in _overrides(held, office).items():
        worked = row["kind"] == "works"
        special[day] = (_windows(row["windows"]) or _ordinary(plain, day)) if worked else ()
    off = frozenset(day for one in years for day in _public(one, "vi"))
    return Calendar(weeks=weeks, holidays=off, special=special)


@lru_cache(maxsize=4)
def _held(version: str) -> _Held:
    """Read the rows once per law version; `version` is the key of the memory."""
    hours: dict[str, dict[int, list[dict[str, Any]]]] = {}
    for row in _rows(models.OfficeHours, "office", "weekday", "windows"):
        hours.setdefault(row["office"], {}).setdefault(row["weekday"], []).append(row)
    overrides: dict[str, _Days] = {}
    for row in _rows(models.HolidayOverride, "day", "office", "kind", "windows", *COLUMNS):
        overrides.setdefault(row["office"], {})[row["day"]] = row
    parents = {row["code"]: row["parent"] for row in _rows(models.Office, "code", "parent")}
    return _Held(hours, overrides, parents)


def _rows(model: type[models.Dated], *columns: str) -> Iterable[dict[str, Any]]:
    """Live rows, the later after the earlier of the same key."""
    return model.objects.live().order_by("valid_from").values(*columns, "valid_from", "source", "verified", "repealed")


def _scopes(held: _Held, office: str) -> tuple[str, ...]:
    """The office, its region and every office: the strongest first."""
    region = held.parents.get(office, "")
    return tuple(dict.fromkeys((office, region, EVERY)))


def _weeks(held: _Held, office: str) -> tuple[Week, ...]:
    """One week per day on which any of its hours changes."""
    tables = [held.hours[scope] for scope in _scopes(held, office) if scope in held.hours]
    days = sorted({row["valid_from"] for table in tables for rows in table.values() for row in rows})
    return tuple(_week(tables, day) for day in days)


def _week(tables: list[dict[int, list[dict[str, Any]]]], on: date) -> Week:
    rows = [_row_of(tables, weekday, on) for weekday in range(len(WEEKDAYS))]
    first, second, third, fourth, fifth, sixth, seventh = [_windows(row["windows"]) if row else () for row in rows]
    verified = all(row["verified"] for row in rows if row)
    return Week(on, (first, second, third, fourth, fifth, sixth, seventh), verified)


def _row_of(tables: list[dict[int, list[dict[str, Any]]]], weekday: int, on: date) -> dict[str, Any] | None:
    """The row that holds for a weekday: of the strongest scope that has one."""
    for table in tables:
        held = [row for row in table.get(weekday, ()) if row["valid_from"] <= on]
        if held and not held[-1]["repealed"]:
            return held[-1]
    return None


def _overrides(held: _Held, office: str) -> _Days:
    found: _Days = {}
    for scope in reversed(_scopes(held, office)):
        found |= {day: row for day, row in held.overrides.get(scope, {}).items() if not row["repealed"]}
    return found


def _ordinary(calendar: Calendar, on: date) -> Hours:
    """The hours of an ordinary working day: those of the first weekday that has any."""
    return next((hours for hours in calendar.week_on(on).days if hours), ())


def _windows(texts: Iterable[str]) -> Hours:
    return tuple(Window(*map(time.fromisoformat, text.split("-"))) for text in texts)


@lru_cache(maxsize=64)
def _public(year: int, language: str) -> Mapping[date, str]:
    """Public holidays of a year by day; the package has Vietnamese and English names."""
    named = "vi" if language.startswith("vi") else "en_US"
    return dict(holidays.country_holidays(COUNTRY, years=year, language=named))


@lru_cache(maxsize=64)
def _worked(years: tuple[int, ...]) -> frozenset[date]:
    """Weekends worked in return for a day off, as far as the package knows them."""
    return frozenset(
        day for day in holidays.country_holidays(COUNTRY, years=years).weekend_workdays if day.year in years
    )
