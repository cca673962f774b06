"""A WCO message as the typed document: one walk over the elements, driven by the table.

The walk first trusts that nothing unusual is there. When the numbers of elements and attributes seen, or text between
elements, show otherwise, it walks again with care and keeps all of it as extensions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from thongquan.base.core.faults import Refused
from thongquan.base.core.xmlsource import Limits, parse
from thongquan.clearance.declarations.formats.wco.groups import Group, hint, inspect
from thongquan.clearance.declarations.formats.wco.keeping import extensions
from thongquan.clearance.declarations.formats.wco.national import settle
from thongquan.clearance.declarations.formats.wco.nodes import SHORTHANDS, Values
from thongquan.clearance.declarations.formats.wco.pointers import fault
from thongquan.clearance.declarations.formats.wco.session import Reading
from thongquan.clearance.declarations.formats.wco.table import DECLARATION, FRAME, METADATA, ROOTS
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document

_PLAIN = etree.XPath(
    "count(descendant-or-self::*) = $elements and string-length(string()) = $letters"
    " and count(descendant-or-self::*/@*) = $attributes"
)


class Read(NamedTuple):
    """A document read from a message, with the number of its elements and the share of them that are our fields."""

    document: Document
    modeled: float
    elements: int


def read_declaration(data: bytes, *, limits: Limits = Limits()) -> Read:  # noqa: B008  (a frozen tuple)
    """Read a declaration, an amendment or a cancellation of the WCO Data Model 3.6.

    Raises Refused with every fault: those of `source.parse`, TQ-FMT-019 (well-formed, not a declaration),
    TQ-FMT-006 to -008 and -018 (numbers and dates), TQ-FMT-020 (weights), TQ-FMT-011 (too many lines).
    """
    return read_element(parse(data, limits), limits)


def read_element(root: etree._Element, limits: Limits) -> Read:
    """Read a parsed message. Raises Refused as `read_declaration` does."""
    name, group = _root(root)
    reading, values = _walk(root, group)
    if not values:
        raise Refused([Fault(code=Code.TQ_FMT_005, value=name, values={"element": name})])
    lines = len(values.get("lines", ()))
    if lines > limits.lines:
        raise Refused(
            [Fault(code=Code.TQ_FMT_011, path="lines", value=str(lines), values={"limit": str(limits.lines)})]
        )
    settled = settle(values, group.name)
    if reading.troubles:
        raise Refused([fault(trouble, settled["flow"]) for trouble in reading.troubles])
    if name != group.name:
        reading.note(root, "name", name)
    if reading.notes:
        settled["extensions"] = extensions(reading.notes)
    return Read(FRAME.build(settled), (reading.elements - reading.foreign) / reading.elements, reading.elements)


def _walk(root: etree._Element, group: Group) -> tuple[Reading, Values]:
    reading = Reading(careful=False)
    values: Values = {}
    group.read_children(reading, root, values)
    reading.elements += 1
    attributes = reading.attributes + sum(hint(str(name)) for element in _outer(root) for name in element.keys())  # noqa: SIM118  (an element is no mapping)
    if _PLAIN(root, elements=reading.elements, letters=reading.letters, attributes=attributes):
        return reading, values
    reading, values = Reading(careful=True), {}
    group.read_children(reading, root, values)
    inspect(reading, root, ())
    reading.elements += 1
    return reading, values


def _outer(root: etree._Element) -> Iterator[etree._Element]:
    """Give the elements that may say where a schema lies: the root and the last child of each, as far as three deep."""
    element: etree._Element | None = root
    for _ in range(4):
        if element is None:
            return
        yield element
        element = element[-1] if len(element) else None


def _root(root: etree._Element) -> tuple[str, Group]:
    """Give the name of the root and its group. Raises Refused (TQ-FMT-019) when it is no declaration."""
    name = _local(root)
    group = ROOTS.get(name)
    for prefix in SHORTHANDS:
        if group is None and name.startswith(prefix):
            group = ROOTS.get(name[len(prefix) :])
    if group is None:
        raise _not_a_declaration(name)
    inner = root
    if group is not METADATA and group is not DECLARATION:
        inner = next((element for element in root.iter("{*}MetaData")), root)
    if group is not DECLARATION and not any(_local(child) == DECLARATION.name for child in inner):
        raise _not_a_declaration(next((_local(child) for child in inner if len(child)), name))
    return name, group


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _not_a_declaration(name: str) -> Refused:
    return Refused([Fault(code=Code.TQ_FMT_019, value=name, values={"element": name, "reason": "not a declaration"})])
