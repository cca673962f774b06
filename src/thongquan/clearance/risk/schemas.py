"""Bodies of the API of risk, and the OpenAPI words made from the structs themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from thongquan.base.core.openapi import FAULTS, Answers
from thongquan.clearance.risk.queries.compliance import ComplianceFile, Standing

_REFERENCE = "#/components/schemas/{name}"
COMPONENTS: dict[str, Any] = msgspec.json.schema_components((ComplianceFile, Standing), ref_template=_REFERENCE)[1]


def _schema(name: str) -> dict[str, Any]:
    return {"$ref": _REFERENCE.format(name=name)}


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _schema(name)}


GONE = ("None in your scope", FAULTS)
REFUSED = ("Refused, with every reason", FAULTS)
STANDINGS: Answers = {200: ("Enterprises in your scope, the lowest level first", _list("Standing")), 422: REFUSED}
STANDING: Answers = {200: ("How the enterprise stands, and why", _schema("ComplianceFile")), 404: GONE}
