"""Django's PostgreSQL, asking a kept connection whether it lives once a second, not once a request.

On the hot path the question is a tenth of the work. After a restart of the server a connection used within the last
second fails once; that request is answered 503 with its connection closed, and the next one opens a new one.
"""

from __future__ import annotations

import time

from django.db.backends.postgresql import base

FRESH_SECONDS = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that remembers when it last proved alive."""

    _proved_at = 0.0

    def connect(self) -> None:
        """A new connection is alive."""
        super().connect()
        self._proved_at = time.monotonic()

    def close_if_health_check_failed(self) -> None:
        """Ask only when the last proof is old."""
        if time.monotonic() - self._proved_at < FRESH_SECONDS:
            self.health_check_done = True
            return
        asked = not self.health_check_done
        super().close_if_health_check_failed()
        if asked and self.connection is not None:
            self._proved_at = time.monotonic()
