"""Bodies of the API of export certificates, read strictly, and their OpenAPI words."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from thongquan.base.core.openapi import FAULTS, Answers
from thongquan.clearance.origin.queries.outbound import Examined, OutboundFile, OutboundRow
from thongquan.rules.origin.outbound import Application


class OutboundBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An application to prepare for an enterprise; `office` is that of the export, where it is known.

    With `declaration`, the number of a lodged export, everything is read from there; `application` then names agreement
    and form alone, and may be left out.
    """

    tax_code: str = ""
    application: Application = Application()
    declaration: str = ""
    trader_name: str = ""
    office: str = ""


class OutboundSaveBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A changed application, and the edition it was changed from."""

    application: Application
    edition: int | None = None


class OutboundStepBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of a step, or what the issuer gave."""

    words: str = ""
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""


_REFERENCE = "#/components/schemas/{name}"
COMPONENTS: dict[str, Any] = msgspec.json.schema_components(
    (OutboundBody, OutboundSaveBody, OutboundStepBody, OutboundFile, OutboundRow, Examined, Application),
    ref_template=_REFERENCE,
)[1]


def _schema(kind: type) -> dict[str, Any]:
    return {"$ref": _REFERENCE.format(name=kind.__name__)}


def body(kind: type) -> dict[str, Any]:
    """A body of one of the structs above."""
    return {"application/json": {"schema": _schema(kind)}}


_GONE = ("None of that number in your scope", FAULTS)
_REFUSED = ("Refused, with every reason", FAULTS)
_ID = {"type": "object", "properties": {"id": {"type": "integer"}}}
_PDF = {"type": "string", "format": "binary"}
PREPARED: Answers = {201: ("The application's identity", _ID), 404: _GONE, 422: _REFUSED}
SEEN: Answers = {200: ("The application", _schema(OutboundFile)), 404: _GONE}
STEPPED: Answers = {**SEEN, 422: _REFUSED}
JUDGED: Answers = {200: ("What each line meets", _schema(Examined)), 422: _REFUSED}
LISTED: Answers = {200: ("Applications, newest first", {"type": "array", "items": _schema(OutboundRow)})}
PRINTED: Answers = {200: ("The form", _PDF), 404: _GONE}
