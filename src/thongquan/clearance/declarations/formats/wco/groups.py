"""Groups of the table: elements that hold elements. A part becomes a struct; wrapping only passes its children on."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import SubElement, _Element

from thongquan.clearance.declarations.formats.wco.keeping import keep
from thongquan.clearance.declarations.formats.wco.nodes import DEC, REFUSED, SHORTHANDS, Node, Values
from thongquan.clearance.declarations.formats.wco.session import Reading, Writing


class Group(Node):
    """Wrapping: its children belong to the part around it."""

    __slots__ = ("children", "local", "lookup", "namespace")

    def __init__(self, name: str, wco: str, *children: Node, namespace: str = DEC) -> None:
        super().__init__(name, wco)
        self.children = children
        self.namespace = namespace
        self.tag = f"{{{namespace}}}{name}"
        self.once = True
        slot = 0
        for child in children:
            slot = child.place(slot, getattr(child, "namespace", namespace))
        self.lookup = {child.tag: child for child in children}
        self.local = {child.name: child for child in children}

    def find(self, reading: Reading, element: _Element) -> Node | None:
        """Find the child whose name the element bears, whatever its namespace; glued prefixes are noted."""
        name = str(element.tag).rpartition("}")[2]
        node = self.local.get(name)
        if node is not None:
            return node
        for prefix in SHORTHANDS:
            if name.startswith(prefix) and (node := self.local.get(name[len(prefix) :])):
                reading.note(element, "name", name)
                return node
        return None

    def read(self, reading: Reading, element: _Element, values: Values) -> int:
        """Read the children into the part around; wrapping around nothing that is ours is kept as it is."""
        mark = reading.mark()
        if self.read_children(reading, element, values):
            return self.slot
        reading.forget(mark)
        return REFUSED

    def read_children(self, reading: Reading, element: _Element, values: Values) -> bool:
        """Read each child by its node; tell whether any was taken."""
        lookup, careful = self.lookup, reading.careful
        slots: list[int] = []
        opened: set[int] = set()
        last, ordered, kept = -1, True, 0
        for child in element:
            node = lookup.get(child.tag) or self.find(reading, child)
            if node is None or (node.once and node.slot in opened):
                keep(reading, element, child, len(slots) + kept)
                kept += 1
                continue
            if node.simple and not careful:
                # The commonest case without a call: plain text that needs no second look.
                text, key = child.text, node.key
                if text and text.isascii() and text == text.strip() and key not in values:
                    values[key] = text
                    reading.letters += len(text)
                    slot = node.slot
                else:
                    slot = node.read(reading, child, values)
            else:
                slot = node.read(reading, child, values)
            if slot < 0:
                keep(reading, element, child, len(slots) + kept)
                kept += 1
                continue
            if node.once:
                opened.add(slot)
            if careful:
                inspect(reading, child, node.attributes)
            if slot < last:
                ordered = False
            slots.append(slot)
            last = slot
        reading.elements += len(slots)
        if careful or not ordered:
            _note(reading, element, () if ordered else _places(slots))
        return bool(slots)

    def write(self, writing: Writing, parent: _Element, values: Values) -> bool:
        """Write the element when any child has something to say."""
        element = SubElement(parent, self.tag)
        if self.write_children(writing, element, values):
            return True
        parent.remove(element)
        return False

    def write_children(self, writing: Writing, element: _Element, values: Values) -> bool:
        """Write every child; tell whether any wrote."""
        wrote = False
        for child in self.children:
            wrote = child.write(writing, element, values) or wrote
        return wrote

    def named(self) -> Iterator[str]:
        """Name every field of the part around that stands in this group."""
        for child in self.children:
            yield from child.fields()

    def many_named(self) -> Iterator[str]:
        """Name those of them that are tuples."""
        for child in self.children:
            yield from child.many_fields()

    def fields(self) -> Iterator[str]:
        """Wrapping fills the fields that its children fill."""
        return self.named()

    def many_fields(self) -> Iterator[str]:
        """Wrapping fills the tuples that its children fill."""
        return self.many_named()


def _note(reading: Reading, element: _Element, order: tuple[int, ...]) -> None:
    """Keep the order of the children where it is not that of the schema, and text before the first of them."""
    if order:
        reading.note(element, "order", order)
    if reading.careful and element.text and element.text.strip():
        reading.note(element, "text", element.text)


def inspect(reading: Reading, element: _Element, attributes: tuple[str, ...]) -> None:
    """Keep attributes that no field takes, and text that follows the element."""
    kept = {str(name): str(value) for name, value in element.items() if name not in attributes and not hint(str(name))}
    if kept:
        reading.note(element, "attributes", kept)
    if element.tail and element.tail.strip():
        reading.note(element, "tail", element.tail)


def hint(name: str) -> bool:
    """Whether an attribute only tells a parser where the schema lies."""
    return name.startswith("{http://www.w3.org/2001/XMLSchema-instance}") and name.endswith("chemaLocation")


def _places(slots: list[int]) -> tuple[int, ...]:
    """For each child as it stands, its place among them in the order of the schema."""
    places = [0] * len(slots)
    for place, standing in enumerate(sorted(range(len(slots)), key=slots.__getitem__)):
        places[standing] = place
    return tuple(places)
