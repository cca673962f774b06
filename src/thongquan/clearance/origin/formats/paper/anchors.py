"""Finding the labels of a form among the pieces of a page, also where a scan joined or misread a few letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from thongquan.clearance.origin.formats.paper.layout import Row, forms, rows_of, squeezed
from thongquan.clearance.origin.formats.paper.shape import Page, Piece

ALIKE = 0.84
SHORTEST = 8
FULL = 24
_NUMBER_ALONE = re.compile(r"\d{1,2}\s*[.,]?")


class Anchor(NamedTuple):
    """A label that was found."""

    row: Row
    piece: Piece
    likeness: float


def form_of(pages: Sequence[Page]) -> str:
    """The form whose titles and labels the first page carries; empty when none is likely."""
    scores = {form: _score(form, pages[0].pieces) for form in forms()} if pages else {}
    best = max(scores, key=lambda form: scores[form], default="")
    return best if scores.get(best, 0) >= 4 else ""


def _score(form: str, pieces: Sequence[Piece]) -> float:
    text = squeezed(" ".join(piece.text for piece in pieces))
    titles = sum(3 for row in rows_of(form, "title") if row.squeezed in text)
    return titles + len(anchors_of(form, pieces)) / 3


def anchors_of(form: str, pieces: Sequence[Piece]) -> list[Anchor]:
    """Each box's label where it is most alike, above a bound."""
    found = []
    for row in rows_of(form, "box"):
        best = max(((_likeness(row, piece), piece) for piece in pieces), key=lambda one: one[0], default=None)
        if best is not None and best[0] >= ALIKE:
            found.append(Anchor(row, _with_number(best[1], pieces), best[0]))
    return found


def _likeness(row: Row, piece: Piece) -> float:
    """How far the beginning of a piece is the beginning of a label; a narrow column may break a label early."""
    text, label = squeezed(piece.text), row.squeezed
    if not text:
        return 0.0
    if len(text) < len(label):
        length = len(text)
        enough = length >= SHORTEST or label[:length] == text
        return (
            SequenceMatcher(None, text, label[:length]).ratio() - (0.1 if length < FULL else 0)
            if enough and length > 3
            else 0.0
        )
    return SequenceMatcher(None, text[: len(label)], label).ratio()


def _with_number(piece: Piece, pieces: Iterable[Piece]) -> Piece:
    """The label with the box number left of it, where that is a piece of its own."""
    for one in pieces:
        near = one.right <= piece.left and piece.left - one.right < 30 and abs(one.top - piece.top) < 8
        if near and _NUMBER_ALONE.fullmatch(one.text):
            return Piece(piece.text, one.left, piece.top, piece.right, piece.bottom, piece.sure)
    return piece


def is_upside_down(form: str, page: Page) -> bool:
    """Whether the boxes run from the bottom to the top."""
    tops = {one.row.box: one.piece.top for one in anchors_of(form, page.pieces)}
    order = [tops[box] for box in ("1", "2", "3", "7", "11") if box in tops]
    falling = sum(after < before for before, after in pairwise(order))
    return len(order) > 1 and falling * 2 > len(order) - 1
