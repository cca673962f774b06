"""Django's PostgreSQL, asking a kept connection whether it lives once a second, and closing it with its thread.

On the hot path the question is a tenth of the work. After a restart of the server a connection used within the last
second fails once; that request is answered 503 with its connection closed, and the next one opens a new one.

The web server ends threads that are idle and starts others. A wrapper is part of a cycle, and a serving process looks
for garbage seldom (`memory.settle`): left to that, connections of ended threads fill the server after quiet spells.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from typing import Any

from django.db.backends.postgresql import base

FRESH_SECONDS = 1.0
_of_thread = threading.local()


class _End:
    """Kept by a thread; when the thread has ended, nothing holds this any more, and the connection is closed.

    A forked process that inherited the connection leaves it alone.
    """

    def __init__(self, connection: Any) -> None:
        self.connection, self.process = connection, os.getpid()

    def __del__(self) -> None:
        if os.getpid() == self.process:
            with contextlib.suppress(Exception):  # at the end of a program there may be nothing left to close with
                self.connection.close()


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that remembers when it last proved alive."""

    _proved_at = 0.0

    def connect(self) -> None:
        """A new connection is alive."""
        super().connect()
        self._proved_at = time.monotonic()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that ends with this thread."""
        connection = super().get_new_connection(conn_params)
        ends: dict[str, _End] = _of_thread.__dict__.setdefault("ends", {})
        ends[self.alias] = _End(connection)
        return connection

    def close_if_health_check_failed(self) -> None:
        """Ask only when the last proof is old."""
        if time.monotonic() - self._proved_at < FRESH_SECONDS:
            self.health_check_done = True
            return
        asked = not self.health_check_done
        super().close_if_health_check_failed()
        if asked and self.connection is not None:
            self._proved_at = time.monotonic()
