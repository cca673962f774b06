"""Background work of the ledger."""

from __future__ import annotations

import logging
from datetime import datetime

from thongquan.base.core.errors import Conflict
from thongquan.base.ledger import operations, queries

log = logging.getLogger(__name__)


def seal_loop_step(at: datetime, *, batch: int = operations.BATCH) -> bool:
    """Seal one batch and hand the new heads to the witness files; True when another full batch waits.

    Under steady work the caller pauses between steps, so that a head covers seconds of work and not one entry.
    """
    try:
        sealed = operations.seal(at=at, batch=batch)
    except Conflict as trouble:
        # Repeated every few seconds until someone acts: the sentence is enough, a traceback would drown it.
        log.error("the ledger cannot be sealed: %s (docs/ledger.md, 'After a restore')", trouble.detail)  # noqa: TRY400
        return False
    operations.publish_heads()
    return sealed is not None and queries.unsealed_window().waiting >= batch
