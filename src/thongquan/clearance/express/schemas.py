"""What requests about parcels hold, and how it is described."""

from __future__ import annotations

from typing import Any

import msgspec
from ninja import Field, Schema

from thongquan.base.core.openapi import FAULTS, Answers
from thongquan.rules.document import Frozen

FURTHEST = 2**31 - 1


class PartParameters(Schema):
    """Where a part begins."""

    offset: int = Field(0, ge=0, le=2**40)


class PageParameters(Schema):
    """How many batches are passed over."""

    offset: int = Field(0, ge=0, le=FURTHEST)


class ResultParameters(Schema):
    """Which results: all, or only those accepted, refused or held; behind the parcel at place `after`."""

    only: str = Field("", pattern="^(accepted|refused|held)?$")
    after: int = Field(0, ge=0, le=FURTHEST)
    limit: int = Field(500, ge=1, le=1000)


class BatchBody(Frozen, frozen=True, kw_only=True):
    """A file about to be sent: of which carrier, to which office, how many bytes; `sha256` in hex when it is known."""

    tax_code: str
    office: str
    name: str = ""
    size: int
    sha256: str = ""


class DecisionBody(Frozen, frozen=True, kw_only=True):
    """What an officer decides on a held parcel: `released`, or `refused` with the reason."""

    outcome: str
    reason: str = ""


def body(kind: type) -> dict[str, Any]:
    """The body of a request, whole: these structs are flat."""
    _references, parts = msgspec.json.schema_components([kind], ref_template="{name}")
    return {"application/json": {"schema": parts[kind.__name__]}}


_OBJECT: dict[str, Any] = {"type": "object"}
_GONE = ("None of that number in your scope", FAULTS)
_REFUSED = ("Refused, with every reason", FAULTS)
_ELSEWHERE = ("The upload stands at another byte, told in `received`", FAULTS)
OPENED: Answers = {200: ("Announced before", _OBJECT), 201: ("Announced", _OBJECT), 422: _REFUSED}
TAKEN: Answers = {200: ("Where the upload stands", _OBJECT), 404: _GONE, 409: _ELSEWHERE, 422: _REFUSED}
SHOWN: Answers = {200: ("As it stands", _OBJECT), 404: _GONE}
LISTED: Answers = {200: ("In scope", _OBJECT), 422: _REFUSED}
RESULTS: Answers = {200: ("In the order of the file", _OBJECT), 404: _GONE, 422: _REFUSED}
DECIDED: Answers = {200: ("As it stands now", _OBJECT), 404: _GONE, 422: _REFUSED}
BATCH_BODY, DECISION_BODY = body(BatchBody), body(DecisionBody)
CONTENT_BODY: dict[str, Any] = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
