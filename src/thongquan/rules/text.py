"""Text in one form: NFC for what is kept, folded for what is compared.

Legal basis: none; TCVN 6909:2001 (Unicode for Vietnamese) for the composed form.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_EMPTY_WORDS = re.compile(
    r"\b(hang|moi|100|cac loai|loai|khac|new|goods|brand new|of all kinds|other|others|and|va)\b|[^\w\s]|\d+%"
)

REMEMBERED_LENGTH = 300
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")


def normalise(text: str) -> str:
    """Give the text in Unicode NFC, without blanks at its ends."""
    return unicodedata.normalize("NFC", text).strip()


def storable(text: str) -> str:
    """Give words as they are kept: normalised, without the character no database takes."""
    return normalise(text.replace("\x00", ""))


def fold(text: str) -> str:
    """Give the text for comparing: no diacritics, `đ` as `d`, lower case, single blanks."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return " ".join(_MARKS.sub("", plain).lower().split())


def vague_key(description: str) -> str:
    """Give what is left of a folded description without the words that tell nothing of the goods.

    The list of vague terms holds such keys; a slice of law carries those that a document hits. An empty key means
    that nothing but empty words was written.
    """
    return _remembered(description) if len(description) <= REMEMBERED_LENGTH else _without_empty_words(description)


def _without_empty_words(description: str) -> str:
    return " ".join(_EMPTY_WORDS.sub(" ", fold(description)).split())


_remembered = lru_cache(maxsize=4096)(_without_empty_words)
"""The goods of a border are declared again and again in the same words."""
