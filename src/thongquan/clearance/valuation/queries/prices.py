"""Declared prices beside their bands, for officers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.valuation.models import Consultation, PricedLine, ReferencePrice
from thongquan.clearance.valuation.permissions import check_may_anywhere, offices_for

BELOW = "below"


class Priced(msgspec.Struct, frozen=True, kw_only=True):
    """A line with its price and with what it was compared, in dong a unit; `placed` '' where there was nothing."""

    number: str
    line: int
    registered_at: datetime
    office: str
    trader_name: str
    hs: str
    text_class: str
    origin: str
    unit: str
    quantity: Decimal
    unit_vnd: Decimal
    value_vnd: Decimal
    placed: str
    basis: str
    low_vnd: Decimal | None
    median_vnd: Decimal | None
    high_vnd: Decimal | None
    peers: int
    peer_traders: int
    band_on: date | None

    @property
    def share(self) -> Decimal | None:
        """The price as a share of the median."""
        return self.unit_vnd / self.median_vnd if self.median_vnd else None


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A reference price as officers read it."""

    id: int
    hs: str
    words: str
    origin: str
    unit: str
    low_vnd: Decimal
    high_vnd: Decimal
    source: str
    valid_from: date
    valid_to: date | None
    state: str
    entered_by: str
    entered_at: datetime
    confirmed_by: str


def prices_of(key: int) -> list[Priced]:
    """The lines of a declaration by its eleven digits; for operations and pages that have checked who asks."""
    return [_told(row) for row in PricedLine.objects.filter(declaration=key).order_by("line")]


def below_band(key: int) -> set[int]:
    """The lines of a declaration whose price stood below its band."""
    return set(PricedLine.objects.filter(declaration=key, placed=BELOW).values_list("line", flat=True))


def proposals(*, actor: Actor, since: datetime, limit: int = 100) -> list[Priced]:
    """Lines below their band at the actor's offices, on whose declaration there is no consultation; newest first."""
    offices = offices_for(actor, "valuation.see")
    rows = PricedLine.objects.filter(placed=BELOW, office__in=offices, registered_at__gte=since)
    had = Consultation.objects.filter(office__in=offices).values("declaration_id")
    return [_told(row) for row in rows.exclude(declaration__in=had).order_by("-registered_at", "line")[:limit]]


def alike(*, actor: Actor, number: str, line: int, limit: int = 12) -> list[Priced]:
    """Other lines of the same code, origin and unit, same words first: what a comparing method may rest on.

    Of the whole region, for officers. Raises `NotAllowed`.
    """
    check_may_anywhere(actor, "valuation.consult")
    own = PricedLine.objects.filter(number__startswith=number[:11], line=line).first()
    if own is None:
        return []
    rows = PricedLine.objects.filter(hs=own.hs, origin=own.origin, unit=own.unit).exclude(declaration=own.declaration)
    same = list(rows.filter(text_class=own.text_class).order_by("-registered_at")[:limit])
    others = rows.exclude(text_class=own.text_class).order_by("-registered_at")[: limit - len(same)]
    return [_told(row) for row in (*same, *others)]


def references(*, actor: Actor, hs: str = "", limit: int = 200) -> list[Reference]:
    """Reference prices, newest first. Raises `NotAllowed`."""
    check_may_anywhere(actor, "valuation.see")
    rows = ReferencePrice.objects.filter(hs__startswith=hs).order_by("-entered_at", "-pk")[:limit]
    names = [field.name for field in msgspec.structs.fields(Reference)]
    return [Reference(**{name: getattr(row, name) for name in names}) for row in rows]


def _told(row: PricedLine) -> Priced:
    return Priced(**{field.name: getattr(row, field.name) for field in msgspec.structs.fields(Priced)})
