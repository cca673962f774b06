"""Bodies of the API of risk, and the OpenAPI words made from the structs themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from thongquan.base.core.openapi import FAULTS, Answers
from thongquan.clearance.risk.queries.compliance import ComplianceFile, Standing
from thongquan.clearance.risk.queries.fairness import Fairness
from thongquan.clearance.risk.queries.profiles import ProfileFile, ProfileRow
from thongquan.clearance.risk.queries.versions import ModelFile, ModelRegistry

_REFERENCE = "#/components/schemas/{name}"
_KNOWN = (ComplianceFile, Standing, Fairness, ProfileFile, ProfileRow, ModelFile, ModelRegistry)
COMPONENTS: dict[str, Any] = msgspec.json.schema_components(_KNOWN, ref_template=_REFERENCE)[1]


def _schema(name: str) -> dict[str, Any]:
    return {"$ref": _REFERENCE.format(name=name)}


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _schema(name)}


GONE = ("None in your scope", FAULTS)
REFUSED = ("Refused, with every reason", FAULTS)
STANDINGS: Answers = {200: ("Enterprises in your scope, the lowest level first", _list("Standing")), 422: REFUSED}
STANDING: Answers = {200: ("How the enterprise stands, and why", _schema("ComplianceFile")), 404: GONE}
PROFILES: Answers = {200: ("Profiles, newest first", _list("ProfileRow"))}
PROFILE: Answers = {200: ("The profile with its story and newest dry run", _schema("ProfileFile")), 404: GONE}
MODELS: Answers = {200: ("All versions, newest first, and what is open", _schema("ModelRegistry"))}
MODEL: Answers = {200: ("The version with its weeks and its story", _schema("ModelFile")), 404: GONE}
FAIRNESS: Answers = {200: ("Groups of traders with shares and intervals", _schema("Fairness"))}
