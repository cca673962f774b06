"""The typed document as a WCO message: fields by the table, then what the extensions keep."""

from __future__ import annotations

from typing import Any

from lxml import etree

from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.formats.wco.national import unsettle
from thongquan.clearance.declarations.formats.wco.nodes import DEC, META, TYPES
from thongquan.clearance.declarations.formats.wco.session import Writing
from thongquan.clearance.declarations.formats.wco.table import FRAME, ROOTS
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document
from thongquan.rules.supplement import Extension, Foreign

_PREFIXES: Any = {None: DEC, "md": META, "ds": TYPES}


def write_declaration(document: Document) -> bytes:
    """Write the document as UTF-8 XML.

    Raises Refused: TQ-DEC-003 for characters that XML has no place for, TQ-FMT-003 for an extension that fits nothing.
    """
    values = FRAME.flatten(document)
    values.pop("extensions", None)
    values, name = unsettle(values, document.supplement.message if document.supplement else None)
    group = ROOTS[name]
    root = etree.Element(group.tag, nsmap=_PREFIXES)
    writing = Writing()
    group.write_children(writing, root, values)
    if writing.unfit:
        raise Refused([Fault(code=Code.TQ_DEC_003, path=key) for key in dict.fromkeys(writing.unfit)])
    for place, extension in enumerate(document.extensions):
        try:
            _restore(_at(root, extension.path), extension)
        except (IndexError, ValueError, TypeError):
            raise Refused([Fault(code=Code.TQ_FMT_003, path=f"extensions[{place}]", value=extension.path)]) from None
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _at(root: etree._Element, path: str) -> etree._Element:
    """Find an element by the places in its path."""
    element = root
    for step in path.split("/") if path else ():
        place = int(step.rpartition("[")[2].rstrip("]"))
        element = element[place - 1]
    return element


def _restore(element: etree._Element, extension: Extension) -> None:
    """Give one element back what the message said there."""
    for name in extension.absent:
        element.remove(next(child for child in element if _local(child) == name))
    if extension.order:
        children = list(element)
        element[:] = [children[place] for place in extension.order]
    for placed in extension.elements:
        element.insert(placed.position, _foreign(placed.element, etree.QName(element).namespace))
    if extension.name:
        element.tag = etree.QName(etree.QName(element).namespace, extension.name).text
    if extension.text is not None:
        element.text = extension.text
    if extension.tail is not None:
        element.tail = extension.tail
    for key, value in extension.attributes.items():
        element.set(key, value)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _foreign(kept: Foreign, around: str | None) -> etree._Element:
    namespace = around if kept.namespace is None else kept.namespace or None
    element = etree.Element(etree.QName(namespace, kept.name), kept.attributes)
    element.text, element.tail = kept.text, kept.tail
    for child in kept.children:
        element.append(_foreign(child, namespace))
    return element
