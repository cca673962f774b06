"""The tree of goods codes, and finding one's way in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec
from django.db.models import Exists, OuterRef, Q

from thongquan.clearance.tariff.models import Node
from thongquan.clearance.tariff.queries.names import COLUMNS, name_in, names_of
from thongquan.rules.text import fold

SEARCH_LIMIT = 60
MAX_WORDS = 8
SECTION, LINE = 1, 8


class Goods(msgspec.Struct, frozen=True):
    """A place in the nomenclature on a day. `level` is 1 for a section, else the number of digits."""

    code: str
    level: int
    parent: str
    name: str
    names: dict[str, str]
    unit: str
    valid_from: date
    source: str
    verified: bool
    opens: bool

    @property
    def is_line(self) -> bool:
        """Whether declarations may name it."""
        return self.level == LINE

    @property
    def in_english(self) -> bool:
        """Whether its name is the English one, also for want of another, so that pages can mark it as such."""
        return self.name == self.names.get("en")

    @property
    def dotted(self) -> str:
        """The code as tariffs print it: `8471.30.20`."""
        code = self.code
        parts = (code[:4], code[4:6], code[6:]) if self.level > SECTION else (code,)
        return ".".join(part for part in parts if part)


def _goods(row: dict[str, Any], language: str) -> Goods:
    return Goods(
        code=row["code"],
        level=row["level"],
        parent=row["parent"],
        name=name_in(row, language),
        names=names_of(row),
        unit=row["unit"],
        valid_from=row["valid_from"],
        source=row["source"],
        verified=row["verified"],
        opens=row["opens"],
    )


_PLAIN = ("code", "level", "parent", "unit", "valid_from", "source", "verified", *COLUMNS)


def _read(found: Any, on: date, language: str) -> list[Goods]:
    """Rows that hold on the day, each with whether anything stands below it."""
    below = Node.objects.live().filter(parent=OuterRef("code"), valid_from__lte=on)
    rows = Node.objects.live().filter(found, valid_from__lte=on).annotate(opens=Exists(below))
    newest = rows.order_by("code", "-valid_from").distinct("code").values(*_PLAIN, "opens", "repealed")
    return [_goods(row, language) for row in newest if not row["repealed"]]


def sections(on: date, language: str) -> list[Goods]:
    """The sections, in their order."""
    found = _read(Q(level=SECTION), on, language)
    return sorted(found, key=lambda one: _roman(one.code))


def _roman(text: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}.get(sign, 0) for sign in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def below(code: str, on: date, language: str) -> list[Goods]:
    """What stands directly below a code; lines whose subheading is not listed stand below their nearest ancestor."""
    return _read(Q(parent=code), on, language)


def goods_of(code: str, on: date, language: str) -> Goods | None:
    """One place of the tree on the day, or None."""
    found = _read(Q(code=code), on, language) if code.isalnum() else []
    return found[0] if found else None


def path_to(code: str, on: date, language: str) -> list[Goods]:
    """Section, chapter, heading, subheading and line of a code, as far as they are listed."""
    codes = [code[:length] for length in (2, 4, 6, 8) if len(code) >= length]
    found = _read(Q(code__in=codes), on, language)
    above = found[0].parent if found and found[0].level == 2 else ""
    return (_read(Q(code=above), on, language) if above else []) + found


def search(text: str, on: date, language: str, *, limit: int = SEARCH_LIMIT) -> list[Goods]:
    """Find goods by the beginning of their code or by words in any of the four languages, with or without accents.

    Lines come first, then what is above them; every word must occur.
    """
    digits = text.replace(".", "").replace(" ", "")
    if digits.isascii() and digits.isdigit():
        return _read(Q(code__startswith=digits[:LINE]), on, language)[:limit]
    words = fold(text.replace("\x00", " ")).split()[:MAX_WORDS]
    if not words:
        return []
    found = Q()
    for one in words:
        found &= Q(folded__contains=one)
    return _ranked(_read(found, on, language), words)[:limit]


def _ranked(found: Iterable[Goods], words: list[str]) -> list[Goods]:
    """Names that begin with the words first, then whole words, then parts of words; lines before their headings."""

    def rank(one: Goods) -> tuple[int, int, str]:
        texts = [f" {fold(name)} " for name in one.names.values()]
        phrase = " ".join(words)
        if any(text.startswith(f" {phrase}") for text in texts):
            place = 0
        elif any(all(f" {word}" in text for word in words) for text in texts):
            place = 1
        else:
            place = 2
        return place, -one.level, one.code

    return sorted(found, key=rank)


def lines_below(code: str, on: date, language: str) -> list[Goods]:
    """All national lines that begin with the code."""
    return _read(Q(code__startswith=code, level=LINE), on, language)


def goods_named(codes: Iterable[str], on: date, language: str) -> dict[str, Goods]:
    """The places of the tree that have these codes on the day, by code; what is not listed is left out."""
    return {one.code: one for one in _read(Q(code__in=set(codes)), on, language)}


def every_name(on: date) -> list[tuple[str, str]]:
    """Code and name of everything at four digits and more, in each language it is named in."""
    return [(one.code, name) for one in _read(Q(level__gte=4), on, "en") for name in one.names.values()]
