"""The canonical form of a description: tokens in both spellings, quantities, codes of models; and its fingerprint."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import NamedTuple

from thongquan.learning.text.boilerplate import blank
from thongquan.learning.text.characters import folded, plain
from thongquan.learning.text.quantities import PATTERN, PATTERN_OF_ASCII, Quantity, quantities_of

MOST_CHARACTERS = 10_000
"""What stands behind is not read: no description is longer, and time stays bounded."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(
    rf"{PATTERN}"
    rf"|(?P<han>[{_HAN}]+)"
    rf"|(?P<word>(?:(?![{_HAN}])[^\W_])+(?:[-./](?=[^\W_]*\d)(?:(?![{_HAN}])[^\W_])+)*)"
)
_TOKEN_OF_ASCII = re.compile(
    rf"{PATTERN_OF_ASCII}|(?P<word>[a-z0-9]+(?:[-./](?=[a-z]*\d)[a-z0-9]+)*)",
)
_BREAK = ", "
_DIGIT = re.compile(r"\d")
_JOINTS = str.maketrans("", "", "-./")
_SHORT = {
    "kt": "kich thuoc",
    "ko": "khong",
    "k": "khong",
    "dc": "duoc",
    "sx": "san xuat",
    "nk": "nhap khau",
    "tq": "trung quoc",
    "vn": "viet nam",
    "sp": "san pham",
    "sl": "so luong",
    "dg": "dong goi",
    "dk": "duong kinh",
    "nl": "nguyen lieu",
    "npl": "nguyen phu lieu",
    "pt": "phu tung",
    "lk": "linh kien",
}


class Token(NamedTuple):
    """A word as written (lower case) and folded."""

    plain: str
    folded: str


_ABBREVIATIONS = {short: tuple(Token(word, word) for word in long.split()) for short, long in _SHORT.items()}
"""What abbreviations stand for; it is written without diacritics."""


class Canonical(NamedTuple):
    """What a description says, without boilerplate.

    `han` are runs of Chinese characters; `models` are words with both letters and digits; `quantities` stand in base
    units. `text` is the folded text with the boilerplate blanked, `written` the same with diacritics.
    """

    words: tuple[Token, ...]
    han: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    models: tuple[str, ...]
    text: str
    written: str

    @property
    def empty(self) -> bool:
        """No word, no Chinese sign: nothing that tells of goods."""
        return not (self.words or self.han)


@lru_cache(maxsize=4096)
def canonical(description: str) -> Canonical:
    """Bring a description of any sort into its form; never fails, and reads `MOST_CHARACTERS` at most."""
    written = plain(description[:MOST_CHARACTERS])[:MOST_CHARACTERS]
    bare = folded(written)
    for start, end in blank(bare):
        gap = " " * (end - start)
        bare = f"{bare[:start]}{gap}{bare[end:]}"
        written = f"{written[:start]}{gap}{written[end:]}"
    return _read(bare, written)


def _read(bare: str, written: str) -> Canonical:
    words: list[Token] = []
    han: list[str] = []
    quantities: list[Quantity] = []
    models: list[str] = []
    start = 0
    for clause in bare.split(_BREAK):
        end = start + len(clause)
        found = _clause(clause, written[start:end])
        words += found[0]
        han += found[1]
        quantities += found[2]
        models += found[3]
        start = end + len(_BREAK)
    return Canonical(tuple(words), tuple(han), tuple(quantities), tuple(models), bare, written)


@lru_cache(maxsize=1 << 15)
def _clause(bare: str, written: str) -> tuple[list[Token], list[str], list[Quantity], list[str]]:
    """Words, Chinese, quantities and models of what stands between two breaks: no token reaches across one. Clauses
    come again and again."""
    words: list[Token] = []
    han: list[str] = []
    quantities: list[Quantity] = []
    models: list[str] = []
    for match in (_TOKEN_OF_ASCII if bare.isascii() else _TOKEN).finditer(bare):
        kind = match.lastgroup
        if kind == "word":
            start, end = match.span()
            said = _said(written[start:end], match[0])
            if isinstance(said, str):
                models.append(said)
            else:
                words += said
        elif kind == "han":
            han.append(match[0])
        else:
            quantities += quantities_of(match["quantity"], match["unit"])
    return words, han, quantities, models


@lru_cache(maxsize=1 << 16)
def _said(written: str, bare: str) -> str | tuple[Token, ...]:
    """The code of a model as text, else the words that one word stands for; none for the sign of sizes."""
    if _DIGIT.search(bare):
        return bare.translate(_JOINTS)
    if bare == "x":
        return ()
    return _ABBREVIATIONS.get(bare) or (Token(written, bare),)


def fingerprint(goods: Canonical) -> str:
    """The same for descriptions that differ in case, order, punctuation, diacritics, boilerplate and units only.

    32 hexadecimal digits; '' when nothing tells of goods.
    """
    if goods.empty and not goods.models:
        return ""
    words = [word.folded for word in goods.words]
    parts = sorted([*words, *goods.han, *map(str, goods.quantities), *goods.models])
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()
