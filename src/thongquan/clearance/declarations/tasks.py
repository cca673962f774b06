"""Background work on declarations."""

from __future__ import annotations

from procrastinate.contrib.django import app

from thongquan.base.core.clock import now
from thongquan.clearance.declarations.operations.expiring import expire_lapsed
from thongquan.clearance.declarations.operations.late_lapsing import lapse_late


@app.periodic(cron="20 * * * *")
@app.task(queueing_lock="expiry", pass_context=False)
def write_down_expiry(timestamp: int) -> int:
    """Write down which declarations have lapsed; that they have is known without it, from their clocks."""
    return expire_lapsed(at=now())


@app.periodic(cron="40 * * * *")
@app.task(queueing_lock="late_proofs", pass_context=False)
def write_down_late_proofs(timestamp: int) -> int:
    """Tell of proofs of origin that are due soon, and write down which did not come in time."""
    return lapse_late(at=now())
