"""Bodies of the API of exemption lists and claims, and their OpenAPI words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from thongquan.base.core.openapi import FAULTS, Answers
from thongquan.clearance.revenue.operations.exemptions import Wanted
from thongquan.clearance.revenue.queries.claims import Told
from thongquan.clearance.revenue.queries.exemptions import Goods, Registered
from thongquan.clearance.revenue.schemas import list_of, named, reference


class Filing(msgspec.Struct, frozen=True, kw_only=True):
    """An exemption list as it is filed; `valid_to` is the first day on which it no longer holds."""

    tax_code: str
    office: str
    exemption: str
    title: str
    lines: tuple[Wanted, ...]
    valid_to: date | None = None


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """Why a list is refused or closed."""

    reason: str = ""


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for: `kind` refund or waiver, the case of the law, of which subject and tax, how many dong."""

    kind: str
    case: str
    subject: str
    amount_vnd: Decimal
    grounds: str
    tax: str = ""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer proposes, in dong, and what was found."""

    amount_vnd: Decimal
    finding: str


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """The decision of the second person."""

    approve: bool
    reason: str = ""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """The treasury's payment order."""

    reference: str


COMPONENTS = named(Registered, Goods, Told, Filing, Decided, Asking, Finding, Ruling, Order)
_REFUSED: Answers = {422: ("Refused; nothing was stored", FAULTS)}
_GONE: Answers = {404: ("Not in your scope", FAULTS)}
_LIST: dict[str, Any] = {
    "allOf": [
        reference(Registered),
        {"type": "object", "properties": {"lines": {"type": "array", "items": reference(Goods)}}},
    ]
}
EXEMPTIONS: Answers = {200: ("Exemption lists", list_of("exemptions", Registered))}
FILED: Answers = {201: ("Filed", _LIST), **_REFUSED}
ONE_EXEMPTION: Answers = {200: ("The list with its lines", _LIST), **_GONE, **_REFUSED}
CLAIMS: Answers = {200: ("Claims", list_of("claims", Told))}
ASKED: Answers = {201: ("Asked", reference(Told)), **_GONE, **_REFUSED}
ONE_CLAIM: Answers = {200: ("The claim", reference(Told)), **_GONE, **_REFUSED}
