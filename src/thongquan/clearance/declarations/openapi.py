"""The OpenAPI words for bodies that msgspec reads and writes, made from the structs themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from thongquan.base.core.openapi import FAULT, FAULTS, Answers
from thongquan.clearance.declarations.queries import Summary
from thongquan.rules.document import Document

_DECISION = {
    "accepted": {"type": "boolean"},
    "faults": {"type": "array", "items": FAULT},
    "lines": {"type": "array", "items": {"type": "object"}},
    "fee_vnd": {"type": "string"},
    "totals_vnd": {"type": "object"},
    "due_vnd": {"type": "string"},
    "secured_vnd": {"type": "string"},
    "channel": {"type": ["integer", "null"]},
    "reasons": {"type": "array", "items": {"type": "object"}},
    "law_version": {"type": "string"},
    "rules_release": {"type": "string"},
}


_LODGED = {name: {"type": "string"} for name in ("number", "state", "registered_at")}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def _named(*kinds: type) -> dict[str, Any]:
    """The JSON schemas of structs and of all their parts, by name."""
    _references, parts = msgspec.json.schema_components(kinds, ref_template=_REFERENCE)
    return parts


def _reference(kind: type) -> dict[str, str]:
    return {"$ref": _REFERENCE.format(name=kind.__name__)}


_REFERENCE = "#/components/schemas/{name}"
COMPONENTS = _named(Document, Summary)
LODGED: Answers = {
    201: (
        "Lodged",
        _object({**_LODGED, **_DECISION}),
    ),
    409: ("The idempotency key stands for another body", FAULTS),
    422: ("Refused; nothing was stored", FAULTS),
}
DECIDED: Answers = {200: ("Would be accepted", _object(_DECISION)), 422: ("Would be refused", FAULTS)}
LIST: Answers = {
    200: (
        "Declarations",
        _object({"declarations": {"type": "array", "items": _reference(Summary)}, "more": {"type": "boolean"}}),
    ),
    422: ("A parameter cannot be read", FAULTS),
}
FILE: Answers = {200: ("The declaration", {"type": "object"}), 404: ("None of that number in your scope", FAULTS)}
REPLAYED: Answers = {200: ("The result", {"type": "object"}), 404: ("None of that number in your scope", FAULTS)}
DOCUMENT_BODY = {
    "application/json": {"schema": _reference(Document)},
    "application/xml": {"schema": {"type": "string", "description": "WCO Data Model 3.6 declaration"}},
}
