"""Background work of certificates of origin: papers read by machine."""

from __future__ import annotations

from procrastinate.contrib.django import app

from thongquan.base.core.clock import now
from thongquan.clearance.origin.operations.entering_papers import TASK
from thongquan.clearance.origin.operations.entering_papers import read_entry as read


@app.task(name=TASK, lock="origin-papers", pass_context=False)
def read_entry(entry: int) -> None:
    """Read the paper of this number; the lock lets one be read at a time, so that short tasks find their turn."""
    read(entry=entry, at=now())
