"""Bringing subjects into the books: declarations as they were lodged, and others with their first fine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import standing_of, system_actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.outbox import announce
from thongquan.clearance.revenue.chart import Account, Kind
from thongquan.clearance.revenue.models import Debt, JournalEntry, Liability
from thongquan.clearance.revenue.operations.books import SETTLED, Move, locked, told, write_postings
from thongquan.clearance.revenue.queries.balances import assessed_in, balance_from, flows_of, lodged_balance

BOOKKEEPER = system_actor("revenue")


def book_lodged(*, subjects: Mapping[str, str], at: datetime) -> None:
    """Bring lodged declarations into the books: subject to office ('' when not known). Does nothing twice.

    A declaration that owes nothing, or whose trader pays later as a priority enterprise, is announced as settled. The
    ledger row of this is that of the lodgement, which names what is due.
    """
    with transaction.atomic():
        liabilities = list(Liability.objects.filter(subject__in=subjects).order_by("subject"))
        _make_debts(liabilities, subjects)
        debts = {row.subject: row for row in _locked_rows(subjects)}
        _name_offices(debts.values(), subjects)
        sources = {lodged_source(row.subject): row for row in liabilities}
        known = set(JournalEntry.objects.filter(source__in=sources).values_list("source", flat=True))
        fresh = [row for source, row in sources.items() if source not in known]
        _post_lodged([(debts[row.subject], row) for row in fresh], at)


def lodged_source(subject: str) -> str:
    """The cause under which a lodged declaration is posted."""
    return f"lodged:{subject}"


def locked_debt(subject: str, *, at: datetime, office: str = "") -> Debt:
    """The locked row of a subject, brought into the books first when the outbox has not come to it yet.

    Raises `NotFound` when nobody ever lodged it.
    """
    try:
        debt = locked(subject)
    except NotFound:
        book_lodged(subjects={subject: office}, at=at)
        return locked(subject)
    if office and not debt.office:
        debt.office = office
        debt.save(update_fields=["office"])
    return debt


def opened_debt(subject: str, *, tax_code: str, at: datetime, office: str = "") -> Debt:
    """The locked row of a subject, which comes into the books with this when nothing was lodged under its name."""
    try:
        return locked_debt(subject, at=at, office=office)
    except NotFound:
        Debt.objects.get_or_create(
            subject=subject, defaults={"tax_code": tax_code, "office": office, "registered_at": at, "settled": True}
        )
        return locked(subject)


def _make_debts(liabilities: Iterable[Liability], offices: Mapping[str, str]) -> None:
    """Rows of subjects that have none yet, as they stand once the lodgement is posted."""
    standings: dict[tuple[str, object], bool] = {}
    rows = []
    for row in liabilities:
        key = (row.tax_code, timezone.localdate(row.at))
        if key not in standings:
            standings[key] = standing_of(row.tax_code, row.at).priority
        balance = lodged_balance(row, priority=standings[key])
        rows.append(
            Debt(
                subject=row.subject,
                tax_code=row.tax_code,
                office=offices[row.subject],
                priority=standings[key],
                registered_at=row.at,
                open_vnd=balance.open_vnd,
                settled=balance.settled,
            )
        )
    Debt.objects.bulk_create(rows, ignore_conflicts=True)


def _locked_rows(subjects: Iterable[str]) -> list[Debt]:
    return list(Debt.objects.select_for_update().filter(subject__in=subjects).order_by("subject"))


def _name_offices(debts: Iterable[Debt], offices: Mapping[str, str]) -> None:
    for debt in debts:
        if offices[debt.subject] and not debt.office:
            debt.office = offices[debt.subject]
            debt.save(update_fields=["office"])


def _post_lodged(lodged: list[tuple[Debt, Liability]], at: datetime) -> None:
    """Post a batch in a few statements, however many they are: lodging must not wait for its bookkeeping."""
    earlier = set(
        JournalEntry.objects.filter(subject__in=[row.subject for _, row in lodged]).values_list("subject", flat=True)
    )
    moves = {row.subject: _lodged_moves(row) for _, row in lodged}
    entries = JournalEntry.objects.bulk_create(_lodged_entry(row, at) for _, row in lodged)
    write_postings((entry.pk, move) for entry in entries for move in moves[entry.subject])
    for debt, row in lodged:
        if row.subject in earlier:
            balance = balance_from(flows_of(row.subject), priority=debt.priority)
            debt.open_vnd, debt.settled = balance.open_vnd, balance.settled
            debt.save(update_fields=["open_vnd", "settled"])
        if debt.settled:
            balance = balance_from(flows_of(row.subject), priority=debt.priority)
            announce(kind=SETTLED, subject=debt.subject, payload=told(debt, balance), at=at)


def _lodged_moves(row: Liability) -> list[Move]:
    moves = [*assessed_moves(row.subject, assessed_in(row)), secured_move(row.subject, row.secured_vnd)]
    return [move for move in moves if move.amount]


def _lodged_entry(row: Liability, at: datetime) -> JournalEntry:
    return JournalEntry(
        kind=Kind.ASSESSMENT,
        subject=row.subject,
        source=lodged_source(row.subject),
        on=timezone.localdate(row.at),
        at=row.at,
        actor=BOOKKEEPER.reference,
        details={"reason": "lodged"},
    )


def assessed_moves(subject: str, taxes: Mapping[str, Decimal]) -> list[Move]:
    """What a subject comes to owe, by tax."""
    return [Move(Account.RECEIVABLE, subject, Account.REVENUE, subject, vnd, tax) for tax, vnd in taxes.items()]


def secured_move(subject: str, amount: Decimal) -> Move:
    """What must be secured from now on, more (above zero) or less (below)."""
    if amount < 0:
        return Move(Account.SECURITY_ASKED, subject, Account.SECURITY, subject, -amount)
    return Move(Account.SECURITY, subject, Account.SECURITY_ASKED, subject, amount)
