"""Background work of residents' forms."""

from __future__ import annotations

from procrastinate.contrib.django import app

from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.clearance.residents.operations.erasing import erase_old


@app.periodic(cron="40 2 * * *")
@app.task(queueing_lock="residents-erase", pass_context=False)
def erase_old_residents(timestamp: int) -> int:
    """Take out, every night, the personal data that the law no longer lets customs keep."""
    return sum(erase_old(actor=system_actor("residents"), at=now()).values())
