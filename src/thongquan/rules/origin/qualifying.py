"""Whether goods would meet a product rule, by how a trader says they are made: met, not met, or cannot be said.

Legal basis: the agreements' rules of origin as dated data (`ProductRule`); the computations are those of `computing`.
What the trader does not tell, or the law at hand does not give, is never guessed: then it cannot be said, and why.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Literal

from msgspec.structs import replace

from thongquan.rules.origin.computing import Content, Material, Shift, regional_value, tariff_shift
from thongquan.rules.origin.criteria import Criterion, alternatives, is_wholly_made
from thongquan.rules.origin.law import ProductRule
from thongquan.rules.parts import Frozen

Answer = Literal["met", "not_met", "unknown"]
Way = Literal["", "wholly", "originating", "materials"]
Why = Literal[
    "wholly",
    "made",
    "changed",
    "unchanged",
    "content",
    "too_little",
    "not_told",
    "no_rule",
    "unread_rule",
    "no_materials",
    "no_code",
    "no_price",
    "no_value",
    "no_threshold",
    "needs_wholly",
    "needs_person",
    "rule",
]


class Making(Frozen, frozen=True, kw_only=True):
    """How goods are made. `fob` and the materials' values are in one currency; `origin` of a material is its country.

    `wholly`: wholly obtained; `originating`: of originating materials alone; `materials`: of those listed.
    """

    way: Way = ""
    fob: Decimal | None = None
    materials: tuple[Material, ...] = ()


class PartAnswer(Frozen, frozen=True, kw_only=True):
    """One criterion of a rule with its answer and the computation behind it."""

    criterion: str
    answer: Answer
    why: Why
    shift: Shift | None = None
    content: Content | None = None


class Qualification(Frozen, frozen=True, kw_only=True):
    """The answer for one agreement. `alternatives`: one whole of them is enough.

    `general`: no rule of the product's own is held; a list of product rules that is not at hand may ask for another.
    """

    answer: Answer
    why: Why
    general: bool = False
    alternatives: tuple[tuple[PartAnswer, ...], ...] = ()


def qualification(hs: str, making: Making, rule: ProductRule | None, members: Collection[str]) -> Qualification:
    """Hold how goods of a code are made against the rule of an agreement with these members."""
    general = rule is not None and not rule.hs
    if making.way == "wholly":
        return Qualification(answer="met", why="wholly", general=general)
    if rule is None:
        return Qualification(answer="unknown", why="no_rule")
    told = alternatives(rule.rule)
    if not told:
        return Qualification(answer="unknown", why="unread_rule", general=general)
    if not making.way:
        return Qualification(answer="unknown", why="not_told", general=general)
    counted = replace(making, materials=cumulated(making.materials, members))
    answered = tuple(tuple(_part(hs, counted, part) for part in parts) for parts in told)
    answer = _any([_all(parts) for parts in answered])
    return Qualification(answer=answer, why="rule", general=general, alternatives=answered)


def cumulated(materials: tuple[Material, ...], members: Collection[str]) -> tuple[Material, ...]:
    """The materials with those of members counted as originating; each then needs a proof of its own."""
    return tuple(replace(one, originating=one.originating or one.origin in members) for one in materials)


def _all(parts: tuple[PartAnswer, ...]) -> Answer:
    answers = {one.answer for one in parts}
    return "not_met" if "not_met" in answers else "unknown" if "unknown" in answers else "met"


def _any(answers: list[Answer]) -> Answer:
    return "met" if "met" in answers else "unknown" if "unknown" in answers else "not_met"


def _part(hs: str, making: Making, asked: Criterion) -> PartAnswer:
    if making.way == "originating":
        answer: Answer = "not_met" if asked.kind == "WO" else "met"
        return PartAnswer(criterion=asked.key, answer=answer, why="needs_wholly" if answer == "not_met" else "made")
    if asked.kind == "WO":
        return PartAnswer(criterion=asked.key, answer="not_met", why="needs_wholly")
    if asked.kind in ("SP", "PSR"):
        return PartAnswer(criterion=asked.key, answer="unknown", why="needs_person")
    if not making.materials:
        return PartAnswer(criterion=asked.key, answer="unknown", why="no_materials")
    if is_wholly_made(asked):
        own = all(one.originating for one in making.materials)
        return PartAnswer(criterion=asked.key, answer="met" if own else "not_met", why="made" if own else "unchanged")
    return _shifted(hs, making, asked) if asked.kind == "CTC" else _valued(making, asked)


def _shifted(hs: str, making: Making, asked: Criterion) -> PartAnswer:
    """A change of code; a foreign material whose code is too short to tell leaves it open, unless another fails."""
    foreign = [one for one in making.materials if not one.originating]
    told = tuple(one for one in foreign if len(one.hs) >= asked.digits)
    shift = tariff_shift(hs, told, asked.digits)
    if not shift.met:
        return PartAnswer(criterion=asked.key, answer="not_met", why="unchanged", shift=shift)
    if len(told) < len(foreign):
        return PartAnswer(criterion=asked.key, answer="unknown", why="no_code", shift=shift)
    return PartAnswer(criterion=asked.key, answer="met", why="changed", shift=shift)


def _valued(making: Making, asked: Criterion) -> PartAnswer:
    """Build-down of the regional value: what is not told cannot make it higher."""
    if asked.percent is None:
        return PartAnswer(criterion=asked.key, answer="unknown", why="no_threshold")
    if making.fob is None or making.fob <= 0:
        return PartAnswer(criterion=asked.key, answer="unknown", why="no_price")
    content = regional_value(making.fob, making.materials, asked.percent, method="build_down")
    if content.met and any(one.value <= 0 for one in making.materials if not one.originating):
        return PartAnswer(criterion=asked.key, answer="unknown", why="no_value", content=content)
    answer: Answer = "met" if content.met else "not_met"
    why: Why = "content" if content.met else "too_little"
    return PartAnswer(criterion=asked.key, answer=answer, why=why, content=content)
