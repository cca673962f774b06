"""Search words: folded, so that `huu nghi` finds `Hữu Nghị`; every word must match, the last as a beginning."""

from __future__ import annotations

import re

from thongquan.rules.text import fold

_WORD = re.compile(r"[\w]+")
MAX_WORDS = 12


def search_words(*texts: str | None) -> str:
    """All words of some texts, folded, in one string, as the index keeps them."""
    return " ".join(word for text in texts if text for word in _WORD.findall(fold(text)))


def search_expression(text: str) -> str:
    """A `tsquery` for what a person typed; letters and digits only, so that nothing typed is an operator.

    Empty when no word was typed: nothing can match then.
    """
    words = _WORD.findall(fold(text))[:MAX_WORDS]
    return " & ".join(f"'{word}':*" for word in words)
