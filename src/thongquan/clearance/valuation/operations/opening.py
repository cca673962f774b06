"""Opening a consultation: which lines are in question and why; clearance waits for its end, release does not.

Legal basis: Customs Law 54/2014/QH13 Art. 36: goods may be released, duties as declared paid or guaranteed, while the
final tax is open. Circular 39/2015/TT-BTC (consultation; its days are parameters, unverified).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor, system_actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.operations.reports import ask_check
from thongquan.clearance.control.queries.conditions import VALUE_CONSULTATION
from thongquan.clearance.declarations.queries import Stand, document_in_force, stand_of
from thongquan.clearance.revenue.queries.law import number_of_law
from thongquan.clearance.valuation.models import Consultation
from thongquan.clearance.valuation.operations.steps import happened, kept, missing_words
from thongquan.clearance.valuation.permissions import check_may
from thongquan.clearance.valuation.queries.consultations import is_open_to_consultation
from thongquan.clearance.valuation.queries.prices import below_band
from thongquan.clearance.valuation.states import State, Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

PROGRAM = "valuation"


def open_consultation(*, actor: Actor, number: str, lines: Collection[int], ground: str, at: datetime) -> int:
    """Open a consultation on the value of these lines of an import; gives its identity. One of each declaration.

    `ground` says what is doubted and by which law. Raises `NotFound`, `NotAllowed`; `Refused` with all of TQ-CVL-002,
    -004, -005, -010.
    """
    with transaction.atomic():
        stand = stand_of(actor=actor, number=number)
        check_may(actor, "valuation.consult", office=stand.office)
        faults = [*missing_words(ground=ground), *_faults(stand, lines)]
        if faults:
            raise Refused(faults)
        row = _made(stand, actor, at, sorted(set(lines)), kept(ground))
        happened(row, Step.OPEN, actor, at, words=row.ground, data={"lines": row.lines, "by_band": row.by_band})
        deadline = timezone.make_aware(datetime.combine(row.due_on + timedelta(days=1), time.min))
        ask_check(actor=system_actor(PROGRAM), number=stand.number, name=VALUE_CONSULTATION, deadline=deadline, at=at)
        return row.pk


def _faults(stand: Stand, lines: Collection[int]) -> list[Fault]:
    if not is_open_to_consultation(stand):
        return [Fault(code=Code.TQ_CVL_004, path="number", value=stand.number)]
    known = {line.number for line in document_in_force(stand.number).lines}
    wrong = sorted(set(lines) - known)
    if not lines:
        return [Fault(code=Code.TQ_CVL_010, path="lines", value="–")]
    return [Fault(code=Code.TQ_CVL_010, path="lines", value=str(line)[:10]) for line in wrong]


def _made(stand: Stand, actor: Actor, at: datetime, lines: list[int], ground: str) -> Consultation:
    try:
        with transaction.atomic():
            return Consultation.objects.create(
                declaration_id=stand.key,
                number=stand.number,
                subject=stand.subject,
                office=stand.office,
                tax_code=stand.tax_code,
                trader_name=stand.trader_name,
                registered_at=stand.registered_at,
                state=State.OPENED,
                lines=lines,
                ground=ground,
                by_band=bool(below_band(stand.key) & set(lines)),
                opened_at=at,
                opened_by=actor.reference,
                due_on=_due_on(stand, at),
            )
    except IntegrityError:
        raise Refused([Fault(code=Code.TQ_CVL_005, path="number", value=stand.number)]) from None


def _due_on(stand: Stand, at: datetime) -> date:
    """So many days from registration; never before the day on which it is opened."""
    registered, today = timezone.localdate(stand.registered_at), timezone.localdate(at)
    return max(registered + timedelta(days=number_of_law("consultation_days", registered)), today)
