"""The OpenAPI words for bodies that msgspec reads and writes, made from the structs themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from thongquan.base.core.openapi import FAULT, FAULTS, Answers
from thongquan.clearance.declarations.queries import Summary
from thongquan.clearance.declarations.queries.templates import TemplateRow
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
    "origin": {"type": "array", "items": {"type": "object"}, "description": "Outcome of each line under a certificate"},
    "takes": {"type": "array", "items": {"type": "object"}, "description": "What lines use of certificates"},
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
COMPONENTS = _named(Document, Summary, TemplateRow)
_ONE = _object({**_LODGED, **_DECISION})
LODGED: Answers = {
    201: (
        "Lodged; `declarations` lists the parts of a split",
        _object({**_LODGED, **_DECISION, "declarations": {"type": "array", "items": _ONE}}),
    ),
    409: ("The idempotency key stands for another body", FAULTS),
    422: ("Refused; nothing was stored", FAULTS),
}
INCOMPLETE: Answers = {
    **LODGED,
    201: (
        "Lodged; `left_out` are the fields to fill in until `complete_by`",
        _object(
            {
                **_LODGED,
                **_DECISION,
                "left_out": {"type": "array", "items": {"type": "string"}},
                "complete_by": {"type": ["string", "null"]},
            }
        ),
    ),
}
MAY_WAIT: Answers = {
    200: ("Paths of fields", _object({"fields": {"type": "array", "items": {"type": "string"}}})),
}
DECIDED: Answers = {200: ("Would be accepted", _object(_DECISION)), 422: ("Would be refused", FAULTS)}
_CLOCK = _object(
    {
        **{name: {"type": "string"} for name in ("name", "due_at", "for_whom", "words")},
        "overdue": {"type": "boolean"},
    }
)
_ROW = {
    "allOf": [
        _reference(Summary),
        _object({"state_text": {"type": "string"}, "clock": {"oneOf": [_CLOCK, {"type": "null"}]}}),
    ]
}
LIST: Answers = {
    200: (
        "Declarations",
        _object({"declarations": {"type": "array", "items": _ROW}, "more": {"type": "boolean"}}),
    ),
    422: ("A parameter cannot be read", FAULTS),
}
FILE: Answers = {200: ("The declaration", {"type": "object"}), 404: ("None of that number in your scope", FAULTS)}
REPLAYED: Answers = {200: ("The result", {"type": "object"}), 404: ("None of that number in your scope", FAULTS)}
_NONE = {404: ("None of that number in your scope", FAULTS)}
_STAND = _object({name: {"type": "string"} for name in ("number", "state")})
_CHANGES = {"type": "array", "items": {"type": "object"}}
_TAXES = {"type": "array", "items": {"type": "object"}}
_VERSION = {"version": {"type": "integer"}, "channel": {"type": "integer"}, "changes": _CHANGES}
AMENDED: Answers = {
    **_NONE,
    201: (
        "Amended; `consequences` tells what the law attaches to it",
        _object(
            {
                **_LODGED,
                **_DECISION,
                **_VERSION,
                "consequences": {"type": "array", "items": FAULT},
            }
        ),
    ),
    409: ("The idempotency key stands for another body", FAULTS),
    422: ("Refused; nothing was stored", FAULTS),
}
REQUESTED: Answers = {
    **_NONE,
    202: ("Waits for a decision", _STAND),
    422: ("Refused; nothing was stored", FAULTS),
}
VERSIONS: Answers = {
    **_NONE,
    200: (
        "All versions, and two of them compared",
        _object({"versions": {"type": "array", "items": _object(_VERSION)}, "changes": _CHANGES, "taxes": _TAXES}),
    ),
    422: ("A parameter cannot be read", FAULTS),
}
_PREREGISTERED = _object({name: {"type": "string"} for name in ("number", "flow", "tax_code", "at", "until", "state")})
BODY: Answers = {**_NONE, 200: ("The data as they are kept", _reference(Document))}
PREREGISTERED: Answers = {**_NONE, 200: ("The data", _PREREGISTERED), 422: ("Refused", FAULTS)}
KEPT: Answers = {201: ("Kept under this number", _PREREGISTERED), 422: ("Refused", FAULTS)}
PREREGISTRATIONS: Answers = {
    200: ("What waits to be registered", _object({"preregistered": {"type": "array", "items": _PREREGISTERED}})),
}
REGISTERED: Answers = {**_NONE, **LODGED}
TEMPLATES: Answers = {
    200: ("Templates by name", _object({"templates": {"type": "array", "items": _reference(TemplateRow)}})),
    403: ("For people who lodge", FAULTS),
}
STARTED: Answers = {
    201: (
        "The draft; `cleared` are the fields to fill in anew, `document` is what it begins with",
        _object(
            {
                "draft": {"type": "integer"},
                "url": {"type": "string"},
                "cleared": {"type": "array", "items": {"type": "string"}},
                "document": {"type": "object"},
            }
        ),
    ),
    404: ("No template of that number in your scope", FAULTS),
}
_PROOF = _object(
    {
        **{name: {"type": "string"} for name in ("number", "kind", "schedule", "outcome", "certificate")},
        "line": {"type": "integer"},
        "guaranteed": {"type": "boolean"},
        "filed_at": {"type": ["string", "null"]},
        "clock": {"oneOf": [_CLOCK, {"type": "null"}]},
    }
)
_PROOFS = {"type": "array", "items": _PROOF}
AWAITED: Answers = {
    200: ("Awaited proofs", _object({"proofs": _PROOFS, "more": {"type": "boolean"}})),
    422: ("A parameter cannot be read", FAULTS),
}
AWAITED_OF: Answers = {**_NONE, 200: ("Its proofs", _object({"proofs": _PROOFS}))}
_FILED = _object(
    {
        **{name: {"type": "string"} for name in ("number", "state", "certificate", "filed_at", "refund")},
        **{name: {"type": "string"} for name in ("refund_vnd", "freed_vnd")},
        "lines": {"type": "array", "items": {"type": "integer"}},
        "granted": {"type": "boolean"},
        "repeated": {"type": "boolean"},
        "warnings": {"type": "array", "items": FAULT},
    }
)
FILED_LATE: Answers = {
    **_NONE,
    200: ("Filed before; nothing changed", _FILED),
    201: ("Filed; `granted` tells whether duties were recalculated already", _FILED),
    422: ("Refused; nothing was stored", FAULTS),
}
LATE_BODY = {
    "application/json": {
        "schema": {
            "type": "object",
            "properties": {"certificate": {"type": "string", "example": "E26450000123456"}},
            "required": ["certificate"],
        }
    }
}
CANCEL_BODY = {
    "application/json": {
        "schema": {
            "type": "object",
            "properties": {"ground": {"type": "string"}, "reason": {"type": "string"}},
            "required": ["ground", "reason"],
        }
    }
}
DOCUMENT_BODY = {
    "application/json": {"schema": _reference(Document)},
    "application/xml": {"schema": {"type": "string", "description": "WCO Data Model 3.6 declaration"}},
}
