"""Letters in one form, one for one: a place in the plain text is the same place in the folded text."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from thongquan.rules.text import fold

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_TAG = re.compile(r"<[!/?a-zA-Z][^<>]{0,200}>")
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_MIXED = re.compile("[\u0370-\u03ff\u0400-\u052f\\w]*[\u0370-\u03ff\u0400-\u052f][\u0370-\u03ff\u0400-\u052f\\w]*")
_LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТУХЅІЈԌаеорсухѕіјԁһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧοντυικαρ",
    "ABEKMHOPCTYXSIJGaeopcyxsijdhlABEZHIKMNOPTYXovtuikap",
)


class _Lower(dict[int, int]):
    """Lower case of a sign where it is one sign, else the sign itself."""

    def __missing__(self, sign: int) -> int:
        low = chr(sign).lower()
        self[sign] = ord(low) if len(low) == 1 else sign
        return self[sign]


class _Folded(dict[int, int]):
    """A sign without its diacritics where that is one sign, else the sign itself."""

    def __missing__(self, sign: int) -> int:
        bare = fold(chr(sign))
        self[sign] = ord(bare) if len(bare) == 1 else sign
        return self[sign]


_LOWER, _FOLDED = _Lower(), _Folded()
_LONG = 2_000


def plain(text: str) -> str:
    """Lower case, composed, without mark-up, invisible signs, wide letters and letters of other scripts that look
    like Latin ones."""
    if "&" in text or "<" in text:
        text = _TAG.sub(" ", html.unescape(text))
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
        if _FOREIGN.search(text):
            text = _MIXED.sub(_latin, text)
    # these two alone have a lower case that is two signs, or hangs on what stands beside them
    return text.translate(_LOWER) if "\u0130" in text or "\u03a3" in text else text.lower()


def folded(text: str) -> str:
    """The plain text without diacritics, of the same length."""
    if text.isascii():
        return text
    if len(text) > _LONG:  # such words are not worth remembering
        return text.translate(_FOLDED)
    return " ".join(map(_folded_word, text.split(" ")))


@lru_cache(maxsize=1 << 15)
def _folded_word(word: str) -> str:
    return word if word.isascii() else word.translate(_FOLDED)


def _latin(match: re.Match[str]) -> str:
    """A word whose foreign letters all look like Latin ones becomes Latin; any other stays."""
    word = match[0].translate(_LOOK_ALIKES)
    return match[0] if _FOREIGN.search(word) else word
