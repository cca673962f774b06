"""What a code opens: a form prepared on a phone, or what a receipt proves."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec

from thongquan.clearance.control.formats.slips import plain_serial
from thongquan.clearance.residents.models import ShortForm
from thongquan.clearance.residents.states import State


class PreparedSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A form prepared on a phone: what was typed, as JSON bytes and plain values."""

    code: str
    form: bytes
    person: dict[str, str]
    prepared_at: datetime


def prepared_of(code: str) -> PreparedSeen | None:
    """A form that waits to be taken over, by its code; None when there is none."""
    row = ShortForm.objects.filter(code=plain_serial(code), state=State.PREPARED.value).first()
    if row is None or row.prepared_at is None or not row.prepared:
        return None
    return PreparedSeen(
        code=row.code,
        form=row.prepared["form"].encode(),
        person=row.prepared["person"],
        prepared_at=row.prepared_at,
    )


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What the code on a receipt proves to anybody who holds it: no name, no document."""

    number: str
    flow: str
    state: str
    office: str
    plate: str
    on: date
    value_vnd: Decimal
    over_vnd: Decimal
    due_vnd: Decimal
    paid_at: datetime | None
    released: bool


def verified_by(code: str) -> Verified | None:
    """The registered form of a code, for the page that a receipt's square leads to."""
    row = ShortForm.objects.filter(code=plain_serial(code), number__isnull=False).first()
    if row is None or row.on is None:
        return None
    return Verified(
        number=row.number or "",
        flow=row.flow,
        state=row.state,
        office=row.office,
        plate=row.plate,
        on=row.on,
        value_vnd=row.value_vnd,
        over_vnd=row.over_vnd,
        due_vnd=row.due_vnd,
        paid_at=row.paid_at,
        released=row.state in (State.RELEASED.value, State.FREED.value, State.EXITED.value),
    )
