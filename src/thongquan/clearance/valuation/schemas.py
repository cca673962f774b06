"""Bodies of the API of values, and the OpenAPI words made from the structs themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from thongquan.base.core.openapi import FAULTS, Answers
from thongquan.clearance.valuation.queries.bands import BandRow
from thongquan.clearance.valuation.queries.consultations import ConsultationFile, ConsultationRow
from thongquan.clearance.valuation.queries.prices import Priced

_REFERENCE = "#/components/schemas/{name}"


class ValueAnswerBody(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a question of a consultation."""

    text: str


COMPONENTS: dict[str, Any] = msgspec.json.schema_components(
    (ValueAnswerBody, ConsultationFile, ConsultationRow, BandRow, Priced), ref_template=_REFERENCE
)[1]


def _of(kind: type) -> dict[str, Any]:
    return {"$ref": _REFERENCE.format(name=kind.__name__)}


def _list(kind: type) -> dict[str, Any]:
    return {"type": "array", "items": _of(kind)}


def body_of(kind: type) -> dict[str, Any]:
    """A body as OpenAPI names it."""
    return {"application/json": {"schema": _of(kind)}}


_GONE = ("None in your scope", FAULTS)
_REFUSED = ("Refused, with every reason", FAULTS)
LISTED: Answers = {200: ("Consultations, undecided ones first", _list(ConsultationRow))}
TOLD: Answers = {200: ("The consultation", _of(ConsultationFile)), 404: _GONE, 422: _REFUSED}
BANDS: Answers = {200: ("Bands in force, in dong for one unit", _list(BandRow))}
BELOW: Answers = {200: ("Lines below their band, newest first", _list(Priced))}
