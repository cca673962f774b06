"""A kept connection proves once a second, not once a request, that it lives."""

from __future__ import annotations

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
