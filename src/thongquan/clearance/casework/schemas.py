"""Bodies of the API of questions, and its OpenAPI words, made from the structs themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from thongquan.base.core.openapi import FAULTS, Answers
from thongquan.clearance.casework.queries.questions import Conversation, Question

_REFERENCE = "#/components/schemas/{name}"


class AskBody(msgspec.Struct, frozen=True, kw_only=True):
    """A question about a declaration."""

    number: str
    topic: str
    text: str


class SayBody(msgspec.Struct, frozen=True, kw_only=True):
    """More in a question, or its answer; `close` (for the office) closes it with the answer."""

    text: str
    close: bool = False


class ReopenBody(msgspec.Struct, frozen=True, kw_only=True):
    """What is still open."""

    text: str


def _of(kind: type) -> dict[str, Any]:
    return {"$ref": _REFERENCE.format(name=kind.__name__)}


def body_of(kind: type) -> dict[str, Any]:
    """A body as OpenAPI names it."""
    return {"application/json": {"schema": _of(kind)}}


COMPONENTS: dict[str, Any] = msgspec.json.schema_components(
    (AskBody, SayBody, ReopenBody, Question, Conversation), ref_template=_REFERENCE
)[1]
_GONE = ("No such question in your scope", FAULTS)
_REFUSED = ("Refused, with every reason", FAULTS)
LISTED: Answers = {
    200: (
        "Questions, what waits for the office first",
        {
            "type": "object",
            "properties": {"questions": {"type": "array", "items": _of(Question)}, "more": {"type": "boolean"}},
        },
    ),
    404: _GONE,
    422: _REFUSED,
}
TOLD: Answers = {200: ("The question", _of(Conversation)), 404: _GONE, 422: _REFUSED}
ASKED: Answers = {201: ("The question", _of(Conversation)), 404: _GONE, 422: _REFUSED}
