"""Exemption lists as others may know them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec
from django.db.models import Q, QuerySet

from thongquan.base.accounts.permissions import readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.revenue.models import ExemptionLine, ExemptionList, ExemptionUse
from thongquan.clearance.revenue.permissions import check_may_see


class Registered(msgspec.Struct, frozen=True, kw_only=True):
    """An exemption list as it stands."""

    number: str
    tax_code: str
    office: str
    exemption: str
    title: str
    state: str
    valid_to: date | None
    at: datetime
    proposed_by: str
    decided_by: str
    decided_at: datetime | None
    reason: str


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What one declaration line took."""

    subject: str
    declaration_line: int
    quantity: Decimal
    at: datetime

    @property
    def number(self) -> str:
        """The declaration's number."""
        return self.subject.partition(":")[2]


class Goods(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a list: what is exempt, what was used and by whom, in the unit of the list."""

    number: int
    hs: str
    description: str
    unit: str
    quantity: Decimal
    used: Decimal
    uses: tuple[Taken, ...] = ()

    @property
    def left(self) -> Decimal:
        """What may still come in free of duty."""
        return self.quantity - self.used


def registered(row: ExemptionList) -> Registered:
    """The values of a row."""
    return Registered(**{name: getattr(row, name) for name in Registered.__struct_fields__})


def exemption_lists(*, actor: Actor, limit: int, offset: int = 0) -> list[Registered]:
    """The lists in the actor's scope: newest first, those that wait for customs on top."""
    rows = _in_scope(actor).order_by("-at", "-pk")
    return [registered(row) for row in rows[offset : offset + limit]]


def exemption_list(*, actor: Actor, number: str) -> tuple[Registered, list[Goods]]:
    """A list with its lines and their uses. Raises `NotFound` also outside the actor's scope."""
    row = ExemptionList.objects.filter(number=number).first()
    if row is None:
        raise NotFound(number)
    check_may_see(actor, office=row.office, tax_code=row.tax_code)
    return registered(row), [_goods(line) for line in row.lines.order_by("number").prefetch_related("uses")]


def _in_scope(actor: Actor) -> QuerySet[ExemptionList]:
    mine = Q(tax_code__in=readable_enterprises(actor)) | Q(office__in=readable_offices(actor))
    return ExemptionList.objects.filter(mine)


def _goods(line: ExemptionLine) -> Goods:
    uses = sorted(line.uses.all(), key=lambda use: (use.at, use.pk))
    return Goods(
        number=line.number,
        hs=line.hs,
        description=line.description,
        unit=line.unit,
        quantity=line.quantity,
        used=line.used,
        uses=tuple(map(_taken, uses)),
    )


def _taken(use: ExemptionUse) -> Taken:
    return Taken(subject=use.subject, declaration_line=use.declaration_line, quantity=use.quantity, at=use.at)
