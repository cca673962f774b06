"""Delivering: one try at a time and per webhook, outside any transaction, until it is received or given up.

At least once: a worker that dies between sending and writing down sends again, under the same id.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from thongquan.base.accounts.queries import trader_people
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.base.notices.models import Attempt, Delivery, Endpoint
from thongquan.base.notices.network import Answer, Network, Unreachable, post
from thongquan.base.notices.operations.endpoints import live_secrets, set_state
from thongquan.base.notices.operations.telling import notify
from thongquan.base.notices.own_words import WEBHOOK_DISABLED
from thongquan.base.notices.signing import headers_of
from thongquan.base.notices.states import DISABLE_AFTER, STALE, DeliveryState, EndpointState, next_try
from thongquan.rules.codes import Code

GONE = 410
WORKER = "system:webhooks"


@dataclass(frozen=True)
class _Outcome:
    """How one try ended."""

    status: int | None
    fault: str
    detail: str
    latency_ms: int
    excerpt: str

    @property
    def received(self) -> bool:
        return not self.fault


def deliver_next(*, at: datetime, network: Network) -> bool:
    """Make one try of the delivery that is due and whose webhook waited longest; False when none is due."""
    delivery = _take(at)
    if delivery is None:
        return False
    outcome = _try(delivery, at, network)
    _keep(delivery.pk, outcome, at + timedelta(milliseconds=outcome.latency_ms))
    return True


def _take(at: datetime) -> Delivery | None:
    """A due delivery, its webhook marked as in hand: nobody else sends to it meanwhile, so one slow server is alone."""
    due = Delivery.objects.filter(endpoint=OuterRef("pk"), state=DeliveryState.WAITING, next_at__lte=at)
    free = Q(taken_at=None) | Q(taken_at__lt=at - STALE)
    with transaction.atomic():
        rows = Endpoint.objects.select_for_update(skip_locked=True).filter(free, Exists(due))
        row = rows.filter(state=EndpointState.ACTIVE).order_by(F("served_at").asc(nulls_first=True), "pk").first()
        if row is None:
            return None
        waiting = Delivery.objects.filter(endpoint=row, state=DeliveryState.WAITING, next_at__lte=at)
        delivery = waiting.select_related("endpoint").order_by("next_at", "id").first()
        if delivery is not None:
            row.taken_at = row.served_at = at
            row.save(update_fields=["taken_at", "served_at"])
        return delivery


def _try(delivery: Delivery, at: datetime, network: Network) -> _Outcome:
    row, body = delivery.endpoint, bytes(delivery.body)
    headers = headers_of(message=delivery.message, at=at, body=body, secrets=live_secrets(row, at))
    try:
        return _judged(post(row.url, body, headers, network=network))
    except Unreachable as error:
        return _Outcome(None, str(error.code), error.detail[:200], error.latency_ms, "")


def _judged(answer: Answer) -> _Outcome:
    """Only 2xx is received; a redirect is an error of its own, since it may lead anywhere."""
    family = answer.status // 100
    fault = "" if family == 2 else str(Code.TQ_NOT_006 if family == 3 else Code.TQ_NOT_009)
    return _Outcome(answer.status, fault, str(answer.status) if fault else "", answer.latency_ms, answer.excerpt)


def _keep(delivery_id: int, outcome: _Outcome, at: datetime) -> None:
    """Write the try down, and what follows from it."""
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
        row = Endpoint.objects.select_for_update().get(pk=delivery.endpoint_id)
        Attempt.objects.create(
            delivery=delivery,
            at=at,
            status=outcome.status,
            fault=outcome.fault,
            detail=outcome.detail,
            latency_ms=outcome.latency_ms,
            excerpt=outcome.excerpt,
        )
        row.taken_at = None
        row.failing_since = None if outcome.received else row.failing_since or at
        row.save(update_fields=["taken_at", "failing_since"])
        _move_on(delivery, outcome, at)
        if _is_hopeless(row, outcome, at):
            _disable(row, at)


def _move_on(delivery: Delivery, outcome: _Outcome, at: datetime) -> None:
    delivery.tries += 1
    if outcome.received:
        delivery.state, delivery.done_at = DeliveryState.DELIVERED, at
    elif delivery.state == DeliveryState.WAITING:  # else it was held or given up meanwhile
        then = next_try(tries=delivery.tries, since=delivery.since, at=at, chance=random.random())  # noqa: S311  (spreads load)
        delivery.next_at = then or delivery.next_at
        if then is None:
            delivery.state, delivery.done_at = DeliveryState.GIVEN_UP, at
    delivery.save(update_fields=["tries", "state", "done_at", "next_at"])


def _is_hopeless(row: Endpoint, outcome: _Outcome, at: datetime) -> bool:
    """The other side said that it is gone for good, or has failed for days without one success."""
    if outcome.received or row.state != EndpointState.ACTIVE:
        return False
    return outcome.status == GONE or (row.failing_since is not None and at - row.failing_since >= DISABLE_AFTER)


def _disable(row: Endpoint, at: datetime) -> None:
    set_state(row, EndpointState.DISABLED, at)
    subject, details = f"enterprise:{row.owner}", {"webhook": row.pk}
    record(action=WEBHOOK_DISABLED, subject=subject, actor=WORKER, at=at, details=details)
    announce(kind=WEBHOOK_DISABLED, subject=subject, payload=details, at=at)
    people = trader_people([row.owner], at).get(row.owner, frozenset())
    notify(
        to=people, kind=WEBHOOK_DISABLED, subject=f"webhook:{row.pk}", values={"name": row.name or row.url[:80]}, at=at
    )
