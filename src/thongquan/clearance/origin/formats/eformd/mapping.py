"""Which element of the message is which field, on a day: rows of `mapping.csv`, marked where nothing confirms them."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = "CertificateOfOrigin"
ITEM = "Items/Item"
_FILE = Path(__file__).with_name("mapping.csv")


class Row(NamedTuple):
    """An element by its path of local names, the field it is, since when, and whether a schema confirms it."""

    path: str
    key: str
    valid_from: date
    is_verified: bool
    source: str


@cache
def rows() -> tuple[Row, ...]:
    """All rows, in the order of the message."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Row(row["path"], row["key"], date.fromisoformat(row["valid_from"]), row["verified"] == "yes", row["source"])
            for row in csv.DictReader(file)
        )


def paths_on(on: date) -> dict[str, str]:
    """The field of each path on a day: of several rows of a path the latest begun."""
    found: dict[str, str] = {}
    for row in sorted(rows(), key=lambda one: one.valid_from):
        if row.valid_from <= on:
            found[row.path] = row.key
    return found


def is_message(data: bytes) -> bool:
    """Whether a file looks like XML at all."""
    return data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").startswith(b"<")
