"""Reading one box of a published tariff table: what compilers of the Vietnamese tariff write, and nothing else.

Understood: `12,5` and `37.5`; `8/10`, `*/5/8/10` (several rates; `*` is not subject to VAT, no preference under an
agreement); `0 (-KH, TH)` (origins shut out); `30 (NHN: 80)` (in and out of a quota); `28; M: 35` (members, and one of
them apart); `10 (0% từ 09/3-30/4 theo NĐ72)` (a cut between two days of the edition's year); `5%. Từ ngày 01/01/2027
áp dụng mức thuế suất 10%.` (a later rate); `150% thuế MFN`; `2000 VND/LTR` and `10 + 500 VND/KGM` (specific, mixed);
`ĐB`, `MT` (a tax applies, its amount is not given). Anything else is not understood, and the caller lists it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from thongquan.rules.law import Option
from thongquan.rules.text import normalise

APPLIES_WITHOUT_AMOUNT = frozenset({"ĐB", "MT"})
MEMBERS = {"M": ("MX",)}
NON_PREFERENTIAL = frozenset({"", "B01", "B03"})
_RATE = r"[0-9]{1,3}(?:[.,][0-9]{1,4})?%?"
_RATES = rf"(?:\*|{_RATE})(?:/(?:\*|{_RATE}))*"
_SEVERAL = re.compile(_RATES)
_EXCLUDING = re.compile(rf"({_RATE}) \(-([A-Z]{{2}}(?:, ?[A-Z]{{2}})*)\)")
_QUOTA = re.compile(rf"({_RATE}) \(NHN: ({_RATE})\)")
_MEMBERS = re.compile(rf"({_RATES}); ([A-Z]): ({_RATES})")
_CUT = re.compile(rf"({_RATE}) \(({_RATE}) từ ([0-9]{{1,2}})/([0-9]{{1,2}})-([0-9]{{1,2}})/([0-9]{{1,2}}) theo [^)]+\)")
_LATER = re.compile(rf"({_RATE})\. Từ ngày ([0-9][0-9])/([0-9][0-9])/([0-9]{{4}}) áp dụng mức thuế suất ({_RATE})\.?")
_OF_MFN = re.compile(r"([0-9]{2,3})% thuế MFN")
_SPECIFIC = re.compile(rf"(?:({_RATE}) \+ )?([0-9]{{1,12}}(?:[.,][0-9]{{1,6}})?) ([A-Z]{{3}})/([A-Z0-9]{{2,4}})")
_HUNDRED = Decimal(100)


class Box(NamedTuple):
    """What a box says from `valid_from` on, or from the day of the edition where that is None.

    `of_mfn` is set where the box is a multiple of the MFN rate; then the options are not known from the box alone.
    """

    valid_from: date | None = None
    options: tuple[Option, ...] = ()
    excluded: tuple[str, ...] = ()
    unknown: bool = False
    of_mfn: Decimal | None = None


@lru_cache(maxsize=8192)
def read_box(text: str, *, tax: str, schedule: str, edition: date) -> tuple[Box, ...]:
    """Read one box into what holds from which day; empty when the text is not understood. Never raises."""
    text = normalise(text)
    if text in APPLIES_WITHOUT_AMOUNT:
        return (Box(unknown=True),)
    if text == "*":
        return _star(tax, schedule)
    return _simple(text, tax) or _dated(text, edition)


def _star(tax: str, schedule: str) -> tuple[Box, ...]:
    if tax == "vat":
        return (Box(options=(Option(key="*", not_subject=True),)),)
    return (Box(),) if schedule not in NON_PREFERENTIAL else ()


def _simple(text: str, tax: str) -> tuple[Box, ...]:
    """A box that says the same on every day."""
    if _SEVERAL.fullmatch(text) and (tax == "vat" or "*" not in text):
        return (Box(options=_options(text, tax)),)
    if match := _EXCLUDING.fullmatch(text):
        return (Box(options=(_option(match[1]),), excluded=tuple(re.split(", ?", match[2]))),)
    if match := _QUOTA.fullmatch(text):
        return (Box(options=(_option(match[1], "in_quota"), _option(match[2], "out_of_quota"))),)
    if (match := _MEMBERS.fullmatch(text)) and match[2] in MEMBERS and "*" not in text:
        return (Box(options=(*_options(match[1], tax), *_options(match[3], tax, MEMBERS[match[2]]))),)
    if match := _OF_MFN.fullmatch(text):
        return (Box(of_mfn=Decimal(match[1]) / _HUNDRED),)
    if match := _SPECIFIC.fullmatch(text):
        return (Box(options=(_specific(*match.groups()),)),)
    return ()


def _dated(text: str, edition: date) -> tuple[Box, ...]:
    """A box that names days: a cut for some weeks of the edition's year, or another rate from a day on."""
    if match := _LATER.fullmatch(text):
        later = _day(match[4], match[3], match[2])
        return (_flat(None, match[1]), _flat(later, match[5])) if later and later > edition else ()
    match = _CUT.fullmatch(text)
    if not match:
        return ()
    first, last = (_day(edition.year, match[n + 1], match[n]) for n in (3, 5))
    if not first or not last or last < first:
        return ()
    before = (_flat(None, match[1]),) if edition < first else ()
    return (*before, _flat(first, match[2]), _flat(last + timedelta(days=1), match[1]))


def _day(year: str | int, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _flat(valid_from: date | None, rate: str) -> Box:
    return Box(valid_from=valid_from, options=(_option(rate),))


def _number(text: str) -> Decimal:
    return Decimal(text.rstrip("%").replace(",", "."))


def _key(value: Decimal) -> str:
    """The figure as a declarant names it: `8`, `12.5`, never `12,5` or `8.0`."""
    return f"{value.normalize():f}"


def _option(text: str, condition: str = "", countries: tuple[str, ...] = ()) -> Option:
    if text == "*":
        return Option(key="*", not_subject=True, condition=condition, countries=countries)
    value = _number(text)
    return Option(key=_key(value), rate=value / _HUNDRED, condition=condition, countries=countries)


def _options(text: str, tax: str, countries: tuple[str, ...] = ()) -> tuple[Option, ...]:
    """Each different rate once. Several stand for parts of the code, or for cases the declarant must tell (VAT)."""
    found = {option.key: option for option in map(_option, text.split("/"))}
    several = "choice" if tax == "vat" else "part"
    condition = several if len(found) > 1 else "members" if countries else ""
    return tuple(_option(key, condition, countries) for key in found)


def _specific(rate: str | None, amount: str, currency: str, unit: str) -> Option:
    value = None if rate is None else _number(rate)
    money = Decimal(amount.replace(",", "."))
    key = f"{_key(money)} {currency}/{unit}"
    return Option(
        key=key if value is None else f"{_key(value)} + {key}",
        rate=None if value is None else value / _HUNDRED,
        amount=money,
        unit=unit,
        currency=currency,
    )
