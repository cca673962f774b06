"""A message to texts: entities, document types and the network off, size bounded, unknown elements refused by path."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lxml.etree import QName, _Element

from thongquan.base.core.faults import Refused
from thongquan.base.core.xmlsource import Limits, parse
from thongquan.clearance.origin.formats.eformd.mapping import ITEM, ROOT, paths_on
from thongquan.clearance.origin.formats.fields import COLUMNS, HEADER, MAX_LINES
from thongquan.clearance.origin.formats.texts import Texts, Written, stored_text
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

LIMITS = Limits(octets=4 * 2**20, elements=20_000, lines=MAX_LINES)
MAX_FAULTS = 100
POINT = "en"
"""Numbers of a message have a decimal point and no grouping, whatever the reader's language."""


def read_message(data: bytes, *, on: date) -> Written:
    """The texts of a message. Raises `Refused`: what `parse` refuses, TQ-ORI-078 another root, TQ-ORI-079 an
    element that the mapping of the day does not know, or a field given twice.
    """
    root = parse(data, LIMITS)
    if _local(root) != ROOT:
        raise Refused([Fault(code=Code.TQ_ORI_078, value=_local(root)[:40], values={"expected": ROOT})])
    written, faults = Written(), list[Fault]()
    known, items = paths_on(on), 0
    for path, element in _leaves(root, ""):
        if path == ITEM:
            items += 1
            written.lines.append({})
        elif path.startswith("Boxes/Box"):
            written.boxes[(element.get("number") or "")[:8]] = _text(element)
        elif path in known:
            _keep(written, known[path], element, items, faults)
        else:
            faults.append(Fault(code=Code.TQ_ORI_079, path=f"{ROOT}/{path}"[:120], value=_local(element)[:40]))
    if faults:
        raise Refused(faults[:MAX_FAULTS])
    return written


def _leaves(element: _Element, path: str) -> Iterator[tuple[str, _Element]]:
    """Elements without children, and each item before its own."""
    for child in element:
        place = f"{path}/{_local(child)}" if path else _local(child)
        if place == ITEM:
            yield place, child
            yield from _leaves(child, place)
        elif len(child):
            yield from _leaves(child, place)
        else:
            yield place, child


def _keep(written: Written, key: str, element: _Element, items: int, faults: list[Fault]) -> None:
    is_line = key.startswith("lines.")
    name = key.removeprefix("lines.")
    of = COLUMNS[name] if is_line else HEADER[name]
    text = stored_text(of, _text(element), POINT)
    place: Texts = written.lines[-1] if is_line else written.fields
    if not text:
        return
    if name in place and of.kind != "list":
        where = f"lines[{items - 1}].{name}" if is_line else name
        faults.append(Fault(code=Code.TQ_ORI_079, path=where, value=_local(element)))
        return
    place[name] = f"{place[name]}; {text}" if name in place else text


def _local(element: _Element) -> str:
    return QName(element).localname


def _text(element: _Element) -> str:
    return (element.text or "").strip()
