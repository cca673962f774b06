"""Background work of the law desk: dry runs."""

from __future__ import annotations

from procrastinate.contrib.django import app

from thongquan.base.core.clock import now
from thongquan.clearance.lawdesk.operations import make_dry_run, take_up_stopped
from thongquan.clearance.lawdesk.operations.running import TASK


@app.task(name=TASK, lock="dryrun", pass_context=False)
def run_dry_run(run: int) -> None:
    """Make the dry run of this number; the lock lets one be made at a time, so that short tasks find their turn."""
    make_dry_run(run=run, clock=now)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="dryruns-stopped", pass_context=False)
def look_for_stopped(timestamp: int) -> int:
    """Every minute: dry runs whose maker died are made anew."""
    return take_up_stopped(at=now())
