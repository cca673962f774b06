"""What stands in each box: the space between labels, without the label itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from thongquan.clearance.origin.formats.paper.anchors import Anchor, anchors_of
from thongquan.clearance.origin.formats.paper.layout import rows_of, squeezed
from thongquan.clearance.origin.formats.paper.shape import Page, Piece

SLACK = 9.0
FAR = 100_000.0
_ITEM = re.compile(r"(\d{1,3})[.)]?")
_NUMBER_ALONE = re.compile(r"\d{1,2}\s*[.,]?")


class Held(NamedTuple):
    """What a box holds: its lines from top to bottom, and the least certain of their pieces."""

    lines: tuple[str, ...]
    sure: float

    @property
    def text(self) -> str:
        """All of it in one line."""
        return " ".join(self.lines)


class Form(NamedTuple):
    """A page by its boxes: blocks by number, items by the number of each with its columns."""

    blocks: dict[str, Held]
    items: list[tuple[int, dict[str, Held]]]


EMPTY = Held((), 0.0)


def boxes_on(form: str, page: Page) -> Form:
    """The boxes of a page of a form."""
    anchors = anchors_of(form, page.pieces)
    columns = sorted((one for one in anchors if one.row.place == "column"), key=lambda one: one.piece.left)
    blocks = {
        one.row.box: held(_without_label(form, one, _inside(page.pieces, *_space(one, anchors))))
        for one in anchors
        if one.row.place != "column"
    }
    floor = min((one.piece.top for one in anchors if one.row.place.startswith("bottom")), default=FAR)
    return Form(blocks, list(_items(page.pieces, columns, floor)))


def _space(one: Anchor, anchors: Sequence[Anchor]) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the box of a label: to the next label of its side, and to the other side."""
    part, _dash, side = one.row.place.partition("-")
    others = [other.piece.left for other in anchors if other.row.place == f"{part}-right"]
    split = min(others, default=FAR) - SLACK
    left, right = (-FAR, split) if side == "left" else (split, FAR)
    below = [
        other.piece.top
        for other in anchors
        if other.piece.top > one.piece.top + SLACK and (other.row.place in ("column", one.row.place))
    ]
    return left, one.piece.top - SLACK / 2, right, min(below, default=FAR) - SLACK / 4


def _inside(pieces: Iterable[Piece], left: float, top: float, right: float, bottom: float) -> list[Piece]:
    """Pieces whose left end and middle height lie inside, from top to bottom."""
    found = [one for one in pieces if left <= one.left < right and top <= (one.top + one.bottom) / 2 < bottom]
    return sorted(found, key=lambda one: (round(one.top / 6), one.left))


def _without_label(form: str, anchor: Anchor, pieces: list[Piece]) -> list[Piece]:
    """The pieces after the words of the label, and what follows the label on its own line."""
    label, kept = anchor.row.squeezed, list[Piece]()
    rest = label
    for piece in pieces:
        if piece.right <= anchor.piece.left + 30 and _NUMBER_ALONE.fullmatch(piece.text):
            continue
        text = squeezed(piece.text)
        if rest and text and _same(rest[: len(text)], text):
            rest = rest[len(text) :]
            if len(text) > len(label) and (more := _after(piece.text, label)):
                kept.append(_saying(piece, more))
        else:
            kept.append(piece)
    return kept


def _same(wanted: str, text: str) -> bool:
    """Whether a line is (the beginning of) what is left of a label, a few letters misread; or begins with it all."""
    shorter = min(len(wanted), len(text))
    equal = sum(a == b for a, b in zip(wanted, text, strict=False))
    return shorter > 1 and equal >= 0.8 * shorter


def _after(text: str, label: str) -> str:
    """What follows a label on its line."""
    for place in range(len(text) + 1):
        if squeezed(text[:place]) == label:
            return text[place:].strip(" :.,;)")
    return ""


def _saying(piece: Piece, text: str) -> Piece:
    return Piece(text, piece.left, piece.top, piece.right, piece.bottom, piece.sure)


def held(pieces: Sequence[Piece]) -> Held:
    """Pieces as lines: those of one height stand on one line."""
    lines: list[list[Piece]] = []
    for piece in pieces:
        if lines and abs(lines[-1][0].top - piece.top) < 8:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    texts = tuple(" ".join(one.text for one in sorted(line, key=lambda one: one.left)) for line in lines)
    return Held(texts, min((one.sure for one in pieces), default=0.0))


def _items(pieces: Sequence[Piece], columns: Sequence[Anchor], floor: float) -> Iterable[tuple[int, dict[str, Held]]]:
    """Rows of the table, each from its number in the first column to the next."""
    if len(columns) < 3:
        return
    lefts = [one.piece.left - SLACK for one in columns]
    first = max(one.piece.bottom for one in columns)
    body = [one for one in pieces if first - SLACK <= one.top < floor]
    starts = [one for one in body if one.left < lefts[1] and _ITEM.fullmatch(one.text)]
    starts = sorted(starts, key=lambda one: one.top)
    for place, start in enumerate(starts):
        end = starts[place + 1].top if place + 1 < len(starts) else floor
        row = [one for one in body if start.top - 5 <= one.top < end - 5]
        cells = {
            column.row.box: held(_cell(row, left, lefts[at + 1] if at + 1 < len(lefts) else FAR))
            for at, (column, left) in enumerate(zip(columns, lefts, strict=True))
        }
        found = _ITEM.fullmatch(start.text)
        yield int(found[1]) if found else place + 1, cells


def _cell(row: Iterable[Piece], left: float, right: float) -> list[Piece]:
    found = [one for one in row if left <= one.left < right]
    return sorted(found, key=lambda one: (round(one.top / 6), one.left))


def ticked(form: str, pieces: Sequence[Piece]) -> dict[str, float]:
    """Marks of the form that are ticked, each with how sure: a sign of ticking right before the label."""
    found = {}
    for row in rows_of(form, "mark"):
        label = row.squeezed
        for piece in pieces:
            if label in squeezed(piece.text) and _is_ticked(row.label, piece, pieces):
                found[row.key] = piece.sure
    return found


def _is_ticked(label: str, piece: Piece, pieces: Sequence[Piece]) -> bool:
    before = piece.text[: max(piece.text.lower().find(label[:6].lower()), 0)].strip()
    if before:
        return _ticks(before[-3:])
    left = [
        one
        for one in pieces
        if one.right <= piece.left and piece.left - one.right < 40 and abs(one.top - piece.top) < 10
    ]
    return bool(left) and _ticks(max(left, key=lambda one: one.right).text)


def _ticks(text: str) -> bool:
    return bool(re.fullmatch(r"[\[(]?\s*[xXvV×✓✔√☑☒■]\s*[\])]?", text.strip()))
