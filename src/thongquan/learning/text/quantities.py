"""Numbers with their units in one spelling: `0,5 kg`, `500 g` and `500GR` are all `500g`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_UNITS: dict[str, tuple[str, float]] = {}
for _base, _spellings in {
    "g": "g:1 gr:1 gram:1 grams:1 gam:1 克:1 kg:1000 kgs:1000 kilogram:1000 kilo:1000 公斤:1000 千克:1000 mg:.001"
    " tan:1000000 tonne:1000000 tonnes:1000000 吨:1000000",
    "mm": "mm:1 毫米:1 cm:10 厘米:10 m:1000 met:1000 metre:1000 meter:1000 meters:1000 米:1000 inch:25.4 dm:100",
    "ml": "ml:1 cc:1 毫升:1 cl:10 l:1000 lit:1000 liter:1000 litre:1000 liters:1000 升:1000",
    "w": "w:1 watt:1 watts:1 瓦:1 kw:1000 千瓦:1000 mw:1000000",
    "v": "v:1 vac:1 vdc:1 volt:1 伏:1 kv:1000",
    "hp": "hp:1 cv:1",
    "a": "a:1 ampe:1 amp:1 ma:.001",
    "mah": "mah:1 ah:1000",
    "hz": "hz:1 khz:1000 mhz:1000000 ghz:1000000000",
    "pc": "pc:1 pcs:1 piece:1 pieces:1 cai:1 chiec:1 con:1 qua:1 vien:1 个:1 件:1 只:1",
    "set": "set:1 sets:1 bo:1 套:1",
    "pair": "pair:1 pairs:1 doi:1 prs:1 双:1",
    "mm2": "mm2:1 cm2:100 m2:1000000",
    "ml3": "cm3:1 m3:1000000",
    "%": "%:1",
    "gsm": "gsm:1 g/m2:1",
    "bar": "bar:1 mpa:10",
    "rpm": "rpm:1 v/p:1 vong/phut:1",
    "c": "°c:1",
    "gb": "gb:1 tb:1024",
}.items():
    for _pair in _spellings.split():
        _word, _factor = _pair.split(":")
        _UNITS[_word] = (_base, float(_factor))

_NUMBER = r"\d{1,12}(?:[.,]\d{1,12}){0,3}"


def _tree(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest that fits first; what they begin with alike is tried once."""
    ends = "" in (rest := set(words))
    branches = [re.escape(sign) + _tree(word[1:] for word in rest if word[:1] == sign) for sign in _firsts(rest)]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)})" + ("?" if ends else "")


def _firsts(words: Iterable[str]) -> list[str]:
    return sorted({word[0] for word in words if word})


def pattern_of(letter: str, letter_or_digit: str, units: Iterable[str]) -> str:
    """A pattern for a number, or a few joined as sizes and ranges are, with the unit behind, on folded text. The first
    two are classes of signs."""
    return (
        rf"(?<!{letter_or_digit})(?P<quantity>{_NUMBER}(?:\s?[x*~×÷/-]\s?{_NUMBER}){{0,3}})"
        rf"(?:\s?(?P<unit>{_tree(units)}))?(?!{letter})(?!\d)"
    )


PATTERN = pattern_of(r"[^\W\d_]", r"[^\W_]", _UNITS)
"""For any text."""
PATTERN_OF_ASCII = pattern_of("[a-z]", "[a-z0-9]", [name for name in _UNITS if name.isascii()])
"""For text of ASCII alone: finds the same there, faster."""
_SPLIT = re.compile(_NUMBER)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+$")


class Quantity(NamedTuple):
    """A number in the base unit, e.g. 500 and `g`; the unit is '' when none was written."""

    amount: float
    unit: str

    def __str__(self) -> str:
        return _spelled(self)


@lru_cache(maxsize=1 << 15)
def _spelled(one: Quantity) -> str:
    return f"{one.amount:.6g}{one.unit}"


@lru_cache(maxsize=1 << 15)
def quantities_of(numbers: str, unit: str | None) -> tuple[Quantity, ...]:
    """Read what `PATTERN` found. One unit behind several numbers holds for all of them."""
    base, factor = _UNITS.get(unit or "", ("", 1.0))
    return tuple(Quantity(_number(word) * factor, base) for word in _SPLIT.findall(numbers))


def _number(word: str) -> float:
    """Vietnamese and English spelling: three digits behind a point or comma are thousands, unless a zero leads."""
    if _THOUSANDS.match(word):
        return float(word.replace(".", "").replace(",", ""))
    whole, *rest = re.split("[.,]", word)
    return float(f"{whole}.{''.join(rest)}") if rest else float(whole)
