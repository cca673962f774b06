"""Groups of the table: elements that hold elements. A part becomes a struct; wrapping only passes its children on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
from lxml.etree import SubElement, _Element

from thongquan.clearance.declarations.formats.wco.frames import Frame
from thongquan.clearance.declarations.formats.wco.keeping import keep
from thongquan.clearance.declarations.formats.wco.leaves import Index, Leaf
from thongquan.clearance.declarations.formats.wco.nodes import DEC, REFUSED, SHORTHANDS, Node, Promotion, Values
from thongquan.clearance.declarations.formats.wco.session import Reading, Writing
from thongquan.clearance.declarations.formats.wco.values import Unreadable
from thongquan.rules.parts import Frozen

Mark = tuple[int, int, int, int]


def _mark(reading: Reading) -> Mark:
    return len(reading.notes), reading.elements, reading.attributes, reading.foreign


def _forget(reading: Reading, mark: Mark) -> None:
    """Take back what was noted and counted since the mark: the element will be kept as it stands."""
    del reading.notes[mark[0] :]
    _, reading.elements, reading.attributes, reading.foreign = mark


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
        mark = _mark(reading)
        if self.read_children(reading, element, values):
            return self.slot
        _forget(reading, mark)
        return REFUSED

    def read_children(self, reading: Reading, element: _Element, values: Values) -> bool:
        """Read each child by its node; tell whether any was taken."""
        lookup, careful = self.lookup, reading.careful
        slots: list[int] = []
        last, ordered = -1, True
        for child in element:
            node = lookup.get(child.tag) or self.find(reading, child)
            if node is None or (node.once and node.slot in slots):
                keep(reading, element, child)
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
                keep(reading, element, child)
                continue
            if careful:
                inspect(reading, child, node.attributes)
            if slot < last:
                ordered = False
            slots.append(slot)
            last = slot
        reading.elements += len(slots)
        if not ordered:
            reading.note(element, "order", _places(slots))
        if careful and element.text and element.text.strip():
            reading.note(element, "text", element.text)
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

    def lists(self) -> Iterator[str]:
        """Name the fields of the part around that are tuples."""
        for child in self.children:
            if isinstance(child, Part):
                if child.many:
                    yield child.key
                yield from (promotion.many for promotion in child.promotions if promotion.many)
            elif isinstance(child, Group):
                yield from child.lists()

    def named(self) -> Iterator[str]:
        """Name every field of the part around that stands in this group."""
        for child in self.children:
            if isinstance(child, Part):
                yield from child.outer_keys()
            elif isinstance(child, Group):
                yield from child.named()
            elif isinstance(child, Leaf):
                yield child.key
                unit = getattr(child, "unit", None)
                if unit:
                    yield unit


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


Finish = Callable[[Reading, _Element, Values, Values], None]
Prepare = Callable[[Values, Values], None]


class Part(Group):
    """A part with a struct of its own: one, or with `many` a tuple; some of its items may be promoted to fields."""

    __slots__ = ("finish", "frame", "prepare", "promotions", "required", "struct")

    def __init__(
        self,
        name: str,
        wco: str,
        key: str,
        struct: type[Frozen],
        *children: Node,
        many: bool = False,
        promotions: tuple[Promotion, ...] = (),
        finish: Finish | None = None,
        prepare: Prepare | None = None,
    ) -> None:
        super().__init__(name, wco, *children)
        self.key, self.struct, self.many, self.promotions = key, struct, many, promotions
        self.finish, self.prepare = finish, prepare
        self.once = False
        self.frame = Frame(struct, self.named(), self.lists())
        self.required = tuple(field.name for field in msgspec.structs.fields(struct) if field.required)

    def place(self, slot: int, namespace: str) -> int:
        """Promoted items stand before the others, each kind in its own place."""
        super().place(slot, namespace)
        for offset, promotion in enumerate(self.promotions):
            promotion.slot = slot + offset
        self.slot = slot + len(self.promotions)
        return self.slot + 1

    def read(self, reading: Reading, element: _Element, values: Values) -> int:
        """Read the part into its struct, or into the fields it is promoted to."""
        if not self.many and self.key in values:
            return REFUSED
        item: Values = {}
        mark = _mark(reading) if self.required else (0, 0, 0, 0)
        self.read_children(reading, element, item)
        if self.promotions and (slot := self._promoted(reading, element, item, values)) >= 0:
            return slot
        if self.finish:
            self.finish(reading, element, item, values)
        if self.required and any(field not in item for field in self.required):
            _forget(reading, mark)
            return REFUSED
        if self.many:
            values.setdefault(self.key, []).append(self.frame.build(item))
        else:
            values[self.key] = self.frame.build(item)
        return self.slot

    def _promoted(self, reading: Reading, element: _Element, item: Values, values: Values) -> int:
        """Move the item to the fields it is promoted to; give its slot, or REFUSED when it stays an item."""
        for promotion in self.promotions:
            if promotion.fits(item, values):
                try:
                    promotion.give(item, values)
                except Unreadable as problem:
                    reading.trouble(element, problem.code, " ".join(map(str, item.values())))
                return promotion.slot
        return REFUSED

    def write(self, writing: Writing, parent: _Element, values: Values) -> bool:
        """Write promoted items in their places, then the others."""
        items = [item for promotion in self.promotions for item in promotion.items(values)]
        found = values.get(self.key)
        structs = () if found is None else found if self.many else (found,)
        for struct in structs:
            item = self.frame.flatten(struct)
            if self.prepare:
                self.prepare(item, values)
            items.append(item)
        for item in items:
            self.write_children(writing, SubElement(parent, self.tag), item)
        return bool(items)

    def outer_keys(self) -> Iterator[str]:
        """Name the fields of the part around that this part fills."""
        if self.key:
            yield self.key
        for promotion in self.promotions:
            yield from [promotion.many] if promotion.many else promotion.take.values()


class Words(Part):
    """A repeated part of which one word is kept: the tuple holds the words; `index` runs from 1 when it has one."""

    __slots__ = ("numbered", "word")

    def __init__(self, name: str, wco: str, key: str, word: str, *children: Node) -> None:
        super().__init__(name, wco, key, Frozen, *children, many=True)
        self.word = word
        self.numbered = any(isinstance(child, Index) for child in children)

    def read(self, reading: Reading, element: _Element, values: Values) -> int:
        """Append the word; an item without it is kept as it is."""
        item: Values = {}
        mark = _mark(reading)
        self.read_children(reading, element, item)
        if self.word not in item:
            _forget(reading, mark)
            return REFUSED
        found = values.setdefault(self.key, [])
        found.append(item[self.word])
        if self.numbered:
            self._index(reading, element, item.get("index"), str(len(found)))
        return self.slot

    def _index(self, reading: Reading, element: _Element, said: str | None, expected: str) -> None:
        if said is None:
            reading.note(element, "absent", self.children[0].name)
        elif said != expected:
            child = next(c for c in element if str(c.tag).endswith(self.children[0].name))
            reading.note(child, "text", said)

    def write(self, writing: Writing, parent: _Element, values: Values) -> bool:
        """Write each word in its part."""
        found = values.get(self.key, ())
        for place, word in enumerate(found, start=1):
            self.write_children(writing, SubElement(parent, self.tag), {self.word: word, "index": str(place)})
        return bool(found)

    def outer_keys(self) -> Iterator[str]:
        """Name the tuple."""
        yield self.key
