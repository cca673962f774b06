"""What differs between two versions of a document: every field from what to what, header first, then line by line.

Lines are matched by their goods (code, origin, description) where lines were put in or taken out, else by their place.
Values are compared as values: 1.50 is 1.5, and a text that only moved is not a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

import msgspec

from thongquan.rules.document import Document, Frozen, Line

Kind = Literal["changed", "added", "removed"]
_PLACES = re.compile(r"\[\d+\]")
_NUMBER = "number"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One field, from what to what. `path` is like `lines[2].quantity`, `line` the number of the line or None.

    A whole line put in or taken out is one change with `lines[2]` as its path.
    """

    kind: Kind
    path: str
    line: int | None = None
    before: str = ""
    after: str = ""

    @property
    def field(self) -> str:
        """The path without places: `lines.quantity`."""
        return _PLACES.sub("", self.path)


def changes_between(before: Document, after: Document) -> list[Change]:
    """Every difference, in the order of the form."""
    return [*_differences(before, after, ""), *_of_lines(before.lines, after.lines)]


def _differences(before: Frozen, after: Frozen, path: str, line: int | None = None) -> Iterator[Change]:
    old, new = dict(_leaves(before, path)), dict(_leaves(after, path))
    for one in dict.fromkeys((*old, *new)):
        if old.get(one) != new.get(one):
            kind: Kind = "added" if one not in old else "removed" if one not in new else "changed"
            yield Change(kind=kind, path=one, line=line, before=_shown(old.get(one)), after=_shown(new.get(one)))


def _leaves(value: object, path: str) -> Iterator[tuple[str, object]]:
    """Every value that holds no others, by its path; lines of goods and their numbers are left to `_of_lines`."""
    if isinstance(value, Frozen):
        for name in value.__struct_fields__:
            if not (name == "lines" and isinstance(value, Document)) and not (
                name == _NUMBER and isinstance(value, Line)
            ):
                yield from _leaves(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            yield from _leaves(one, f"{path}[{place}]")
    elif value is not None:
        yield path, value


def _of_lines(before: tuple[Line, ...], after: tuple[Line, ...]) -> Iterator[Change]:
    for old, new in paired(before, after):
        if old is not None and new is not None:
            yield from _differences(before[old], after[new], f"lines[{new}]", after[new].number)
        elif new is not None:
            yield Change(kind="added", path=f"lines[{new}]", line=after[new].number, after=_told(after[new]))
        elif old is not None:
            yield Change(kind="removed", path=f"lines[{old}]", line=before[old].number, before=_told(before[old]))


def paired(before: tuple[Line, ...], after: tuple[Line, ...]) -> Iterator[tuple[int | None, int | None]]:
    """Which line became which, by place; None for one put in or taken out."""
    if len(before) == len(after):
        yield from ((place, place) for place in range(len(before)))
        return
    matcher = SequenceMatcher(None, [_goods(line) for line in before], [_goods(line) for line in after], autojunk=False)
    for _tag, old, old_end, new, new_end in matcher.get_opcodes():
        for place in range(max(old_end - old, new_end - new)):
            yield (
                old + place if old + place < old_end else None,
                new + place if new + place < new_end else None,
            )


def _goods(line: Line) -> tuple[str, str, str]:
    return (line.hs or "", line.origin or "", line.description or "")


def _told(line: Line) -> str:
    return " · ".join(part for part in (line.hs, line.description) if part)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format(value, "f") if hasattr(value, "as_tuple") else str(value)
