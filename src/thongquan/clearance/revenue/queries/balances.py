"""What a subject owes, counted from the journal alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Min, Q, QuerySet, Sum
from django.utils import timezone

from thongquan.base.accounts.queries import standing_of
from thongquan.clearance.revenue.chart import FEE, FINE, INTEREST, Account
from thongquan.clearance.revenue.models import Debt, Liability, Posting, Reservation
from thongquan.clearance.revenue.queries.law import interest_rates, number_of_law, rounding_on
from thongquan.rules.interest import due_on, interest_from, interest_vnd
from thongquan.rules.money import ZERO

NOT_TAX = frozenset({FEE, FINE, INTEREST})
_INCOMING = frozenset({Account.UNMATCHED, Account.TREASURY})
_HELD = frozenset({Account.RECEIVABLE, Account.DEPOSIT, Account.OVERPAID})
_OUTGOING = frozenset({Account.TREASURY, Account.REFUNDS})


class Flow(NamedTuple):
    """Dong moved between two accounts, summed; `own_*` tell whether a side belongs to the subject."""

    debit: Account
    own_debit: bool
    credit: Account
    own_credit: bool
    tax: str
    amount: Decimal


@dataclass(frozen=True)
class Balance:
    """Where a subject stands, in dong.

    `open_vnd` is owed now (with interest already posted); `interest_vnd` is interest owed, posted or still running;
    `secured_vnd` must be secured and is not owed; `overpaid_vnd` can be refunded. `settled` means that release may
    follow: all is paid, guaranteed, or deferred for a priority enterprise. `due_on` None: nothing is due before
    release.
    """

    assessed_vnd: Decimal = ZERO
    paid_vnd: Decimal = ZERO
    guaranteed_vnd: Decimal = ZERO
    refunded_vnd: Decimal = ZERO
    open_vnd: Decimal = ZERO
    interest_vnd: Decimal = ZERO
    settled: bool = True
    due_on: date | None = None
    secured_vnd: Decimal = ZERO
    deposit_vnd: Decimal = ZERO
    overpaid_vnd: Decimal = ZERO
    relieved_vnd: Decimal = ZERO
    assessed_by_tax: dict[str, Decimal] = field(default_factory=dict)
    open_by_tax: dict[str, Decimal] = field(default_factory=dict)
    relieved_by_tax: dict[str, Decimal] = field(default_factory=dict)

    @property
    def uncovered_vnd(self) -> Decimal:
        """What is owed or must be secured, and nobody has paid or guaranteed."""
        return max(ZERO, self.open_vnd + self.secured_vnd - self.deposit_vnd - self.guaranteed_vnd)

    @property
    def open_taxes_vnd(self) -> Decimal:
        """What is owed in taxes alone: the part that costs interest and that a priority enterprise pays later."""
        return sum((vnd for tax, vnd in self.open_by_tax.items() if tax not in NOT_TAX), ZERO)


def flows_of(subject: str) -> list[Flow]:
    """Everything that touched the accounts of a subject, summed by the pair of accounts."""
    rows = (
        Posting.objects.filter(Q(debit_of=subject) | Q(credit_of=subject))
        .values_list("debit", "debit_of", "credit", "credit_of", "tax")
        .annotate(sum=Sum("amount_vnd"))
        .order_by()
    )
    return [
        Flow(Account(debit), debit_of == subject, Account(credit), credit_of == subject, tax, amount)
        for debit, debit_of, credit, credit_of, tax, amount in rows
    ]


def by_tax(flows: Iterable[Flow], account: Account) -> dict[str, Decimal]:
    """Balance of the subject's account by tax: debited less credited; nothing for taxes at zero."""
    found: dict[str, Decimal] = {}
    for flow in flows:
        if flow.own_debit and flow.debit == account:
            found[flow.tax] = found.get(flow.tax, ZERO) + flow.amount
        if flow.own_credit and flow.credit == account:
            found[flow.tax] = found.get(flow.tax, ZERO) - flow.amount
    return {tax: amount for tax, amount in found.items() if amount}


def _total(flows: Iterable[Flow], account: Account) -> Decimal:
    return sum(by_tax(flows, account).values(), ZERO)


def _paid(flows: Iterable[Flow]) -> Decimal:
    """Money that reached the subject: from the bank, or overpaid elsewhere and used here."""
    return sum(
        (
            flow.amount
            for flow in flows
            if flow.own_credit
            and flow.credit in _HELD
            and (flow.debit in _INCOMING or (flow.debit == Account.OVERPAID and not flow.own_debit))
        ),
        ZERO,
    )


def _refunded(flows: Iterable[Flow]) -> Decimal:
    """Money that left the subject again: refunded, or used for another subject."""
    return sum(
        (
            flow.amount
            for flow in flows
            if flow.own_debit
            and flow.debit == Account.OVERPAID
            and (flow.credit in _OUTGOING or (flow.credit == Account.RECEIVABLE and not flow.own_credit))
        ),
        ZERO,
    )


def balance_from(flows: list[Flow], *, priority: bool) -> Balance:
    """The balance that a subject's flows amount to, without deadlines and running interest."""
    revenue = {tax: -amount for tax, amount in by_tax(flows, Account.REVENUE).items()}
    receivable = by_tax(flows, Account.RECEIVABLE)
    balance = Balance(
        assessed_vnd=sum((amount for tax, amount in revenue.items() if tax != INTEREST), ZERO),
        paid_vnd=_paid(flows),
        guaranteed_vnd=_total(flows, Account.GUARANTEED),
        refunded_vnd=_refunded(flows),
        open_vnd=sum(receivable.values(), ZERO),
        interest_vnd=receivable.get(INTEREST, ZERO),
        secured_vnd=_total(flows, Account.SECURITY),
        deposit_vnd=-_total(flows, Account.DEPOSIT),
        overpaid_vnd=-_total(flows, Account.OVERPAID),
        relieved_vnd=_total(flows, Account.RELIEF),
        assessed_by_tax=revenue,
        open_by_tax=receivable,
        relieved_by_tax=by_tax(flows, Account.RELIEF),
    )
    return replace(balance, settled=balance.uncovered_vnd <= _deferred(balance, priority))


def _deferred(balance: Balance, priority: bool) -> Decimal:
    """What a priority enterprise may still owe when its goods are released (Law 107/2016/QH13 Art. 9.2)."""
    return balance.open_taxes_vnd + balance.open_by_tax.get(FEE, ZERO) if priority else ZERO


def balance_of(subject: str, *, at: datetime | None = None) -> Balance:
    """Where a subject stands; with `at` also its running interest. A subject that owes nothing has an empty balance.

    A declaration that was just lodged counts as the books will hold it.
    """
    debt = Debt.objects.filter(subject=subject).first()
    if debt is None:
        return _before_the_books(subject)
    balance = balance_from(flows_of(subject), priority=debt.priority)
    due = due_of(debt)
    if at is None:
        return replace(balance, due_on=due)
    running = running_interest(debt, balance.open_taxes_vnd, timezone.localdate(at))
    return replace(balance, due_on=due, interest_vnd=balance.interest_vnd + running)


def _before_the_books(subject: str) -> Balance:
    row = Liability.objects.filter(subject=subject).first()
    if row is None:
        return Balance()
    return lodged_balance(row, priority=standing_of(row.tax_code, row.at).priority)


def lodged_balance(row: Liability, *, priority: bool) -> Balance:
    """Where a liability stands as lodged, before anything was paid or guaranteed."""
    taxes = assessed_in(row)
    balance = Balance(
        assessed_vnd=sum(taxes.values(), ZERO),
        open_vnd=sum(taxes.values(), ZERO),
        secured_vnd=row.secured_vnd,
        assessed_by_tax=taxes,
        open_by_tax=taxes,
    )
    return replace(balance, settled=balance.uncovered_vnd <= _deferred(balance, priority))


def assessed_in(row: Liability) -> dict[str, Decimal]:
    """Dong by tax and fee of a liability as lodged; nothing for taxes at zero."""
    taxes = {tax: Decimal(amount) for tax, amount in row.totals_vnd.items()}
    return {tax: amount for tax, amount in {**taxes, FEE: row.fee_vnd}.items() if amount}


def due_of(debt: Debt) -> date | None:
    """Last day to pay a debt; None while nothing is due before release."""
    until = _standing(debt.subject).aggregate(until=Min("until"))["until"]
    on = debt.released_on or timezone.localdate(debt.registered_at)
    return due_on(
        released_on=debt.released_on,
        guaranteed_until=until,
        priority=debt.priority,
        priority_day=number_of_law("priority_payment_day", on),
    )


def _standing(subject: str) -> QuerySet[Reservation]:
    """Guarantees that stand for a subject now."""
    return Reservation.objects.filter(subject=subject, amount_vnd__gt=0)


def guaranteed_subjects(subjects: Collection[str]) -> frozenset[str]:
    """Which of the subjects a guarantee stands for now: one read for a page of them."""
    if not subjects:
        return frozenset()
    rows = Reservation.objects.filter(subject__in=subjects, amount_vnd__gt=0)
    return frozenset(rows.values_list("subject", flat=True))


def running_interest(debt: Debt, principal_vnd: Decimal, paid_on: date) -> Decimal:
    """Interest that taxes of a debt have cost by the day of payment, in dong."""
    guaranteed = _standing(debt.subject).exists()
    start = interest_from(due=due_of(debt), released_on=debt.released_on, guaranteed=guaranteed)
    if start is None or paid_on <= start or not principal_vnd:
        return ZERO
    return interest_vnd(principal_vnd, start, paid_on, interest_rates(), rounding_on(paid_on))


def traders_owing() -> frozenset[str]:
    """Tax codes of traders with a debt that is not paid in full."""
    return frozenset(Debt.objects.filter(open_vnd__gt=0).values_list("tax_code", flat=True).distinct())


def overdue_vnd(tax_code: str, on: date) -> Decimal:
    """What a trader owes past its due date, in dong."""
    rows = Debt.objects.filter(tax_code=tax_code, open_vnd__gt=0)
    return sum((row.open_vnd for row in rows if (due := due_of(row)) is not None and due < on), ZERO)
