"""Sending again: one delivery, or everything since a moment, and a try-out; each keeps its id."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.base.notices.kinds import TEST
from thongquan.base.notices.models import Delivery, Endpoint
from thongquan.base.notices.operations.endpoints import locked_endpoint
from thongquan.base.notices.operations.events import Happening, delivery_of
from thongquan.base.notices.states import KEPT, DeliveryState, EndpointState
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def replay_delivery(*, actor: Actor, endpoint: int, delivery: int, at: datetime) -> None:
    """Send one delivery again, with the same id and body. Raises NotAllowed, NotFound, TQ-NOT-010."""
    with transaction.atomic():
        row = _active(actor, endpoint, at)
        if not _again(Delivery.objects.filter(endpoint=row, pk=delivery), at):
            raise NotFound(str(delivery))
        _tell(row, actor, at, 1)


def replay_since(*, actor: Actor, endpoint: int, since: datetime, at: datetime) -> int:
    """Send everything again that happened since a moment; returns how many.

    Raises NotAllowed, NotFound, and `Refused` with TQ-NOT-010 (switched off) or TQ-NOT-011 (moment not kept).
    """
    with transaction.atomic():
        row = _active(actor, endpoint, at)
        if not at - KEPT <= since <= at:
            values = {"days": str(KEPT.days)}
            raise Refused([Fault(code=Code.TQ_NOT_011, path="since", value=since.isoformat(), values=values)])
        count = _again(Delivery.objects.filter(endpoint=row, at__gte=since), at)
        _tell(row, actor, at, count)
    return count


def send_test(*, actor: Actor, endpoint: int, at: datetime) -> int:
    """Send a made-up event, to see that the other side answers; returns its delivery. Raises as a replay does."""
    with transaction.atomic():
        row = _active(actor, endpoint, at)
        event = Happening(
            owners=frozenset({row.owner}),
            message=f"msg_test_{secrets.token_hex(8)}",
            kind=TEST,
            subject=f"webhook:{row.pk}",
            at=at,
            enterprise=row.owner,
        )
        made = delivery_of(row, event)
        made.save()
        return made.pk


def _active(actor: Actor, endpoint: int, at: datetime) -> Endpoint:
    row = locked_endpoint(actor, endpoint, at)
    if row.state != EndpointState.ACTIVE:
        raise Refused([Fault(code=Code.TQ_NOT_010, path="state", value=row.state)])
    return row


def _again(rows: QuerySet[Delivery], at: datetime) -> int:
    return rows.update(state=DeliveryState.WAITING, tries=0, since=at, next_at=at, done_at=None)


def _tell(row: Endpoint, actor: Actor, at: datetime, count: int) -> None:
    subject, details = f"enterprise:{row.owner}", {"webhook": row.pk, "deliveries": count}
    record(action="webhook.replayed", subject=subject, actor=actor.reference, at=at, details=details)
    announce(kind="webhook.replayed", subject=subject, payload=details, at=at)


def forget_deliveries(*, at: datetime, kept: timedelta) -> int:
    """Delete deliveries, with their tries, older than `kept`; returns how many rows that were."""
    return Delivery.objects.filter(at__lt=at - kept).delete()[0]
