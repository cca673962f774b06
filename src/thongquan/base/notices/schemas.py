"""Bodies of the API of webhooks, and how its answers are described."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from thongquan.base.core.openapi import FAULTS, Answers
from thongquan.base.notices.queries.webhooks import Hook, Log, Sent, SentWhole, Tried


class NewWebhook(msgspec.Struct, forbid_unknown_fields=True):
    """A webhook to be made: whose, where to, and which kinds of events."""

    owner: str
    url: str
    kinds: list[str]
    name: str = ""


class ChangedWebhook(msgspec.Struct, forbid_unknown_fields=True):
    """Its new address, kinds and name, all of them."""

    url: str
    kinds: list[str]
    name: str = ""


class Since(msgspec.Struct, forbid_unknown_fields=True):
    """From when on everything is sent again; with the zone."""

    since: datetime


class Made(msgspec.Struct, frozen=True):
    """A webhook with its secret, which is told here and never again."""

    webhook: Hook
    secret: str


class Again(msgspec.Struct, frozen=True):
    """How many deliveries go out again."""

    deliveries: int


_REFERENCE = "#/components/schemas/{name}"
COMPONENTS: dict[str, Any] = msgspec.json.schema_components(
    (Hook, Log, Sent, SentWhole, Tried, NewWebhook, ChangedWebhook, Since, Made, Again), ref_template=_REFERENCE
)[1]


def _one(kind: type) -> dict[str, str]:
    return {"$ref": _REFERENCE.format(name=kind.__name__)}


_GONE: Answers = {404: ("None of that name in your scope", FAULTS), 422: ("Refused; nothing was done", FAULTS)}
_MANY = {
    "type": "object",
    "properties": {
        "webhooks": {"type": "array", "items": _one(Hook)},
        "kinds": {"type": "array", "items": {"type": "string"}},
    },
}
LISTED: Answers = {200: ("Your webhooks, and the kinds of events there are", _MANY)}
MADE: Answers = {201: ("Made, with its secret", _one(Made)), **_GONE}
ROTATED: Answers = {200: ("A new secret", _one(Made)), **_GONE}
FOUND: Answers = {200: ("The webhook", _one(Hook)), **_GONE}
DELETED: Answers = {200: ("Deleted", {"type": "object"}), **_GONE}
LOGGED: Answers = {200: ("Its deliveries, newest first", _one(Log)), **_GONE}
DELIVERY: Answers = {200: ("The delivery with its body and every try", _one(SentWhole)), **_GONE}
AGAIN: Answers = {202: ("They go out again", _one(Again)), **_GONE}


def body(kind: type) -> dict[str, Any]:
    """The description of a JSON body."""
    return {"application/json": {"schema": _one(kind)}}
