"""Blanking in a text what must not be published: trade secrets, names, numbers; whatever the spelling.

Legal basis: Decree 08/2015/NĐ-CP Art. 24 (advance rulings); what of a ruling is a trade secret the applicant says. No
text in the facts at hand tells how far a published ruling is blanked: this house rather blanks too much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from thongquan.rules.text import fold

BLANK = "[…]"
_WORD = re.compile(r"\w+")
_CLAUSE = re.compile(r"[;:()\n\r/]+|(?<!\d)[.,]|[.,](?!\d)")
_RUN = 3
"""Of a longer secret any three words in a row are blanked."""


def redacted(text: str, secrets: Iterable[str]) -> str:
    """The text with every clause of a secret, and any three words in a row of one, replaced by `[…]`.

    Compared without diacritics, case and punctuation. Secrets shorter than three letters are not looked for.
    """
    runs = {run for secret in secrets for run in _runs(secret)}
    words = [(found.start(), found.end(), fold(found[0])) for found in _WORD.finditer(text)]
    hidden = [False] * len(words)
    for place in range(len(words)):
        for length in range(1, _RUN + 1):
            if tuple(word for _start, _end, word in words[place : place + length]) in runs:
                hidden[place : place + length] = [True] * min(length, len(words) - place)
    return _blanked(text, words, hidden)


def _runs(secret: str) -> Iterable[tuple[str, ...]]:
    for clause in _CLAUSE.split(secret):
        words = tuple(fold(one) for one in _WORD.findall(clause))
        if sum(map(len, words)) < _RUN:
            continue
        if len(words) <= _RUN:
            yield words
        else:
            yield from (words[place : place + _RUN] for place in range(len(words) - _RUN + 1))


def _blanked(text: str, words: list[tuple[int, int, str]], hidden: list[bool]) -> str:
    parts: list[str] = []
    kept_from, place = 0, 0
    while place < len(words):
        if not hidden[place]:
            place += 1
            continue
        last = place
        while last + 1 < len(words) and hidden[last + 1]:
            last += 1
        parts += [text[kept_from : words[place][0]], BLANK]
        kept_from, place = words[last][1], last + 1
    return "".join([*parts, text[kept_from:]])
