"""Background work of attachments."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import DatabaseError, InterfaceError

from thongquan.base.attachments.operations import read_next

log = logging.getLogger(__name__)


def read_loop_step(at: datetime) -> bool:
    """Read one file; True when there was one, so that the next is taken at once."""
    try:
        return read_next(at=at)
    except (DatabaseError, InterfaceError):
        raise
    except Exception:
        # A file stays taken for some minutes and is tried again: one bad file must not stop the reading of all others.
        log.exception("reading stopped on a file; going on with the next")
        return True
