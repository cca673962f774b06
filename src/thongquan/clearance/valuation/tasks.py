"""What the room of values does by the clock."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.clearance.valuation.operations.banding import reckon_bands


@app.periodic(cron="15 17 * * *")
@app.task(queueing_lock="valuation-bands", pass_context=False)
def make_bands(timestamp: int) -> int:
    """00:15 in Hà Nội (the queue reckons in UTC): the bands of the day that begins."""
    at = now()
    return reckon_bands(actor=system_actor("valuation"), on=timezone.localdate(at), at=at)
