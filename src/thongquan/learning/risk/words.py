"""The code of goods whose text was never seen: told by the words it shares with texts that were."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]  # ships no stubs

from thongquan.learning.risk.arrays import Floats, Ints
from thongquan.learning.risk.trade import Trade

_WORD = re.compile(r"[^\W\d_]{2,}")


class Words:
    """Words of all texts of a trade, one row per text, each of length 1 and the rare ones heavier."""

    def __init__(self, trade: Trade) -> None:
        places: dict[str, int] = {}
        rows, columns = [], []
        for row, text in enumerate(trade.words["text"].tolist()):
            for word in set(_WORD.findall((text or "").lower())):
                rows.append(row)
                columns.append(places.setdefault(word, len(places)))
        shape = (len(trade.words["text"]), max(len(places), 1))
        found = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
        self.rows: Any = found
        self.codes = len(trade.words["hs"])

    def guesses(self, asked: Ints, code_of_text: Ints) -> tuple[Ints, Floats]:
        """Most likely code of each asked text and the share of its words that speak for it; -1 when none does."""
        known = np.flatnonzero(code_of_text >= 0)
        if not len(known) or not len(asked):
            return np.full(len(asked), -1, dtype=np.int64), np.zeros(len(asked))
        held = self.rows[known]
        often = np.asarray(held.sum(axis=0)).ravel()
        rarity = np.where(often > 0, np.log(1.0 + len(known) / np.maximum(often, 1.0)), 0.0)
        of_code = sparse.csr_matrix(
            (np.ones(len(known)), (code_of_text[known], np.arange(len(known)))), (self.codes, len(known))
        )
        count = np.maximum(np.asarray(of_code.sum(axis=1)).ravel(), 1.0)
        profile = sparse.diags(1.0 / count) @ (of_code @ held) @ sparse.diags(rarity)
        mine = self.rows[asked]
        score = np.asarray((mine @ profile.T).todense())
        best = score.argmax(axis=1)
        top = score[np.arange(len(asked)), best]
        whole = np.maximum(np.asarray(mine @ rarity).ravel(), 1e-9)
        return np.where(top > 0, best, -1), np.where(top > 0, top / whole, 0.0)
