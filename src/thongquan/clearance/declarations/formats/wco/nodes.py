"""The vocabulary of the mapping table: an element is a leaf (a value) or a group (a part, or mere wrapping).

A node knows its element's name, the WCO identifier, and the field it stands for. Fields are named from the struct that
the surrounding part is read into, dotted where that struct holds another (`invoice.amount`). The order of children in
a group is the order of the schema.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lxml.etree import _Element

from thongquan.clearance.declarations.formats.wco.session import Reading, Writing

Values = dict[str, Any]
"""What has been read of one part so far (or is to be written): field to value."""

REFUSED = -1
"""Given by `read` for an element that its field cannot take: it is kept as it is."""

DEC = "urn:wco:datamodel:WCO:DEC-DMS:2"
META = "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"
TYPES = "urn:wco:datamodel:WCO:Declaration_DS:DMS:2"
GATEWAY = "http://uk/gov/hmrc/mdg/declarationmanagement/submitdeclaration/request/schema/v1"
SHORTHANDS = ("md", "_2", "p")
"""Prefixes that careless tools glue to a name (`mdMetaData`): read as the name without, and written back with."""


class Node(ABC):
    """An element of the table. `slot` is its place in the order of its parent's children."""

    __slots__ = ("attributes", "key", "many", "name", "once", "simple", "slot", "tag", "wco")

    def __init__(self, name: str, wco: str, attributes: tuple[str, ...] = ()) -> None:
        self.name = name
        self.wco = wco
        self.attributes = attributes
        self.slot = 0
        self.many = False
        self.once = False
        self.simple = False
        self.key = ""
        self.tag = f"{{{DEC}}}{name}"

    def place(self, slot: int, namespace: str) -> int:
        """Take the places from `slot` on under a parent of `namespace`; give the next free one."""
        self.slot = slot
        self.tag = f"{{{namespace}}}{self.name}"
        return slot + 1

    def fields(self) -> Iterator[str]:
        """Name the fields of the part around that this element fills."""
        yield self.key

    def many_fields(self) -> Iterator[str]:
        """Name those of them that are tuples."""
        return iter(())

    @abstractmethod
    def read(self, reading: Reading, element: _Element, values: Values) -> int:
        """Put the element's value into `values`; give the slot it takes, or REFUSED."""

    @abstractmethod
    def write(self, writing: Writing, parent: _Element, values: Values) -> bool:
        """Append the element when its field has a value; tell whether it did."""


class Promotion:
    """A repeated part that stands for a field of its own: how a coded statement becomes the regime's date.

    An item is promoted when it says exactly `match` and the fields of `take` (item field to field outside; those in
    `optional` may miss). `read` and `write` turn the item's word into the field's value and back. With `many`, each
    such item becomes one `struct` in the tuple of that name.
    """

    __slots__ = ("many", "match", "optional", "read", "slot", "struct", "take", "write")

    def __init__(
        self,
        match: Mapping[str, str],
        take: Mapping[str, str],
        *,
        optional: frozenset[str] = frozenset(),
        read: Callable[[str], Any] | None = None,
        write: Callable[[Any], str] | None = None,
        many: str | None = None,
        struct: type | None = None,
    ) -> None:
        self.match, self.take, self.optional = match, take, optional
        self.read, self.write = read, write
        self.many, self.struct = many, struct
        self.slot = 0

    def fits(self, item: Values, values: Values) -> bool:
        """Whether the item says exactly this and its fields are still free."""
        size = len(self.match)
        for field, wanted in self.match.items():
            if item.get(field) != wanted:
                return False
        for field, target in self.take.items():
            if field in item:
                size += 1
                if not self.many and target in values:
                    return False
            elif field not in self.optional:
                return False
        return len(self.match) < size == len(item)

    def give(self, item: Values, values: Values) -> None:
        """Move the item's words to their fields. Raises Unreadable."""
        moved = {
            target: self.read(item[field]) if self.read else item[field]
            for field, target in self.take.items()
            if field in item
        }
        if self.many and self.struct:
            values.setdefault(self.many, []).append(self.struct(**moved))
        else:
            values.update(moved)

    def items(self, values: Values) -> list[Values]:
        """Give the items to write for what `values` says."""
        if self.many:
            sources = [
                {field: getattr(one, field) for field in self.take.values()} for one in values.get(self.many, ())
            ]
        else:
            sources = [values]
        found = (self._item(source) for source in sources)
        return [item for item in found if item is not None]

    def _item(self, source: Values) -> Values | None:
        item: Values = dict(self.match)
        for field, target in self.take.items():
            value = source.get(target)
            if value is None:
                if field not in self.optional:
                    return None
                continue
            item[field] = self.write(value) if self.write else value
        return item if len(item) > len(self.match) else None
