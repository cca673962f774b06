"""Values as certificates print them: days with the month in letters, quantities with units, HS codes, countries."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from babel import Locale

from thongquan.base.core.figures import date_text, number_text
from thongquan.clearance.origin.formats.paper.layout import squeezed, unit_of

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LETTERS = re.compile(
    r"([A-Za-z]{3})[a-z]*\.?\s*(\d{1,2})(?:st|nd|rd|th)?\s*,?\s*(\d{4})|"
    r"(\d{1,2})(?:st|nd|rd|th)?[\s\-.]*([A-Za-z]{3})[a-z]*\.?[\s\-,]*(\d{4})"
)
_FIGURES = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")
_HS = re.compile(r"\(?H\.?\s?S\.?\s*(?:CODE|NO|NUMBER)?\s*[:.]*\s*(\d{4}(?:[.\s]?\d{2}){1,2})\)?", re.IGNORECASE)
_AMOUNT = re.compile(r"(\d[\d.,]*)\s*([A-Za-z]{1,9})\b")
_CURRENCY = "USD|CNY|RMB|EUR|VND|THB|SGD|MYR|IDR|JPY|KRW"
_MONEY = re.compile(rf"\b(?:FOB\s*:?\s*)?({_CURRENCY})\s?(\d[\d.,]*)|(\d[\d.,]*)\s?({_CURRENCY})\b")
_GROSS = re.compile(r"\bG\.?\s?W\.?|gross", re.IGNORECASE)


def days_in(text: str) -> list[tuple[str, str]]:
    """Days in a text, in their order: how they stand there, and ISO."""
    found = [(one.start(), one[0], _day(one)) for one in _LETTERS.finditer(text)]
    found += [(one.start(), one[0], date_text(one[0])) for one in _FIGURES.finditer(text)]
    return [(printed, iso) for _place, printed, iso in sorted(found) if len(iso) == 10]


def _day(found: re.Match[str]) -> str:
    name, day, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
    if name.lower() not in _MONTHS:
        return ""
    try:
        return date(int(year), _MONTHS.index(name.lower()) + 1, int(day)).isoformat()
    except ValueError:
        return ""


def hs_in(text: str) -> tuple[str, str]:
    """The HS code in a description, digits only, and the description without it."""
    found = _HS.search(text)
    if found is None:
        return "", text
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return re.sub(r"\D", "", found[1]), " ".join(rest.split()).strip(" ,;.")


def money_in(text: str) -> tuple[str, str]:
    """An amount and its currency, both empty where there is none."""
    found = _MONEY.search(text)
    return (number_text(found[2] or found[3], "en"), found[1] or found[4]) if found else ("", "")


def quantity_in(text: str) -> dict[str, str]:
    """Quantity with its unit, and gross weight where the box says that it is one; amounts of money left aside."""
    plain = _MONEY.sub(" ", text)
    found = [(one[1], unit_of(one[2]), one.start()) for one in _AMOUNT.finditer(plain)]
    values: dict[str, str] = {}
    for number, unit, start in found:
        gross = _GROSS.search(plain[:start]) or _GROSS.search(plain[start : start + 30])
        if gross and unit == "KGM" and len(found) > 1 and "gross_weight_kg" not in values:
            values["gross_weight_kg"] = number_text(number, "en")
        elif "quantity" not in values:
            values |= {"quantity": number_text(number, "en"), "unit": unit}
    return values


def country_in(text: str) -> str:
    """The ISO code of a country named in English, the longest name first; empty when none is."""
    said = squeezed(text)
    return next((code for name, code in _countries() if name in said), "")


@cache
def _countries() -> list[tuple[str, str]]:
    names = [(squeezed(str(name)), code) for code, name in Locale("en").territories.items() if len(code) == 2]
    known = [(name, code) for name, code in names if code.isalpha() and len(name) > 3]
    return sorted([*known, ("laopeoplesdemocraticrepublic", "LA"), ("brunei", "BN")], key=lambda one: -len(one[0]))
