"""The dated numbers of the law that money needs, from the snapshot in memory."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from thongquan.base.core.faults import Refused
from thongquan.clearance.tariff.queries import current_law
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.interest import DayRate
from thongquan.rules.money import MODES


def words_of_law(name: str, on: date) -> str:
    """A parameter on a day as it is written. Raises `Refused` with TQ-LAW-001 when there is none."""
    parameter = current_law().parameter(name, on)
    if parameter is None:
        raise Refused([Fault(code=Code.TQ_LAW_001, values={"name": name, "on": on.isoformat()})])
    return parameter.value


def number_of_law(name: str, on: date) -> int:
    """A parameter on a day as a whole number: days, a day of the month, a count."""
    return int(words_of_law(name, on))


def is_office(code: str, on: date) -> bool:
    """Whether there is a customs office of this code on the day."""
    return f"office/{code}" in current_law().known_codes(on)


def interest_rates() -> list[DayRate]:
    """Every daily rate of late interest, days ascending; empty before the first load of the law."""
    series = current_law().content.parameters.get("interest_per_day")
    if series is None:
        return []
    return [
        DayRate(day, None if parameter is None else Decimal(parameter.value))
        for day, parameter in zip(series.days, series.values, strict=True)
    ]


def rounding_on(on: date) -> str:
    """How amounts are rounded on a day, one of `money.MODES`."""
    mode = words_of_law("rounding_mode", on)
    return mode if mode in MODES else "half_up"
