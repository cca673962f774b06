"""Bodies of the API of suggested codes, read strictly, and the OpenAPI words made from the structs themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from thongquan.base.core.openapi import FAULTS, Answers
from thongquan.clearance.classification.queries.suggesting import GoodsQuestion, SuggestedCodes


class QuestionsBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Descriptions to ask about, at most 100."""

    items: list[GoodsQuestion]


class SuggestedBatch(msgspec.Struct, frozen=True, kw_only=True):
    """Answers in the order in which was asked."""

    items: list[SuggestedCodes]


_REFERENCE = "#/components/schemas/{name}"
COMPONENTS: dict[str, Any] = msgspec.json.schema_components(
    (QuestionsBody, SuggestedBatch, SuggestedCodes), ref_template=_REFERENCE
)[1]


def _schema(kind: type) -> dict[str, Any]:
    return {"$ref": _REFERENCE.format(name=kind.__name__)}


EXAMPLE = {"items": [{"description": "Máy khoan điện cầm tay 750W", "digits": 6}, {"description": "Táo tươi Fuji"}]}
BODY: dict[str, Any] = {"application/json": {"schema": _schema(QuestionsBody), "example": EXAMPLE}}
ONE: Answers = {200: ("Candidates, or the question to ask", _schema(SuggestedCodes)), 422: ("Refused", FAULTS)}
SEVERAL: Answers = {200: ("Candidates of each", _schema(SuggestedBatch)), 422: ("Refused", FAULTS)}
