"""The index of goods by the clock: once a week its rarest features are chosen anew."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from thongquan.clearance.classification.operations.rebuilding import rebuild_index

log = logging.getLogger(__name__)


@app.periodic(cron="40 3 * * 0")
@app.task(queueing_lock="goods-index-rebuild", lock="goods-index-rebuild", pass_context=False)
def rebuild_of_the_week(timestamp: int) -> None:
    """On Sundays, when few lodge."""
    log.info("features of %s entries of the index of goods were chosen anew", rebuild_index())
