"""A person found by a document, and what is left of the quota."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from thongquan.clearance.residents.models import Identity, QuotaUse, Resident
from thongquan.rules.residents import Quota, Use, quota_left


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What a person has left on a day: dong now, trips taken this month, trips a month, dong taken today."""

    left_vnd: Decimal
    quota_vnd: Decimal
    trips: int
    trips_per_month: int
    today_vnd: Decimal


class PersonSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A resident as the counter finds them by a document."""

    id: int
    full_name: str
    commune: str
    phone: str


def uses_of(resident_id: int, on: date) -> list[Use]:
    """What stands of a person's quota uses in the month of a day."""
    rows = QuotaUse.objects.filter(
        resident_id=resident_id, given_back_at=None, on__year=on.year, on__month=on.month
    ).values_list("on", "free_vnd")
    return [Use(on=day, free_vnd=free) for day, free in rows]


def standing_on(uses: Iterable[Use], quota: Quota, on: date) -> Standing:
    """What is left to a person who used this much."""
    month = [use for use in uses if use.free_vnd > 0]
    return Standing(
        left_vnd=quota_left(quota, month, on),
        quota_vnd=quota.value_vnd,
        trips=len(month),
        trips_per_month=quota.trips_per_month,
        today_vnd=sum((use.free_vnd for use in month if use.on == on), Decimal(0)),
    )


def person_of(digest: bytes) -> PersonSeen | None:
    """The resident of a document, by its digest."""
    row = Resident.objects.filter(pk__in=Identity.objects.filter(digest=digest).values("resident")).first()
    if row is None:
        return None
    return PersonSeen(id=row.pk, full_name=row.full_name, commune=row.commune, phone=row.phone)
