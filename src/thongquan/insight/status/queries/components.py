"""The parts of the installation at this moment."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import msgspec
from django.db import connection

from thongquan.base.core.queries import outbox_waits_since
from thongquan.base.ledger.queries import latest_head, unsealed_window
from thongquan.insight.status.models import Beats

SILENT = timedelta(seconds=30)
LAGS = timedelta(seconds=60)


class Component(msgspec.Struct, frozen=True, kw_only=True):
    """A part: `state` is `up`, `slow`, `down` or `unknown`; what the figure means depends on the part."""

    name: str
    state: str
    processes: int = 0
    lag_seconds: float | None = None
    took_ms: float | None = None


def components_now(at: datetime) -> list[Component]:
    """Web, database, worker with its backlog, and the sealing of the ledger."""
    return [_web(at), _database(), _worker(at), _ledger(at)]


def _alive(source: str, at: datetime) -> int:
    """How many processes of a kind gave a heartbeat lately."""
    return Beats.objects.filter(source=source, last_at__gt=at - SILENT).values("process").distinct().count()


def _web(at: datetime) -> Component:
    """Whoever reads this was answered, so the web is up even where no heartbeat is written."""
    return Component(name="web", state="up", processes=_alive("web", at))


def _database() -> Component:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    took = (time.perf_counter() - began) * 1000
    return Component(name="database", state="up" if took < 1000 else "slow", took_ms=round(took, 1))


def _worker(at: datetime) -> Component:
    since, processes = outbox_waits_since(), _alive("worker", at)
    lag = max((at - since).total_seconds(), 0) if since else 0.0
    ever = processes or Beats.objects.filter(source="worker").exists()
    state = "unknown" if not ever else "down" if not processes else "slow" if lag > LAGS.total_seconds() else "up"
    return Component(name="worker", state=state, processes=processes, lag_seconds=lag)


def _ledger(at: datetime) -> Component:
    window = unsealed_window()
    age = window.age(at)
    lag = age.total_seconds() if age else 0.0
    sealed = latest_head() is not None
    state = "down" if window.stuck else "slow" if lag > LAGS.total_seconds() else "up" if sealed else "unknown"
    return Component(name="ledger", state=state, lag_seconds=lag)
