"""Leaves of the table: elements that hold one value, by kind of value."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from lxml.etree import SubElement, _Element

from thongquan.clearance.declarations.formats.wco import values as words
from thongquan.clearance.declarations.formats.wco.nodes import REFUSED, Node, Values
from thongquan.clearance.declarations.formats.wco.session import Reading, Writing
from thongquan.rules.codes import Code
from thongquan.rules.parts import Money


class Leaf(Node):
    """A value without attributes: text in Unicode NFC, without blanks at its ends."""

    __slots__ = ()
    kind = "text"

    def __init__(self, name: str, wco: str, key: str, attributes: tuple[str, ...] = ()) -> None:
        super().__init__(name, wco, attributes)
        self.key = key
        self.simple = type(self) is Leaf

    def read(self, reading: Reading, element: _Element, values: Values) -> int:
        """Take the text; an empty element, or one with elements inside, is kept as it is."""
        text = element.text
        if text is None or self.key in values or (reading.careful and len(element)):
            return REFUSED
        value = text.strip()
        if not value:
            return REFUSED
        if not value.isascii():
            value = unicodedata.normalize("NFC", value)
        if value != text:
            reading.note(element, "text", text)
        reading.letters += len(text)
        values[self.key] = value
        return self.slot

    def write(self, writing: Writing, parent: _Element, values: Values) -> bool:
        """Write the value in its plain form."""
        value = values.get(self.key)
        if value is None:
            return False
        self.put(writing, SubElement(parent, self.tag), value)
        return True

    def put(self, writing: Writing, element: _Element, value: Any) -> None:
        """Set the text of a written element; control characters that XML has no place for are reported."""
        try:
            element.text = self.text(value)
        except ValueError:
            writing.unfit.append(self.key)

    def text(self, value: Any) -> str:
        """Give the plain form of a value."""
        return str(value)


class Integer(Leaf):
    """A whole number; with `unit`, the field its attribute goes to."""

    __slots__ = ("attribute", "unit")
    kind = "integer"
    plain: Callable[[str], object] = staticmethod(words.PLAIN_INTEGER)
    parse: Callable[[str], int | Decimal] = staticmethod(words.integer)
    convert: Callable[[str], int | Decimal] = staticmethod(int)

    def __init__(self, name: str, wco: str, key: str, unit: str | None = None, attribute: str = "unitCode") -> None:
        super().__init__(name, wco, key, (attribute,) if unit else ())
        self.unit, self.attribute = unit, attribute

    def fields(self) -> Iterator[str]:
        """The number, and its unit where it has a field."""
        yield from (self.key, self.unit) if self.unit else (self.key,)

    def read(self, reading: Reading, element: _Element, values: Values) -> int:
        """Take number and unit; either may miss, not both."""
        if self.key in values or (self.unit in values) or (reading.careful and len(element)):
            return REFUSED
        value = self.number(reading, element)
        unit = element.get(self.attribute) if self.unit else None
        if unit and self.unit:
            values[self.unit] = unit
            reading.attributes += 1
        if value is None:
            return self.slot if unit else REFUSED
        values[self.key] = value
        return self.slot

    def number(self, reading: Reading, element: _Element) -> Any:
        """Read the element's number; None when it has none. What cannot be read is reported and taken as zero."""
        text = element.text
        if text is None:
            return None
        reading.letters += len(text)
        if self.plain(text):
            return self.convert(text)
        value = text.strip()
        if not value:
            return None
        try:
            found = self.parse(value)
        except words.Unreadable as problem:
            reading.trouble(element, problem.code, value)
            return 0
        if words.number_text(found) != text:
            reading.note(element, "text", text)
        return found

    def write(self, writing: Writing, parent: _Element, values: Values) -> bool:
        """Write number and unit, whichever there is."""
        value = values.get(self.key)
        unit = values.get(self.unit) if self.unit else None
        if value is None and not unit:
            return False
        element = SubElement(parent, self.tag)
        if value is not None:
            element.text = words.number_text(value)
        if unit:
            self._attribute(writing, element, unit)
        return True

    def _attribute(self, writing: Writing, element: _Element, unit: str) -> None:
        try:
            element.set(self.attribute, unit)
        except ValueError:
            writing.unfit.append(self.unit or self.key)


class Number(Integer):
    """A decimal number that keeps its decimals."""

    __slots__ = ()
    kind = "decimal"
    plain = staticmethod(words.PLAIN_NUMBER)
    parse = staticmethod(words.number)
    convert = staticmethod(Decimal)


class Kilograms(Number):
    """A weight: a unit, where it is given, must be the kilogram."""

    __slots__ = ()
    kind = "decimal, kilograms"

    def read(self, reading: Reading, element: _Element, values: Values) -> int:
        """Take the weight; another unit than KGM is reported, never taken for kilograms."""
        unit = element.get("unitCode")
        if unit is not None and unit != "KGM":
            reading.trouble(element, Code.TQ_FMT_020, f"{element.text} {unit}")
        return super().read(reading, element, values)


class Amount(Number):
    """A decimal amount in one field and its currency in another."""

    __slots__ = ()
    kind = "decimal, currency beside"

    def __init__(self, name: str, wco: str, key: str, currency: str) -> None:
        super().__init__(name, wco, key, currency, "currencyID")


class Sum(Number):
    """An amount with its currency in one field."""

    __slots__ = ()
    kind = "money"

    def __init__(self, name: str, wco: str, key: str) -> None:
        super().__init__(name, wco, key)
        self.attributes = ("currencyID",)

    def read(self, reading: Reading, element: _Element, values: Values) -> int:
        """Take the amount; one without a currency is kept as it is."""
        currency = element.get("currencyID")
        if not currency or self.key in values or (reading.careful and len(element)):
            return REFUSED
        value = self.number(reading, element)
        if value is None:
            return REFUSED
        reading.attributes += 1
        values[self.key] = Money(amount=Decimal(value), currency=currency)
        return self.slot

    def write(self, writing: Writing, parent: _Element, values: Values) -> bool:
        """Write the amount with its currency."""
        money = values.get(self.key)
        if money is None:
            return False
        element = SubElement(parent, self.tag)
        element.text = words.number_text(money.amount)
        try:
            element.set("currencyID", money.currency)
        except ValueError:
            writing.unfit.append(self.key)
        return True


class Index(Leaf):
    """A running number that no field holds: the place of the item among its like."""

    __slots__ = ()
    kind = "running number"

    def read(self, reading: Reading, element: _Element, values: Values) -> int:
        """Take the number as said, so that one that does not run is kept."""
        if self.key in values or (reading.careful and len(element)):
            return REFUSED
        values[self.key] = element.text or ""
        reading.letters += len(values[self.key])
        return self.slot
