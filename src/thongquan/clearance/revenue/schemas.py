"""Bodies of the API of money, and their OpenAPI words, made from the structs themselves."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
from ninja import Field, Schema

from thongquan.base.core.openapi import FAULTS, Answers
from thongquan.clearance.revenue.operations import Proposal
from thongquan.clearance.revenue.queries.bank import Booked
from thongquan.clearance.revenue.queries.guarantees import Given
from thongquan.clearance.revenue.queries.stories import MoneyFile

_REFERENCE = "#/components/schemas/{name}"


class Cover(msgspec.Struct, frozen=True, kw_only=True):
    """Which guarantee is to stand."""

    guarantee: str


class Assignment(msgspec.Struct, frozen=True, kw_only=True):
    """To which declaration how much of a booking is credited, in dong."""

    number: str
    amount_vnd: Decimal


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """Why a guarantee is refused."""

    reason: str


class Page(Schema):
    """Which part of a list."""

    offset: int = Field(0, ge=0, le=100_000)
    limit: int = Field(50, ge=1, le=200)


class BankFile(Schema):
    """Whose account a bank file tells of, and its name."""

    office: str = Field(..., min_length=1, max_length=6)
    name: str = Field("", max_length=200)


def named(*kinds: type) -> dict[str, Any]:
    """The JSON schemas of structs and of all their parts, by name."""
    _references, parts = msgspec.json.schema_components(kinds, ref_template=_REFERENCE)
    return parts


def reference(kind: type) -> dict[str, str]:
    """Where the schema of a struct stands."""
    return {"$ref": _REFERENCE.format(name=kind.__name__)}


def list_of(name: str, kind: type) -> dict[str, Any]:
    """A page of a list."""
    rows = {"type": "array", "items": reference(kind)}
    return {"type": "object", "properties": {name: rows, "more": {"type": "boolean"}}}


def body_of(kind: type) -> dict[str, Any]:
    """The words for a JSON body."""
    return {"application/json": {"schema": reference(kind)}}


COMPONENTS = named(MoneyFile, Given, Booked, Proposal, Cover, Assignment, Refusal)
BANK_BODY: dict[str, Any] = {
    kind: {"schema": {"type": "string", "format": "binary"}}
    for kind in ("application/xml", "text/csv", "application/octet-stream")
}
_REFUSED: Answers = {422: ("Refused; nothing was posted", FAULTS)}
_GONE: Answers = {404: ("Not in your scope", FAULTS)}
_TAKEN: dict[str, Any] = {
    "type": "object",
    "properties": {
        "statement_id": {"type": "integer"},
        "lines_read": {"type": "integer"},
        "lines_new": {"type": "integer"},
        "again": {"type": "boolean"},
    },
}
MONEY: Answers = {200: ("The money of a subject", reference(MoneyFile)), **_GONE}
COVERED: Answers = {200: ("Guaranteed", reference(MoneyFile)), **_GONE, **_REFUSED}
GUARANTEES: Answers = {200: ("Guarantees", list_of("guarantees", Given))}
ONE_GUARANTEE: Answers = {200: ("The guarantee", reference(Given)), **_GONE, **_REFUSED, 409: ("Decided", FAULTS)}
PROPOSED: Answers = {201: ("Proposed", reference(Given)), **_REFUSED}
TAKEN: Answers = {200: ("What became of the file", _TAKEN), **_REFUSED}
BOOKINGS: Answers = {200: ("Bookings that wait", list_of("bookings", Booked))}
ONE_BOOKING: Answers = {200: ("The booking", reference(Booked)), **_GONE, **_REFUSED}
