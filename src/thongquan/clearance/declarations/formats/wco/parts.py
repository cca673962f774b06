"""Parts of the table: groups with a struct of their own, some of whose items stand for single fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
from lxml.etree import SubElement, _Element

from thongquan.clearance.declarations.formats.wco.frames import Frame
from thongquan.clearance.declarations.formats.wco.groups import Group
from thongquan.clearance.declarations.formats.wco.leaves import Index
from thongquan.clearance.declarations.formats.wco.nodes import REFUSED, Node, Promotion, Values
from thongquan.clearance.declarations.formats.wco.session import Reading, Writing
from thongquan.clearance.declarations.formats.wco.values import Unreadable
from thongquan.rules.parts import Frozen

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
        self.frame = Frame(struct, self.named(), self.many_named())
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
        mark = reading.mark()
        self.read_children(reading, element, item)
        if self.promotions and (slot := self._promoted(reading, element, item, values)) >= 0:
            return slot
        if self.finish:
            self.finish(reading, element, item, values)
        if self.required and any(field not in item for field in self.required):
            reading.forget(mark)
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

    def fields(self) -> Iterator[str]:
        """A part fills its own field, and those its items are promoted to."""
        yield self.key
        for promotion in self.promotions:
            yield from [promotion.many] if promotion.many else promotion.take.values()

    def many_fields(self) -> Iterator[str]:
        """A repeated part fills a tuple; items may be promoted to others."""
        if self.many:
            yield self.key
        yield from (promotion.many for promotion in self.promotions if promotion.many)


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
        mark = reading.mark()
        self.read_children(reading, element, item)
        if self.word not in item:
            reading.forget(mark)
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
