"""The OpenAPI words for release and exits, made from the structs themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from thongquan.base.core.openapi import FAULT, FAULTS, Answers
from thongquan.clearance.control import schemas
from thongquan.clearance.control.queries.slips import SlipView
from thongquan.clearance.declarations.queries import Stand

_REFERENCE = "#/components/schemas/{name}"


def _body(kind: type) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _REFERENCE.format(name=kind.__name__)}}}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


_KINDS = (
    schemas.ReleaseBody,
    schemas.ClearBody,
    schemas.ChannelBody,
    schemas.SlipBody,
    schemas.ExitBody,
    schemas.UsesBody,
    SlipView,
    Stand,
)
COMPONENTS: dict[str, Any] = msgspec.json.schema_components(_KINDS, ref_template=_REFERENCE)[1]
RELEASE_BODY, CLEAR_BODY = _body(schemas.ReleaseBody), _body(schemas.ClearBody)
CHANNEL_BODY, SLIP_BODY = _body(schemas.ChannelBody), _body(schemas.SlipBody)
REASON_BODY = _body(schemas.ReasonBody)
EXIT_BODY, USES_BODY = _body(schemas.ExitBody), _body(schemas.UsesBody)
_GONE = ("None of that number in your scope", FAULTS)
_REFUSED = ("Refused, with every reason", FAULTS)
_TOLD = _object(
    {
        **{name: {"type": "string"} for name in ("verdict", "serial", "number", "plate", "gate", "shown_at")},
        "known": {"type": "boolean"},
        "others": {"type": "integer"},
        "faults": {"type": "array", "items": FAULT},
    }
)
CONDITIONS: Answers = {
    200: (
        "The conditions",
        _object(
            {
                "number": {"type": "string"},
                "open": {"type": "boolean"},
                "conditions": {"type": "array", "items": {"type": "object"}},
            }
        ),
    ),
    404: _GONE,
}
STOOD: Answers = {200: ("Where it stands now", _body(Stand)["application/json"]["schema"]), 404: _GONE, 422: _REFUSED}
SLIP: Answers = {201: ("The slip", _body(SlipView)["application/json"]["schema"]), 404: _GONE, 422: _REFUSED}
VERDICT: Answers = {200: ("The vehicle may go", _TOLD), 422: ("It may not pass, or the body cannot be read", FAULTS)}
VERDICTS: Answers = {
    200: ("What came of each", _object({"verdicts": {"type": "array", "items": _TOLD}})),
    422: _REFUSED,
}
