"""The dated numbers that audits, objections and appeals count with; all of them parameters of the law of a day."""

from __future__ import annotations

from datetime import date, timedelta

from thongquan.base.core.faults import Refused
from thongquan.clearance.tariff.queries import current_law
from thongquan.clearance.tariff.queries.calendars import calendar_of
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def number_of_law(name: str, on: date) -> int:
    """A parameter on a day as a whole number. Raises `Refused` with TQ-LAW-001 when there is none."""
    parameter = current_law().parameter(name, on)
    if parameter is None or not parameter.value.isdecimal():
        raise Refused([Fault(code=Code.TQ_LAW_001, values={"name": name, "on": on.isoformat()})])
    return int(parameter.value)


def audit_deadline(place: str, office: str, on: date) -> date:
    """The last day of an audit that begins on a day: working days of the office (Customs Law Art. 79-80)."""
    days = number_of_law(f"audit_at_{place}_days", on)
    return calendar_of(office, around=on).add_working_days(on, days)


def extended_deadline(place: str, office: str, due_on: date, on: date) -> date | None:
    """The deadline with its one extension, None where the law gives none (an audit at customs)."""
    days = number_of_law(f"audit_at_{place}_extension_days", on)
    return calendar_of(office, around=due_on).add_working_days(due_on, days) if days else None


def days_after(name: str, on: date) -> date:
    """So many calendar days after a day, by a parameter of the law of that day."""
    return on + timedelta(days=number_of_law(name, on))


def too_old(registered_on: date, on: date) -> bool:
    """Whether a declaration of a day is beyond the years of audit (Customs Law Art. 77)."""
    years = number_of_law("audit_years", on)
    year = registered_on.year + years
    last = registered_on.replace(year=year, day=min(registered_on.day, 28)) + timedelta(
        days=max(registered_on.day - 28, 0)
    )
    return on > last
