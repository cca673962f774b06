"""What an expression may cost, known before it runs: CEL has no loops but its macros, and these may not stand within
one another, so that its steps grow with its length times the lines of a declaration and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_CHARACTERS = 1_000
MOST_DEPTH = 12
MOST_WALKS = 4
MOST_PATTERNS = 3
MOST_LIST = 200
BUDGET_SECONDS = 0.002
"""The longest that an expression may take on the largest declaration there can be (50 lines)."""

_STRING = re.compile(r"""(?:[rR]|[bB])?("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""")
_WALK = re.compile(r"\.\s*(?:all|exists|exists_one|filter|map)\s*\(")
_PATTERN = re.compile(r"(?<!\w)matches\s*\(")
_WORD = re.compile(r"(?<![\w.])[a-zA-Z_]\w*")
_TEMPLATE = re.compile(r"\"\"\"|'''")


def over_limit(expression: str) -> Iterator[tuple[str, int]]:
    """The limits that an expression breaks: `characters`, `depth`, `walks`, `nested`, `patterns`, `list`, `quotes`."""
    if len(expression) > MOST_CHARACTERS:
        yield "characters", MOST_CHARACTERS
        return
    if _TEMPLATE.search(expression):
        yield "quotes", 1
        return
    bare = without_strings(expression)
    if _depth(bare) > MOST_DEPTH:
        yield "depth", MOST_DEPTH
    if len(_WALK.findall(bare)) > MOST_WALKS:
        yield "walks", MOST_WALKS
    if _nested(bare):
        yield "nested", 1
    if len(_PATTERN.findall(bare)) > MOST_PATTERNS:
        yield "patterns", MOST_PATTERNS
    if bare.count(",") > MOST_LIST:
        yield "list", MOST_LIST


def without_strings(expression: str) -> str:
    """The expression with what stands in quotes taken out, and comments."""
    return re.sub(r"//[^\n]*", " ", _STRING.sub('""', expression))


def words_of(expression: str) -> frozenset[str]:
    """The names an expression speaks of, without those after a dot."""
    return frozenset(_WORD.findall(without_strings(expression)))


def _depth(bare: str) -> int:
    depth = deepest = 0
    for letter in bare:
        if letter in "([{?!-":
            depth += letter in "([{"
            deepest = max(deepest, depth)
        elif letter in ")]}":
            depth -= 1
    return deepest


def _nested(bare: str) -> bool:
    """Whether a walk over a list stands within another."""
    for found in _WALK.finditer(bare):
        depth = 1
        for place in range(found.end(), len(bare)):
            depth += (bare[place] == "(") - (bare[place] == ")")
            if not depth:
                if _WALK.search(bare, found.end(), place):
                    return True
                break
    return False
