"""Days of a world: how much passes on each, and until when the gates are open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import holidays
import numpy as np

from thongquan.practice.world.numbers import Floats, Ints

WEEK = (1.0, 1.02, 1.03, 1.02, 1.04, 0.92, 0.74)
_VN_HOLIDAY, _CN_HOLIDAY, _TET_CORE, _RUN_UP = 0.45, 0.55, 0.12, 1.22
_RUN_UP_DAYS, _TET_DAYS_BEFORE, _TET_DAYS_AFTER = 18, 2, 5
FIRST_HOUR, USUAL_CLOSING, PEAK_CLOSING = 7, 18, 20
"""Hours of Asia/Ho_Chi_Minh: 20:00 there is 21:00 in Beijing."""
PEAK_MONTHS = (1, 4, 5, 6, 7, 8, 12)


class Days(NamedTuple):
    """Days in order: number since 1970, month of the world, month of the year from 0, year, weight, hour of closing."""

    number: Ints
    month: Ints
    of_year: Ints
    year: Ints
    weight: Floats
    closing: Ints


def days_of(start: date, months: int) -> Days:
    """Give the days of `months` whole months from the first of the month of `start`."""
    first = start.replace(day=1)
    last_month = first.year * 12 + first.month - 1 + months
    end = date(last_month // 12, last_month % 12 + 1, 1)
    every = [first + timedelta(days=place) for place in range((end - first).days)]
    weights = weights_of(every)
    return Days(
        number=np.array([(day - date(1970, 1, 1)).days for day in every], dtype=np.int64),
        month=np.array([(day.year - first.year) * 12 + day.month - first.month for day in every], dtype=np.int64),
        of_year=np.array([day.month - 1 for day in every], dtype=np.int64),
        year=np.array([day.year for day in every], dtype=np.int64),
        weight=np.array(weights),
        closing=np.array([PEAK_CLOSING if _is_peak(day) else USUAL_CLOSING for day in every], dtype=np.int64),
    )


def weights_of(every: list[date]) -> list[float]:
    """How much passes on each day, 1 being a usual Monday: weekdays, holidays on both sides, Tết, the rush before."""
    years = sorted({day.year + offset for day in every for offset in (-1, 0, 1)})
    here = holidays.country_holidays("VN", years=years, language="en_US")
    beyond = holidays.country_holidays("CN", years=years, language="en_US")
    new_years = [day for day, name in here.items() if name == "Lunar New Year"]
    return [
        WEEK[day.weekday()]
        * _around_tet(day, new_years)
        * (_VN_HOLIDAY if day in here else 1.0)
        * (_CN_HOLIDAY if day in beyond else 1.0)
        for day in every
    ]


def _around_tet(day: date, new_years: list[date]) -> float:
    left = min(((tet - day).days for tet in new_years), key=abs, default=999)
    if -_TET_DAYS_AFTER <= left <= _TET_DAYS_BEFORE:
        return _TET_CORE
    return _RUN_UP if _TET_DAYS_BEFORE < left <= _RUN_UP_DAYS else 1.0


def _is_peak(day: date) -> bool:
    """Months when the gates stay open until 21:00 Beijing time, as they do since 2025."""
    return day.year >= 2025 and day.month in PEAK_MONTHS
