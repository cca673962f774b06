"""Texts to a message, by the same mapping that reads it."""

from __future__ import annotations

from datetime import date

from lxml.etree import Element, SubElement, _Element, tostring

from thongquan.clearance.origin.formats.eformd.mapping import ITEM, ROOT, paths_on
from thongquan.clearance.origin.formats.fields import HEADER
from thongquan.clearance.origin.formats.texts import Written


def written_message(written: Written, *, on: date) -> bytes:
    """The message of a certificate as of a day; fields that say nothing are left out."""
    root = Element(ROOT)
    known = paths_on(on)
    for path, key in known.items():
        if not key.startswith("lines."):
            _put(root, path, key, written.fields.get(key, ""))
    for line in written.lines:
        item = SubElement(_at(root, ITEM.rpartition("/")[0]), ITEM.rpartition("/")[2])
        for path, key in known.items():
            if key.startswith("lines.") and (text := line.get(key.removeprefix("lines."), "")):
                SubElement(item, path.removeprefix(f"{ITEM}/")).text = text
    for number, text in written.boxes.items():
        box = SubElement(_at(root, "Boxes"), "Box", number=number)
        box.text = text
    return bytes(tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _put(root: _Element, path: str, key: str, text: str) -> None:
    parts = text.split("; ") if HEADER[key].kind == "list" else [text]
    above, _slash, name = path.rpartition("/")
    for part in parts:
        if part:
            SubElement(_at(root, above), name).text = part


def _at(root: _Element, path: str) -> _Element:
    """The element at a path, made where it is not there."""
    for name in path.split("/"):
        found = root.find(name)
        root = found if found is not None else SubElement(root, name)
    return root
