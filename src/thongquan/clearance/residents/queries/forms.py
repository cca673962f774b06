"""Short declarations as pages, papers and programs read them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Q

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.residents.models import ShortForm
from thongquan.clearance.residents.permissions import check_may_see, offices_for
from thongquan.clearance.residents.states import ENDED, State

PAGE = 50


class LineSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a form in dong, and in its own currency; `taxes` are those of the part above the quota."""

    number: int
    hs: str
    description: str
    quantity: Decimal
    unit: str
    value: Decimal
    rate: str
    value_vnd: Decimal
    free_vnd: Decimal
    over_vnd: Decimal
    taxes: list[dict[str, Any]]


class EventSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A step that was taken."""

    step: str
    state: str
    at: datetime
    actor: str
    words: str


class FormSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A registered form with everything in it, for officers of its office."""

    number: str
    subject: str
    code: str
    flow: str
    purpose: str
    state: str
    office: str
    resident_id: int
    full_name: str
    commune: str
    document: str
    phone: str
    currency: str
    plate: str
    buyer: str
    on: date
    registered_at: datetime
    value_vnd: Decimal
    free_vnd: Decimal
    over_vnd: Decimal
    totals_vnd: dict[str, str]
    fee_vnd: Decimal
    due_vnd: Decimal
    missing: list[str]
    must_inspect: bool
    inspected_at: datetime | None
    paid_at: datetime | None
    collection: str
    lines: tuple[LineSeen, ...] = ()
    events: tuple[EventSeen, ...] = ()


class FormRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a list of forms."""

    number: str
    flow: str
    purpose: str
    state: str
    full_name: str
    plate: str
    registered_at: datetime
    value_vnd: Decimal
    over_vnd: Decimal
    due_vnd: Decimal
    must_inspect: bool
    inspected: bool


def subject_of(row: ShortForm) -> str:
    """The typed reference of a form; it never changes, also not when a prepared form gets its number."""
    return f"short:{row.pk}"


def form_by_subject(subject: str) -> ShortForm | None:
    """The row behind a reference, for handlers; None for references of others."""
    kind, _, key = subject.partition(":")
    return ShortForm.objects.filter(pk=int(key)).first() if kind == "short" and key.isdecimal() else None


def form_file(*, actor: Actor, number: str) -> FormSeen:
    """A registered form. Raises `NotFound` outside the actor's offices."""
    row = ShortForm.objects.select_related("resident").filter(number=number).first() if number else None
    if row is None:
        raise NotFound(number)
    check_may_see(actor, row.office)
    return seen(row)


def seen(row: ShortForm) -> FormSeen:
    """A form with its lines and story."""
    person = row.resident
    if person is None or row.number is None or row.on is None or row.registered_at is None:
        raise NotFound(row.code)
    identity = person.identities.order_by("id").first()
    return FormSeen(
        number=row.number,
        subject=subject_of(row),
        code=row.code,
        flow=row.flow,
        purpose=row.purpose,
        state=row.state,
        office=row.office,
        resident_id=person.pk,
        full_name=person.full_name,
        commune=person.commune,
        document=identity.number if identity else "",
        phone=row.phone,
        currency=row.currency,
        plate=row.plate,
        buyer=row.buyer,
        on=row.on,
        registered_at=row.registered_at,
        value_vnd=row.value_vnd,
        free_vnd=row.free_vnd,
        over_vnd=row.over_vnd,
        totals_vnd=row.totals_vnd,
        fee_vnd=row.fee_vnd,
        due_vnd=row.due_vnd,
        missing=row.missing,
        must_inspect=row.must_inspect,
        inspected_at=row.inspected_at,
        paid_at=row.paid_at,
        collection=collection_of(row),
        lines=lines_of(row),
        events=tuple(
            EventSeen(step=one.step, state=one.state, at=one.at, actor=one.actor, words=one.words)
            for one in row.events.order_by("id")
        ),
    )


def lines_of(row: ShortForm) -> tuple[LineSeen, ...]:
    """The goods of a form in their order."""
    return tuple(
        LineSeen(
            number=one.number,
            hs=one.hs,
            description=one.description,
            quantity=one.quantity,
            unit=one.unit,
            value=one.value,
            rate=one.rate,
            value_vnd=one.value_vnd,
            free_vnd=one.free_vnd,
            over_vnd=one.over_vnd,
            taxes=one.taxes,
        )
        for one in row.lines.order_by("number")
    )


def collection_of(row: ShortForm) -> str:
    """Number of the collection list that holds a form now, else ''."""
    held = row.collected.filter(withdrawn_at=None).values_list("collection__number", flat=True).first()
    return held or ""


def forms_of_offices(actor: Actor, *, state: str = "", text: str = "", page: int = 1) -> tuple[list[FormRow], bool]:
    """A page of the forms of the actor's offices, newest first, and whether there are more.

    `state` '' is all that is under way; `text` finds by number, plate or name.
    """
    rows = ShortForm.objects.filter(office__in=offices_for(actor, "residents.see"), number__isnull=False)
    if state:
        rows = rows.filter(state=state)
    elif not text:
        rows = rows.exclude(state__in=[one.value for one in ENDED])
    if text:
        rows = rows.filter(
            Q(number__startswith=text) | Q(plate__icontains=text) | Q(resident__full_name__icontains=text)
        )
    begin = (page - 1) * PAGE
    found = list(rows.select_related("resident").order_by("-registered_at", "-id")[begin : begin + PAGE + 1])
    return [_row(one) for one in found[:PAGE]], len(found) > PAGE


def _row(row: ShortForm) -> FormRow:
    if row.registered_at is None:
        raise NotFound(row.code)
    return FormRow(
        number=row.number or "",
        flow=row.flow,
        purpose=row.purpose,
        state=row.state,
        full_name=row.resident.full_name if row.resident else "",
        plate=row.plate,
        registered_at=row.registered_at,
        value_vnd=row.value_vnd,
        over_vnd=row.over_vnd,
        due_vnd=row.due_vnd,
        must_inspect=row.must_inspect,
        inspected=row.inspected_at is not None,
    )


def count_under_way(actor: Actor) -> int:
    """Forms of the actor's offices that still need something at the counter."""
    waiting = (State.REGISTERED, State.INSPECTED, State.HELD, State.PAID)
    offices = offices_for(actor, "residents.see")
    return ShortForm.objects.filter(office__in=offices, state__in=[one.value for one in waiting]).count()
