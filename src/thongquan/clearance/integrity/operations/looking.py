"""Looking, which is itself written down; and how long what is looked at is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.permissions import is_program
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed
from thongquan.base.ledger.operations import record
from thongquan.clearance.integrity.models import Case, DoneAct, Signal
from thongquan.clearance.integrity.permissions import check_controls
from thongquan.clearance.integrity.states import State
from thongquan.clearance.revenue.queries.law import number_of_law


def note_look(*, actor: Actor, at: datetime, what: str, key: int | None = None) -> None:
    """Write into the ledger that internal control looked: `what` is `desk`, `signal` or `case`. Raises `NotAllowed`.

    The entry names who looked and at what, never whom it is about.
    """
    offices = check_controls(actor)
    subject = f"integrity_{what}:{key}" if key is not None else "integrity:all"
    details = {"what": what, "offices": sorted(offices)}
    record(action="integrity.looked", subject=subject, actor=actor.reference, at=at, details=details)


def forget_old(*, actor: Actor, at: datetime) -> dict[str, int]:
    """Delete what is older than the days of the parameter: copies, signals, and cases that ended so long ago.

    For the program alone. Gives how many of each. Raises `NotAllowed`.
    """
    if not is_program(actor):
        raise NotAllowed("integrity.forget")
    on = timezone.localdate(at)
    limit = at - timedelta(days=number_of_law("integrity_keep_days", on))
    with transaction.atomic():
        counts = {
            "acts": DoneAct.objects.filter(at__lt=limit).delete()[0],
            "signals": Signal.objects.filter(on__lt=limit.date()).delete()[0],
            "cases": Case.objects.filter(state=State.ENDED, ended_at__lt=limit).delete()[1].get("integrity.Case", 0),
        }
        if any(counts.values()):
            record(action="integrity.forgotten", subject="integrity:all", actor=actor.reference, at=at, details=counts)
    return counts
