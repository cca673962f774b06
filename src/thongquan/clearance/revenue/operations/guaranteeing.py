"""Guarantees: proposed by a trader, accepted by an officer, reserved for declarations, closed.

Legal basis: Law 107/2016/QH13 Art. 9.1 (30 days from registration at most); Circular 38/2015/TT-BTC Art. 43 as amended
(conditions of a general guarantee). The balance is taken with one conditional UPDATE, so that no two releases can use
the same dong.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import Conflict, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.revenue.chart import Account, Kind
from thongquan.clearance.revenue.models import Debt, Guarantee, Reservation
from thongquan.clearance.revenue.operations.books import (
    Move,
    Occasion,
    balance_now,
    guarantee_owner,
    post,
    settle_up,
)
from thongquan.clearance.revenue.operations.opening import locked_debt
from thongquan.clearance.revenue.permissions import check_can_guarantee, check_keeps_money
from thongquan.clearance.revenue.queries.balances import Balance
from thongquan.clearance.revenue.queries.conditions import has_conditions_for_guarantee
from thongquan.clearance.revenue.queries.law import is_office, number_of_law
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.interest import guarantee_until

SINGLE, GENERAL = "single", "general"
PROPOSED, ACCEPTED, REFUSED, CLOSED = "proposed", "accepted", "refused", "closed"
LONGEST = {"number": 35, "guarantor": 200}


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A bank's promise as its trader proposes it. `declaration` names the one a single guarantee is for."""

    number: str
    kind: str
    guarantor: str
    tax_code: str
    office: str
    limit_vnd: Decimal
    valid_from: date
    valid_to: date
    declaration: str = ""


def propose_guarantee(*, actor: Actor, proposal: Proposal, at: datetime) -> int:
    """Register a guarantee for the office to accept; returns its id. Raises `NotAllowed`, `Refused`."""
    check_can_guarantee(actor, proposal.tax_code)
    faults = _faults_of(proposal, timezone.localdate(at))
    if faults:
        raise Refused(faults)
    with transaction.atomic():
        row = Guarantee.objects.create(
            number=proposal.number,
            kind=proposal.kind,
            state=PROPOSED,
            guarantor=proposal.guarantor,
            tax_code=proposal.tax_code,
            office=proposal.office,
            subject=subject_of(proposal.declaration) if proposal.declaration else "",
            limit_vnd=proposal.limit_vnd,
            available_vnd=proposal.limit_vnd,
            valid_from=proposal.valid_from,
            valid_to=proposal.valid_to,
            proposed_by=actor.reference,
            at=at,
        )
        _tell(row, "proposed", actor, at)
    return row.pk


def subject_of(number: str) -> str:
    """The subject under which a declaration stands in the books, from any of its ten numbers."""
    return f"declaration:{number[:11]}0"


def _faults_of(proposal: Proposal, today: date) -> list[Fault]:
    found = [
        Fault(code=Code.TQ_DEC_001, path=name, values={"field": name})
        for name in ("number", "guarantor")
        if not getattr(proposal, name)
    ]
    found += [
        Fault(code=Code.TQ_DEC_002, path=name, value=getattr(proposal, name)[:40], values={"max": str(longest)})
        for name, longest in LONGEST.items()
        if len(getattr(proposal, name)) > longest
    ]
    for name, known in (("kind", proposal.kind in (SINGLE, GENERAL)), ("office", is_office(proposal.office, today))):
        if not known:
            values = {"list": name, "on": today.isoformat()}
            found.append(Fault(code=Code.TQ_DEC_004, path=name, value=getattr(proposal, name)[:20], values=values))
    if not is_amount(proposal.limit_vnd):
        found.append(Fault(code=Code.TQ_REV_016, path="limit_vnd", value=str(proposal.limit_vnd)[:40]))
    if proposal.valid_to <= proposal.valid_from or proposal.valid_to < today:
        found.append(Fault(code=Code.TQ_REV_019, path="valid_to", value=proposal.valid_to.isoformat()))
    if (proposal.kind == SINGLE) != (len(proposal.declaration) == 12 and proposal.declaration.isdecimal()):
        found.append(Fault(code=Code.TQ_REV_015, path="declaration", value=proposal.declaration[:40]))
    if Guarantee.objects.filter(number=proposal.number).exists():
        found.append(Fault(code=Code.TQ_REV_018, path="number", value=proposal.number))
    return found


def is_amount(amount: Decimal) -> bool:
    """Whether this is a whole number of dong above zero that the books can hold."""
    return amount.is_finite() and 0 < amount < Decimal(10) ** 18 and amount == amount.to_integral_value()


def accept_guarantee(*, actor: Actor, number: str, at: datetime) -> None:
    """The office accepts a proposed guarantee; from now on it can stand for declarations.

    Raises `NotFound`, `NotAllowed`, `Conflict` when it is decided already, and `Refused` with every condition of a
    general guarantee that its trader does not meet (TQ-REV-007 to -010).
    """
    with transaction.atomic():
        row = _decided_by(actor, number)
        faults = has_conditions_for_guarantee(row.tax_code, at) if row.kind == GENERAL else []
        if faults:
            raise Refused(faults)
        row.state = ACCEPTED
        row.save(update_fields=["state"])
        owner = guarantee_owner(number)
        occasion = Occasion(kind=Kind.GUARANTEE, subject=owner, actor=actor, at=at, source=f"accepted:{owner}")
        post(occasion, [Move(Account.GUARANTEE, owner, Account.GUARANTOR, owner, row.limit_vnd)])
        _tell(row, "accepted", actor, at)


def refuse_guarantee(*, actor: Actor, number: str, reason: str, at: datetime) -> None:
    """The office refuses a proposed guarantee. Raises `NotFound`, `NotAllowed`, `Conflict`."""
    with transaction.atomic():
        row = _decided_by(actor, number)
        row.state, row.reason = REFUSED, reason.strip()
        row.save(update_fields=["state", "reason"])
        _tell(row, "refused", actor, at)


def _decided_by(actor: Actor, number: str) -> Guarantee:
    row = Guarantee.objects.select_for_update().filter(number=number).first()
    if row is None:
        raise NotFound(number)
    check_keeps_money(actor, row.office)
    if row.state != PROPOSED:
        raise Conflict(row.state)
    return row


def close_guarantee(*, actor: Actor, number: str, at: datetime) -> None:
    """End an accepted guarantee that stands for nothing any more.

    Raises `NotFound`, `NotAllowed`, `Conflict` when it is not accepted, `Refused` with TQ-REV-017 while it is in use.
    """
    with transaction.atomic():
        row = Guarantee.objects.select_for_update().filter(number=number).first()
        if row is None:
            raise NotFound(number)
        check_keeps_money(actor, row.office)
        if row.state != ACCEPTED:
            raise Conflict(row.state)
        if row.available_vnd != row.limit_vnd:
            raise Refused([Fault(code=Code.TQ_REV_017, path="number", value=number)])
        row.state = CLOSED
        row.save(update_fields=["state"])
        owner = guarantee_owner(number)
        occasion = Occasion(kind=Kind.GUARANTEE, subject=owner, actor=actor, at=at, source=f"closed:{owner}")
        post(occasion, [Move(Account.GUARANTOR, owner, Account.GUARANTEE, owner, row.limit_vnd)])
        _tell(row, "closed", actor, at)


def guarantee_liability(*, actor: Actor, subject: str, guarantee_number: str, at: datetime) -> Balance:
    """Let a guarantee stand for all that a subject owes or must secure and nobody covers yet.

    Announces `liability.settled`. Raises `NotFound`, `NotAllowed`, and `Refused`: TQ-REV-001 not known for this trader,
    -002 not in force, -003 too little left, -004 too late after registration, -005 nothing open, -006 for another
    declaration.
    """
    with transaction.atomic():
        debt = locked_debt(subject, at=at)
        check_can_guarantee(actor, debt.tax_code)
        needed = balance_now(debt).uncovered_vnd
        guarantee = Guarantee.objects.filter(number=guarantee_number, tax_code=debt.tax_code).first()
        today = timezone.localdate(at)
        faults = _faults_against(debt, guarantee, guarantee_number, needed, today)
        if guarantee is None or faults:
            raise Refused(faults)
        _reserve(debt, guarantee, needed, until=_until(debt, guarantee, today), actor=actor, at=at)
        details = {"guarantee": guarantee_number, "reserved_vnd": str(needed)}
        return settle_up(debt, action="revenue.guaranteed", actor=actor, at=at, details=details)


def _faults_against(debt: Debt, guarantee: Guarantee | None, number: str, needed: Decimal, today: date) -> list[Fault]:
    if guarantee is None:
        return [Fault(code=Code.TQ_REV_001, path="guarantee", value=number[:40])]
    found = []
    if guarantee.state != ACCEPTED or not guarantee.valid_from <= today <= guarantee.valid_to:
        found.append(Fault(code=Code.TQ_REV_002, path="guarantee", value=number, values={"on": today.isoformat()}))
    if guarantee.subject and guarantee.subject != debt.subject:
        found.append(Fault(code=Code.TQ_REV_006, path="guarantee", value=number))
    last = _until(debt, guarantee, today)
    if today > last:
        days = str(number_of_law("guarantee_max_days", today))
        found.append(Fault(code=Code.TQ_REV_004, path="at", values={"until": last.isoformat(), "days": days}))
    if not needed:
        found.append(Fault(code=Code.TQ_REV_005, path="subject"))
    return found


def _until(debt: Debt, guarantee: Guarantee, today: date) -> date:
    registered = timezone.localdate(debt.registered_at)
    return guarantee_until(registered, guarantee.valid_to, number_of_law("guarantee_max_days", today))


def _reserve(debt: Debt, guarantee: Guarantee, needed: Decimal, *, until: date, actor: Actor, at: datetime) -> None:
    """Take the dong from the guarantee, if it has them and is still accepted at this very moment."""
    rows = Guarantee.objects.filter(pk=guarantee.pk, state=ACCEPTED, available_vnd__gte=needed)
    if not rows.update(available_vnd=F("available_vnd") - needed):
        guarantee.refresh_from_db()
        values = {"available": f"{guarantee.available_vnd:,.0f}", "needed": f"{needed:,.0f}"}
        raise Refused([Fault(code=Code.TQ_REV_003, path="guarantee", value=guarantee.number, values=values)])
    held, _made = Reservation.objects.get_or_create(
        guarantee=guarantee, subject=debt.subject, defaults={"amount_vnd": 0, "until": until, "at": at}
    )
    Reservation.objects.filter(pk=held.pk).update(amount_vnd=F("amount_vnd") + needed, until=until, at=at)
    owner = guarantee_owner(guarantee.number)
    occasion = Occasion(
        kind=Kind.RESERVATION, subject=debt.subject, actor=actor, at=at, details={"guarantee": guarantee.number}
    )
    post(occasion, [Move(Account.GUARANTEED, debt.subject, Account.GUARANTEE, owner, needed)])


def _tell(row: Guarantee, what: str, actor: Actor, at: datetime) -> None:
    subject = guarantee_owner(row.number)
    details = {"kind": row.kind, "limit_vnd": str(row.limit_vnd), "office": row.office}
    record(action=f"revenue.guarantee_{what}", subject=subject, actor=actor.reference, at=at, details=details)
    payload = {**details, "number": row.number, "tax_code": row.tax_code}
    announce(kind=f"guarantee.{what}", subject=subject, payload=payload, at=at)
