"""Selection by the clock: the past is remembered every night, the hour of each office is reckoned before it begins."""

from __future__ import annotations

from datetime import timedelta

from procrastinate.contrib.django import app

from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.clearance.risk.operations.hours import reckon_hours
from thongquan.clearance.risk.operations.remembering import remember_past

HOUR = timedelta(hours=1)


@app.periodic(cron="5 17 * * *")
@app.task(queueing_lock="risk-past", lock="risk-models", pass_context=False)
def remember_the_past(timestamp: int) -> str:
    """Every night at 00:05 in Hà Nội: what lodging looks up the whole day."""
    return remember_past(actor=system_actor("risk"), at=now())


@app.periodic(cron="50 * * * *")
@app.task(queueing_lock="risk-hours", pass_context=False)
def reckon_the_next_hour(timestamp: int) -> int:
    """Ten minutes before each hour: what each office can open in it."""
    at = now()
    begins_at = (at + HOUR).replace(minute=0, second=0, microsecond=0)
    return reckon_hours(actor=system_actor("risk"), begins_at=begins_at, at=at)
