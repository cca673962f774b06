"""Minor differences between papers, told apart from differences that matter.

Legal basis: Circular 33/2023/TT-BTC Art. 15.8: typing, style of ticks, look of the signature, unit, paper, ink, the
same six digits with other eight, vessel or trip, small difference of description. The list itself is dated data; here
stands only how a difference of words is measured, which no text gives: a measure of the house, for people to look at.
"""

from __future__ import annotations

import re

from thongquan.rules.origin.numbers import one_apart
from thongquan.rules.text import fold

_WORD = re.compile(r"\w+")
MINOR = frozenset({"typing", "tick", "signature", "unit", "paper", "ink", "hs8", "vessel", "description"})
"""All kinds the article names; which of them hold on a day, the law of the day says."""


def differing(mine: str, other: str, *, minor: str = "description") -> str:
    """'' when two texts say the same, `minor` when they differ a little, `words` when a person must compare them.

    The same: equal without marks, letters' case and punctuation. A little: the words of the shorter stand in the
    longer, each at most one character apart, words of under four letters exactly.
    """
    one, two = _WORD.findall(fold(mine)), _WORD.findall(fold(other))
    if one == two or not one or not two:
        return ""
    shorter, longer = sorted((one, two), key=len)
    if len(shorter) * 2 < len(longer):
        return "words"
    return minor if all(_stands_in(word, longer) for word in shorter) else "words"


def _stands_in(word: str, words: list[str]) -> bool:
    return word in words or (len(word) > 3 and any(one_apart(word, other) for other in words))
