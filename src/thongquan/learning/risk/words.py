"""The code of goods whose text was never seen: told by the words it shares with texts that were."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]  # ships no stubs

from thongquan.learning.risk.arrays import Floats, Ints
from thongquan.learning.risk.trade import Trade

_WORD = re.compile(r"[^\W\d_]{2,}")


class Guesser(NamedTuple):
    """What words say of codes: a row for each code, and how rare each word is."""

    profile: Any
    rarity: Floats

    def of(self, rows: Any) -> tuple[Ints, Floats]:
        """Most likely code of each row of words and the share of its words that speak for it; -1 when none does."""
        score = np.asarray((rows @ self.profile.T).todense())
        best = score.argmax(axis=1)
        top = score[np.arange(rows.shape[0]), best]
        whole = np.maximum(np.asarray(rows @ self.rarity).ravel(), 1e-9)
        return np.where(top > 0, best, -1), np.where(top > 0, top / whole, 0.0)


class Words:
    """Words of all texts of a trade, one row per text."""

    def __init__(self, trade: Trade) -> None:
        self.places: dict[str, int] = {}
        rows, columns = [], []
        for row, text in enumerate(trade.words["text"].tolist()):
            for word in words_of(text):
                rows.append(row)
                columns.append(self.places.setdefault(word, len(self.places)))
        shape = (len(trade.words["text"]), max(len(self.places), 1))
        found = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
        self.rows: Any = found
        self.codes = len(trade.words["hs"])

    def guesser(self, code_of_text: Ints) -> Guesser | None:
        """Learn from the texts whose code is known (not -1); None when there are none."""
        known = np.flatnonzero(code_of_text >= 0)
        if not len(known):
            return None
        held = self.rows[known]
        often = np.asarray(held.sum(axis=0)).ravel()
        rarity = np.where(often > 0, np.log(1.0 + len(known) / np.maximum(often, 1.0)), 0.0)
        of_code = sparse.csr_matrix(
            (np.ones(len(known)), (code_of_text[known], np.arange(len(known)))), (self.codes, len(known))
        )
        count = np.maximum(np.asarray(of_code.sum(axis=1)).ravel(), 1.0)
        return Guesser(sparse.diags(1.0 / count) @ (of_code @ held) @ sparse.diags(rarity), rarity)

    def guesses(self, asked: Ints, code_of_text: Ints) -> tuple[Ints, Floats]:
        """What is guessed of the asked texts."""
        guesser = self.guesser(code_of_text) if len(asked) else None
        if guesser is None:
            return np.full(len(asked), -1, dtype=np.int64), np.zeros(len(asked))
        return guesser.of(self.rows[asked])


def words_of(text: str | None) -> set[str]:
    """The words of a text, in lower case."""
    return set(_WORD.findall((text or "").lower()))


def rows_of(texts: Sequence[str | None], places: Mapping[str, int]) -> Any:
    """Texts as rows of known words; others say nothing."""
    held = [[places[word] for word in words_of(text) if word in places] for text in texts]
    ends = np.cumsum([0, *map(len, held)])
    columns = np.array([place for one in held for place in one], dtype=np.int64)
    return sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(texts), max(len(places), 1)))
