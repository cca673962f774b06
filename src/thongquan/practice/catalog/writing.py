"""Writes kinds of goods down as declarants do: a style says which habits meet in one person.

A kind is written in `VARIANTS` ways, always the same for the same kind; a text of the world is one of them, with the
numbers of stock books, orders and lists filled in. That makes texts cheap, and lets the same sentence come back many
times, as it does when a declarant copies yesterday's line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from zlib import crc32

import numpy as np

from thongquan.practice.catalog import clauses, spelling
from thongquan.practice.catalog.clauses import LONG, SHORT
from thongquan.practice.catalog.draws import Draws
from thongquan.practice.catalog.kind import Kind
from thongquan.practice.catalog.spelling import LONGEST

__all__ = ["LONGEST", "descriptions"]

VARIANTS = 160
SHORTEST = 10
"""Shorter texts are not taken by customs (parameter `description_min_length`): the declarant adds the usual words."""
_CHANCE_PER_TEXT = 48
_ROOM_FOR_NUMBERS = 12
Clause = Callable[[Kind, Draws], str]
Spelling = Callable[[str, Draws], str]


class Style(NamedTuple):
    """How often one sort of declarant says what, and spells how: shares from 0 to 1."""

    share: float
    names: tuple[Clause, ...]
    says: tuple[tuple[Clause, float], ...]
    spells: tuple[tuple[Spelling, float], ...]
    code: float = 0.0
    stirs: float = 0.0


STYLES = (
    Style(  # the careful one: all that the form asks for, in order
        share=0.26,
        names=(clauses.plain_name,),
        says=(
            *((clauses.detail, 0.8), (clauses.size, 0.9), (clauses.brand, 0.7), (clauses.model, 0.75)),
            *((clauses.packing, 0.5), (clauses.maker, 0.12), (clauses.boilerplate, 0.12), (clauses.is_new, 0.95)),
        ),
        spells=((spelling.old_tones, 0.3), (spelling.closes, 0.2), (spelling.points, 0.2)),
        code=0.05,
    ),
    Style(  # the factory: codes of its own stock book, few words
        share=0.22,
        names=(clauses.plain_name, clauses.plain_name, clauses.trade_name, clauses.with_english),
        says=(
            *((clauses.size, 0.7), (clauses.model, 0.5), (clauses.detail, 0.5), (clauses.brand, 0.15)),
            *((clauses.is_new, 0.7), (clauses.reference, 0.12)),
        ),
        spells=((spelling.abbreviates, 0.3), (spelling.tightens, 0.3), (spelling.points, 0.5), (spelling.bare, 0.06)),
        code=0.9,
    ),
    Style(  # the trader of the border market: in haste
        share=0.2,
        names=(clauses.trade_name, clauses.plain_name),
        says=((clauses.packing, 0.6), (clauses.size, 0.4), (clauses.made_in, 0.35), (clauses.is_new, 0.5)),
        spells=(
            *((spelling.abbreviates, 0.5), (spelling.half_bare, 0.15), (spelling.bare, 0.2), (spelling.slips, 0.15)),
            *((spelling.whispers, 0.15), (spelling.tightens, 0.3), (spelling.loosens, 0.1)),
        ),
        stirs=0.2,
    ),
    Style(  # the one who copies the invoice: three languages in a line
        share=0.16,
        names=(clauses.with_english, clauses.with_chinese, clauses.with_chinese),
        says=(
            *((clauses.model, 0.7), (clauses.size, 0.7), (clauses.brand, 0.6), (clauses.detail, 0.4)),
            *((clauses.maker, 0.3), (clauses.made_in, 0.3), (clauses.is_new, 0.8)),
        ),
        spells=((spelling.shouts, 0.2), (spelling.points, 0.6), (spelling.bare, 0.1), (spelling.loosens, 0.15)),
        code=0.1,
        stirs=0.3,
    ),
    Style(  # the agent's template: boilerplate under everything
        share=0.16,
        names=(clauses.plain_name,),
        says=(
            *((clauses.detail, 0.6), (clauses.size, 0.6), (clauses.brand, 0.5), (clauses.model, 0.4)),
            *((clauses.packing, 0.4), (clauses.made_in, 0.4), (clauses.boilerplate, 0.8), (clauses.is_new, 0.9)),
            (clauses.reference, 0.3),
        ),
        spells=((spelling.shouts, 0.12), (spelling.abbreviates, 0.4), (spelling.slips, 0.05), (spelling.closes, 0.3)),
        code=0.1,
        stirs=0.15,
    ),
)
_SHARES = tuple(style.share for style in STYLES)
_BOOKS: dict[str, _Book] = {}


def descriptions(kind: Kind, *, rng: np.random.Generator, count: int) -> list[str]:
    """Write a kind down `count` times as declarants do: NFC, from 10 (`SHORTEST`) to 200 characters (`LONGEST`).

    The texts depend on the kind and on the generator alone, and are the same on every machine. Those of a kind that
    goes both ways say nothing of the direction. Many at once are cheaper than one by one.
    """
    book = _book(kind)
    chosen = rng.integers(0, VARIANTS, count).tolist()
    numbers = rng.integers(0, 90_000, count).tolist()
    return [_numbered(book.way(way), number) for way, number in zip(chosen, numbers, strict=True)]


def _numbered(text: str, number: int) -> str:
    """Fill in the numbers that stand in stock books and orders."""
    if LONG in text:
        text = text.replace(LONG, str(number + 100))
    return text.replace(SHORT, str(number % 97 + 1)) if SHORT in text else text


class _Book:
    """The ways in which one kind is written. Each is written out when it is first asked for, and is the same then."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        rng = np.random.Generator(np.random.PCG64(crc32(kind.key.encode())))
        self._chances = rng.random((VARIANTS, _CHANCE_PER_TEXT))
        self._ways: list[str] = [""] * VARIANTS

    def way(self, number: int) -> str:
        """The way of that number."""
        if not self._ways[number]:
            self._ways[number] = _written(self.kind, Draws(self._chances[number].tolist()))
        return self._ways[number]


def _book(kind: Kind) -> _Book:
    """Kept for the process; another kind under the same key replaces it."""
    kept = _BOOKS.get(kind.key)
    if kept is None or (kept.kind is not kind and kept.kind != kind):
        kept = _BOOKS[kind.key] = _Book(kind)
    return kept


def _written(kind: Kind, draws: Draws) -> str:
    """One way: a style, its clauses, its spelling, cut to the field."""
    style = draws.weighted(STYLES, _SHARES)
    text = ", ".join(part for part in _clauses(kind, style, draws) if part)
    for habit, share in style.spells:
        if draws.happens(share):
            text = habit(text, draws)
    if len(text) < SHORTEST:
        text = f"{text}, {clauses.boilerplate(kind, draws)}"
    front = clauses.own_code(kind, draws) if draws.happens(style.code * clauses.coded(kind)) else ""
    behind = clauses.leaving_mark(kind, draws) if kind.flow == "export" and draws.happens(0.8) else ""
    return front + spelling.fits(text, LONGEST - _ROOM_FOR_NUMBERS - len(front) - len(behind)) + behind


def _clauses(kind: Kind, style: Style, draws: Draws) -> list[str]:
    """The name, then what the style says of it; some put it in another order."""
    name = draws.one(style.names)(kind, draws)
    said = [clause(kind, draws) for clause, share in style.says if draws.happens(share)]
    if len(said) > 1 and draws.happens(style.stirs):
        turn = 1 + draws.below(len(said) - 1)
        said = said[turn:] + said[:turn]
    return [name, *said]
