"""Keeping what no field holds: elements as they stand, and the notes of a reading as extensions of the document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from lxml.etree import QName, _Element

from thongquan.clearance.declarations.formats.wco.session import Note, Reading
from thongquan.rules.supplement import Extension, Foreign, Placed


def keep(reading: Reading, parent: _Element, element: _Element, position: int) -> None:
    """Keep an element that no field takes, with its place, counted from 0, in its parent."""
    found = foreign(element, QName(parent).namespace)
    size = _size(found)
    reading.elements += size
    reading.foreign += size
    reading.attributes += sum(len(inner.keys()) for inner in element.iter())
    reading.note(parent, "elements", Placed(position=position, element=found))


def _size(element: Foreign) -> int:
    return 1 + sum(map(_size, element.children))


def foreign(element: _Element, around: str | None) -> Foreign:
    """Give an element with all that stands in it; `around` is the namespace of its parent."""
    name = QName(element)
    children = tuple(foreign(child, name.namespace) for child in element)
    return Foreign(
        name=name.localname,
        namespace=None if name.namespace == around else name.namespace or "",
        text=element.text if _says(element.text) or not children else None,
        tail=element.tail if _says(element.tail) else None,
        attributes={str(key): str(value) for key, value in element.items()},
        children=children,
    )


def _says(text: str | None) -> bool:
    return bool(text and text.strip())


def extensions(notes: Iterable[Note]) -> tuple[Extension, ...]:
    """Gather the notes of each element into one extension; parents stand before what is inside them."""
    gathered: dict[str, dict[str, Any]] = {}
    places: dict[_Element, str] = {}
    for element, kind, value in notes:
        path = places.get(element)
        if path is None:
            path = places[element] = path_of(element)
        parts = gathered.setdefault(path, {})
        if kind == "elements":
            parts.setdefault("elements", []).append(value)
        elif kind == "absent":
            parts.setdefault("absent", []).append(value)
        elif kind == "attributes":
            parts.setdefault("attributes", {}).update(value)
        else:
            parts[kind] = value
    paths = sorted(gathered, key=lambda path: path.count("/") + bool(path))
    return tuple(msgspec.convert({"path": path, **gathered[path]}, Extension) for path in paths)


def path_of(element: _Element) -> str:
    """Name an element by its ancestors below the root, each with its place among all elements of its parent."""
    steps: list[str] = []
    parent = element.getparent()
    while parent is not None:
        steps.append(f"{QName(element).localname}[{parent.index(element) + 1}]")
        element, parent = parent, parent.getparent()
    return "/".join(reversed(steps))
