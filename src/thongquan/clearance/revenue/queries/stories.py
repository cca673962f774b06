"""The money of one subject as a page or a program shows it: where it stands, and every posting that led there."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec
from django.db.models import Q, QuerySet
from django.utils import timezone

from thongquan.base.accounts.permissions import readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.revenue.chart import name_of_subject
from thongquan.clearance.revenue.models import Debt, JournalEntry, Liability, Posting, Reservation
from thongquan.clearance.revenue.permissions import check_can_see
from thongquan.clearance.revenue.queries.balances import Balance, balance_of, due_of


class Posted(msgspec.Struct, frozen=True, kw_only=True):
    """Dong moved from the credited to the debited account; `tax` '' where it is not of one tax."""

    debit: str
    credit: str
    tax: str
    amount_vnd: Decimal


class Entered(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the journal; `on` is the day it counts for."""

    id: int
    kind: str
    at: datetime
    on: date
    actor: str
    details: dict[str, str]
    postings: tuple[Posted, ...]

    @property
    def amount_vnd(self) -> Decimal:
        """All that moved."""
        return sum((one.amount_vnd for one in self.postings), Decimal(0))


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A guarantee that stands for the subject."""

    id: int
    number: str
    guarantor: str
    amount_vnd: Decimal
    until: date


class MoneyFile(msgspec.Struct, frozen=True, kw_only=True):
    """The money of a subject. `payable_vnd` would clear it today, running interest and missing security included."""

    subject: str
    tax_code: str
    office: str
    registered_at: datetime
    released_on: date | None
    priority: bool
    balance: Balance
    payable_vnd: Decimal
    guarantees: tuple[Held, ...] = ()
    entries: tuple[Entered, ...] = ()

    @property
    def number(self) -> str:
        """The number of the declaration, or of what else owes."""
        return name_of_subject(self.subject)

    @property
    def is_declaration(self) -> bool:
        """Whether this is the money of a declaration."""
        return self.subject.startswith("declaration:")


class Owing(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list of what is owed."""

    subject: str
    tax_code: str
    office: str
    registered_at: datetime
    open_vnd: Decimal
    settled: bool
    due_on: date | None
    overdue: bool

    @property
    def name(self) -> str:
        """How people call what is owed for."""
        return name_of_subject(self.subject)


def money_file(*, actor: Actor, subject: str, at: datetime) -> MoneyFile:
    """The money of a subject as it stands at a moment. Raises `NotFound` outside the actor's scope."""
    debt = Debt.objects.filter(subject=subject).first()
    if debt is None:
        return _just_lodged(actor, subject)
    check_can_see(actor, office=debt.office, tax_code=debt.tax_code)
    balance = balance_of(subject, at=at)
    running = balance.interest_vnd - balance.open_by_tax.get("interest", Decimal(0))
    missing = balance.secured_vnd - balance.deposit_vnd - max(Decimal(0), balance.guaranteed_vnd - balance.open_vnd)
    return MoneyFile(
        subject=subject,
        tax_code=debt.tax_code,
        office=debt.office,
        registered_at=debt.registered_at,
        released_on=debt.released_on,
        priority=debt.priority,
        balance=balance,
        payable_vnd=balance.open_vnd + running + max(Decimal(0), missing),
        guarantees=tuple(_held(subject)),
        entries=tuple(entries_of(subject)),
    )


def _just_lodged(actor: Actor, subject: str) -> MoneyFile:
    """A declaration that the outbox has not brought into the books yet."""
    row = Liability.objects.filter(subject=subject).first()
    if row is None:
        raise NotFound(subject)
    check_can_see(actor, office="", tax_code=row.tax_code)
    balance = balance_of(subject)
    return MoneyFile(
        subject=subject,
        tax_code=row.tax_code,
        office="",
        registered_at=row.at,
        released_on=None,
        priority=False,
        balance=balance,
        payable_vnd=balance.uncovered_vnd,
    )


def _held(subject: str) -> list[Held]:
    rows = Reservation.objects.filter(subject=subject, amount_vnd__gt=0).select_related("guarantee").order_by("id")
    return [
        Held(
            id=row.guarantee_id,
            number=row.guarantee.number,
            guarantor=row.guarantee.guarantor,
            amount_vnd=row.amount_vnd,
            until=row.until,
        )
        for row in rows
    ]


def entries_of(subject: str) -> list[Entered]:
    """Every entry that touched the accounts of a subject, oldest first, each with the postings that did."""
    touching = Posting.objects.filter(Q(debit_of=subject) | Q(credit_of=subject))
    rows: dict[int, list[Posting]] = {}
    for posting in touching.order_by("id"):
        rows.setdefault(posting.entry_id, []).append(posting)
    entries = JournalEntry.objects.filter(id__in=rows).order_by("id")
    return [_entered(entry, rows[entry.pk]) for entry in entries]


def _entered(entry: JournalEntry, postings: list[Posting]) -> Entered:
    return Entered(
        id=entry.pk,
        kind=entry.kind,
        at=entry.at,
        on=entry.on,
        actor=entry.actor,
        details={name: str(value) for name, value in entry.details.items()},
        postings=tuple(
            Posted(debit=row.debit, credit=row.credit, tax=row.tax, amount_vnd=row.amount_vnd) for row in postings
        ),
    )


def debts_in_scope(actor: Actor) -> QuerySet[Debt]:
    """Every subject whose money the actor may see."""
    return Debt.objects.filter(Q(office__in=readable_offices(actor)) | Q(tax_code__in=readable_enterprises(actor)))


def owing(*, actor: Actor, at: datetime, offset: int = 0, limit: int = 50) -> tuple[list[Owing], bool]:
    """A page of what is open in the actor's scope, oldest registration first, and whether more follow."""
    rows = debts_in_scope(actor).filter(open_vnd__gt=0).order_by("registered_at", "id")[offset : offset + limit + 1]
    today = timezone.localdate(at)
    found = [_owing(row, today) for row in rows]
    return found[:limit], len(found) > limit


def _owing(row: Debt, today: date) -> Owing:
    due = due_of(row)
    return Owing(
        subject=row.subject,
        tax_code=row.tax_code,
        office=row.office,
        registered_at=row.registered_at,
        open_vnd=row.open_vnd,
        settled=row.settled,
        due_on=due,
        overdue=due is not None and due < today,
    )


def count_owing(actor: Actor) -> int:
    """How many subjects in the actor's scope owe something that nobody paid or guaranteed."""
    return debts_in_scope(actor).filter(open_vnd__gt=0, settled=False).count()
