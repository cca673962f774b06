"""What readers of law files share: rows with their place, converters of values, and a report of what is wrong."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any, NamedTuple

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import normalise

Row = dict[str, Any]
Convert = Callable[[str], Any]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WINDOWS = re.compile(r"(?:\d\d:\d\d-\d\d:\d\d(?: |$))*", re.ASCII)
EARLIEST, LATEST = date(1975, 1, 1), date(2100, 1, 1)


class Unread(NamedTuple):
    """A cell that was not understood: it is stored as unknown and listed, never guessed."""

    file: str
    row: int
    column: str
    text: str


@dataclass
class Reading:
    """What files say: rows by table, every fault, and the cells that were not understood."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def add(self, table: str, row: Row) -> None:
        """Keep one row of a table."""
        self.tables.setdefault(table, []).append(row)

    def fault(self, file: str, row: int, column: str, text: str, code: Code = Code.TQ_FMT_018) -> None:
        """Note one wrong value with its place; rows are counted as a spreadsheet does, the head being row 1."""
        path = f"{file}:{row}:{column}" if row else file
        self.faults.append(Fault(code=code, path=path, value=text[:200], values={"field": column, "file": file}))


def csv_rows(content: bytes, file: str, reading: Reading) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each row of a CSV file with its number; wrong encoding is a fault (TQ-FMT-009)."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        reading.fault(file, 0, "", "", Code.TQ_FMT_009)
        return
    for number, row in enumerate(csv.DictReader(io.StringIO(text, newline="")), start=2):
        yield number, {name: normalise(value or "") for name, value in row.items() if isinstance(name, str)}


def word(text: str) -> str:
    """A value that must be there."""
    if not text:
        raise ValueError
    return text


def words(text: str) -> list[str]:
    """A list written with blanks between."""
    return text.split()


def day(text: str) -> date:
    """An ISO date within the bounds of the law in hand."""
    found = date.fromisoformat(text)
    if not EARLIEST <= found <= LATEST:
        raise ValueError
    return found


def yes(text: str) -> bool:
    """`yes` or `no`; an empty value is no."""
    if text not in {"yes", "no", ""}:
        raise ValueError
    return text == "yes"


def weekday(text: str) -> int:
    """`monday` to `sunday` as 0 to 6."""
    return WEEKDAYS.index(text)


def windows(text: str) -> list[str]:
    """Opening hours such as `08:00-12:00 13:00-17:00`, one after the other; none when closed."""
    times = [time.fromisoformat(part) for window in text.split() for part in window.split("-")]
    if not _WINDOWS.fullmatch(text) or any(later <= earlier for earlier, later in pairwise(times)):
        raise ValueError
    return text.split()


def count(text: str) -> int:
    """A small whole number; empty is zero."""
    number = int(text or "0")
    if not 0 <= number <= 9999:
        raise ValueError
    return number


def amount(text: str) -> Decimal:
    """A positive amount with at most six decimals."""
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise ValueError from error
    if not value.is_finite() or not 0 < value < Decimal("1e12"):
        raise ValueError
    return value.quantize(Decimal("0.000001"))


def one_of(*allowed: str) -> Convert:
    """A word out of a fixed list."""

    def convert(text: str) -> str:
        if text not in allowed:
            raise ValueError
        return text

    return convert


def digits(*lengths: int) -> Convert:
    """A code of digits of one of the lengths."""

    def convert(text: str) -> str:
        if not (text.isascii() and text.isdigit() and len(text) in lengths):
            raise ValueError
        return text

    return convert
