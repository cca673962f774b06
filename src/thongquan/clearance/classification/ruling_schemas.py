"""Bodies of the API of precedents, rulings and attributes, and the OpenAPI words made from the structs."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from thongquan.base.core.openapi import FAULT, FAULTS, Answers
from thongquan.clearance.classification.operations.attributes import AttributeGiven
from thongquan.clearance.classification.operations.precedents import PrecedentGiven
from thongquan.clearance.classification.operations.rulings import RulingGiven
from thongquan.clearance.classification.queries.attributes import AttributeShown
from thongquan.clearance.classification.queries.precedents import MetShown, PrecedentShown
from thongquan.clearance.classification.queries.ruling_values import PublishedRuling, RulingFile, RulingRow
from thongquan.clearance.classification.queries.warning import LineAsked


class PrecedentsBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Documents to enter, all or none."""

    precedents: list[PrecedentGiven]


class WordsBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The reason of a step."""

    words: str = ""


class JudgeBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an officer says of a line that contradicts a document: wrong_code, other_goods or wrong_precedent."""

    outcome: str
    words: str = ""


class CheckBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lines of an enterprise as they are about to be lodged."""

    tax_code: str
    lines: list[LineAsked]


class RulingBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An application to begin for an enterprise at an office."""

    office: str
    tax_code: str
    given: RulingGiven
    trader_name: str = ""


class RulingStepBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a step asks for: words; a decision (`outcome` issued or refused); or the goods told anew."""

    words: str = ""
    outcome: str = ""
    hs: str = ""
    reasons: str = ""
    ground: str = ""
    valid_to: date | None = None
    given: RulingGiven | None = None


_REFERENCE = "#/components/schemas/{name}"
COMPONENTS: dict[str, Any] = msgspec.json.schema_components(
    (
        PrecedentsBody,
        WordsBody,
        JudgeBody,
        PrecedentShown,
        MetShown,
        RulingBody,
        RulingStepBody,
        RulingFile,
        RulingRow,
        PublishedRuling,
        AttributeGiven,
        AttributeShown,
        CheckBody,
    ),
    ref_template=_REFERENCE,
)[1]


def schema(kind: type) -> dict[str, Any]:
    """Where the document describes one of the structs above."""
    return {"$ref": _REFERENCE.format(name=kind.__name__)}


def body(kind: type) -> dict[str, Any]:
    """A body of one of the structs above."""
    return {"application/json": {"schema": schema(kind)}}


def listed(words: str, kind: type) -> Answers:
    """An answer that lists structs."""
    return {200: (words, {"type": "array", "items": schema(kind)})}


GONE = ("None of that number in your scope", FAULTS)
REFUSED = ("Refused, with every reason", FAULTS)
ID = {"type": "object", "properties": {"id": {"type": "integer"}}}
_IDS = {"type": "object", "properties": {"ids": {"type": "array", "items": {"type": "integer"}}}}
PRECEDENTS = listed("Precedents, newest first", PrecedentShown)
PRECEDENT: Answers = {200: ("The precedent", schema(PrecedentShown)), 404: GONE}
ENTERED: Answers = {201: ("Their identities", _IDS), 422: REFUSED}
CONTRADICTED = listed("Lines against precedents, guidance to the same trader first", MetShown)
DONE: Answers = {200: ("Done", ID), 404: GONE, 422: REFUSED}
RULINGS = listed("Applications, newest first", RulingRow)
RULING: Answers = {200: ("The application", schema(RulingFile)), 404: GONE}
RULING_STEPPED: Answers = {**RULING, 422: REFUSED}
STARTED: Answers = {201: ("The identity of the application", ID), 422: REFUSED}
PUBLISHED = listed("Published rulings, newest first", PublishedRuling)
PUBLISHED_ONE: Answers = {200: ("The ruling", schema(PublishedRuling)), 404: ("No ruling of that number", FAULTS)}
ATTRIBUTES = listed("Deciding attributes by heading", AttributeShown)
PROPOSED: Answers = {201: ("The identity of the attribute", ID), 422: REFUSED}
_WARNINGS = {"type": "object", "properties": {"warnings": {"type": "array", "items": FAULT}}}
CHECKED: Answers = {200: ("What speaks against the codes; nothing is stopped", _WARNINGS), 422: REFUSED}
