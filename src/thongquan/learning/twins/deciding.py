"""Attributes that decide between codes of a heading: goods that differ in one are not the same goods."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from thongquan.learning.text import Canonical, traits


class Kind(StrEnum):
    """How an attribute is read out of a description."""

    MATERIAL = "material"
    WORDS = "words"
    LIMIT = "limit"


class Attribute(NamedTuple):
    """One attribute of the codes that begin with `prefix`; a row of a table that officers extend.

    `WORDS`: each of `values` is one answer, its spellings (folded) separated by `|`. `LIMIT`: quantities of `unit`
    (a base unit) on different sides of one of the `limits` differ. `MATERIAL`: the materials named differ altogether.
    """

    prefix: str
    kind: Kind
    name: str
    values: tuple[str, ...] = ()
    unit: str = ""
    limits: tuple[float, ...] = ()


def parting(
    attributes: Sequence[Attribute], one: Canonical, other: Canonical, codes: tuple[str, str]
) -> Attribute | None:
    """The first attribute of either code in which the goods differ; None when none does or one of them is silent."""
    for attribute in attributes:
        if any(code.startswith(attribute.prefix) for code in codes):
            first, second = _answer(attribute, one), _answer(attribute, other)
            if first and second and not first & second:
                return attribute
    return None


def _answer(attribute: Attribute, goods: Canonical) -> frozenset[str]:
    if attribute.kind is Kind.MATERIAL:
        return frozenset(traits(goods).materials)
    if attribute.kind is Kind.WORDS:
        text = f" {' '.join(word.folded for word in goods.words)} {' '.join(goods.han)} "
        return frozenset(value for value in attribute.values if any(_in(word, text) for word in value.split("|")))
    amounts = [one.amount for one in goods.quantities if one.unit == attribute.unit]
    return frozenset(str(sum(amount > limit for limit in attribute.limits)) for amount in amounts)


def _in(word: str, text: str) -> bool:
    return f" {word} " in text if word.isascii() else word in text
