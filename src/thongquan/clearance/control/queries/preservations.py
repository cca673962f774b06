"""Goods kept elsewhere: of one declaration, and those whose request waits for an answer."""

from __future__ import annotations

from datetime import datetime

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.control.models import Preservation
from thongquan.clearance.control.permissions import inspector_offices
from thongquan.clearance.declarations.queries import stand_of

MOST = 200


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A request to preserve goods and what became of it. `granted` None: not answered yet."""

    number: str
    place_kind: str
    place: str
    reason: str
    requested_at: datetime
    granted: bool | None = None
    answer: str = ""
    answered_at: datetime | None = None
    result_due: datetime | None = None
    arrived_at: datetime | None = None
    result: str = ""
    paper: str = ""
    result_at: datetime | None = None


def preservation_of(*, actor: Actor, number: str) -> Kept | None:
    """The latest request of a declaration. Raises `NotFound` outside the actor's scope."""
    stand = stand_of(actor=actor, number=number)
    row = Preservation.objects.filter(declaration_id=stand.key).order_by("-id").first()
    return _kept(row, stand.number) if row else None


def waiting_preservations(actor: Actor) -> list[Kept]:
    """Requests of the actor's offices that wait for an answer, and goods whose result is awaited; oldest first."""
    rows = Preservation.objects.filter(office__in=inspector_offices(actor), result="").exclude(granted=False)
    found = rows.filter(declaration__state__in=["channeled", "settled", "preserved"]).order_by("requested_at")[:MOST]
    numbers = dict(
        Preservation.objects.filter(pk__in=[row.pk for row in found]).values_list("pk", "declaration__number")
    )
    return [_kept(row, numbers[row.pk]) for row in found]


def _kept(row: Preservation, number: str) -> Kept:
    return Kept(number=number, **{name: getattr(row, name) for name in Kept.__struct_fields__ if name != "number"})


def request_waits(key: int) -> bool:
    """Whether a request of this declaration waits for an answer."""
    return Preservation.objects.filter(declaration_id=key, granted=None).exists()
