"""Two messages side by side: element names, order, text and attributes.

Not compared: namespaces and prefixes, `xsi:` attributes, comments, processing instructions, text of blanks alone.
"""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from thongquan.base.core.xmlsource import Limits, parse

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


class Difference(NamedTuple):
    """One difference: where, of what (`name`, `text`, `tail`, `attributes`, `children`), and both sides."""

    path: str
    what: str
    left: str
    right: str


def compare(a: bytes, b: bytes) -> list[Difference]:
    """Give every difference between two messages. Raises Refused when either cannot be parsed."""
    limits = Limits(octets=max(len(a), len(b)) + 1)
    return compare_elements(parse(a, limits), parse(b, limits))


def compare_elements(left: etree._Element, right: etree._Element) -> list[Difference]:
    """Give every difference between two parsed messages."""
    found: list[Difference] = []
    _compare(left, right, _local(left), found)
    return found


def _compare(left: etree._Element, right: etree._Element, path: str, found: list[Difference]) -> None:
    sides = (
        ("name", _local(left), _local(right)),
        ("text", _text(left.text), _text(right.text)),
        ("tail", _text(left.tail), _text(right.tail)),
        ("attributes", _attributes(left), _attributes(right)),
    )
    found.extend(Difference(path, what, one, other) for what, one, other in sides if one != other)
    names, others = [_local(child) for child in left], [_local(child) for child in right]
    if names != others:
        found.append(Difference(path, "children", " ".join(names), " ".join(others)))
        return
    for place, (one, other) in enumerate(zip(left, right, strict=True), start=1):
        _compare(one, other, f"{path}/{_local(one)}[{place}]", found)


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(text: str | None) -> str:
    return text if text and text.strip() else ""


def _attributes(element: etree._Element) -> str:
    pairs = [(str(k).rpartition("}")[2], str(v)) for k, v in element.items() if not str(k).startswith(_XSI)]
    return " ".join(f"{name}={value!r}" for name, value in sorted(pairs))
