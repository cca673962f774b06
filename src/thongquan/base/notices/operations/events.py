"""Events for programs: one delivery for every webhook that wants the kind, written in the running transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from thongquan.base.notices.models import Delivery, Endpoint
from thongquan.base.notices.states import DeliveryState, EndpointState


@dataclass(frozen=True, kw_only=True)
class Happening:
    """What programs are told: `message` is its id for ever, `owners` the tax codes whose webhooks may have it."""

    owners: frozenset[str]
    message: str
    kind: str
    subject: str
    at: datetime
    number: str = ""
    state: str = ""
    url: str = ""
    enterprise: str = ""


def send_events(events: Sequence[Happening]) -> int:
    """Queue each event for the webhooks of its owners; returns how many deliveries that makes.

    An event queued before is left as it is, so that handing it over twice sends it once.
    """
    owners = frozenset[str]().union(*(event.owners for event in events))
    rows = list(Endpoint.objects.filter(owner__in=owners).exclude(state=EndpointState.DELETED)) if owners else []
    made = [
        delivery_of(row, event)
        for event in events
        for row in rows
        if row.owner in event.owners and event.kind in row.kinds and row.made_at <= event.at
    ]
    Delivery.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def has_endpoints() -> bool:
    """Whether anybody has a webhook at all: most installations need not look further."""
    return Endpoint.objects.exclude(state=EndpointState.DELETED).exists()


def delivery_of(row: Endpoint, event: Happening) -> Delivery:
    """One event on its way to one webhook; held when that is switched off."""
    body = body_of(event)
    return Delivery(
        endpoint=row,
        message=event.message,
        kind=event.kind,
        subject=event.subject,
        body=body,
        body_sha256=hashlib.sha256(body).hexdigest(),
        at=event.at,
        state=DeliveryState.WAITING if row.state == EndpointState.ACTIVE else DeliveryState.HELD,
        since=event.at,
        next_at=event.at,
    )


def body_of(event: Happening) -> bytes:
    """The body, the same bytes at every try: no names, no amounts, no reasons; the rest is read at `url`."""
    return msgspec.json.encode(
        {
            "id": event.message,
            "kind": event.kind,
            "at": event.at.astimezone(UTC),
            "number": event.number,
            "state": event.state,
            "enterprise": event.enterprise,
            "url": event.url,
        }
    )
