"""What one reading and one writing carry along: faults met, what no field holds, what has been counted."""

from __future__ import annotations

from typing import Any, NamedTuple

from lxml.etree import _Element

from thongquan.rules.codes import Code

TOLD = 500
"""So many faults of one message are told; a message with more is beyond reading."""

Mark = tuple[int, int, int, int, int]


class Note(NamedTuple):
    """Something to keep of an element: which part of an Extension (`kind`) and what it says."""

    element: _Element
    kind: str
    value: Any


class Trouble(NamedTuple):
    """Something unreadable at an element: the code and the words that stand there."""

    element: _Element
    code: Code
    value: str


class Reading:
    """One document being read. `careful` looks at every attribute and every text between elements as well."""

    __slots__ = ("attributes", "careful", "elements", "foreign", "letters", "notes", "troubles")

    def __init__(self, *, careful: bool) -> None:
        self.careful = careful
        self.elements = 0
        self.attributes = 0
        self.letters = 0
        self.foreign = 0
        self.notes: list[Note] = []
        self.troubles: list[Trouble] = []

    def mark(self) -> Mark:
        """Remember what has been noted and counted so far."""
        return len(self.notes), self.elements, self.attributes, self.letters, self.foreign

    def forget(self, mark: Mark) -> None:
        """Take back what was noted and counted since the mark: the element will be kept as it stands."""
        del self.notes[mark[0] :]
        _, self.elements, self.attributes, self.letters, self.foreign = mark

    def note(self, element: _Element, kind: str, value: Any) -> None:
        """Keep something that the fields do not hold."""
        self.notes.append(Note(element, kind, value))

    def trouble(self, element: _Element, code: Code, value: str) -> None:
        """Report something unreadable; the reading goes on, so that all of it (up to TOLD) is told at once."""
        if len(self.troubles) < TOLD:
            self.troubles.append(Trouble(element, code, value[:200]))


class Writing:
    """One document being written."""

    __slots__ = ("unfit",)

    def __init__(self) -> None:
        self.unfit: list[str] = []
