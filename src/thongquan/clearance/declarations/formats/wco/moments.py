"""Leaves of the table that hold a day or a moment."""

from __future__ import annotations

from datetime import date
from typing import Any

from lxml.etree import SubElement, _Element

from thongquan.clearance.declarations.formats.wco import values as words
from thongquan.clearance.declarations.formats.wco.leaves import Leaf
from thongquan.clearance.declarations.formats.wco.nodes import REFUSED, TYPES, Values
from thongquan.clearance.declarations.formats.wco.session import Reading, Writing


class Moment(Leaf):
    """A moment: the element holds a DateTimeString with its format code."""

    __slots__ = ()
    kind = "datetime"
    format = words.SECOND

    def read(self, reading: Reading, element: _Element, values: Values) -> int:
        """Take the moment; other ways to write one are kept as they are."""
        if self.key in values or len(element) != 1:
            return REFUSED
        inner = element[0]
        local = str(inner.tag).rpartition("}")[2]
        text = (inner.text or "").strip()
        if not text or not local.endswith("DateTimeString") or inner.keys() != ["formatCode"]:
            return REFUSED
        if len(inner) or (inner.tail or "").strip() or (element.text or "").strip():
            return REFUSED
        try:
            values[self.key] = self.convert(text)
        except words.Unreadable as problem:
            reading.trouble(inner, problem.code, text)
            return self.slot
        self._inner(reading, inner, local, values[self.key])
        return self.slot

    def _inner(self, reading: Reading, inner: _Element, local: str, value: Any) -> None:
        reading.elements += 1
        reading.attributes += 1
        reading.letters += len(inner.text or "")
        if inner.get("formatCode") != self.format:
            reading.note(inner, "attributes", {"formatCode": inner.get("formatCode")})
        if local != "DateTimeString":
            reading.note(inner, "name", local)
        if self.text(value) != inner.text:
            reading.note(inner, "text", inner.text)

    def convert(self, text: str) -> Any:
        """Read the text. Raises Unreadable."""
        return words.moment(text)

    def put(self, writing: Writing, element: _Element, value: Any) -> None:
        """Write the DateTimeString inside."""
        inner = SubElement(element, f"{{{TYPES}}}DateTimeString", formatCode=self.format)
        inner.text = self.text(value)

    def text(self, value: Any) -> str:
        """Give the moment in format 304."""
        return words.moment_text(value)


class Day(Moment):
    """A calendar day, the same way."""

    __slots__ = ()
    kind = "date"
    format = words.DAY

    def convert(self, text: str) -> date:
        """Read the day; a moment gives the day it names. Raises Unreadable."""
        return words.day(text)

    def text(self, value: Any) -> str:
        """Give the day in format 102."""
        return words.day_text(value)
