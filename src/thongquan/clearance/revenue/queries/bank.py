"""Bank files and the bookings that wait for somebody, within the offices whose money one keeps."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec
from django.db.models import Q, QuerySet

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.revenue.matching import Outcome
from thongquan.clearance.revenue.models import BankLine, BankStatement, Debt
from thongquan.clearance.revenue.permissions import check_keeps_any_money


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A bank file that was taken in."""

    id: int
    name: str
    kind: str
    office: str
    account: str
    lines_read: int
    lines_new: int
    uploaded_by: str
    at: datetime


class Booked(msgspec.Struct, frozen=True, kw_only=True):
    """A booking of the bank; `left_vnd` waits to be assigned or returned."""

    id: int
    office: str
    account: str
    file: str
    row: int
    reference: str
    booked_on: date
    amount_vnd: Decimal
    left_vnd: Decimal
    payer: str
    payer_account: str
    text: str
    outcome: str
    subject: str


def statements(*, actor: Actor, limit: int = 20) -> list[Statement]:
    """The latest bank files of the actor's offices. Raises `NotAllowed` when the actor keeps no money."""
    rows = BankStatement.objects.filter(office__in=check_keeps_any_money(actor)).order_by("-at", "-id")[:limit]
    return [Statement(**{name: getattr(row, name) for name in Statement.__struct_fields__}) for row in rows]


def waiting(*, actor: Actor, offset: int = 0, limit: int = 50) -> tuple[list[Booked], bool]:
    """A page of bookings with money nobody was credited with, or that paid too little; oldest first, and if more.

    Raises `NotAllowed` when the actor keeps no money.
    """
    rows = _waiting(check_keeps_any_money(actor)).select_related("statement").order_by("booked_on", "id")
    found = [_booked(row) for row in rows[offset : offset + limit + 1]]
    return found[:limit], len(found) > limit


def _waiting(offices: list[str]) -> QuerySet[BankLine]:
    unpaid = Debt.objects.filter(open_vnd__gt=0, settled=False).values("subject")
    under = Q(outcome=Outcome.UNDER, subject__in=unpaid)
    return BankLine.objects.filter(Q(left_vnd__gt=0) | under, statement__office__in=offices)


def count_waiting(offices: list[str]) -> int:
    """How many bookings wait in these offices."""
    return _waiting(offices).count()


def booking(*, actor: Actor, line_id: int) -> Booked:
    """One booking. Raises `NotAllowed` when the actor keeps no money, `NotFound` outside the actor's offices."""
    rows = BankLine.objects.filter(pk=line_id, statement__office__in=check_keeps_any_money(actor))
    row = rows.select_related("statement").first()
    if row is None:
        raise NotFound(str(line_id))
    return _booked(row)


def _booked(row: BankLine) -> Booked:
    return Booked(
        id=row.pk,
        office=row.statement.office,
        account=row.statement.account,
        file=row.statement.name,
        row=row.number,
        reference=row.reference,
        booked_on=row.booked_on,
        amount_vnd=row.amount_vnd,
        left_vnd=row.left_vnd,
        payer=row.payer,
        payer_account=row.payer_account,
        text=row.text,
        outcome=row.outcome,
        subject=row.subject,
    )
