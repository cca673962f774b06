"""Office hours, public holidays and overrides: loaded like other law, the strongest scope wins, held per version."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from tests.clearance.tariff.small import DATED, NAMES, write_law
from thongquan.base.core.faults import Refused
from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.operations import load_reference
from thongquan.clearance.tariff.queries import calendar_of, tables
from thongquan.clearance.tariff.queries.calendars import days_off_of
from thongquan.clearance.tariff.wording import HOLIDAYS, OBSERVED, SWAPPED, holiday_name
from thongquan.rules.worktime import HANOI, Window

pytestmark = pytest.mark.usefixtures("practice")

HOURS = f"""office,weekday,windows,{DATED}
,monday,08:00-12:00 13:00-17:00,2021-06-01,unverified: usual,no
,saturday,,2021-06-01,unverified: usual,no
VI,monday,07:30-11:30,2021-06-01,decision of the region,yes
VI,monday,07:00-11:30,2027-03-01,new decision of the region,yes
15BB,saturday,08:00-12:00,2021-06-01,decision of the office,yes
"""
OVERRIDES = f"""day,office,kind,windows,{NAMES},{DATED}
2027-01-04,,closed,,Nghỉ,Off,休,Congé,2026-12-01,unverified: believed,no
2027-01-09,,works,,Làm bù,Worked,补班,Travaillé,2026-12-01,unverified: believed,no
2027-01-10,15BB,works,09:00-10:00,Làm bù,Worked,补班,Travaillé,2026-12-01,decision,yes
"""
MONDAY, SATURDAY = date(2027, 1, 11), date(2027, 1, 16)
LONG = (Window(time(8), time(12)), Window(time(13), time(17)))
SHORT = (Window(time(7, 30), time(11, 30)),)


@pytest.fixture
def hours_dir(law_dir: Path) -> Path:
    (law_dir / "office_hours.csv").write_text(HOURS, encoding="utf-8")
    (law_dir / "holiday_overrides.csv").write_text(OVERRIDES, encoding="utf-8")
    return law_dir


def test_the_office_is_stronger_than_its_region_and_that_than_the_rest(hours_dir: Path, at: datetime) -> None:
    load_reference(at=at, directory=hours_dir)
    office, region, other = (calendar_of(code, around=MONDAY) for code in ("15BB", "VI", "20BB"))
    assert (other.hours_on(MONDAY), region.hours_on(MONDAY), office.hours_on(MONDAY)) == (LONG, SHORT, SHORT)
    assert (region.hours_on(SATURDAY), office.hours_on(SATURDAY)) == ((), (Window(time(8), time(12)),))
    assert office.week_on(MONDAY).verified
    assert not other.week_on(MONDAY).verified


def test_hours_change_on_their_day(hours_dir: Path, at: datetime) -> None:
    load_reference(at=at, directory=hours_dir)
    calendar = calendar_of("15BB", around=MONDAY)
    assert calendar.hours_on(date(2027, 2, 22)) == SHORT
    assert calendar.hours_on(date(2027, 3, 1)) == (Window(time(7), time(11, 30)),)


def test_days_decided_otherwise_are_stronger_than_holidays_and_weekends(hours_dir: Path, at: datetime) -> None:
    load_reference(at=at, directory=hours_dir)
    office, other = calendar_of("15BB", around=MONDAY), calendar_of("20BB", around=MONDAY)
    assert not office.works_on(date(2027, 1, 4))
    assert (office.hours_on(date(2027, 1, 9)), other.hours_on(date(2027, 1, 9))) == (SHORT, LONG)
    assert office.hours_on(date(2027, 1, 10)) == (Window(time(9), time(10)),)
    assert not other.works_on(date(2027, 1, 10))


def test_loading_hours_again_changes_nothing_and_a_correction_shows_at_once(hours_dir: Path, at: datetime) -> None:
    first = load_reference(at=at, directory=hours_dir)
    assert (first.tables["OfficeHours"].added, first.tables["HolidayOverride"].added) == (5, 3)
    assert not load_reference(at=at, directory=hours_dir).changed
    assert calendar_of("20BB", around=MONDAY).hours_on(MONDAY) == LONG
    write_hours(hours_dir, HOURS.replace(",monday,08:00-12:00 13:00-17:00,", ",monday,08:00-12:00,"))
    assert load_reference(at=at, directory=hours_dir).changed
    assert calendar_of("20BB", around=MONDAY).hours_on(MONDAY) == (Window(time(8), time(12)),)


def write_hours(directory: Path, content: str) -> None:
    (directory / "office_hours.csv").write_text(content, encoding="utf-8")


def test_a_repealed_row_falls_back_to_the_weaker_scope(hours_dir: Path, at: datetime) -> None:
    repeal = HOURS.replace(f",{DATED}", f",{DATED},repealed", 1) + "VI,monday,,2027-01-01,repealed,yes,yes\n"
    write_hours(hours_dir, repeal)
    load_reference(at=at, directory=hours_dir)
    assert calendar_of("VI", around=MONDAY).hours_on(MONDAY) == LONG


@pytest.mark.parametrize(
    ("bad", "column"),
    [
        (",monday,08:00-12:00 11:00-17:00", "windows"),
        (",monday,12:00-08:00", "windows"),
        (",monday,08:00/12:00", "windows"),
        (",monday,08:00-12:00-13:00", "windows"),
        (",monday,8-12", "windows"),
        (",monday,25:00-26:00", "windows"),
        (",moonday,08:00-12:00", "weekday"),
    ],
)
def test_hours_that_make_no_sense_are_told(hours_dir: Path, at: datetime, bad: str, column: str) -> None:
    write_hours(hours_dir, HOURS.replace(",monday,08:00-12:00 13:00-17:00", bad))
    with pytest.raises(Refused) as refused:
        load_reference(at=at, directory=hours_dir)
    assert [(fault.code, fault.path) for fault in refused.value.faults] == [
        ("TQ-FMT-018", f"office_hours.csv:2:{column}")
    ]


def test_hours_of_an_unknown_office_are_told(hours_dir: Path, at: datetime) -> None:
    write_hours(hours_dir, HOURS.replace("15BB,saturday", "99ZZ,saturday"))
    with pytest.raises(Refused) as refused:
        load_reference(at=at, directory=hours_dir)
    assert [(fault.code, fault.path) for fault in refused.value.faults] == [("TQ-DEC-004", "OfficeHours")]


def test_what_is_unverified_is_counted(hours_dir: Path, at: datetime) -> None:
    load_reference(at=at, directory=hours_dir)
    counts = {one.table: one.rows for one in tables.unverified()}
    assert (counts["OfficeHours"], counts["HolidayOverride"]) == (2, 2)
    assert models.OfficeHours.objects.live().count() == 5


def test_without_hours_the_office_never_opens(law_dir: Path, at: datetime) -> None:
    load_reference(at=at, directory=write_law(law_dir))
    assert not calendar_of("15BB", around=MONDAY).opens


def test_shipped_hours_over_the_turn_of_the_year_and_tet(at: datetime) -> None:
    load_reference(at=at)
    calendar = calendar_of("15BB", around=date(2027, 1, 1))
    last = datetime(2026, 12, 31, 16, 0, tzinfo=HANOI)
    assert calendar.add_working(last, 120) == datetime(2027, 1, 4, 9, 0, tzinfo=HANOI)
    tet = [date(2027, 2, 4) + timedelta(days=ahead) for ahead in range(7)]
    assert [day for day in tet if calendar.works_on(day)] == []
    assert calendar.works_on(date(2027, 2, 3))
    assert calendar.works_on(date(2027, 2, 11))
    assert calendar.add_working(datetime(2027, 2, 26, 16, 0, tzinfo=HANOI), 120).date() == date(2027, 3, 1)
    assert not calendar.week_on(date(2027, 1, 4)).verified


def test_swapped_days_of_2026_are_told_by_package_and_override(at: datetime) -> None:
    load_reference(at=at)
    calendar = calendar_of("15BB", around=date(2026, 1, 1))
    assert not calendar.works_on(date(2026, 1, 2))
    assert calendar.hours_on(date(2026, 1, 10)) == LONG
    assert calendar.hours_on(date(2026, 8, 22)) == LONG
    told = {one.day: one for one in days_off_of(2026, "fr")}
    assert (told[date(2026, 1, 2)].name, told[date(2026, 1, 2)].verified) == (
        "Jour de congé échangé au Nouvel An",
        False,
    )
    assert (told[date(2026, 8, 22)].worked, told[date(2026, 8, 31)].worked) == (True, False)
    assert days_off_of(2026, "vi")[0].name == "Tết Dương lịch"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Tết, first day"), ("vi", "Tết Nguyên Đán"), ("fr", "Têt, premier jour")]
)
def test_the_page_of_offices_shows_hours_and_days_off(
    hours_dir: Path, at: datetime, client: Client, language: str, words: str
) -> None:
    load_reference(at=at, directory=hours_dir)
    page = client.get("/law/offices/?on=2027-02-01", headers={"accept-language": language}).content.decode()
    for text in (words, "08:00-12:00, 13:00-17:00", "07:30-11:30", "Hữu Nghị" if language == "vi" else "15BB"):
        assert text in page


def test_names_of_public_holidays_are_in_the_readers_language() -> None:
    with translation.override("fr"):
        assert holiday_name("International Labor Day (observed)") == "Fête du Travail (report)"
        assert holiday_name("Day off (substituted from 08/22/2026)") == "Congé en échange d'un week-end travaillé"
        assert holiday_name("Jour inconnu") == "Jour inconnu"


def test_every_public_holiday_of_the_coming_years_has_a_name_of_ours() -> None:
    names = {
        one.name.removesuffix(OBSERVED) for year in range(2026, 2036) for one in days_off_of(year, "en") if one.name
    }
    assert {name for name in names if name not in HOLIDAYS and not name.startswith(SWAPPED)} == set()
