"""What the room of risk does by the clock."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.clearance.risk.operations.reckoning import reckon_compliance

MIDNIGHT = "0 17 * * *"
"""00:00 in Hà Nội: the queue reckons in UTC."""


@app.periodic(cron=MIDNIGHT)
@app.task(queueing_lock="risk-compliance", pass_context=False)
def reckon_all(timestamp: int) -> int:
    """Reckon the compliance of every enterprise for the day that begins."""
    at = now()
    return reckon_compliance(actor=system_actor("risk"), on=timezone.localdate(at), at=at)
