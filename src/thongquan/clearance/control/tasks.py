"""Background work of control."""

from __future__ import annotations

from procrastinate.contrib.django import app

from thongquan.base.core.clock import now
from thongquan.clearance.control.operations.reports import log_time_outs
from thongquan.clearance.control.operations.searching import log_search_time_outs


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="check-time-outs", pass_context=False)
def check_time_outs(timestamp: int) -> int:
    """Write down, every minute, the checks that ran out of time: release waits for them no longer."""
    at = now()
    return log_time_outs(at=at) + log_search_time_outs(at=at)
