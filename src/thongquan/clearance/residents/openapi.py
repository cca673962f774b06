"""The OpenAPI words for residents' forms, made from the structs themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from thongquan.base.core.openapi import FAULTS, Answers
from thongquan.clearance.declarations.operations import Lodged
from thongquan.clearance.residents import schemas, shapes
from thongquan.clearance.residents.operations.previewing import Preview
from thongquan.clearance.residents.queries.forms import FormSeen
from thongquan.clearance.residents.queries.gathering import Collection

_REFERENCE = "#/components/schemas/{name}"
_KINDS = (
    schemas.PrepareBody,
    schemas.RegisterBody,
    schemas.FormStepBody,
    schemas.OpenBody,
    schemas.CodesBody,
    schemas.ArrivalBody,
    shapes.MerchantGiven,
    FormSeen,
    Preview,
    Collection,
    Lodged,
)
COMPONENTS: dict[str, Any] = msgspec.json.schema_components(_KINDS, ref_template=_REFERENCE)[1]


def _schema(kind: type) -> dict[str, Any]:
    return {"$ref": _REFERENCE.format(name=kind.__name__)}


def body(kind: type) -> dict[str, Any]:
    """A body of one of the structs above."""
    return {"application/json": {"schema": _schema(kind)}}


def _one(name: str, kind: str = "string") -> dict[str, Any]:
    return {"type": "object", "properties": {name: {"type": kind}}}


_GONE = ("None of that number in your scope", FAULTS)
_REFUSED = ("Refused, with every reason", FAULTS)
PREPARED: Answers = {201: ("The code for the counter", _one("code")), 422: _REFUSED}
REGISTERED: Answers = {
    201: ("The registered form", _schema(FormSeen)),
    409: ("Another's attempt", FAULTS),
    422: _REFUSED,
}
PREVIEWED: Answers = {200: ("What it would come to", _schema(Preview)), 422: _REFUSED}
SEEN: Answers = {200: ("The form", _schema(FormSeen)), 404: _GONE}
STEPPED: Answers = {**SEEN, 422: _REFUSED}
OPENED: Answers = {201: ("The number of the list", _one("number")), 422: _REFUSED}
LISTED: Answers = {200: ("The list", _schema(Collection)), 404: _GONE}
GATHERED: Answers = {**LISTED, 422: _REFUSED}
LODGED: Answers = {201: ("The declaration", _schema(Lodged)), 404: _GONE, 422: _REFUSED}
CAME: Answers = {201: ("The number of the stay", _one("stay", "integer")), 422: _REFUSED}
WENT: Answers = {200: ("It left", _one("stay", "integer")), 404: _GONE}
