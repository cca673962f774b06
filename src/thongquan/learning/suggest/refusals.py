"""Descriptions that cannot be classified, and what to ask instead of guessing."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from thongquan.learning.text import Canonical, canonical
from thongquan.rules.text import vague_key

_FEWEST_KNOWN, _FEW_KNOWN = 0.05, 0.2


class Refusal(StrEnum):
    """Why no code is proposed; the interface makes the question out of it."""

    EMPTY = "empty"
    NUMBERS_ONLY = "numbers_only"
    VAGUE = "vague"
    UNKNOWN_WORDS = "unknown_words"


QUESTIONS = {
    Refusal.EMPTY: "What are the goods? Name them, say what they are made of and what they are for.",
    Refusal.NUMBERS_ONLY: "What are the goods called? Numbers and codes of a stock book do not tell.",
    Refusal.VAGUE: "Which goods exactly? Say what they are made of, what they are for, and how they are put up.",
    Refusal.UNKNOWN_WORDS: "What are the goods in usual words? Nothing known resembles this description.",
}
"""What to ask, in English; interfaces translate by the refusal."""


class Vague:
    """A list of terms too vague to classify. A term is compared whole, folded and without empty words."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._keys = {key for key in map(_key, terms) if key}

    def __len__(self) -> int:
        return len(self._keys)

    def refusal(self, description: str) -> Refusal | None:
        """Why this description is refused before any model is asked; None when it may be."""
        goods = canonical(description)
        if goods.empty:
            return Refusal.NUMBERS_ONLY if goods.quantities or goods.models else Refusal.EMPTY
        key = _key(description)
        if not key or key in self._keys or _said(goods) in self._keys:
            return Refusal.VAGUE
        return None


def _key(term: str) -> str:
    return vague_key(_said(canonical(term)))


def _said(goods: Canonical) -> str:
    return " ".join([*(word.folded for word in goods.words), *goods.han])


def unknown(known: float) -> bool:
    """True when almost nothing of what was written is known to the model (share of the weight of its words)."""
    return known < _FEWEST_KNOWN


def strange(known: float) -> bool:
    """True when so little is known of what was written that no sureness fitted on other goods may be trusted."""
    return known < _FEW_KNOWN
