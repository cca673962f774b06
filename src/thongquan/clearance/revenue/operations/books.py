"""The journal: writing entries, opening a subject in the books, telling others how it stands.

Every operation on a subject first locks its row (`locked_debt`), then posts, then `settle_up`s: guarantees that are no
longer needed are given back, and the ledger and the outbox are told once.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import connection
from django.db.models import F
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.revenue.chart import Account, Kind
from thongquan.clearance.revenue.models import Debt, Guarantee, JournalEntry, Reservation
from thongquan.clearance.revenue.queries.balances import Balance, Flow, balance_from, flows_of
from thongquan.rules.money import ZERO

_POSTINGS = "COPY revenue_posting (entry_id, debit, debit_of, credit, credit_of, amount_vnd, tax) FROM STDIN"
SETTLED, REOPENED, CHANGED = "liability.settled", "liability.reopened", "liability.changed"


class Move(NamedTuple):
    """Dong moved from the credited to the debited account; moves of nothing are left out."""

    debit: Account
    debit_of: str
    credit: Account
    credit_of: str
    amount: Decimal
    tax: str = ""

    def flow(self, subject: str) -> Flow:
        """The move as it counts in the balance of a subject."""
        return Flow(self.debit, self.debit_of == subject, self.credit, self.credit_of == subject, self.tax, self.amount)


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """Why something is posted: what kind of entry, about whom, by whom, when, for which day.

    `source` names the cause for good, so that it is posted once; left empty, the entry stands for itself.
    """

    kind: Kind
    subject: str
    actor: Actor
    at: datetime
    source: str = ""
    on: date | None = None
    details: Mapping[str, object] = field(default_factory=dict)


def post(occasion: Occasion, moves: Iterable[Move]) -> JournalEntry | None:
    """Write one entry with its postings in the running transaction; None when nothing moves.

    Raises IntegrityError when its source was posted before.
    """
    found = [move for move in moves if move.amount]
    if not found:
        return None
    entry = JournalEntry.objects.create(
        kind=occasion.kind,
        subject=occasion.subject,
        source=occasion.source or f"{occasion.kind}:{uuid.uuid4()}",
        on=occasion.on or timezone.localdate(occasion.at),
        at=occasion.at,
        actor=occasion.actor.reference,
        details=dict(occasion.details),
    )
    write_postings((entry.pk, move) for move in found)
    return entry


def write_postings(moves: Iterable[tuple[int, Move]]) -> None:
    """Write moves as rows of the journal, each with the key of its entry, however many, in one stream."""
    with connection.cursor() as cursor, cursor.copy(_POSTINGS) as rows:
        for entry, move in moves:
            rows.write_row((entry, *move))


def was_posted(source: str) -> bool:
    """Whether this cause is in the journal already; asked under the lock of its subject."""
    return JournalEntry.objects.filter(source=source).exists()


def locked(subject: str) -> Debt:
    """The row of a subject in the books, locked until the transaction ends. Raises `NotFound`."""
    debt = Debt.objects.select_for_update().filter(subject=subject).first()
    if debt is None:
        raise NotFound(subject)
    return debt


def balance_now(debt: Debt) -> Balance:
    """The balance of a locked debt."""
    return balance_from(flows_of(debt.subject), priority=debt.priority)


def settle_up(debt: Debt, *, action: str, actor: Actor, at: datetime, details: Mapping[str, object]) -> Balance:
    """End an operation on a locked debt: give back what guarantees need not hold, keep its row true, tell others.

    Writes one ledger row `action` and one message. A settled subject is announced again after every operation, since
    an amendment may have sent the declaration back meanwhile.
    """
    discharge(debt, balance_now(debt), actor, at)
    balance = balance_now(debt)
    was_settled, debt.settled, debt.open_vnd = debt.settled, balance.settled, balance.open_vnd
    debt.save()
    record(action=action, subject=debt.subject, actor=actor.reference, at=at, details=details)
    kind = SETTLED if debt.settled else REOPENED if was_settled else CHANGED
    by = {"action": action, **({"claim": str(details["claim"])} if "claim" in details else {})}
    announce(kind=kind, subject=debt.subject, payload={**told(debt, balance), **by}, at=at)
    return balance


def told(debt: Debt, balance: Balance) -> dict[str, str]:
    """What other rooms are told of a subject's money."""
    return {
        "subject": debt.subject,
        "office": debt.office,
        "open_vnd": str(balance.open_vnd),
        "tax_code": debt.tax_code,
    }


def discharge(debt: Debt, balance: Balance, actor: Actor, at: datetime) -> None:
    """Give back what guarantees hold beyond what is owed or must be secured, the latest reservation first."""
    excess = balance.guaranteed_vnd - max(ZERO, balance.open_vnd + balance.secured_vnd - balance.deposit_vnd)
    if excess <= ZERO:
        return
    rows = Reservation.objects.filter(subject=debt.subject, amount_vnd__gt=0).select_related("guarantee")
    moves = []
    for row in rows.order_by("-at", "-id"):
        part = min(excess, row.amount_vnd)
        excess -= part
        moves.append(_given_back(row, part))
    post(Occasion(kind=Kind.DISCHARGE, subject=debt.subject, actor=actor, at=at), moves)


def _given_back(row: Reservation, part: Decimal) -> Move:
    if part:
        Reservation.objects.filter(pk=row.pk).update(amount_vnd=F("amount_vnd") - part)
        Guarantee.objects.filter(pk=row.guarantee_id).update(available_vnd=F("available_vnd") + part)
    owner = guarantee_owner(row.guarantee.number)
    return Move(Account.GUARANTEE, owner, Account.GUARANTEED, row.subject, part)


def guarantee_owner(number: str) -> str:
    """The owner of a guarantee's accounts."""
    return f"guarantee:{number}"


def booking_owner(line_id: int) -> str:
    """The owner of the account on which a bank booking waits."""
    return f"bank:{line_id}"
