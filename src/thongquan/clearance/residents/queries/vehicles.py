"""Vehicles in the border area now, and those that were there."""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db.models import F

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.residents.models import Stay
from thongquan.clearance.residents.permissions import offices_for

MOST = 200


class StaySeen(msgspec.Struct, frozen=True, kw_only=True):
    """A stay; `overstayed` says that the vehicle is or was there longer than it may be."""

    id: int
    office: str
    plate: str
    driver: str
    purpose: str
    came_at: datetime
    due_at: datetime
    went_at: datetime | None
    overstayed: bool


def stays_of(actor: Actor, at: datetime, *, text: str = "") -> list[StaySeen]:
    """Vehicles of the actor's offices: those still in first, the longest overdue on top; then the latest that left."""
    rows = Stay.objects.filter(office__in=offices_for(actor, "residents.see"))
    if text:
        rows = rows.filter(plain__contains=text)
    inside = list(rows.filter(went_at=None).order_by("due_at")[:MOST])
    gone = list(rows.exclude(went_at=None).order_by(F("went_at").desc())[: MOST - len(inside)])
    return [_told(row, at) for row in (*inside, *gone)]


def _told(row: Stay, at: datetime) -> StaySeen:
    return StaySeen(
        id=row.pk,
        office=row.office,
        plate=row.plate,
        driver=row.driver,
        purpose=row.purpose,
        came_at=row.came_at,
        due_at=row.due_at,
        went_at=row.went_at,
        overstayed=(row.went_at or at) > row.due_at,
    )
