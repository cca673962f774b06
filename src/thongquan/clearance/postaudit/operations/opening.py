"""Opening an audit, planning it, and extending it once.

Legal basis: Customs Law 54/2014/QH13 Art. 77 (five years), 79 (at customs), 80 (at the declarant, one extension).
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations.steps import take_step
from thongquan.clearance.declarations.queries import Stand, stand_of
from thongquan.clearance.declarations.states import Step as DeclarationStep
from thongquan.clearance.postaudit.law import audit_deadline, extended_deadline, number_of_law, too_old
from thongquan.clearance.postaudit.models import Audit, Candidate
from thongquan.clearance.postaudit.operations.steps import check_words, happened, locked, take
from thongquan.clearance.postaudit.permissions import check_may
from thongquan.clearance.postaudit.states import State, Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

PLACES = ("customs", "declarant")


def open_audit(*, actor: Actor, number: str, place: str, at: datetime, candidate: int | None = None) -> int:
    """Open an audit of a declaration at `customs` or at the `declarant`; gives its identity.

    Why it was chosen is never told to the trader. Raises `NotFound`, `NotAllowed`; `Refused` with TQ-AUD-001 (older
    than the law allows), TQ-AUD-009 (under audit already), TQ-AUD-012 (place), TQ-LIF-001 (not cleared yet).
    """
    stand = stand_of(actor=actor, number=number)
    check_may(actor, "postaudit.audit", office=stand.office)
    today = timezone.localdate(at)
    _check_age(stand, at)
    if place not in PLACES:
        raise Refused([Fault(code=Code.TQ_AUD_012, path="place", value=place, values={"field": "place"})])
    with transaction.atomic():
        row = _made(stand, actor, at, place, _candidate_of(candidate, stand))
        details = {"audit": row.id, "place": place, "due_on": row.due_on.isoformat()}
        take_step(actor=actor, number=number, step=DeclarationStep.OPEN_AUDIT, at=at, details=details)
        happened(row, Step.OPEN, actor, at, data={"place": place, "on": today.isoformat()})
        return row.id


def _candidate_of(candidate: int | None, stand: Stand) -> Candidate | None:
    return Candidate.objects.filter(id=candidate, declaration_id=stand.key).first() if candidate else None


def _check_age(stand: Stand, at: datetime) -> None:
    today, registered = timezone.localdate(at), timezone.localdate(stand.registered_at)
    if too_old(registered, today):
        values = {"on": registered.isoformat(), "years": str(number_of_law("audit_years", today))}
        raise Refused([Fault(code=Code.TQ_AUD_001, path="number", value=stand.number, values=values)])


def _made(stand: Stand, actor: Actor, at: datetime, place: str, candidate: Candidate | None) -> Audit:
    """The row of a new audit; only one of a declaration is open at a time."""
    try:
        with transaction.atomic():
            return Audit.objects.create(
                declaration_id=stand.key,
                number=stand.number,
                subject=stand.subject,
                office=stand.office,
                tax_code=stand.tax_code,
                trader_name=stand.trader_name,
                registered_at=stand.registered_at,
                candidate=candidate,
                place=place,
                state=State.OPENED,
                opened_at=at,
                opened_by=actor.reference,
                due_on=audit_deadline(place, stand.office, timezone.localdate(at)),
            )
    except IntegrityError:
        raise Refused([Fault(code=Code.TQ_AUD_009, path="number", value=stand.number)]) from None


def plan_audit(*, actor: Actor, audit: int, plan: str, at: datetime) -> None:
    """Write the plan of an audit, or write it anew. Raises `NotFound`, `NotAllowed`, `Refused` (TQ-AUD-002, -004)."""
    with transaction.atomic():
        row = locked(actor, audit, Step.PLAN)
        check_words(plan=plan)
        row.plan = plan.strip()
        take(row, Step.PLAN, actor, at, words=plan, changed=("plan",))


def extend_audit(*, actor: Actor, audit: int, words: str, at: datetime) -> None:
    """Extend an audit once, by what the law of the day gives. Raises as `plan_audit`, and TQ-AUD-010."""
    with transaction.atomic():
        row = locked(actor, audit, Step.EXTEND)
        check_words(words=words)
        until = extended_deadline(row.place, row.office, row.due_on, timezone.localdate(at))
        if until is None or row.extended_until is not None:
            raise Refused([Fault(code=Code.TQ_AUD_010, path="words", value=row.number)])
        row.extended_until = until
        told = {"until": until.isoformat()}
        take(row, Step.EXTEND, actor, at, words=words, data=told, details=told, changed=("extended_until",))
