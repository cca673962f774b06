"""What the room of risk does by the clock."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.clearance.risk import model_tasks, selection_tasks
from thongquan.clearance.risk.operations.approving import propose_retirements
from thongquan.clearance.risk.operations.missing import tell_missed
from thongquan.clearance.risk.operations.reckoning import reckon_compliance
from thongquan.clearance.risk.operations.running import TASK, make_run
from thongquan.clearance.risk.operations.treating import publish_treatment

MIDNIGHT = "0 17 * * *"
"""00:00 in Hà Nội: the queue reckons in UTC."""


@app.periodic(cron=MIDNIGHT)
@app.task(queueing_lock="risk-compliance", pass_context=False)
def reckon_all(timestamp: int) -> int:
    """Reckon the compliance of every enterprise for the day that begins."""
    at = now()
    return reckon_compliance(actor=system_actor("risk"), on=timezone.localdate(at), at=at)


@app.periodic(cron="30 17 * * *")
@app.task(queueing_lock="risk-retirements", pass_context=False)
def look_for_retirements(timestamp: int) -> int:
    """Every night: profiles that stopped earning their cost are proposed for retirement."""
    return propose_retirements(actor=system_actor("risk"), at=now())


@app.periodic(cron="45 17 * * *")
@app.task(queueing_lock="risk-treatment", pass_context=False)
def watch_treatment(timestamp: int) -> int:
    """Every night: how groups are treated is published, and alarms are raised, of groups and of profiles."""
    at, actor = now(), system_actor("risk")
    return publish_treatment(actor=actor, at=at) + tell_missed(actor=actor, at=at)


@app.task(name=TASK, lock="profile-run", pass_context=False)
def try_profile(run: int) -> None:
    """Make the dry run of this number, one at a time."""
    make_run(run=run, at=now())


__all__ = ["model_tasks", "selection_tasks"]
