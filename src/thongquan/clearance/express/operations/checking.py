"""Deciding on a held parcel: released, or refused, when its duties are owed no more.

Legal basis: Customs Law 54/2014/QH13 Art. 32-34 (checks), Decree 134/2016/NĐ-CP Art. 29.2.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.express.models import Batch, Check, Parcel
from thongquan.clearance.express.numbers import subject_of
from thongquan.clearance.express.permissions import check_sees, checks_parcels
from thongquan.clearance.express.queries.parcels import verdict_of
from thongquan.clearance.revenue.operations import assess
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.money import ZERO
from thongquan.rules.text import storable

RELEASED, STOPPED = "released", "refused"
ACCEPT = 1
MOST_WORDS = 2000


def decide_parcel(*, actor: Actor, batch: int, place: int, outcome: str, reason: str = "", at: datetime) -> None:
    """Decide on a held parcel, once. A refusal wants its reason and lowers what the batch owes.

    Raises `NotFound` outside the scope, `NotAllowed`, `Refused`: TQ-EXP-016 it does not wait, TQ-CTL-051 no reason.
    """
    with transaction.atomic():
        row = _locked(actor, batch)
        parcel = Parcel.objects.filter(batch=row, place=place, accepted=True).first()
        if parcel is None:
            raise NotFound(str(place))
        words = storable(reason)[:MOST_WORDS]
        _check(parcel, outcome, words)
        Check.objects.create(parcel=parcel, outcome=outcome, reason=words, by=actor.reference, at=at)
        row.checked += 1
        row.save(update_fields=["checked"])
        if outcome == STOPPED:
            _owe_less(row, parcel, actor, at)
        details = {"place": place, "outcome": outcome, "channel": parcel.channel}
        record(action="parcels.checked", subject=subject_of(batch), actor=actor.reference, at=at, details=details)
        announce(kind="parcels.checked", subject=subject_of(batch), payload=details, at=at)


def _locked(actor: Actor, batch: int) -> Batch:
    row = Batch.objects.select_for_update().filter(pk=batch).first()
    if row is None:
        raise NotFound(str(batch))
    check_sees(actor, office=row.office, tax_code=row.tax_code)
    if not checks_parcels(actor, row.office):
        raise NotAllowed("express.check")
    return row


def _check(parcel: Parcel, outcome: str, reason: str) -> None:
    held = (parcel.channel or ACCEPT) > ACCEPT and outcome in (RELEASED, STOPPED)
    if not held or Check.objects.filter(parcel=parcel).exists():
        raise Refused([Fault(code=Code.TQ_EXP_016, path="parcel", value=parcel.consignment)])
    if outcome == STOPPED and not reason:
        raise Refused([Fault(code=Code.TQ_CTL_051, path="reason")])


def _owe_less(row: Batch, parcel: Parcel, actor: Actor, at: datetime) -> None:
    """The parcel does not enter the country: its taxes and fee leave the batch."""
    verdict = verdict_of(parcel)
    totals = {tax: Decimal(amount) for tax, amount in row.totals_vnd.items()}
    for tax, amount in verdict.totals_vnd.items():
        totals[tax] = totals.get(tax, ZERO) - amount
    row.totals_vnd = {tax: str(amount) for tax, amount in totals.items()}
    row.fee_vnd -= verdict.fee_vnd
    row.due_vnd -= verdict.due_vnd
    row.save(update_fields=["totals_vnd", "fee_vnd", "due_vnd"])
    assess(
        subject=subject_of(row.pk),
        tax_code=row.tax_code,
        office=row.office,
        totals_vnd=totals,
        fee_vnd=row.fee_vnd,
        secured_vnd=ZERO,
        reason="parcel refused",
        actor=actor,
        at=at,
    )
