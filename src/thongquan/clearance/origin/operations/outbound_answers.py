"""What the issuer answered, recorded by the enterprise: questions, the number issued, a refusal, a cancellation.

Legal basis: Decree 31/2018/NĐ-CP (text not at hand). The issuer's own record decides; this one says what was told.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.origin.models import Outbound
from thongquan.clearance.origin.operations.outbound import check_opens, locked, prepare_outbound, take
from thongquan.clearance.origin.operations.steps import needed_words
from thongquan.clearance.origin.outbound_states import OutboundStep
from thongquan.clearance.origin.queries.outbound import application_of
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.origin.numbers import folded_number
from thongquan.rules.text import storable

LONGEST = 40


def question_outbound(*, actor: Actor, outbound: int, words: str, at: datetime) -> None:
    """Record what the issuer asks; the application can be changed again. Raises TQ-ORI-124, TQ-ORI-055."""
    _worded(actor, outbound, OutboundStep.QUESTION, words, at)


def refuse_outbound(*, actor: Actor, outbound: int, words: str, at: datetime) -> None:
    """Record that the issuer refused, and why. Raises TQ-ORI-124, TQ-ORI-055."""
    _worded(actor, outbound, OutboundStep.REFUSE, words, at)


def cancel_outbound(*, actor: Actor, outbound: int, words: str, at: datetime) -> None:
    """Give an application up, or record that the issuer cancelled the certificate. Raises TQ-ORI-124, TQ-ORI-055."""
    _worded(actor, outbound, OutboundStep.CANCEL, words, at)


def _worded(actor: Actor, outbound: int, step: OutboundStep, words: str, at: datetime) -> None:
    with transaction.atomic():
        row = locked(actor, outbound, step)
        take(row, step, actor, at, words=needed_words(words))


def issue_outbound(
    *, actor: Actor, outbound: int, number: str, issued_on: date | None, issuer: str, at: datetime
) -> None:
    """Record number and day the issuer gave; one it replaces is replaced from then on.

    Raises `NotFound`, `NotAllowed`; `Refused` with every fault: TQ-DEC-001, TQ-DEC-002, TQ-DEC-003, TQ-ORI-124,
    TQ-ORI-125 (recorded already, also by two at once), TQ-ORI-126.
    """
    number, issuer = storable(number), storable(issuer)
    try:
        with transaction.atomic():
            row = locked(actor, outbound, OutboundStep.ISSUE)
            if faults := _faults(row, number, issued_on, issuer, localdate(at)):
                raise Refused(faults)
            row.issued_number, row.issued_folded = number, folded_number(number)
            row.issued_on, row.issuer = issued_on, issuer[:300]
            take(
                row,
                OutboundStep.ISSUE,
                actor,
                at,
                words=number,
                changed=("issued_number", "issued_folded", "issued_on", "issuer"),
            )
            if row.replaces_id:
                _replace(Outbound.objects.select_for_update().get(id=row.replaces_id), actor, at, number)
    except IntegrityError:  # recorded twice at the same moment
        raise Refused([Fault(code=Code.TQ_ORI_125, path="number", value=number)]) from None


def _replace(old: Outbound, actor: Actor, at: datetime, number: str) -> None:
    check_opens(old, OutboundStep.REPLACED)
    take(old, OutboundStep.REPLACED, actor, at, words=number)


def _faults(row: Outbound, number: str, issued_on: date | None, issuer: str, today: date) -> list[Fault]:
    given = {"number": number, "issued_on": issued_on, "issuer": issuer}
    faults = [Fault(code=Code.TQ_DEC_001, path=name) for name, value in given.items() if not value]
    if len(number) > LONGEST:
        values = {"length": str(len(number)), "limit": str(LONGEST)}
        faults.append(Fault(code=Code.TQ_DEC_002, path="number", value=number[:LONGEST], values=values))
    elif number and not folded_number(number):
        faults.append(Fault(code=Code.TQ_DEC_003, path="number", value=number))
    elif number and Outbound.objects.filter(agreement=row.agreement, issued_folded=folded_number(number)).exists():
        faults.append(Fault(code=Code.TQ_ORI_125, path="number", value=number))
    if issued_on is not None and issued_on > today:
        faults.append(Fault(code=Code.TQ_ORI_126, path="issued_on", value=issued_on.isoformat()))
    return faults


def replace_outbound(*, actor: Actor, outbound: int, at: datetime) -> int:
    """Start the application for a certificate that replaces an issued one; gives its identity.

    The issued one holds until the issuer gave the new number. Raises `NotFound`, `NotAllowed`; `Refused` with
    TQ-ORI-124, also when a replacement is under way already.
    """
    try:
        with transaction.atomic():
            row = locked(actor, outbound, OutboundStep.REPLACE)
            take(row, OutboundStep.REPLACE, actor, at)
            return prepare_outbound(
                actor=actor,
                tax_code=row.tax_code,
                trader_name=row.trader_name,
                application=application_of(row),
                office=row.office,
                replaces=row,
                at=at,
            )
    except IntegrityError:
        values = {"step": OutboundStep.REPLACE.value, "state": "replace"}
        raise Refused([Fault(code=Code.TQ_ORI_124, path="state", value=str(outbound), values=values)]) from None
