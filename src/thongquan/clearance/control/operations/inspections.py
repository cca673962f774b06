"""Assigning an inspection: two officers drawn among those on duty, replaced only with a reason.

Legal basis: Customs Law 54/2014/QH13 Art. 33-34 (inspection of goods), Art. 23.2 (its time).
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.base.core.secrets import secret
from thongquan.clearance.control.models import Assignment, Inspection
from thongquan.clearance.control.operations.common import GOODS, given_reason, locked_stand
from thongquan.clearance.control.queries.checks import checked_by
from thongquan.clearance.control.queries.due import due_of
from thongquan.clearance.control.queries.duty import on_duty
from thongquan.clearance.declarations.operations import take_step
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.declarations.states import Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.duty import drawn_officers

TEAM = 2
"""Two officers inspect and sign."""
KEY_OF_DRAW = "duty"
"""Name of the secret that enters the draw."""


def assign_inspection(*, actor: Actor, number: str, at: datetime) -> Stand:
    """Draw two officers on duty for the inspection of a declaration's goods.

    The draw depends on declaration, day and roster alone; who checked the documents is drawn only when nobody else is
    there. Raises `NotFound`, `NotAllowed`, and `Refused` with TQ-CTL-001 when no inspection is due, TQ-CTL-007 with too
    few on duty, TQ-CTL-008 when one is under way, TQ-LIF-001 when the state does not allow it.
    """
    with transaction.atomic():
        stand = locked_stand(actor=actor, number=number, permission="control.check")
        due = due_of(stand)
        if Inspection.objects.filter(declaration_id=stand.key, concluded_at__isnull=True).exists():
            raise Refused([Fault(code=Code.TQ_CTL_008, value=stand.number)])
        if not due.goods:
            raise Refused([Fault(code=Code.TQ_CTL_001, value=stand.number, values={"check": GOODS})])
        day = timezone.localdate(at)
        officers = _drawn(stand, day, set(), TEAM, at)
        inspection = Inspection.objects.create(
            declaration_id=stand.key,
            version=stand.version,
            office=stand.office,
            drawn_on=day,
            assigned_at=at,
            assigned_by=actor.reference,
            first=bool(due.first),
        )
        Assignment.objects.bulk_create(Assignment(inspection=inspection, officer=one, since=at) for one in officers)
        return _step(actor, stand, inspection, list(officers), at)


def reassign_officer(*, actor: Actor, number: str, officer: str, reason: str, at: datetime) -> Stand:
    """Replace one officer of an open inspection; who comes next is drawn among the others on duty.

    The team leader says why, and it is kept. Raises `NotFound`, `NotAllowed`; `Refused` with TQ-CTL-051 without a
    reason, TQ-CTL-002 without an open inspection, TQ-CTL-009 for someone it is not assigned to, TQ-CTL-007 when nobody
    else is on duty.
    """
    with transaction.atomic():
        stand = locked_stand(actor=actor, number=number, permission="control.countersign")
        why = given_reason(reason)
        inspection = open_inspection(stand)
        replaced = inspection.assignments.filter(officer=officer, until__isnull=True).first()
        if replaced is None:
            raise Refused([Fault(code=Code.TQ_CTL_009, path="officer", value=officer[:40])])
        ever = set(inspection.assignments.values_list("officer", flat=True))
        (successor,) = _drawn(stand, inspection.drawn_on, ever, 1, at)
        replaced.until, replaced.replaced_by, replaced.reason = at, actor.reference, why
        replaced.save()
        inspection.signatures.filter(officer=officer, void_at__isnull=True).update(void_at=at)
        Assignment.objects.create(inspection=inspection, officer=successor, since=at)
        left = inspection.assignments.filter(until__isnull=True).order_by("id").values_list("officer", flat=True)
        return _step(actor, stand, inspection, list(left), at, reason=why, replaced=officer)


def open_inspection(stand: Stand) -> Inspection:
    """The inspection under way. Raises `Refused` (TQ-CTL-002)."""
    found = Inspection.objects.filter(declaration_id=stand.key, concluded_at__isnull=True).first()
    if found is None:
        raise Refused([Fault(code=Code.TQ_CTL_002, value=stand.number, values={"check": GOODS})])
    return found


def _drawn(stand: Stand, day: date, without: set[str], count: int, at: datetime) -> tuple[str, ...]:
    candidates = set(on_duty(stand.office, at)) - without
    drawn = drawn_officers(
        stand.subject, day, candidates, count=count, avoided=checked_by(stand.key), secret=secret(KEY_OF_DRAW)
    )
    if len(drawn) < count:
        values = {"count": str(len(candidates)), "needed": str(count)}
        raise Refused([Fault(code=Code.TQ_CTL_007, value=stand.office, values=values)])
    return drawn


def _step(
    actor: Actor,
    stand: Stand,
    inspection: Inspection,
    officers: list[str],
    at: datetime,
    *,
    reason: str = "",
    replaced: str = "",
) -> Stand:
    told = {"officers": officers, "drawn_on": inspection.drawn_on.isoformat()}
    if replaced:
        told["replaced"] = replaced
    return take_step(
        actor=actor,
        number=stand.number,
        step=Step.ASSIGN_INSPECTION,
        at=at,
        reason=reason,
        data={**told, "inspection": inspection.id},
        details=told,
    )
