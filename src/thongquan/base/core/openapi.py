"""The OpenAPI words every room shares: how a fault looks, and which refusals any operation may give."""

from __future__ import annotations

from typing import Any

Answers = dict[int, tuple[str, dict[str, Any]]]
FAULT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "code": {"type": "string"},
        "severity": {"type": "string", "enum": ["error", "warning"]},
        "path": {"type": "string"},
        "line": {"type": ["integer", "null"]},
        "value": {"type": "string"},
        "message": {"type": "string"},
        "remedy": {"type": "string"},
        "example": {"type": "string"},
        "basis": {"type": "string"},
    },
    "required": ["code", "message"],
}
FAULTS: dict[str, Any] = {
    "type": "object",
    "properties": {"faults": {"type": "array", "items": FAULT}},
    "required": ["faults"],
}
_ALWAYS: Answers = {
    400: ("An address that cannot be read", FAULTS),
    413: ("Body too large", FAULTS),
    429: ("Too many requests", FAULTS),
    503: ("The database does not answer; try again", FAULTS),
}
_SIGNED_IN: Answers = {401: ("Not signed in", FAULTS), 403: ("Not allowed", FAULTS)}


def described(answers: Answers, *, body: dict[str, Any] | None = None, open_to_all: bool = False) -> dict[str, Any]:
    """The OpenAPI entry of an operation: each answer with its schema, and the body when it takes one."""
    every = {**_ALWAYS, **({} if open_to_all else _SIGNED_IN), **answers}
    words: dict[str, Any] = {
        "responses": {
            status: {"description": text, "content": {"application/json": {"schema": schema}}}
            for status, (text, schema) in every.items()
        }
    }
    if body:
        words["requestBody"] = {"required": True, "content": body}
    return words
