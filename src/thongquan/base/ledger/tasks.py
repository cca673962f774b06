"""Background work of the ledger."""

from __future__ import annotations

import logging
from datetime import datetime

from thongquan.base.core.errors import Conflict
from thongquan.base.ledger import operations

log = logging.getLogger(__name__)


def seal_loop_step(at: datetime) -> bool:
    """Seal one batch and hand the new heads to the witness files; True when there was something to seal."""
    try:
        sealed = operations.seal(at=at) is not None
    except Conflict as trouble:
        # Repeated every few seconds until someone acts: the sentence is enough, a traceback would drown it.
        log.error("the ledger cannot be sealed: %s (docs/ledger.md, 'After a restore')", trouble.detail)  # noqa: TRY400
        sealed = False
    operations.publish_heads()
    return sealed
