"""Goods kept elsewhere until the result of a check is there.

Legal basis: Circular 38/2015/TT-BTC Art. 32 as amended: the declarant asks, customs answers within one hour (a place
that the agency names) or two (the declarant's own store), the declarant tells of the arrival, the result is there
within 30 days; whoever lets that pass preserves nothing more.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.models import Preservation
from thongquan.clearance.control.operations.common import given_reason, locked_stand, plain_words, refuse
from thongquan.clearance.control.queries.due import law_day
from thongquan.clearance.declarations.operations import take_step
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.declarations.states import STEPS, Step
from thongquan.clearance.tariff.queries import terms_of
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.slips import told_moment

PLACES = ("agency", "own")
RESULT_DAYS = "preservation_result_days"
RESULTS = ("passed", "failed")


def request_preservation(*, actor: Actor, number: str, place_kind: str, place: str, reason: str, at: datetime) -> Stand:
    """Ask to take the goods to preservation. One open request at a time.

    Raises `Refused` with all of TQ-CTL-075 (place), -051 (reason), -076 (an earlier result overdue), -078 (asked
    already), TQ-LIF-001; `NotAllowed`, `NotFound`.
    """
    with transaction.atomic():
        stand = _asked_for(actor, number, Step.REQUEST_PRESERVATION)
        where = plain_words(place)[:300]
        words = _checked_request(stand, place_kind, where, reason, at)
        Preservation.objects.create(
            declaration_id=stand.key,
            tax_code=stand.tax_code,
            office=stand.office,
            place_kind=place_kind,
            place=where,
            reason=words,
            requested_by=actor.reference,
            requested_at=at,
        )
        return take_step(
            actor=actor,
            number=number,
            step=Step.REQUEST_PRESERVATION,
            at=at,
            reason=words,
            data={"place": place_kind},
            details={"place": place_kind},
        )


def _checked_request(stand: Stand, place_kind: str, place: str, reason: str, at: datetime) -> str:
    """The reason; every fault of the request at once."""
    faults = []
    if place_kind not in PLACES or not place:
        faults.append(Fault(code=Code.TQ_CTL_075, path="place", value=place))
    try:
        words = given_reason(reason)
    except Refused as refused:
        faults += refused.faults
    if Preservation.objects.filter(declaration_id=stand.key, granted=None).exists():
        faults.append(Fault(code=Code.TQ_CTL_078, value=stand.number))
    overdue = overdue_preservation(stand.tax_code, at)
    if overdue is not None and overdue.result_due is not None:
        values = {"on": told_moment(overdue.result_due)}
        faults.append(Fault(code=Code.TQ_CTL_076, value=f"{overdue.declaration_id}0", values=values))
    if faults:
        raise Refused(faults)
    return words


def overdue_preservation(tax_code: str, at: datetime) -> Preservation | None:
    """The oldest preserved goods of this trader whose result is late and still missing."""
    rows = Preservation.objects.filter(tax_code=tax_code, granted=True, result="", result_due__lt=at)
    return rows.order_by("result_due").first()


def preserve_goods(*, actor: Actor, number: str, answer: str = "", at: datetime) -> Stand:
    """Grant the open request: the goods go to preservation, the result is due within the days of the law.

    Raises `Refused` TQ-CTL-077 (nobody asked), TQ-LIF-001; `NotAllowed`, `NotFound`.
    """
    with transaction.atomic():
        stand = _asked_for(actor, number, Step.PRESERVE)
        row = _open_request(stand)
        term = terms_of(stand.office, around=law_day(stand)).begin(RESULT_DAYS, at)
        row.granted, row.result_due = True, term.due_at if term else None
        _answer(row, actor, answer, at)
        return take_step(
            actor=actor,
            number=number,
            step=Step.PRESERVE,
            at=at,
            reason=row.answer,
            data={"place": row.place_kind},
            details={"place": row.place_kind},
        )


def refuse_preservation(*, actor: Actor, number: str, answer: str, at: datetime) -> Stand:
    """Refuse the open request, with a reason that the declarant reads.

    Raises `Refused` TQ-CTL-051 (no reason), -077 (nobody asked), TQ-LIF-001; `NotAllowed`, `NotFound`.
    """
    with transaction.atomic():
        stand = _asked_for(actor, number, Step.REFUSE_PRESERVATION)
        row = _open_request(stand)
        words = given_reason(answer)
        row.granted = False
        _answer(row, actor, words, at)
        return take_step(actor=actor, number=number, step=Step.REFUSE_PRESERVATION, at=at, reason=words)


def record_preserved_arrival(*, actor: Actor, number: str, at: datetime) -> Stand:
    """Tell that the goods arrived at the place of preservation. Raises `Refused` TQ-CTL-077 when told before."""
    with transaction.atomic():
        stand = _asked_for(actor, number, Step.PRESERVED_ARRIVAL)
        row = _granted(stand)
        if row.arrived_at is not None:
            raise refuse(Code.TQ_CTL_077, value=stand.number)
        row.arrived_at, row.arrived_by = at, actor.reference
        row.save(update_fields=["arrived_at", "arrived_by"])
        return take_step(actor=actor, number=number, step=Step.PRESERVED_ARRIVAL, at=at)


def record_preserved_result(*, actor: Actor, number: str, result: str, paper: str, at: datetime) -> Stand:
    """Write down the result for the preserved goods (`passed`, `failed`) with the number of its paper.

    Raises `Refused` TQ-CTL-079 when the result is neither, TQ-CTL-051 without its paper, TQ-LIF-001.
    """
    with transaction.atomic():
        stand = _asked_for(actor, number, Step.PRESERVED_RESULT)
        if result not in RESULTS:
            raise refuse(Code.TQ_CTL_079, path="result", value=result)
        number_of_paper = plain_words(paper)
        if not number_of_paper:
            raise refuse(Code.TQ_CTL_051, path="paper")
        row = _granted(stand)
        row.result, row.paper, row.result_at, row.result_by = result, number_of_paper[:60], at, actor.reference
        row.save(update_fields=["result", "paper", "result_at", "result_by"])
        told = {"result": result}
        return take_step(actor=actor, number=number, step=Step.PRESERVED_RESULT, at=at, data=told, details=told)


def _asked_for(actor: Actor, number: str, step: Step) -> Stand:
    """The declaration, locked, with the permission asked first."""
    return locked_stand(actor=actor, number=number, permission=STEPS[step].who)


def _open_request(stand: Stand) -> Preservation:
    row = Preservation.objects.filter(declaration_id=stand.key, granted=None).first()
    if row is None:
        raise refuse(Code.TQ_CTL_077, value=stand.number)
    return row


def _granted(stand: Stand) -> Preservation:
    row = Preservation.objects.filter(declaration_id=stand.key, granted=True).order_by("-id").first()
    if row is None:
        raise refuse(Code.TQ_CTL_077, value=stand.number)
    return row


def _answer(row: Preservation, actor: Actor, words: str, at: datetime) -> None:
    row.answer, row.answered_by, row.answered_at = plain_words(words), actor.reference, at
    row.save(update_fields=["granted", "result_due", "answer", "answered_by", "answered_at"])
