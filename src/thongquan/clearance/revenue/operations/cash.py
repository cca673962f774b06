"""Money taken at the gate in cash, where no bank or treasury counter exists, against a receipt.

Legal basis: Circular 80/2019/TT-BTC Art. 7 (what a border resident owes is paid at the gate).
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.revenue.chart import INTEREST, Account, Kind, name_of_subject
from thongquan.clearance.revenue.operations.books import Move, Occasion, balance_now, locked, post, settle_up
from thongquan.clearance.revenue.operations.paying import payable_vnd, use_of
from thongquan.clearance.revenue.permissions import check_takes_cash
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


class Received(NamedTuple):
    """Cash in the books: the entry that its receipt shows, and the sum in dong."""

    entry: int
    amount_vnd: Decimal


def receive_cash(*, actor: Actor, subject: str, at: datetime) -> Received:
    """Take all that a subject owes today in cash, late interest included.

    One entry, one ledger row, one message (`liability.settled`). Raises `NotFound`, `NotAllowed`, `Refused` with
    TQ-REV-014 when nothing is owed.
    """
    with transaction.atomic():
        debt = locked(subject)
        check_takes_cash(actor, debt.office)
        on, balance = timezone.localdate(at), balance_now(debt)
        use = use_of(debt, balance, payable_vnd(debt, balance, on), on)
        moves = [Move(Account.RECEIVABLE, subject, Account.REVENUE, subject, use.interest, INTEREST)]
        moves += [
            Move(Account.TREASURY, "", Account.RECEIVABLE, subject, part, tax) for tax, part in use.by_tax.items()
        ]
        occasion = Occasion(kind=Kind.PAYMENT, subject=subject, actor=actor, at=at, on=on, details={"cash": "gate"})
        entry = post(occasion, moves)
        if entry is None:
            values = {"number": name_of_subject(subject), "open": "0"}
            raise Refused([Fault(code=Code.TQ_REV_014, path="amount_vnd", value="0", values=values)])
        details = {"cash_vnd": str(use.total), "interest_vnd": str(use.interest)}
        settle_up(debt, action="revenue.cash_received", actor=actor, at=at, details=details)
        return Received(entry.pk, use.total)
