"""Checks that run elsewhere: asked for, reported, or out of time; release waits until one of these is written down."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.db import transaction

from thongquan.base.accounts.queries import Actor, system_actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.control.models import RequestedCheck
from thongquan.clearance.control.operations.common import locked_stand
from thongquan.clearance.declarations.operations import take_step
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.declarations.states import ENDED, STEPS, State, Step

REPORTER = "control"
BATCH = 200


def ask_check(*, actor: Actor, number: str, name: str, deadline: datetime, at: datetime) -> bool:
    """Make release wait for a check of this name until `deadline`; False when it was asked for before.

    An event `report_check` with `{"check": name, "outcome": "asked"}`. Raises `NotAllowed`, `Refused` TQ-LIF-001.
    """
    with transaction.atomic():
        stand = locked_stand(actor=actor, number=number, permission=STEPS[Step.REPORT_CHECK].who)
        _row, is_new = RequestedCheck.objects.get_or_create(
            declaration_id=stand.key,
            name=name,
            defaults={"asked_by": actor.reference, "asked_at": at, "deadline": deadline},
        )
        if is_new:
            _tell(actor, number, name, "asked", "", at)
        return is_new


def report_check(
    *, actor: Actor, number: str, name: str, outcome: Literal["good", "bad"], reason: str = "", at: datetime
) -> bool:
    """Write down what a check came to; False when it had reported the same. A later report takes its place.

    Raises `NotFound` when nobody asked, `NotAllowed`, `Refused` TQ-LIF-001.
    """
    with transaction.atomic():
        stand = locked_stand(actor=actor, number=number, permission=STEPS[Step.REPORT_CHECK].who)
        row = RequestedCheck.objects.filter(declaration_id=stand.key, name=name).first()
        if row is None:
            raise NotFound(name)
        if row.outcome == outcome:
            return False
        row.outcome, row.reported_by, row.reported_at = outcome, actor.reference, at
        row.save(update_fields=["outcome", "reported_by", "reported_at"])
        _tell(actor, number, name, outcome, reason, at)
        return True


def log_time_outs(*, at: datetime) -> int:
    """Write down the time-out of every check whose deadline has passed; how many there were.

    A declaration that has ended or moved on needs no more: its check is closed without an event.
    """
    actor, logged = system_actor(REPORTER), 0
    rows = RequestedCheck.objects.filter(outcome="", deadline__lte=at).order_by("deadline")
    for key, name in rows.values_list("declaration_id", "name")[:BATCH]:
        logged += _time_out(actor, f"{key}0", name, at)
    return logged


def _time_out(actor: Actor, number: str, name: str, at: datetime) -> bool:
    with transaction.atomic():
        stand = locked_stand(actor=actor, number=number, permission=STEPS[Step.REPORT_CHECK].who)
        row = RequestedCheck.objects.filter(declaration_id=stand.key, name=name, outcome="").first()
        if row is None:
            return False
        row.outcome, row.reported_by, row.reported_at = "timed_out", actor.reference, at
        row.save(update_fields=["outcome", "reported_by", "reported_at"])
        if not _waits(stand):
            return False
        _tell(actor, number, name, "timed_out", "", at)
        return True


def _waits(stand: Stand) -> bool:
    state = State(stand.state)
    return state not in ENDED and state in STEPS[Step.REPORT_CHECK].moves


def _tell(actor: Actor, number: str, name: str, outcome: str, reason: str, at: datetime) -> None:
    told = {"check": name, "outcome": outcome}
    take_step(actor=actor, number=number, step=Step.REPORT_CHECK, at=at, reason=reason, data=told, details=told)
