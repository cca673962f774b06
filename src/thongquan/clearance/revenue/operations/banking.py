"""Bank files: taken in, matched, and what nobody matched assigned or returned by a revenue officer.

A booking is known by its content, not by its file: the same statement, or another one that overlaps it, posts nothing
twice. Money that came in is posted at once; until somebody is credited with it, it waits on the booking.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.revenue.chart import Account, Kind
from thongquan.clearance.revenue.formats import Booking, Read, read_bank_file
from thongquan.clearance.revenue.formats.bookings import keys_of
from thongquan.clearance.revenue.matching import (
    Outcome,
    Reference,
    names_somebody_else,
    outcome_of,
    reference_of,
)
from thongquan.clearance.revenue.models import BankLine, BankStatement, Debt
from thongquan.clearance.revenue.operations.books import Move, Occasion, balance_now, booking_owner, post
from thongquan.clearance.revenue.operations.guaranteeing import is_amount
from thongquan.clearance.revenue.operations.opening import book_lodged
from thongquan.clearance.revenue.operations.paying import credit, payable_vnd
from thongquan.clearance.revenue.permissions import check_keeps_money
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

NOTHING_NEW = 0
# Any number will do, as long as nothing else in this database takes the same advisory lock.
BANK_LOCK = 6962_0003


@dataclass(frozen=True)
class Taken:
    """What became of a bank file: its statement, how many bookings it tells of, and how many were new."""

    statement_id: int
    lines_read: int
    lines_new: int
    again: bool


def take_bank_file(*, actor: Actor, office: str, name: str, content: bytes, at: datetime) -> Taken:
    """Take in a statement of an office's account: post its new bookings and match them.

    Raises `NotAllowed`, and `Refused` with every fault of the file; then nothing is posted.
    """
    check_keeps_money(actor, office)
    read = read_bank_file(content)
    digest = hashlib.sha256(content).digest()
    with transaction.atomic():
        _one_at_a_time()
        known = BankStatement.objects.filter(digest=digest).first()
        if known is not None:
            check_keeps_money(actor, known.office)
            return Taken(known.pk, known.lines_read, NOTHING_NEW, again=True)
        return _take(actor, office, name, digest, read, at)


def _one_at_a_time() -> None:
    """Two files that tell of the same booking must not be taken in at once."""
    with connection.cursor() as sql:
        sql.execute("SELECT pg_advisory_xact_lock(%s)", [BANK_LOCK])


def _take(actor: Actor, office: str, name: str, digest: bytes, read: Read, at: datetime) -> Taken:
    statement = BankStatement.objects.create(
        digest=digest,
        name=name[:200],
        kind=read.kind,
        office=office,
        account=read.account,
        lines_read=len(read.bookings),
        lines_new=0,
        uploaded_by=actor.reference,
        at=at,
    )
    lines = _new_lines(statement, read)
    BankStatement.objects.filter(pk=statement.pk).update(lines_new=len(lines))
    came_in = sum((line.amount_vnd for line in lines if line.left_vnd), Decimal(0))
    details = {"digest": digest.hex(), "lines": len(read.bookings), "new": len(lines), "came_in_vnd": str(came_in)}
    subject = f"statement:{statement.pk}"
    record(action="revenue.statement_taken", subject=subject, actor=actor.reference, at=at, details=details)
    announce(kind="revenue.statement_taken", subject=subject, payload={"office": office, **details}, at=at)
    _match(statement, lines, actor, at)
    return Taken(statement.pk, len(read.bookings), len(lines), again=False)


def _new_lines(statement: BankStatement, read: Read) -> list[BankLine]:
    keys = keys_of(f"{statement.office}:{read.account}", read.bookings)
    known = {bytes(key) for key in BankLine.objects.filter(key__in=keys).values_list("key", flat=True)}
    rows = [
        _line(statement, booking, key) for booking, key in zip(read.bookings, keys, strict=True) if key not in known
    ]
    return BankLine.objects.bulk_create(rows)


def _line(statement: BankStatement, booking: Booking, key: bytes) -> BankLine:
    ended = Outcome.REVERSAL if booking.reversal else Outcome.OUTGOING if booking.amount_vnd <= 0 else None
    return BankLine(
        statement=statement,
        number=booking.number,
        key=key,
        reference=booking.reference,
        booked_on=booking.booked_on,
        amount_vnd=booking.amount_vnd,
        left_vnd=Decimal(0) if ended else booking.amount_vnd,
        payer=booking.payer,
        payer_account=booking.payer_account,
        text=booking.text,
        outcome=ended or Outcome.NO_NUMBER,
    )


def _match(statement: BankStatement, lines: Sequence[BankLine], actor: Actor, at: datetime) -> None:
    """Post what came in and credit what can be matched. Every debt is locked first, in one order, before any moves."""
    incoming = [(line, reference_of(line.reference, line.text)) for line in lines if line.left_vnd]
    debts = _locked_debts({subject for _line, named in incoming for subject in named.subjects}, at)
    for line, named in incoming:
        owner = booking_owner(line.pk)
        occasion = Occasion(
            kind=Kind.RECEIPT, subject=owner, actor=actor, at=at, source=f"received:{owner}", on=line.booked_on
        )
        post(occasion, [Move(Account.TREASURY, "", Account.UNMATCHED, owner, line.amount_vnd)])
        debt, outcome = _candidate(named, debts, statement.office)
        if debt is not None:
            outcome = _credited(line, debt, actor, at)
        line.outcome, line.subject = outcome, debt.subject if debt else ""
        line.save(update_fields=["outcome", "subject", "left_vnd"])


def _locked_debts(subjects: set[str], at: datetime) -> dict[str, Debt]:
    book_lodged(subjects=dict.fromkeys(sorted(subjects), ""), at=at)
    rows = Debt.objects.select_for_update().filter(subject__in=subjects).order_by("subject")
    return {row.subject: row for row in rows}


def _candidate(named: Reference, debts: dict[str, Debt], office: str) -> tuple[Debt | None, Outcome]:
    """The one declaration that a text names, or why there is none."""
    if not named.subjects:
        return None, Outcome.NO_NUMBER
    if len(named.subjects) > 1:
        return None, Outcome.SEVERAL
    debt = debts.get(named.subjects[0])
    if debt is None or debt.office not in ("", office):
        return None, Outcome.UNKNOWN
    if names_somebody_else(named, debt.tax_code):
        return None, Outcome.OTHER_TRADER
    return debt, Outcome.MATCHED


def _credited(line: BankLine, debt: Debt, actor: Actor, at: datetime) -> Outcome:
    outcome = outcome_of(line.left_vnd, payable_vnd(debt, balance_now(debt), line.booked_on))
    line.left_vnd -= credit(debt, line, line.left_vnd, actor=actor, at=at)
    return outcome


def assign_payment(*, actor: Actor, line_id: int, number: str, amount_vnd: Decimal, at: datetime) -> None:
    """Credit money that waits on a booking to a declaration of the same office, by any of its ten numbers.

    Raises `NotFound`, `NotAllowed`, and `Refused`: TQ-REV-013 more than is left, -014 more than is owed, -015 no such
    declaration, -016 not an amount.
    """
    with transaction.atomic():
        line = _waiting_line(actor, line_id)
        debt = _debt_to_credit(number, line.statement.office, at)
        payable = payable_vnd(debt, balance_now(debt), line.booked_on) if debt else Decimal(0)
        faults = _faults_of_assignment(line, number, amount_vnd, debt, payable)
        if debt is None or faults:
            raise Refused(faults)
        line.left_vnd -= credit(debt, line, amount_vnd, actor=actor, at=at)
        line.outcome, line.subject = Outcome.ASSIGNED, debt.subject
        line.save(update_fields=["left_vnd", "outcome", "subject"])


def _waiting_line(actor: Actor, line_id: int) -> BankLine:
    """A booking with its statement, locked. Raises `NotFound` also for those of other offices."""
    rows = BankLine.objects.select_for_update(of=("self",)).select_related("statement")
    line = rows.filter(pk=line_id).first()
    if line is None:
        raise NotFound(str(line_id))
    check_keeps_money(actor, line.statement.office)
    return line


def _debt_to_credit(number: str, office: str, at: datetime) -> Debt | None:
    named = reference_of(number).subjects
    if len(named) != 1:
        return None
    subject = named[0]
    debt = _locked_debts({subject}, at).get(subject)
    return debt if debt and debt.office in ("", office) else None


def _faults_of_assignment(
    line: BankLine, number: str, amount: Decimal, debt: Debt | None, payable: Decimal
) -> list[Fault]:
    found = []
    if not is_amount(amount):
        found.append(Fault(code=Code.TQ_REV_016, path="amount_vnd", value=str(amount)[:40]))
    elif amount > line.left_vnd:
        values = {"left": f"{line.left_vnd:,.0f}"}
        found.append(Fault(code=Code.TQ_REV_013, path="amount_vnd", value=f"{amount:,.0f}", values=values))
    if debt is None:
        found.append(Fault(code=Code.TQ_REV_015, path="number", value=number[:40]))
    elif not found and amount > payable:
        values = {"number": number, "open": f"{payable:,.0f}"}
        found.append(Fault(code=Code.TQ_REV_014, path="amount_vnd", value=f"{amount:,.0f}", values=values))
    return found


def return_payment(*, actor: Actor, line_id: int, at: datetime) -> None:
    """Send what waits on a booking back to its payer. Raises `NotFound`, `NotAllowed`, `Refused` with TQ-REV-013."""
    with transaction.atomic():
        line = _waiting_line(actor, line_id)
        amount = line.left_vnd
        if not amount:
            raise Refused([Fault(code=Code.TQ_REV_013, path="line", value="0", values={"left": "0"})])
        owner = booking_owner(line.pk)
        occasion = Occasion(kind=Kind.RETURN, subject=owner, actor=actor, at=at)
        post(occasion, [Move(Account.UNMATCHED, owner, Account.TREASURY, "", amount)])
        line.left_vnd, line.outcome = Decimal(0), Outcome.RETURNED
        line.save(update_fields=["left_vnd", "outcome"])
        details = {"amount_vnd": str(amount)}
        record(action="revenue.returned", subject=owner, actor=actor.reference, at=at, details=details)
        announce(kind="revenue.returned", subject=owner, payload=details, at=at)
