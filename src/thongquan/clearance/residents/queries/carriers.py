"""Who carries for whom: the same truck, phone, buyer or hour behind many people's quotas."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import msgspec
from django.db.models import Count, F, Sum
from django.db.models.functions import TruncHour

from thongquan.clearance.residents.law import number_of_law
from thongquan.clearance.residents.models import Look, ShortForm
from thongquan.clearance.residents.states import State

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
KEYS = ("plate", "phone", "buyer", "hour")
MOST = 200
_GONE = (State.REFUSED.value, State.CANCELLED.value, State.PREPARED.value)


class Carrier(msgspec.Struct, frozen=True, kw_only=True):
    """One truck, phone, buyer or hour: how many people and forms stand behind it, and the quota they used, in dong."""

    kind: str
    name: str
    people: int
    forms: int
    free_vnd: Decimal


class Carriers(msgspec.Struct, frozen=True, kw_only=True):
    """All that reach the threshold of their kind, most people first; `limits` are the thresholds."""

    since: date
    until: date
    limits: dict[str, int]
    rows: tuple[Carrier, ...]


class LookSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A look that was taken."""

    actor: str
    at: datetime
    purpose: str
    since: date
    until: date


def months_back(on: date, months: int) -> date:
    """The first day of the month that lies so many months back."""
    count = on.year * 12 + on.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def kept_since(on: date) -> date:
    """The first day whose personal data are still kept on a day."""
    return months_back(on, number_of_law("resident_data_months", on))


def carriers_of(office: str, since: date, until: date) -> Carriers:
    """Who reaches a threshold of the last day's law within these days. The caller has logged the look."""
    limits = {kind: number_of_law(f"resident_same_{kind}", until) for kind in KEYS}
    found = [one for kind in KEYS for one in _of_kind(kind, limits[kind], office, since, until)]
    return Carriers(since=since, until=until, limits=limits, rows=tuple(found))


def _of_kind(kind: str, limit: int, office: str, since: date, until: date) -> list[Carrier]:
    rows = ShortForm.objects.filter(office=office, on__range=(since, until), free_vnd__gt=0).exclude(state__in=_GONE)
    name = TruncHour("registered_at", tzinfo=HANOI) if kind == "hour" else F(kind)
    if kind != "hour":
        rows = rows.exclude(**{kind: ""})
    counted = rows.annotate(same=name).values("same").order_by()
    counted = counted.annotate(people=Count("resident", distinct=True), forms=Count("id"), free=Sum("free_vnd"))
    return [
        Carrier(
            kind=kind,
            name=f"{one['same']:%d/%m/%Y %H:00}" if kind == "hour" else one["same"],
            people=one["people"],
            forms=one["forms"],
            free_vnd=one["free"],
        )
        for one in counted.filter(people__gte=limit).order_by("-people", "same")[:MOST]
    ]


def looks_at(office: str) -> list[LookSeen]:
    """The latest looks at an office's residents, for those who may look themselves."""
    return [
        LookSeen(actor=row.actor, at=row.at, purpose=row.purpose, since=row.since, until=row.until)
        for row in Look.objects.filter(office=office).order_by("-at")[:20]
    ]
