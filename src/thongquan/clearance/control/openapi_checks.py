"""The OpenAPI words for checks, made from the structs that are read."""

from __future__ import annotations

from typing import Any

import msgspec

from thongquan.base.core.openapi import FAULTS, Answers
from thongquan.clearance.control import schemas

_GONE = ("None of that number in your scope", FAULTS)
_REFUSED = ("Refused, with every reason", FAULTS)
_OBJECT: dict[str, Any] = {"type": "object"}


def body(kind: type) -> dict[str, Any]:
    """The body of a request, whole: these structs are flat."""
    _references, parts = msgspec.json.schema_components([kind], ref_template="{name}")
    return {"application/json": {"schema": parts[kind.__name__]}}


LISTED: Answers = {200: ("What waits", {"type": "array", "items": _OBJECT}), 422: _REFUSED}
SHOWN: Answers = {200: ("As it stands", _OBJECT), 404: _GONE}
DONE: Answers = {200: ("As it stands now", _OBJECT), 404: _GONE, 422: _REFUSED}
MADE: Answers = {201: ("Made", _OBJECT), 404: _GONE, 422: _REFUSED}
POINT, NOTE = body(schemas.PointBody), body(schemas.NoteBody)
PLACE, LINE, FINDING = body(schemas.PlaceBody), body(schemas.LineBody), body(schemas.FindingBody)
REMOVAL, SIGNATURE = body(schemas.RemovalBody), body(schemas.SignatureBody)
SAMPLES, SAMPLE_RESULT = body(schemas.SamplesBody), body(schemas.SampleResultBody)
SPECIALIZED, SPECIALIZED_RESULT = body(schemas.SpecializedBody), body(schemas.SpecializedResultBody)
REASSIGNMENT, TURN = body(schemas.ReassignmentBody), body(schemas.TurnBody)
