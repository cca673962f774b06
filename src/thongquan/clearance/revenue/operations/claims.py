"""Refunds and taxes not collected: asked for by the trader, proposed by an officer, decided by a second person.

Legal basis: Law 107/2016/QH13 Art. 19 (cases of refund); Decree 134/2016/NĐ-CP Art. 33-37 (refund), 37.2 (nothing
below 50,000 dong is paid back) and 37a as added by 18/2021 (not collected).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from secrets import token_hex
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.revenue.chart import Account, Kind
from thongquan.clearance.revenue.models import Claim
from thongquan.clearance.revenue.operations.books import Move, Occasion, post, settle_up
from thongquan.clearance.revenue.operations.opening import locked_debt
from thongquan.clearance.revenue.permissions import (
    check_keeps_money,
    check_may_decide,
    check_may_propose,
    check_may_see,
    may_claim,
    may_propose,
)
from thongquan.clearance.revenue.queries.claims import LISTS, OPEN, OVERPAID, Told, claim_from, possible_vnd
from thongquan.clearance.revenue.queries.law import words_of_law
from thongquan.clearance.tariff.queries.code_lists import code_source
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

PREFIXES = {"refund": "R", "waiver": "W"}


class _Check(Protocol):
    """A check of `permissions`."""

    def __call__(self, actor: Actor, *, office: str, tax_code: str) -> None:
        """Raise what it has to."""


def request_claim(
    *,
    actor: Actor,
    kind: str,
    case: str,
    subject: str,
    tax: str,
    amount_vnd: Decimal,
    grounds: str,
    at: datetime,
    office: str = "",
) -> Told:
    """Ask for money back (`refund`), or for an open tax not to be collected (`waiver`), in a case of the law.

    By someone who lodges for the trader; a waiver also by an officer who clears at the office. `tax` is '' in the case
    `overpaid`. Raises `NotFound` outside the scope, `NotAllowed`, and `Refused` with every fault: TQ-REV-056 grounds,
    057 case, 058 below the smallest refund, 059 more than possible, 062 one waits already, 016 amount.
    """
    with transaction.atomic():
        debt = locked_debt(subject, at=at, office=office)
        check_may_see(actor, office=debt.office, tax_code=debt.tax_code)
        if not (may_claim(actor, debt.tax_code) or (kind == "waiver" and may_propose(actor, debt.office))):
            raise NotAllowed("revenue.claim")
        tax = "" if case == OVERPAID else tax
        _check_request(kind, case, subject, tax, amount_vnd, grounds, timezone.localdate(at))
        made = claimed(
            kind=kind,
            case=case,
            subject=subject,
            tax=tax,
            tax_code=debt.tax_code,
            office=debt.office,
            asked_vnd=amount_vnd,
            grounds=grounds.strip(),
            requested_by=actor.reference,
            requested_at=at,
        )
        _tell(made, "requested", actor, at, amount_vnd)
    return claim_from(made)


def propose_decision(*, actor: Actor, number: str, amount_vnd: Decimal, finding: str, at: datetime) -> Told:
    """Propose what to decide on a claim, in dong: 0 proposes to refuse it. `finding` says what was found and why.

    Raises `NotFound`, `NotAllowed`, and `Refused`: TQ-REV-060 state, 056 finding, 058 below the smallest refund, 059
    more than was asked for.
    """
    with transaction.atomic():
        claim = _locked(number, "requested", actor, check_may_propose)
        faults = [] if finding.strip() else [Fault(code=Code.TQ_REV_056, path="finding")]
        if amount_vnd:
            faults += _amount_faults(claim.kind, amount_vnd, claim.asked_vnd, timezone.localdate(at))
        if faults:
            raise Refused(faults)
        claim.proposed_vnd, claim.finding = amount_vnd, finding.strip()
        claim.proposed_by, claim.proposed_at, claim.state = actor.reference, at, "proposed"
        claim.save()
        _tell(claim, "proposed", actor, at, amount_vnd)
    return claim_from(claim)


def decide_claim(*, actor: Actor, number: str, approve: bool, reason: str, at: datetime) -> Told:
    """Decide a claim as proposed, or refuse it; never the person who proposed it. Approval is posted to the books.

    Raises `NotFound`, `NotAllowed`, and `Refused`: TQ-REV-060 state, 061 second person, 056 reason of a refusal, 059
    when less is possible by now.
    """
    with transaction.atomic():
        subject = Claim.objects.filter(number=number).values_list("subject", flat=True).first()
        if subject is None:
            raise NotFound(number)
        debt = locked_debt(subject, at=at)  # before the claim, as everyone does
        claim = _locked(number, "proposed", actor, check_may_decide)
        amount = claim.proposed_vnd or Decimal(0) if approve else Decimal(0)
        _check_decision(claim, actor, amount, approve, reason)
        claim.state = "approved" if amount else "refused"
        claim.decided_vnd, claim.reason = amount, reason.strip()
        claim.decided_by, claim.decided_at = actor.reference, at
        claim.save()
        if not amount:
            _tell(claim, "refused", actor, at, amount)
            return claim_from(claim)
        kind = Kind.REFUND if claim.kind == "refund" else Kind.RELIEF
        occasion = Occasion(kind=kind, subject=subject, actor=actor, at=at, source=f"claim:{number}")
        post(occasion, _moves(claim, amount))
        details = {"claim": number, "case": claim.case, "amount_vnd": str(amount)}
        settle_up(debt, action=f"{claim.kind}.approved", actor=actor, at=at, details=details)
    return claim_from(claim)


def pay_refund(*, actor: Actor, number: str, reference: str, at: datetime) -> Told:
    """Note that the treasury paid an approved refund; `reference` is the number of its payment order.

    Raises `NotFound`, `NotAllowed`, and `Refused`: TQ-REV-060 state, 056 reference.
    """
    with transaction.atomic():
        found = Claim.objects.filter(number=number).first()
        if found is None:
            raise NotFound(number)
        check_may_see(actor, office=found.office, tax_code=found.tax_code)
        check_keeps_money(actor, found.office)
        debt = locked_debt(found.subject, at=at)
        claim = Claim.objects.select_for_update().get(pk=found.pk)
        if claim.state != "approved" or claim.kind != "refund" or claim.decided_vnd is None:
            raise Refused([_wrong_state(claim)])
        if not reference.strip():
            raise Refused([Fault(code=Code.TQ_REV_056, path="reference")])
        move = Move(Account.REFUNDS, claim.subject, Account.TREASURY, "", claim.decided_vnd, claim.tax)
        occasion = Occasion(
            kind=Kind.REFUND,
            subject=claim.subject,
            actor=actor,
            at=at,
            source=f"claim-paid:{number}",
            details={"reference": reference.strip()[:70]},
        )
        post(occasion, [move])
        claim.state = "paid"
        claim.save(update_fields=["state"])
        settle_up(debt, action="refund.paid", actor=actor, at=at, details={"claim": number})
    return claim_from(claim)


def _moves(claim: Claim, amount: Decimal) -> list[Move]:
    """A waiver relieves what is open; a refund of a tax relieves what was paid, which is then owed to the trader."""
    subject, tax = claim.subject, claim.tax
    if claim.kind == "waiver":
        return [Move(Account.RELIEF, subject, Account.RECEIVABLE, subject, amount, tax)]
    owed = Move(Account.OVERPAID, subject, Account.REFUNDS, subject, amount, tax)
    if claim.case == OVERPAID:
        return [owed]
    return [Move(Account.RELIEF, subject, Account.OVERPAID, subject, amount, tax), owed]


def _check_request(kind: str, case: str, subject: str, tax: str, amount: Decimal, grounds: str, on: date) -> None:
    faults = [] if grounds.strip() else [Fault(code=Code.TQ_REV_056, path="grounds")]
    if kind not in LISTS or not code_source(LISTS[kind], case, on):
        faults.append(Fault(code=Code.TQ_REV_057, path="case", value=case))
    else:
        faults += _amount_faults(kind, amount, possible_vnd(subject, kind=kind, case=case, tax=tax), on)
    waiting = Claim.objects.filter(subject=subject, tax=tax, kind=kind, state__in=OPEN).first()
    if waiting:
        faults.append(Fault(code=Code.TQ_REV_062, path="tax", value=waiting.number))
    if faults:
        raise Refused(faults)


def _amount_faults(kind: str, amount: Decimal, possible: Decimal, on: date) -> list[Fault]:
    if not amount.is_finite() or amount <= 0 or amount != amount.to_integral_value():
        return [Fault(code=Code.TQ_REV_016, path="amount_vnd", value=str(amount))]
    faults = []
    smallest = Decimal(words_of_law("refund_minimum_vnd", on)) if kind == "refund" else Decimal(0)
    if amount < smallest:
        faults.append(_amount_fault(Code.TQ_REV_058, amount, limit=f"{smallest:f}"))
    if amount > possible:
        faults.append(_amount_fault(Code.TQ_REV_059, amount, open=f"{possible:f}"))
    return faults


def _amount_fault(code: Code, amount: Decimal, **values: str) -> Fault:
    return Fault(code=code, path="amount_vnd", value=f"{amount:f}", values=values)


def _check_decision(claim: Claim, actor: Actor, amount: Decimal, approve: bool, reason: str) -> None:
    if claim.proposed_by == actor.reference:
        raise Refused([Fault(code=Code.TQ_REV_061, value=claim.number)])
    if not approve and not reason.strip():
        raise Refused([Fault(code=Code.TQ_REV_056, path="reason")])
    possible = possible_vnd(claim.subject, kind=claim.kind, case=claim.case, tax=claim.tax)
    if amount > possible:
        raise Refused([_amount_fault(Code.TQ_REV_059, amount, open=f"{possible:f}")])


def _locked(number: str, state: str, actor: Actor, check: _Check) -> Claim:
    claim = Claim.objects.select_for_update().filter(number=number).first()
    if claim is None:
        raise NotFound(number)
    check(actor, office=claim.office, tax_code=claim.tax_code)
    if claim.state != state:
        raise Refused([_wrong_state(claim)])
    return claim


def _wrong_state(claim: Claim) -> Fault:
    return Fault(code=Code.TQ_REV_060, path="state", value=claim.number)


def claimed(**values: object) -> Claim:
    """A new claim under its number, requested."""
    claim = Claim.objects.create(number=token_hex(10), state="requested", **values)
    claim.number = f"{PREFIXES[claim.kind]}{claim.requested_at.year % 100:02d}{claim.pk:07d}"
    claim.save(update_fields=["number"])
    return claim


def _tell(claim: Claim, step: str, actor: Actor, at: datetime, amount: Decimal) -> None:
    kind, subject = f"{claim.kind}.{step}", claim.subject
    details = {"claim": claim.number, "case": claim.case, "amount_vnd": f"{amount:f}"}
    record(action=kind, subject=subject, actor=actor.reference, at=at, details=details)
    announce(kind=kind, subject=subject, payload={"claim": claim.number, "office": claim.office}, at=at)
