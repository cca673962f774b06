"""What a subject owes: assessed, assessed anew, fined, released, voided.

Legal basis: Law 107/2016/QH13 Art. 9; Law on Tax Administration 108/2025/QH15.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.revenue.chart import FEE, FINE, Account, Kind
from thongquan.clearance.revenue.operations.books import Move, Occasion, balance_now, post, settle_up, was_posted
from thongquan.clearance.revenue.operations.opening import locked_debt, opened_debt, secured_move
from thongquan.clearance.revenue.permissions import check_can_assess
from thongquan.clearance.revenue.queries.balances import NOT_TAX, Balance
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.money import ZERO


def assess(
    *,
    subject: str,
    tax_code: str,
    office: str,
    totals_vnd: Mapping[str, Decimal],
    fee_vnd: Decimal,
    secured_vnd: Decimal,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Balance:
    """Say what a subject owes from now on, in dong by tax; the difference is posted.

    Less than before first lowers what is open, then becomes overpaid; what is overpaid pays what is open of other
    taxes of the same subject. Announces `liability.settled`, `.reopened` or `.changed`. `reason` is a word for the
    journal and the ledger (`amended`, `audit`), without personal data. Raises `NotAllowed`, `Refused` with TQ-REV-016.
    """
    check_can_assess(actor, office=office, tax_code=tax_code)
    wanted = {tax: amount for tax, amount in {**totals_vnd, FEE: fee_vnd}.items() if amount}
    _check_amounts([*wanted.values(), secured_vnd])
    with transaction.atomic():
        debt = opened_debt(subject, tax_code=tax_code, office=office, at=at)
        balance = balance_now(debt)
        moves = [*_differences(subject, balance, wanted), secured_move(subject, secured_vnd - balance.secured_vnd)]
        moves += _freed_deposit(subject, balance, secured_vnd)
        moves += _netted(subject, balance, moves)
        post(
            Occasion(kind=Kind.ASSESSMENT, subject=subject, actor=actor, at=at, details={"reason": reason}),
            moves,
        )
        details = {
            "reason": reason,
            "assessed_vnd": str(sum(wanted.values(), ZERO)),
            "secured_vnd": str(secured_vnd),
        }
        return settle_up(debt, action="revenue.assessed", actor=actor, at=at, details=details)


def _check_amounts(amounts: list[Decimal]) -> None:
    faults = [
        Fault(code=Code.TQ_REV_016, path="totals_vnd", value=str(amount))
        for amount in amounts
        if not amount.is_finite() or amount < 0 or amount != amount.to_integral_value()
    ]
    if faults:
        raise Refused(faults)


def _differences(subject: str, balance: Balance, wanted: Mapping[str, Decimal]) -> list[Move]:
    """From what was assessed in taxes and fee to what is wanted; fines and interest are not touched."""
    kept = NOT_TAX - {FEE}
    before = {tax: amount for tax, amount in balance.assessed_by_tax.items() if tax not in kept}
    moves = []
    for tax in sorted({*before, *wanted}):
        difference = wanted.get(tax, ZERO) - before.get(tax, ZERO)
        if difference > ZERO:
            moves.append(Move(Account.RECEIVABLE, subject, Account.REVENUE, subject, difference, tax))
        else:
            moves += _lowered(subject, tax, -difference, balance)
    return moves


def _lowered(subject: str, tax: str, amount: Decimal, balance: Balance) -> list[Move]:
    """A tax is lowered: what is open first, then what was relieved before; the rest was paid and is overpaid now."""
    unpaid = min(amount, balance.open_by_tax.get(tax, ZERO))
    relieved = min(amount - unpaid, balance.relieved_by_tax.get(tax, ZERO))
    return [
        Move(Account.REVENUE, subject, Account.RECEIVABLE, subject, unpaid, tax),
        Move(Account.REVENUE, subject, Account.RELIEF, subject, relieved, tax),
        Move(Account.REVENUE, subject, Account.OVERPAID, subject, amount - unpaid - relieved, tax),
    ]


def _freed_deposit(subject: str, balance: Balance, secured_vnd: Decimal) -> list[Move]:
    """Money held as security beyond what must be secured becomes overpaid."""
    freed = max(ZERO, balance.deposit_vnd - secured_vnd)
    return [Move(Account.DEPOSIT, subject, Account.OVERPAID, subject, freed)]


def _netted(subject: str, balance: Balance, moves: list[Move]) -> list[Move]:
    """What is overpaid after these moves pays what they leave open, tax by tax."""
    overpaid = {"": balance.overpaid_vnd}
    owed = dict(balance.open_by_tax)
    for move in moves:
        if move.credit == Account.OVERPAID:
            overpaid[move.tax] = overpaid.get(move.tax, ZERO) + move.amount
        if move.debit == Account.RECEIVABLE:
            owed[move.tax] = owed.get(move.tax, ZERO) + move.amount
        if move.credit == Account.RECEIVABLE:
            owed[move.tax] = owed.get(move.tax, ZERO) - move.amount
    left = sum(overpaid.values(), ZERO)
    found = []
    for tax, amount in sorted(owed.items()):
        part = min(left, amount)
        left -= part
        found.append(Move(Account.OVERPAID, subject, Account.RECEIVABLE, subject, part, tax))
    return found


def post_fine(
    *,
    subject: str,
    tax_code: str,
    amount_vnd: Decimal,
    actor: Actor,
    at: datetime,
    office: str = "",
    source: str = "",
) -> Balance:
    """Post a fine in dong to a subject. `source` names the decision for good: with it a fine is posted once.

    Announces what `assess` does. Raises `NotAllowed`, `Refused` with TQ-REV-016.
    """
    check_can_assess(actor, office=office, tax_code=tax_code)
    _check_amounts([amount_vnd])
    with transaction.atomic():
        debt = opened_debt(subject, tax_code=tax_code, office=office, at=at)
        if source and was_posted(source):
            return balance_now(debt)
        post(
            Occasion(kind=Kind.FINE, subject=subject, actor=actor, at=at, source=source),
            [Move(Account.RECEIVABLE, subject, Account.REVENUE, subject, amount_vnd, FINE)],
        )
        details = {"amount_vnd": str(amount_vnd)}
        return settle_up(debt, action="revenue.fined", actor=actor, at=at, details=details)


def void_fine(
    *, subject: str, tax_code: str, amount_vnd: Decimal, actor: Actor, at: datetime, office: str = "", source: str = ""
) -> Balance:
    """Take back a fine that was annulled: what is open of it, the rest becomes overpaid. `source` as in `post_fine`."""
    check_can_assess(actor, office=office, tax_code=tax_code)
    _check_amounts([amount_vnd])
    with transaction.atomic():
        debt = opened_debt(subject, tax_code=tax_code, office=office, at=at)
        balance = balance_now(debt)
        if source and was_posted(source):
            return balance
        amount = min(amount_vnd, balance.assessed_by_tax.get(FINE, ZERO))
        moves = _lowered(subject, FINE, amount, balance)
        occasion = Occasion(kind=Kind.FINE, subject=subject, actor=actor, at=at, source=source)
        post(occasion, [*moves, *_netted(subject, balance, moves)])
        details = {"amount_vnd": str(-amount)}
        return settle_up(debt, action="revenue.fine_voided", actor=actor, at=at, details=details)


def void_liability(*, subject: str, reason: str, actor: Actor, at: datetime) -> Balance:
    """A declaration was cancelled or expired: its taxes and fee are owed no more; what was paid is overpaid.

    Raises `NotAllowed`, `NotFound`.
    """
    with transaction.atomic():
        debt = locked_debt(subject, at=at)
        return assess(
            subject=subject,
            tax_code=debt.tax_code,
            office=debt.office,
            totals_vnd={},
            fee_vnd=ZERO,
            secured_vnd=ZERO,
            reason=reason,
            actor=actor,
            at=at,
        )


def note_release(*, subject: str, actor: Actor, at: datetime) -> None:
    """Goods were released or cleared at `at`: deadlines and interest count from the first such day.

    The row of the ledger is that of the release itself. Raises `NotAllowed`, `NotFound`.
    """
    with transaction.atomic():
        debt = locked_debt(subject, at=at)
        check_can_assess(actor, office=debt.office, tax_code=debt.tax_code)
        if debt.released_on is None:
            debt.released_on = timezone.localdate(at)
            debt.save(update_fields=["released_on"])
