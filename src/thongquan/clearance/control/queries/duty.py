"""The duty roster: who is on duty now, and the turns that stand."""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db.models import Max

from thongquan.base.accounts.queries import Actor, names_of, officers_of
from thongquan.base.core.errors import NotAllowed
from thongquan.clearance.control.models import DutyTurn
from thongquan.clearance.control.permissions import INSPECTORS, inspector_offices


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """A turn of duty with the officer's name."""

    id: int
    office: str
    officer: str
    name: str
    starts_at: datetime
    ends_at: datetime
    is_now: bool


def on_duty(office: str, at: datetime) -> list[str]:
    """References of the officers on duty at an office now who still check goods there, in order of reference."""
    turns = DutyTurn.objects.filter(office=office, starts_at__lte=at, ends_at__gt=at, withdrawn_at__isnull=True)
    still = officers_of(office, INSPECTORS, at)
    return sorted(set(turns.values_list("officer", flat=True)) & set(still))


def roster_of(*, actor: Actor, office: str, at: datetime) -> list[Turn]:
    """Turns of now and later at an office, soonest first. Raises `NotAllowed` for people of other offices."""
    if office not in inspector_offices(actor):
        raise NotAllowed("control.roster")
    rows = list(
        DutyTurn.objects.filter(office=office, ends_at__gt=at, withdrawn_at__isnull=True).order_by("starts_at", "id")
    )
    names = names_of({row.officer for row in rows})
    return [
        Turn(
            id=row.id,
            office=row.office,
            officer=row.officer,
            name=names.get(row.officer, row.officer),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            is_now=row.starts_at <= at,
        )
        for row in rows
    ]


def covered_until(office: str, at: datetime) -> dict[str, datetime]:
    """The end of the last turn of each officer who has one now or later, by reference."""
    rows = DutyTurn.objects.filter(office=office, ends_at__gt=at, withdrawn_at__isnull=True)
    return {row["officer"]: row["last"] for row in rows.values("officer").annotate(last=Max("ends_at"))}


def overlapping(office: str, officer: str, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether the officer has another turn at the office that meets this period."""
    rows = DutyTurn.objects.filter(office=office, officer=officer, withdrawn_at__isnull=True)
    return rows.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists()
