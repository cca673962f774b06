"""Duty rates of codes, from the shipped tariff: what a declarant of the practice world would owe."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_MFN, _PREFERENCE, _VAT = 0.10, 0.0, 0.10
_NUMBER = re.compile(r"^\d+(\.\d+)?")


class Rates(NamedTuple):
    """Fractions: most-favored-nation duty, preference from China, value-added tax."""

    mfn: float
    preference: float
    vat: float


def rates_of(hs: str) -> Rates:
    """Rates of an eight-digit code; those of the nearest code of its heading or chapter when it is not shipped."""
    shipped = _shipped()
    return shipped.get(hs) or shipped.get(hs[:4]) or shipped.get(hs[:2]) or Rates(_MFN, _PREFERENCE, _VAT)


@cache
def _shipped() -> dict[str, Rates]:
    source = files("thongquan").joinpath("reference/tariff/vn_lines.csv")
    found: dict[str, Rates] = {}
    with source.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rates = _row(row)
            for length in (8, 4, 2):
                found.setdefault(row["hs8"][:length], rates)
    return found


def _row(row: dict[str, str]) -> Rates:
    mfn = _first(row["mfn"], _MFN)
    return Rates(mfn, min(mfn, _first(row["acfta"], mfn)), _first(row["vat"], _VAT))


def _first(cell: str, missing: float) -> float:
    """First number of a cell such as `8/10`, as a fraction."""
    found = _NUMBER.match(cell.strip().lstrip("*(,; "))
    return float(found[0]) / 100 if found else missing
