"""What the room of integrity does by the clock."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.clearance.integrity.operations.looking import forget_old
from thongquan.clearance.integrity.operations.signals import reckon_signals


@app.periodic(cron="45 17 * * *")
@app.task(queueing_lock="integrity-signals", pass_context=False)
def make_signals(timestamp: int) -> int:
    """00:45 in Hà Nội (the queue reckons in UTC): what is too old is deleted, then the signals are made."""
    actor, at = system_actor("integrity"), now()
    forget_old(actor=actor, at=at)
    return reckon_signals(actor=actor, on=timezone.localdate(at), at=at)
