"""Collection lists as merchants and officers read them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import msgspec
from django.db.models import Count, Min, Q, Sum

from thongquan.base.accounts.permissions import READ_SCOPE, readable_enterprises
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.residents.law import number_of_law
from thongquan.clearance.residents.models import CollectionList, FormLine
from thongquan.clearance.residents.permissions import may, offices_for

OPEN, LODGED, CLEARED, WITHDRAWN = "open", "lodged", "cleared", "withdrawn"
MOST = 100


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """Goods of one code and unit, gathered from all forms of a list; dong."""

    hs: str
    unit: str
    description: str
    quantity: Decimal
    value_vnd: Decimal


class FormIn(msgspec.Struct, frozen=True, kw_only=True):
    """A resident's form in a list, as a merchant may read it: no names."""

    number: str
    on: date
    state: str
    value_vnd: Decimal


class Collection(msgspec.Struct, frozen=True, kw_only=True):
    """A collection list with its goods and forms; `due_on` is the last day to declare it."""

    number: str
    tax_code: str
    trader_name: str
    office: str
    state: str
    collected_on: date
    due_on: date
    made_at: datetime
    declaration: str
    count: int
    value_vnd: Decimal
    goods: tuple[Gathered, ...] = ()
    forms: tuple[FormIn, ...] = ()


def gathered_goods(row: CollectionList) -> tuple[Gathered, ...]:
    """The goods of a list, summed by code and unit, in the order of codes."""
    lines = FormLine.objects.filter(form__collected__collection=row, form__collected__withdrawn_at=None)
    rows = lines.values("hs", "unit").annotate(
        words=Min("description"), quantities=Sum("quantity"), values=Sum("value_vnd")
    )
    return tuple(
        Gathered(
            hs=one["hs"],
            unit=one["unit"],
            description=one["words"],
            quantity=one["quantities"],
            value_vnd=one["values"],
        )
        for one in rows.order_by("hs", "unit")
    )


def collection_file(*, actor: Actor, number: str) -> Collection:
    """A list with everything in it. Raises `NotFound` to all but the merchant and officers of the office."""
    row = CollectionList.objects.filter(number=number.upper()).first()
    if row is None or not _sees(actor, row):
        raise NotFound(number)
    forms = row.forms.filter(withdrawn_at=None).select_related("form").order_by("id")
    return _told(
        row,
        goods=gathered_goods(row),
        forms=tuple(
            FormIn(
                number=one.form.number or "",
                on=one.form.on or row.collected_on,
                state=one.form.state,
                value_vnd=one.form.value_vnd,
            )
            for one in forms
        ),
    )


def collections_of(actor: Actor) -> list[Collection]:
    """The newest lists of the actor's enterprises, for officers those of their offices."""
    mine = Q(tax_code__in=readable_enterprises(actor)) | Q(office__in=offices_for(actor, "residents.see"))
    return [_told(row) for row in CollectionList.objects.filter(mine).order_by("-made_at")[:MOST]]


def collection_of_subject(actor: Actor, subject: str) -> Collection | None:
    """The list that a declaration was lodged from, where the actor may see it."""
    row = CollectionList.objects.filter(subject=subject).first()
    return _told(row) if row is not None and _sees(actor, row) else None


def count_open(actor: Actor) -> int:
    """Lists of the actor's enterprises that are not declared yet."""
    return CollectionList.objects.filter(tax_code__in=readable_enterprises(actor), state=OPEN).count()


def _sees(actor: Actor, row: CollectionList) -> bool:
    own = row.tax_code in actor.enterprises and actor.allows(READ_SCOPE)
    return own or may(actor, "residents.see", office=row.office)


def _told(row: CollectionList, goods: tuple[Gathered, ...] = (), forms: tuple[FormIn, ...] = ()) -> Collection:
    live = row.forms.filter(withdrawn_at=None).aggregate(count=Count("id"), value=Sum("form__value_vnd"))
    return Collection(
        number=row.number,
        tax_code=row.tax_code,
        trader_name=row.trader_name,
        office=row.office,
        state=row.state,
        collected_on=row.collected_on,
        due_on=row.collected_on + timedelta(days=number_of_law("collection_list_days", row.collected_on)),
        made_at=row.made_at,
        declaration=row.declaration_number,
        count=live["count"],
        value_vnd=live["value"] or Decimal(0),
        goods=goods,
        forms=forms,
    )
