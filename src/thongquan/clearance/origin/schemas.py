"""Bodies of the API, read strictly, and the OpenAPI words made from the structs themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from thongquan.base.core.openapi import FAULTS, Answers
from thongquan.clearance.origin.queries import CertificateFile, CertificateRow
from thongquan.rules.origin.certificate import Paper


class OriginBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A certificate to register for a trader at an office."""

    office: str
    tax_code: str
    paper: Paper
    trader_name: str = ""


class OriginStepBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of a step, or the number of the declaration it is about."""

    words: str = ""
    declaration: str = ""


_REFERENCE = "#/components/schemas/{name}"
COMPONENTS: dict[str, Any] = msgspec.json.schema_components(
    (OriginBody, OriginStepBody, CertificateFile, CertificateRow), ref_template=_REFERENCE
)[1]


def _schema(kind: type) -> dict[str, Any]:
    return {"$ref": _REFERENCE.format(name=kind.__name__)}


def body(kind: type) -> dict[str, Any]:
    """A body of one of the structs above."""
    return {"application/json": {"schema": _schema(kind)}}


_GONE = ("None of that number in your scope", FAULTS)
_REFUSED = ("Refused, with every reason", FAULTS)
_ID = {"type": "object", "properties": {"id": {"type": "integer"}}}
REGISTERED: Answers = {201: ("The certificate's identity", _ID), 422: _REFUSED}
SEEN: Answers = {200: ("The certificate", _schema(CertificateFile)), 404: _GONE}
STEPPED: Answers = {**SEEN, 422: _REFUSED}
LISTED: Answers = {200: ("Certificates, newest first", {"type": "array", "items": _schema(CertificateRow)})}
