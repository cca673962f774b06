"""Words of a message as values and back: numbers, dates and moments, each with the code of what can be wrong.

A number keeps its decimals (`1.000` stays three). What is readable but not written the plain way (`007`, `+5`) is read,
and its exact words are kept beside the document.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from thongquan.rules.codes import Code
from thongquan.rules.supplement import Timestamp

PLAIN_INTEGER = re.compile(r"(?:0|[1-9][0-9]{0,17})\Z").match
PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,12})?\Z").match
_INTEGER = re.compile(r"\+?[0-9]{1,18}(?:\.0*)?\Z").match
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})\Z").match
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity)\Z", re.IGNORECASE).match
_TOO_LARGE = re.compile(r"[+-]?[0-9]*\.?[0-9]*(?:[eE][+-]?[0-9]+)?\Z").match
_MOMENT = re.compile(r"([0-9]{8})(?:([0-9]{6})(Z|[+-][0-9]{2})?)?\Z").match
DAY, SECOND = "102", "304"
"""Format codes of UN/EDIFACT 2379: CCYYMMDD, and CCYYMMDDHHMMSS with its zone."""


class Unreadable(ValueError):  # noqa: N818  (an answer about a word, not a program error)
    """A word that is no value of its kind; `code` says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


def integer(text: str) -> int:
    """Read a whole number of at most 18 digits. Raises Unreadable (TQ-FMT-006, -007, -018)."""
    if _INTEGER(text):
        return int(text.partition(".")[0])
    raise Unreadable(_number_code(text))


def number(text: str) -> Decimal:
    """Read a decimal number of at most 18 and 12 digits. Raises Unreadable (TQ-FMT-006, -007, -018)."""
    if _NUMBER(text):
        return Decimal(text)
    raise Unreadable(_number_code(text))


def _number_code(text: str) -> Code:
    if _NOT_FINITE(text):
        return Code.TQ_FMT_006
    return Code.TQ_FMT_007 if _TOO_LARGE(text) and any(map(str.isdigit, text)) else Code.TQ_FMT_018


def day(text: str) -> date:
    """Read the day of format 102 or 304. Raises Unreadable (TQ-FMT-008, -018)."""
    return _local(text)[0].date()


def moment(text: str) -> Timestamp:
    """Read format 102 or 304; a moment without its zone stays without. Raises Unreadable (TQ-FMT-008, -018)."""
    local, zone = _local(text)
    if zone is None:
        return Timestamp(at=local)
    offset = 0 if zone == "Z" else int(zone)
    if abs(offset) > 14:
        raise Unreadable(Code.TQ_FMT_018)
    return Timestamp(at=(local - timedelta(hours=offset)).replace(tzinfo=UTC), offset_hours=offset)


def _local(text: str) -> tuple[datetime, str | None]:
    """Give the clock as written, and its zone."""
    match = _MOMENT(text)
    if match is None:
        raise Unreadable(Code.TQ_FMT_018)
    written, clock, zone = match.groups()
    try:
        read = datetime.strptime(written + (clock or "000000"), "%Y%m%d%H%M%S")  # noqa: DTZ007  (the zone follows)
    except ValueError:
        raise Unreadable(Code.TQ_FMT_018) from None
    if not 1990 <= read.year <= 2099:
        raise Unreadable(Code.TQ_FMT_008)
    return read, zone


def number_text(value: Decimal | int) -> str:
    """Write a number with the decimals it has, never with an exponent."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def day_text(value: date) -> str:
    """Write a day in format 102."""
    return f"{value.year:04}{value.month:02}{value.day:02}"


def moment_text(value: Timestamp) -> str:
    """Write a moment in format 304: `Z` for UTC, else whole hours from UTC, nothing when the zone is not known."""
    offset = value.offset_hours
    local = value.at if offset is None else value.at.astimezone(timezone(timedelta(hours=offset)))
    text = f"{day_text(local)}{local.hour:02}{local.minute:02}{local.second:02}"
    if offset is None:
        return text
    return text + (f"{offset:+03}" if offset else "Z")


def truth(text: str) -> bool:
    """Read `true` or `false`. Raises Unreadable (TQ-FMT-018)."""
    if text not in ("true", "false"):
        raise Unreadable(Code.TQ_FMT_018)
    return text == "true"


def iso_day(text: str) -> date:
    """Read `2026-03-01`. Raises Unreadable (TQ-FMT-018)."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable(Code.TQ_FMT_018) from None
