"""Nine ways in which the same goods come written differently: what a search for them must outlive."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from thongquan.rules.text import fold

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile(r"[^\W\d_]{4,}")
_NUMBER = re.compile(r"\d+")
_UNITS = (
    (re.compile(r"(\d+)\s*kg\b", re.IGNORECASE), lambda match: f"{int(match[1]) * 1000} g"),
    (re.compile(r"(\d+)\s*cm\b", re.IGNORECASE), lambda match: f"{int(match[1]) * 10}mm"),
    (re.compile(r"(\d+)\s*mm\b", re.IGNORECASE), lambda match: f"{int(match[1]) / 10:g} cm".replace(".", ",")),
    (re.compile(r"(\d+)\s*ml\b", re.IGNORECASE), lambda match: f"{match[1]}ML"),
    (re.compile(r"(\d+)\s*w\b", re.IGNORECASE), lambda match: f"{match[1]} watt"),
)
_BEHIND = (", hàng mới 100%", ", NSX: GUANGXI MEIYUAN CO., LTD", ", xuất xứ Trung Quốc", ". Mới 100%", ", hàng F.O.C")
_SHORT = (
    ("không", "ko"),
    ("kích thước", "kt"),
    ("sản xuất", "sx"),
    ("đường kính", "đk"),
    ("nguyên liệu", "nl"),
    ("phụ tùng", "pt"),
    ("linh kiện", "lk"),
    ("sản phẩm", "sp"),
)


def rewritten(text: str, way: str, *, seed: int) -> str:
    """Write a description in another way, one of `WAYS`. The same seed gives the same text."""
    return WAYS[way](text, random.Random(f"{seed}:{way}:{text}"))  # noqa: S311  (no secret hangs on it)


def _case(text: str, chance: random.Random) -> str:
    return chance.choice((text.upper(), text.title(), text.replace(",", " -"), text.replace(",", ";").upper()))


def _order(text: str, chance: random.Random) -> str:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 1:
        parts = text.split()
        turn = chance.randrange(len(parts) or 1)
        return " ".join(parts[turn:] + parts[:turn])
    chance.shuffle(parts)
    return ", ".join(parts)


def _typos(text: str, chance: random.Random) -> str:
    for _ in range(3):
        words = list(_WORD.finditer(text))
        if not words:
            return text
        at = chance.randrange(*chance.choice(words).span())
        sign = chance.choice(_LETTERS)
        text = chance.choice(
            (text[:at] + text[at + 1 :], text[:at] + sign + text[at:], text[:at] + sign + text[at + 1 :])
        )
    return text


def _bare(text: str, chance: random.Random) -> str:
    return fold(text)


def _units(text: str, chance: random.Random) -> str:
    for pattern, other in _UNITS:
        changed = pattern.sub(other, text)
        if changed != text:
            return changed
    return re.sub(r"(\d)\s+(?=[a-zA-Z])", r"\1", text)


def _boilerplate(text: str, chance: random.Random) -> str:
    front = f"{chance.choice(('NVL', 'nl', 'SP', 'VT'))}{chance.randrange(1, 9999)}#&" if chance.random() < 0.6 else ""
    return front + text + chance.choice(_BEHIND)


def _abbreviated(text: str, chance: random.Random) -> str:
    for long, short in _SHORT:
        text = re.sub(long, short, text, flags=re.IGNORECASE)
    words = text.split(" ")
    if len(words) > 5:
        words.pop(chance.randrange(1, len(words)))
    return " ".join(words)


def _combined(text: str, chance: random.Random) -> str:
    for way in (_order, _typos, _units, _abbreviated, _bare, _boilerplate, _case):
        text = way(text, chance)
    return text


def _other_model(text: str, chance: random.Random) -> str:
    """Other figures wherever figures stand; a model appended where there are none."""
    if not _NUMBER.search(text):
        return f"{text}, model {chance.choice(_LETTERS).upper()}{chance.randrange(100, 9999)}"
    return _NUMBER.sub(lambda match: str(chance.randrange(1, 10 ** len(match[0]) + 1)), text)


WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "case": _case,
    "order": _order,
    "typos": _typos,
    "no diacritics": _bare,
    "units": _units,
    "boilerplate": _boilerplate,
    "abbreviation": _abbreviated,
    "combined": _combined,
    "other model": _other_model,
}
"""Each way by its name."""
