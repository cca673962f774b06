"""Bytes to elements, safely: no entities, no document type, no network, bounded size and depth.

Faults: TQ-FMT-001 (nothing in it), -009 (encoding), -010 (size), -011 (too many lines), -013 (document type),
-016 (not well-formed, with row, column and the last element reached).
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from lxml import etree

from thongquan.base.core.faults import Refused
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


class Limits(NamedTuple):
    """How much one message may hold: bytes, elements, and lines of goods (the WCO message has place for 999)."""

    octets: int = 16 * 1024 * 1024
    elements: int = 100_000
    lines: int = 999


_PARSER = {
    "resolve_entities": False,
    "no_network": True,
    "huge_tree": False,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
    "remove_blank_text": True,
}
_TOO_MANY = etree.XPath("count(descendant-or-self::*) > $limit")
# Atomic and possessive, so that a thousand comments before the root cannot make it try every way to join them.
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?>\s+|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)


def parse(data: bytes, limits: Limits) -> etree._Element:
    """Give the root element. Raises Refused with one fault."""
    if len(data) > limits.octets:
        raise _refused(Code.TQ_FMT_010, str(len(data)), limit=str(limits.octets))
    if not data.strip():
        raise _refused(Code.TQ_FMT_001, "")
    if b"<!DOCTYPE" in data and _PROLOG.match(data):
        raise _refused(Code.TQ_FMT_013, "DOCTYPE")
    parser = etree.XMLParser(**_PARSER)  # type: ignore[arg-type]  # options by name
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        raise _broken(data, parser, problem) from None
    except (ValueError, LookupError):
        raise _refused(Code.TQ_FMT_009, "") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _refused(Code.TQ_FMT_013, "DOCTYPE")
    if len(data) > limits.elements * len("<a/>") and _TOO_MANY(root, limit=limits.elements):
        raise _refused(Code.TQ_FMT_010, str(len(data)), limit=str(limits.elements), reason="elements")
    return root


def _broken(data: bytes, parser: etree.XMLParser, problem: etree.XMLSyntaxError) -> Refused:
    """Say what broke, where, and which element was open there.

    The log of the parser is read, not that of the exception, which holds the errors of earlier messages as well.
    """
    entries: list[Any] = list(parser.error_log)
    kind = entries[0].type_name if entries else ""
    code = Code.TQ_FMT_009 if "ENCODING" in kind or b"\0" in data else Code.TQ_FMT_016
    row, column = problem.position
    element = _last_element(data)
    where = f"{row}:{column} {element} {kind}"
    return _refused(code, where, row=str(row), column=str(column), reason=kind, element=element)


def _last_element(data: bytes) -> str:
    """Name the last element that can be made out in a broken message, with its ancestors."""
    try:
        root = etree.fromstring(data, etree.XMLParser(recover=True, **_PARSER))  # type: ignore[arg-type]  # options by name
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return ""
    steps: list[str] = []
    element: etree._Element | None = root
    while element is not None:
        if isinstance(element.tag, str):
            steps.append(element.tag.rpartition("}")[2])
        element = element[-1] if len(element) else None
    return "/".join(steps)


def _refused(code: Code, value: str, **values: str) -> Refused:
    return Refused([Fault(code=code, value=value, values=values)])
