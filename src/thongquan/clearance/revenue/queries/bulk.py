"""Payments of many subjects at once, as values: for copies that other rooms keep, never for a person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from thongquan.clearance.revenue.chart import Kind
from thongquan.clearance.revenue.models import Posting

MONEY = (Kind.PAYMENT, Kind.REFUND, Kind.RELIEF)
"""Entries by which a debt is paid, given back or let go; each is announced with its subject (`operations.books`)."""


class PaymentRow(NamedTuple):
    """A posting of such an entry, in dong, moved from the credited to the debited account."""

    posting: int
    entry: int
    kind: str
    subject: str
    on: date
    at: datetime
    debit: str
    credit: str
    tax: str
    amount_vnd: Decimal


_COLUMNS = ("id", "entry_id", "entry__kind", "entry__subject", "entry__on", "entry__at")
_OWN = ("debit", "credit", "tax", "amount_vnd")


def payment_rows(subjects: Collection[str], *, since: datetime) -> list[PaymentRow]:
    """What was posted to these subjects since a moment."""
    rows = Posting.objects.filter(entry__subject__in=subjects, entry__kind__in=MONEY, entry__at__gte=since)
    return [PaymentRow(*row) for row in rows.values_list(*_COLUMNS, *_OWN)]


def payment_rows_after(posting: int, *, limit: int) -> list[PaymentRow]:
    """The next ones in the order of the journal: pages through all."""
    rows = Posting.objects.filter(pk__gt=posting, entry__kind__in=MONEY).order_by("pk")
    return [PaymentRow(*row) for row in rows.values_list(*_COLUMNS, *_OWN)[:limit]]


def monthly_payments() -> list[dict[str, Any]]:
    """By `month` in which they were posted: how many postings (`count`) and their dong."""
    rows = Posting.objects.filter(entry__kind__in=MONEY).annotate(month=TruncMonth("entry__at"))
    months = rows.order_by().values("month").annotate(count=Count("pk"), amount_vnd=Sum("amount_vnd"))
    return [dict(month) for month in months]
