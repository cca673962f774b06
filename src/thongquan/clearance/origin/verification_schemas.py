"""Bodies of the API of verifications, read strictly, and the OpenAPI words made from the structs themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from thongquan.base.core.openapi import FAULTS, Answers
from thongquan.clearance.origin.queries import VerificationFile, VerificationRow
from thongquan.clearance.origin.queries.statistics import OutcomeRow


class VerificationBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Certificates to verify, with words of doubt; `carry` takes over what their last checks found."""

    certificates: list[int]
    words: str = ""
    carry: bool = True


class VerificationStepBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a step asks for; `lines` are the refused lines by the identity of the certificate."""

    words: str = ""
    question: int = 0
    addressee: str = ""
    contact: str = ""
    letter: int = 0
    consents: bool = False
    answer: str = ""
    outcome: str = ""
    lines: dict[int, list[int]] = {}


_REFERENCE = "#/components/schemas/{name}"
COMPONENTS: dict[str, Any] = msgspec.json.schema_components(
    (VerificationBody, VerificationStepBody, VerificationFile, VerificationRow, OutcomeRow), ref_template=_REFERENCE
)[1]


def _schema(kind: type) -> dict[str, Any]:
    return {"$ref": _REFERENCE.format(name=kind.__name__)}


def body(kind: type) -> dict[str, Any]:
    """A body of one of the structs above."""
    return {"application/json": {"schema": _schema(kind)}}


_GONE = ("None of that number in your scope", FAULTS)
_REFUSED = ("Refused, with every reason", FAULTS)
_ID = {"type": "object", "properties": {"id": {"type": "integer"}}}
OPENED: Answers = {201: ("The identity of the verification", _ID), 404: _GONE, 422: _REFUSED}
SEEN: Answers = {200: ("The verification", _schema(VerificationFile)), 404: _GONE}
STEPPED: Answers = {**SEEN, 422: _REFUSED}
LISTED: Answers = {200: ("Verifications, newest first", {"type": "array", "items": _schema(VerificationRow)})}
COUNTED: Answers = {200: ("Outcomes by key", {"type": "array", "items": _schema(OutcomeRow)})}
