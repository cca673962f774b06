"""Money credited to a subject: which taxes it pays first, the interest it is late by, what is left of it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.revenue.chart import INTEREST, Account, Kind
from thongquan.clearance.revenue.models import BankLine, Debt
from thongquan.clearance.revenue.operations.books import (
    Move,
    Occasion,
    balance_now,
    booking_owner,
    post,
    settle_up,
)
from thongquan.clearance.revenue.queries.balances import NOT_TAX, Balance, running_interest
from thongquan.clearance.revenue.queries.law import words_of_law
from thongquan.rules.money import ZERO

TAX = "tax"


class Use(NamedTuple):
    """How a sum is used: by tax, how much of it goes into the deposit, and the interest this payment makes due."""

    by_tax: dict[str, Decimal]
    deposit: Decimal
    interest: Decimal

    @property
    def total(self) -> Decimal:
        """All that is credited."""
        return sum(self.by_tax.values(), ZERO) + self.deposit


def payable_vnd(debt: Debt, balance: Balance, paid_on: date) -> Decimal:
    """What would clear a debt on a day: all that is open with the interest by then, and the security still missing."""
    missing = max(ZERO, balance.secured_vnd - balance.deposit_vnd - _guaranteed_security(balance))
    return balance.open_vnd + running_interest(debt, balance.open_taxes_vnd, paid_on) + missing


def _guaranteed_security(balance: Balance) -> Decimal:
    """What guarantees hold beyond the open amounts stands for the security."""
    return max(ZERO, balance.guaranteed_vnd - balance.open_vnd)


def credit(debt: Debt, line: BankLine, amount: Decimal, *, actor: Actor, at: datetime) -> Decimal:
    """Credit up to `amount` of a bank booking to a locked debt; returns what was credited.

    Open amounts are paid in the order of the law's day (`payment_order`); interest falls due with the taxes it is for.
    One ledger row, one message; nothing when nothing is open.
    """
    balance = balance_now(debt)
    use = use_of(debt, balance, amount, line.booked_on)
    if not use.total:
        return ZERO
    subject, booking = debt.subject, booking_owner(line.pk)
    moves = [Move(Account.RECEIVABLE, subject, Account.REVENUE, subject, use.interest, INTEREST)]
    moves += [
        Move(Account.UNMATCHED, booking, Account.RECEIVABLE, subject, part, tax) for tax, part in use.by_tax.items()
    ]
    moves.append(Move(Account.UNMATCHED, booking, Account.DEPOSIT, subject, use.deposit))
    details = {"booking": line.pk, "paid_vnd": str(use.total), "interest_vnd": str(use.interest)}
    occasion = Occasion(
        kind=Kind.PAYMENT, subject=subject, actor=actor, at=at, on=line.booked_on, details={"booking": line.pk}
    )
    post(occasion, moves)
    settle_up(debt, action="revenue.paid", actor=actor, at=at, details=details)
    return use.total


def use_of(debt: Debt, balance: Balance, amount: Decimal, paid_on: date) -> Use:
    """How a sum paid on a day would be used."""
    order = words_of_law("payment_order", paid_on).split(",")
    owed = dict(balance.open_by_tax)
    by_tax: dict[str, Decimal] = {}
    left, interest = amount, ZERO
    for group in order:
        if group == INTEREST:
            taxes_paid = sum((vnd for tax, vnd in by_tax.items() if tax not in NOT_TAX), ZERO)
            interest = running_interest(debt, taxes_paid, paid_on)
            owed[INTEREST] = owed.get(INTEREST, ZERO) + interest
        for tax in _taxes_of(group, owed):
            part = min(left, owed[tax])
            left -= part
            if part:
                by_tax[tax] = part
    missing = max(ZERO, balance.secured_vnd - balance.deposit_vnd - _guaranteed_security(balance))
    return Use(by_tax, min(left, missing), interest)


def _taxes_of(group: str, owed: dict[str, Decimal]) -> list[str]:
    """The open taxes of one group of the order: all duties together, in the order of their names, or one alone."""
    if group == TAX:
        return sorted(tax for tax in owed if tax not in NOT_TAX)
    return [group] if group in owed else []
