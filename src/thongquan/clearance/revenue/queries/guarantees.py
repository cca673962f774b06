"""Guarantees as their trader and their office see them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

import msgspec
from django.db.models import Case, IntegerField, Min, Q, QuerySet, When

from thongquan.base.accounts.permissions import readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.revenue.chart import name_of_subject
from thongquan.clearance.revenue.models import Guarantee, Reservation


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A guarantee and what it has left."""

    id: int
    number: str
    kind: str
    state: str
    guarantor: str
    tax_code: str
    office: str
    subject: str
    limit_vnd: Decimal
    available_vnd: Decimal
    valid_from: date
    valid_to: date
    proposed_by: str
    at: datetime
    reason: str

    @property
    def used_vnd(self) -> Decimal:
        """What it stands for now."""
        return self.limit_vnd - self.available_vnd


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What a guarantee stands for."""

    subject: str
    amount_vnd: Decimal
    until: date
    at: datetime

    @property
    def name(self) -> str:
        """How people call it."""
        return name_of_subject(self.subject)


def guarantees(*, actor: Actor, offset: int = 0, limit: int = 50) -> tuple[list[Given], bool]:
    """A page of guarantees in the actor's scope, proposed ones first, and whether more follow."""
    waits = Case(When(state="proposed", then=0), default=1, output_field=IntegerField())
    rows = _in_scope(actor).order_by(waits, "-at", "-id")
    found = [_given(row) for row in rows[offset : offset + limit + 1]]
    return found[:limit], len(found) > limit


def guarantee(*, actor: Actor, guarantee_id: int) -> Given:
    """One guarantee. Raises `NotFound` outside the actor's scope."""
    row = _in_scope(actor).filter(pk=guarantee_id).first()
    if row is None:
        raise NotFound(str(guarantee_id))
    return _given(row)


def standing_for(guarantee_id: int) -> list[Standing]:
    """What a guarantee stands for, the last day first to come on top. The caller has checked the scope."""
    rows = Reservation.objects.filter(guarantee_id=guarantee_id, amount_vnd__gt=0).order_by("until", "id")
    return [Standing(subject=row.subject, amount_vnd=row.amount_vnd, until=row.until, at=row.at) for row in rows]


def usable_for(*, tax_code: str, subject: str, on: date) -> list[Given]:
    """Accepted guarantees of a trader that may stand for a subject on a day."""
    rows = Guarantee.objects.filter(
        Q(subject="") | Q(subject=subject), tax_code=tax_code, state="accepted", valid_from__lte=on, valid_to__gte=on
    )
    return [_given(row) for row in rows.order_by("-available_vnd", "id")]


def guarantees_end(subjects: Collection[str]) -> dict[str, date]:
    """The last day of the guarantees that stand for subjects now, the first to end; one read for all of them."""
    if not subjects:
        return {}
    rows = Reservation.objects.filter(subject__in=subjects, amount_vnd__gt=0)
    return dict(rows.values_list("subject").annotate(Min("guarantee__valid_to")))


def _in_scope(actor: Actor) -> QuerySet[Guarantee]:
    return Guarantee.objects.filter(Q(office__in=readable_offices(actor)) | Q(tax_code__in=readable_enterprises(actor)))


def _given(row: Guarantee) -> Given:
    return Given(**{name: getattr(row, name) for name in Given.__struct_fields__})
