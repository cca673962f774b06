"""The thread of a serving process that writes its measures and its heartbeat, and dies with it."""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, InterfaceError, connection

from thongquan.base.core.clock import now
from thongquan.insight.status.measuring import Pulse, measures
from thongquan.insight.status.operations import write_beat, write_measures

log = logging.getLogger(__name__)
EVERY_SECONDS = 5.0
"""Half a slot, so that a beat that comes late still falls into every slot."""


def record(stopping: threading.Event, source: str = "web") -> None:
    """Write every few seconds until told to stop; while the database is away nothing is written, which is the truth."""
    pulse = Pulse()
    while not stopping.wait(EVERY_SECONDS):
        try:
            at = now()
            write_beat(process=measures.process, source=source, pulse=pulse, at=at)
            write_measures(measures=measures, at=at)
        except (DatabaseError, InterfaceError):
            log.warning("what was measured cannot be written now; trying again")
            connection.close()
    connection.close()


def start() -> threading.Event:
    """Begin to record in a thread that ends with the process; the event stops it sooner."""
    stopping = threading.Event()
    measures.begin()  # the process that loaded the program may have been copied since
    threading.Thread(target=record, args=(stopping,), name="recorder", daemon=True).start()
    return stopping
