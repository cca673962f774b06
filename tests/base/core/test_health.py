"""A kept connection proves once a second, not once a request, that it lives."""

from __future__ import annotations

import gc
import threading

import pytest

from tests.world import World
from thongquan.base.core.postgresql import base


def test_a_fresh_connection_is_not_asked_and_an_old_one_is(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection

    connection.ensure_connection()
    asked: list[bool] = []
    monkeypatch.setattr(connection, "is_usable", lambda: asked.append(True) or True)
    moment = connection._proved_at
    for passed, times in ((0.0, 0), (base.FRESH_SECONDS / 2, 0), (base.FRESH_SECONDS * 1.5, 1), (1.6, 1), (3.0, 2)):
        monkeypatch.setattr(base.time, "monotonic", lambda passed=passed: moment + passed)
        connection.health_check_enabled, connection.health_check_done = True, False
        connection.close_if_health_check_failed()
        assert len(asked) == times, passed


def test_a_connection_ends_with_its_thread_without_waiting_for_garbage_to_be_looked_for(customs: World) -> None:
    from django.db import connection

    keys: list[int] = []

    def serve() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            keys.append(cursor.fetchone()[0])

    gc.disable()
    try:
        thread = threading.Thread(target=serve)
        thread.start()
        thread.join()
        assert keys
        assert keys[0] != customs.run_sql("SELECT pg_backend_pid()")[0][0]
        for _try in range(200):  # the server notices within milliseconds
            if not (left := customs.run_sql("SELECT pid FROM pg_stat_activity WHERE pid = %s", keys[0])):
                break
        assert left == []
    finally:
        gc.enable()
