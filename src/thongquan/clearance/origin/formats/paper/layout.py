"""Where the boxes of a form stand and what is printed in them: rows of `layouts.csv`, marked where unverified."""

from __future__ import annotations

import csv
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from thongquan.rules.text import fold

_FILE = Path(__file__).with_name("layouts.csv")
_SQUEEZED = re.compile(r"[^0-9a-z\u4e00-\u9fff]")
_NUMBER = re.compile(r"^\d{1,2}(?=[a-z])")


class Row(NamedTuple):
    """A label of a form: of a box, a title, a mark to tick, a part of a box, or a way of writing a unit."""

    form: str
    kind: str
    box: str
    label: str
    key: str
    place: str
    valid_from: date
    is_verified: bool
    source: str

    @property
    def squeezed(self) -> str:
        """The label without its number, blanks and signs, as a scan may give it."""
        return squeezed(self.label)


def squeezed(text: str) -> str:
    """Letters and digits alone, folded, without a box number before them."""
    return _NUMBER.sub("", _SQUEEZED.sub("", fold(text)))


@cache
def rows() -> tuple[Row, ...]:
    """All rows."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_row(row) for row in csv.DictReader(file))


def _row(row: dict[str, str]) -> Row:
    return Row(
        row["form"],
        row["kind"],
        row["box"],
        row["label"],
        row["key"],
        row["place"],
        date.fromisoformat(row["valid_from"]),
        row["verified"] == "yes",
        row["source"],
    )


def rows_of(form: str, kind: str) -> tuple[Row, ...]:
    """The labels of a kind of a form, in their order."""
    return tuple(row for row in rows() if row.form == form and row.kind == kind)


def forms() -> tuple[str, ...]:
    """The forms whose layout is known."""
    return tuple(dict.fromkeys(row.form for row in rows() if row.kind == "title"))


def unit_of(word: str) -> str:
    """The code of a unit as certificates write it; the word itself where it is not known."""
    known = {row.label: row.key for row in rows_of("", "unit")}
    return known.get(word.upper().strip(". "), word.upper())
