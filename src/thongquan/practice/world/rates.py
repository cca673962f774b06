"""Duty rates of codes, from the shipped tariff: what a declarant of the practice world would owe."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_MFN, _PREFERENCE, _VAT = 0.10, 0.0, 0.10
_NUMBER = re.compile(r"^\d+(\.\d+)?")
_EXCLUDED = re.compile(r"\(-([A-Z, ]+)\)")
CHINA = "CN"
RCEP = frozenset(["AU", "BN", "ID", "JP", "KH", "KR", "LA", "MM", "MY", "NZ", "PH", "SG", "TH"])
"""Whose certificates of that agreement are claimed under; Chinese goods come with a Form E."""


class Rates(NamedTuple):
    """Fractions: most-favored-nation duty, preference from China, value-added tax; who grants a preference at all."""

    mfn: float
    preference: float
    vat: float
    form_e: bool = True
    rcep: bool = True

    def grants(self, country: str) -> bool:
        """Whether goods of the country can claim the preference: nobody claims what the tariff does not grant."""
        return self.form_e if country == CHINA else self.rcep and country in RCEP


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
    preference = min(mfn, _first(row["acfta"], mfn))
    return Rates(mfn, preference, _first(row["vat"], _VAT), _is_open(row["acfta"]), _is_open(row["rcep"]))


def _is_open(cell: str) -> bool:
    """Whether a cell of an agreement holds a rate, and one that China is not left out of."""
    return bool(_NUMBER.match(cell)) and not any(CHINA in one for one in _EXCLUDED.findall(cell))


def _first(cell: str, missing: float) -> float:
    """First number of a cell such as `8/10`, as a fraction."""
    found = _NUMBER.match(cell.strip().lstrip("*(,; "))
    return float(found[0]) / 100 if found else missing
