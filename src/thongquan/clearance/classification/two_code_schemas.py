"""Bodies of the API of two codes, read strictly, and the OpenAPI words made from the structs themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from thongquan.base.core.openapi import FAULTS, Answers
from thongquan.clearance.classification.queries.cases import CaseFile, CaseRow
from thongquan.clearance.classification.queries.findings import FindingFile, FindingRow


class OutcomeBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a finding came to: first, second, neither, different or analysis; words where they are needed."""

    outcome: str
    words: str = ""


class CaseBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What becomes of a case: instruction, ruling, audit, notice or nothing; and the words for who goes on with it."""

    becomes: str
    words: str


class CodeBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The code a case asked for: of the document `number` that customs issued, with its reasons; `description` of the
    goods without anybody's name, empty to keep that of the case."""

    hs: str
    number: str
    reasons: str
    description: str = ""


class ReopenBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a case is opened again."""

    words: str = ""


_REFERENCE = "#/components/schemas/{name}"
COMPONENTS: dict[str, Any] = msgspec.json.schema_components(
    (OutcomeBody, CaseBody, CodeBody, ReopenBody, FindingRow, FindingFile, CaseRow, CaseFile), ref_template=_REFERENCE
)[1]


def _schema(kind: type) -> dict[str, Any]:
    return {"$ref": _REFERENCE.format(name=kind.__name__)}


def body(kind: type, example: dict[str, str]) -> dict[str, Any]:
    """A JSON body of this struct, with an example."""
    return {"application/json": {"schema": _schema(kind), "example": example}}


def _listed(words: str, kind: type) -> Answers:
    return {200: (words, {"type": "array", "items": _schema(kind)})}


FINDINGS = _listed("Findings, the most at stake first", FindingRow)
FINDING: Answers = {200: ("The evidence of a finding", _schema(FindingFile)), 422: ("Refused", FAULTS)}
CASES = _listed("Cases, those with most at stake first", CaseRow)
CASE: Answers = {200: ("A case with its story", _schema(CaseFile)), 422: ("Refused", FAULTS)}
