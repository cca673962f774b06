"""Webhooks and the log of their deliveries, as their enterprise may see them. Secrets are never among it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.notices.models import Attempt, Delivery, Endpoint
from thongquan.base.notices.permissions import owned_codes
from thongquan.base.notices.states import DeliveryState, EndpointState

PAGE = 30


class Hook(msgspec.Struct, frozen=True, kw_only=True):
    """A webhook. `state` is one of `states.EndpointState`; `old_secret_until` while a rotation lasts."""

    id: int
    owner: str
    name: str
    url: str
    kinds: list[str]
    state: str
    made_at: datetime
    state_at: datetime
    failing_since: datetime | None
    old_secret_until: datetime | None


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """One try; `fault` is the code of what stood in the way, '' when it was received."""

    at: datetime
    status: int | None
    fault: str
    detail: str
    latency_ms: int
    excerpt: str


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery in the log, with its last try."""

    id: int
    message: str
    kind: str
    subject: str
    at: datetime
    state: str
    tries: int
    next_at: datetime | None
    done_at: datetime | None
    body_sha256: str
    last: Tried | None

    @property
    def number(self) -> str:
        """The number of the declaration it is about; '' for a test event."""
        kind, _, number = self.subject.partition(":")
        return number if kind == "declaration" else ""


class Log(msgspec.Struct, frozen=True, kw_only=True):
    """One page of deliveries; `after` is where the next begins, None at the end."""

    rows: list[Sent]
    after: int | None


class SentWhole(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery with its body and every try, the newest first."""

    sent: Sent
    body: str
    tries: list[Tried]


def webhooks_of(*, actor: Actor, at: datetime) -> list[Hook]:
    """The webhooks of the actor's own organizations, by owner. Raises NotAllowed."""
    rows = Endpoint.objects.filter(owner__in=owned_codes(actor, at)).exclude(state=EndpointState.DELETED)
    return [_hook(row, at) for row in rows.order_by("owner", "pk")]


def webhook_of(*, actor: Actor, endpoint: int, at: datetime) -> Hook:
    """One of them. Raises NotAllowed, NotFound."""
    rows = Endpoint.objects.filter(owner__in=owned_codes(actor, at), pk=endpoint)
    row = rows.exclude(state=EndpointState.DELETED).first()
    if row is None:
        raise NotFound(str(endpoint))
    return _hook(row, at)


def deliveries_of(
    *, actor: Actor, endpoint: int, at: datetime, state: str = "", after: int | None = None, size: int = PAGE
) -> Log:
    """The log of a webhook, newest first. Raises NotAllowed, NotFound."""
    webhook_of(actor=actor, endpoint=endpoint, at=at)
    rows = Delivery.objects.filter(endpoint_id=endpoint)
    if state in set(DeliveryState):
        rows = rows.filter(state=state)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows.defer("body").order_by("-pk")[: size + 1])
    last = _last_tries([row.pk for row in found])
    return Log(
        rows=[_sent(row, last.get(row.pk)) for row in found[:size]],
        after=found[size - 1].pk if len(found) > size else None,
    )


def delivery_of(*, actor: Actor, endpoint: int, delivery: int, at: datetime) -> SentWhole:
    """One delivery whole. Raises NotAllowed, NotFound."""
    webhook_of(actor=actor, endpoint=endpoint, at=at)
    row = Delivery.objects.filter(endpoint_id=endpoint, pk=delivery).first()
    if row is None:
        raise NotFound(str(delivery))
    tries = [_tried(one) for one in row.attempts.order_by("-pk")]
    return SentWhole(sent=_sent(row, tries[0] if tries else None), body=bytes(row.body).decode(), tries=tries)


def _last_tries(deliveries: list[int]) -> dict[int, Tried]:
    rows = Attempt.objects.filter(delivery_id__in=deliveries).order_by("delivery_id", "-pk").distinct("delivery_id")
    return {row.delivery_id: _tried(row) for row in rows}


def _hook(row: Endpoint, at: datetime) -> Hook:
    until = row.old_secret_until
    return Hook(
        id=row.pk,
        owner=row.owner,
        name=row.name,
        url=row.url,
        kinds=list(row.kinds),
        state=row.state,
        made_at=row.made_at,
        state_at=row.state_at,
        failing_since=row.failing_since,
        old_secret_until=until if until and until > at else None,
    )


def _sent(row: Delivery, last: Tried | None) -> Sent:
    return Sent(
        id=row.pk,
        message=row.message,
        kind=row.kind,
        subject=row.subject,
        at=row.at,
        state=row.state,
        tries=row.tries,
        next_at=row.next_at if row.state == DeliveryState.WAITING else None,
        done_at=row.done_at,
        body_sha256=row.body_sha256,
        last=last,
    )


def _tried(row: Attempt) -> Tried:
    return Tried(
        at=row.at,
        status=row.status,
        fault=row.fault,
        detail=row.detail,
        latency_ms=row.latency_ms,
        excerpt=row.excerpt,
    )
