"""What is known of goods and their codes, whoever said it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from thongquan.learning.text import canonical, fingerprint

SHORTEST, LONGEST = 4, 8


class Source(StrEnum):
    """Who said it."""

    HISTORY = "history"
    PRECEDENT = "precedent"
    NOMENCLATURE = "nomenclature"
    REFERENCE = "reference"


class Example(NamedTuple):
    """A description and its code. `reference` points at where it stands, `times` says how often."""

    description: str
    code: str
    source: Source = Source.HISTORY
    reference: str = ""
    times: int = 1


def digits_of(code: str) -> str:
    """The digits of a code, 8 at most and an even number of them; '' when fewer than 4 are left."""
    digits = "".join(sign for sign in code if sign in "0123456789")[:LONGEST]
    digits = digits[: len(digits) // 2 * 2]
    return digits if len(digits) >= SHORTEST else ""


def wording(description: str) -> str:
    """The same for descriptions that differ in numbers and codes of models at most; '' without a word."""
    return fingerprint(canonical(description)._replace(quantities=(), models=()))


def merged(examples: Iterable[Example]) -> list[Example]:
    """One example for the same wording under the same code from the same sort of source, with their number.

    Examples without a code or without a word are left out.
    """
    found: dict[tuple[str, str, str], Example] = {}
    for one in examples:
        code, key = digits_of(one.code), wording(one.description)
        if not code or not key:
            continue
        before = found.get((key, code, one.source))
        if before is None:
            found[key, code, one.source] = one._replace(code=code)
        else:
            found[key, code, one.source] = before._replace(times=before.times + one.times)
    return list(found.values())


def settled(examples: Iterable[Example]) -> list[Example]:
    """Of the same goods under several codes only the most frequent: the others are more likely wrong than right."""
    found: dict[str, Example] = {}
    for one in examples:
        key = wording(one.description)
        before = found.get(key)
        if before is None or (one.times, before.code) > (before.times, one.code):
            found[key] = one
    return list(found.values())
