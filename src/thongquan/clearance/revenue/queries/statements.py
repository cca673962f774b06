"""What papers say of the books: a payment for its receipt, and the account of a trader over some days."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec
from django.db.models import Q, QuerySet, Sum

from thongquan.base.accounts.permissions import readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.revenue.chart import Account, Kind
from thongquan.clearance.revenue.models import BankLine, Debt, JournalEntry, Posting
from thongquan.clearance.revenue.permissions import check_may_see
from thongquan.rules.money import ZERO

MAX_ROWS = 50_000


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """Money credited to a subject: by tax, in dong; `security_vnd` is held as a deposit."""

    entry: int
    subject: str
    tax_code: str
    office: str
    on: date
    at: datetime
    by_tax: dict[str, Decimal]
    security_vnd: Decimal
    payer: str
    reference: str

    @property
    def declaration(self) -> str:
        """Number of the declaration, or of what else was paid for."""
        return self.subject.partition(":")[2]

    @property
    def total_vnd(self) -> Decimal:
        """All that was credited."""
        return sum(self.by_tax.values(), self.security_vnd)


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of an account: what was charged, what settled it, what was paid back, and what is owed after it."""

    on: date
    kind: str
    subject: str
    tax: str
    charged_vnd: Decimal
    settled_vnd: Decimal
    refunded_vnd: Decimal
    owed_vnd: Decimal

    @property
    def number(self) -> str:
        """Number of the declaration, or of what else the line is about."""
        return self.subject.partition(":")[2]


class AccountStatement(msgspec.Struct, frozen=True, kw_only=True):
    """The account of a trader from `since` to `until`, both days included; dong."""

    tax_code: str
    since: date
    until: date
    opening_vnd: Decimal
    rows: tuple[Row, ...]

    @property
    def closing_vnd(self) -> Decimal:
        """What is owed at the end."""
        return self.rows[-1].owed_vnd if self.rows else self.opening_vnd


def payment(*, actor: Actor, entry: int) -> Payment:
    """A payment by the number of its entry in the journal. Raises `NotFound` also outside the actor's scope."""
    row = JournalEntry.objects.filter(pk=entry, kind=Kind.PAYMENT).first()
    debt = Debt.objects.filter(subject=row.subject).first() if row else None
    if row is None or debt is None:
        raise NotFound(str(entry))
    check_may_see(actor, office=debt.office, tax_code=debt.tax_code)
    moves = list(row.postings.filter(debit__in=(Account.UNMATCHED, Account.TREASURY)).order_by("pk"))
    line = BankLine.objects.filter(pk=row.details.get("booking")).first()
    return Payment(
        entry=row.pk,
        subject=row.subject,
        tax_code=debt.tax_code,
        office=debt.office or (line.statement.office if line else ""),
        on=row.on,
        at=row.at,
        by_tax={move.tax: move.amount_vnd for move in moves if move.credit == Account.RECEIVABLE},
        security_vnd=sum((move.amount_vnd for move in moves if move.credit == Account.DEPOSIT), ZERO),
        payer=line.payer if line else "",
        reference=line.reference if line else "",
    )


def payments_of(subject: str) -> list[int]:
    """The entries of the payments of a subject in order. The caller has checked that the reader may see it."""
    rows = JournalEntry.objects.filter(subject=subject, kind=Kind.PAYMENT).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def account_statement(*, actor: Actor, tax_code: str, since: date, until: date) -> AccountStatement:
    """The account of a trader: whole for people of the trader, for officers what lies at their offices.

    Raises `NotFound` for everyone else, and where there is nothing at all.
    """
    debts = _in_scope(actor, tax_code)
    if not debts.exists() and tax_code not in readable_enterprises(actor):
        raise NotFound(tax_code)
    mine = debts.values("subject")
    touched = Posting.objects.filter(
        Q(debit=Account.RECEIVABLE, debit_of__in=mine)
        | Q(credit=Account.RECEIVABLE, credit_of__in=mine)
        | Q(debit=Account.REFUNDS, debit_of__in=mine, credit=Account.TREASURY)
    )
    opening = _owed_by(touched.filter(entry__on__lt=since))
    during = touched.filter(entry__on__gte=since, entry__on__lte=until).select_related("entry")
    postings = during.order_by("entry__on", "entry_id", "pk")[:MAX_ROWS]
    return AccountStatement(
        tax_code=tax_code, since=since, until=until, opening_vnd=opening, rows=tuple(_rows(opening, list(postings)))
    )


def _in_scope(actor: Actor, tax_code: str) -> QuerySet[Debt]:
    rows = Debt.objects.filter(tax_code=tax_code)
    return rows if tax_code in readable_enterprises(actor) else rows.filter(office__in=readable_offices(actor))


def _owed_by(postings: QuerySet[Posting]) -> Decimal:
    charged = postings.filter(debit=Account.RECEIVABLE).aggregate(sum=Sum("amount_vnd"))["sum"] or ZERO
    settled = postings.filter(credit=Account.RECEIVABLE).aggregate(sum=Sum("amount_vnd"))["sum"] or ZERO
    return charged - settled


def _rows(owed: Decimal, postings: list[Posting]) -> list[Row]:
    found = []
    for move in postings:
        charged = move.amount_vnd if move.debit == Account.RECEIVABLE else ZERO
        settled = move.amount_vnd if move.credit == Account.RECEIVABLE else ZERO
        owed += charged - settled
        found.append(
            Row(
                on=move.entry.on,
                kind=move.entry.kind,
                subject=move.debit_of if charged or not settled else move.credit_of,
                tax=move.tax,
                charged_vnd=charged,
                settled_vnd=settled,
                refunded_vnd=ZERO if charged or settled else move.amount_vnd,
                owed_vnd=owed,
            )
        )
    return found


def traders_in_scope(actor: Actor, limit: int = 500) -> list[str]:
    """Tax codes whose accounts the actor may ask for, in order."""
    codes = set(readable_enterprises(actor))
    offices = readable_offices(actor)
    if offices:
        rows = (
            Debt.objects.filter(office__in=offices).values_list("tax_code", flat=True).distinct().order_by("tax_code")
        )
        codes |= set(rows[:limit])
    return sorted(codes)
