"""Background work on measurements."""

from __future__ import annotations

from procrastinate.contrib.django import app

from thongquan.base.core.clock import now
from thongquan.insight.status.operations import forget_old


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="status-forget", pass_context=False)
def forget(timestamp: int) -> int:
    """Hours are kept for 90 days."""
    return forget_old(at=now())
