"""Mandates as enterprises and brokers see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from thongquan.base.accounts.models import Mandate, Membership
from thongquan.base.accounts.queries.actors import Actor, valid_at

SHOWN = 200


@dataclass(frozen=True, slots=True)
class MandateRow:
    """A mandate with the names of both sides; `is_open` while the broker may lodge."""

    enterprise: str
    enterprise_name: str
    broker: str
    broker_name: str
    valid_from: datetime
    valid_to: datetime | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Mandates:
    """What a person's enterprises gave and what the person's brokers hold; `own` are the enterprises that may give."""

    own: dict[str, str]
    given: list[MandateRow]
    held: list[MandateRow]


def mandates_of(actor: Actor, at: datetime) -> Mandates:
    """Mandates of the places this person belongs to, open ones first, then the latest."""
    if actor.user_id is None:
        return Mandates({}, [], [])
    seats = Membership.objects.filter(valid_at(at), user_id=actor.user_id)
    own = seats.filter(role="declarant", organization__kind="enterprise")
    brokers = seats.filter(role="broker", organization__kind="broker")
    return Mandates(
        own=dict(own.order_by("organization__code").values_list("organization__code", "organization__name")),
        given=_rows(Mandate.objects.filter(enterprise__in=own.values("organization_id")), at),
        held=_rows(Mandate.objects.filter(broker__in=brokers.values("organization_id")), at),
    )


def _rows(mandates: QuerySet[Mandate], at: datetime) -> list[MandateRow]:
    rows = mandates.select_related("enterprise", "broker").order_by("-valid_from", "-id")
    found = [
        MandateRow(
            row.enterprise.code,
            row.enterprise.name,
            row.broker.code,
            row.broker.name,
            row.valid_from,
            row.valid_to,
            row.valid_from <= at and (row.valid_to is None or row.valid_to > at),
        )
        for row in rows[:SHOWN]
    ]
    return sorted(found, key=lambda row: not row.is_open)
