"""What an enterprise has to pay, with the last day where there is one: two reads for a page of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
from django.db.models import Min

from thongquan.base.accounts.permissions import readable_enterprises
from thongquan.base.accounts.queries import Actor
from thongquan.clearance.revenue.chart import name_of_subject
from thongquan.clearance.revenue.models import Debt, Reservation
from thongquan.clearance.revenue.queries.law import number_of_law
from thongquan.rules.interest import due_on


class Payable(msgspec.Struct, frozen=True, kw_only=True):
    """Dong owed by a subject. `due_on` None: nothing is late before the goods are released."""

    subject: str
    name: str
    tax_code: str
    open_vnd: Decimal
    is_guaranteed: bool
    due_on: date | None


def payable_in_scope(actor: Actor, *, limit: int) -> list[Payable]:
    """What the enterprises of the actor owe, what nobody paid or guaranteed first, then by registration."""
    owed = Debt.objects.filter(tax_code__in=readable_enterprises(actor), open_vnd__gt=0)
    rows = list(owed.order_by("settled", "registered_at", "id")[:limit])
    standing = Reservation.objects.filter(subject__in=[row.subject for row in rows], amount_vnd__gt=0)
    until = dict(standing.values_list("subject").annotate(Min("until")))
    return [_payable(row, until.get(row.subject)) for row in rows]


def _payable(row: Debt, until: date | None) -> Payable:
    day = 0
    if row.priority and row.released_on and until is None:
        day = number_of_law("priority_payment_day", row.released_on)
    due = due_on(released_on=row.released_on, guaranteed_until=until, priority=row.priority, priority_day=day)
    return Payable(
        subject=row.subject,
        name=name_of_subject(row.subject),
        tax_code=row.tax_code,
        open_vnd=row.open_vnd,
        is_guaranteed=until is not None,
        due_on=due,
    )
