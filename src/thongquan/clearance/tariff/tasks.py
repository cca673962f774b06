"""Background work on law."""

from __future__ import annotations

from procrastinate.contrib.django import app

from thongquan.base.core.clock import now
from thongquan.base.core.realm import realm_name
from thongquan.clearance.tariff.operations import ensure_practice_rates


@app.periodic(cron="5 0 * * *")
@app.task(queueing_lock="practice-rates", pass_context=False)
def practice_rates(timestamp: int) -> int:
    """Keep a practice realm supplied with rates for the coming weeks; elsewhere nothing is done."""
    if realm_name() != "practice":
        return 0
    at = now()
    return ensure_practice_rates(on=at.date(), at=at)
