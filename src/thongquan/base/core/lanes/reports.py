"""How the lanes stand over all serving processes: each writes its counts once a second while something happens."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
from django.db import DatabaseError, InterfaceError, connection

from thongquan.base.core.clock import now
from thongquan.base.core.lanes.gates import LANES, Gate, gate_of
from thongquan.base.core.models import LaneReport

log = logging.getLogger(__name__)
EVERY_SECONDS = 1.0
WINDOW_SECONDS = 10.0
STALE = timedelta(seconds=15)
IDLE_ROUNDS = 10
"""Rounds without work after which a process says once more that it is idle, then keeps silent until work comes."""


class LaneNow(msgspec.Struct, frozen=True, kw_only=True):
    """A lane now: work in flight and waiting, the quota of both, times of the last seconds in milliseconds.

    `p50_ms` and `p95_ms` are None when nothing was answered of late.
    """

    lane: str
    in_flight: int = 0
    waiting: int = 0
    quota_in_flight: int = 0
    quota_waiting: int = 0
    answered: int = 0
    refused: int = 0
    p50_ms: float | None = None
    p95_ms: float | None = None


def lane_reports(at: datetime) -> dict[str, LaneNow]:
    """Every lane over all processes that reported of late; percentiles are those of the slowest process."""
    found = {lane: LaneNow(lane=lane) for lane in LANES}
    for row in LaneReport.objects.filter(at__gt=at - STALE).order_by("lane", "process"):
        if row.lane in found:
            found[row.lane] = _added(found[row.lane], row)
    return found


def _added(sofar: LaneNow, row: LaneReport) -> LaneNow:
    return LaneNow(
        lane=sofar.lane,
        in_flight=sofar.in_flight + row.in_flight,
        waiting=sofar.waiting + row.waiting,
        quota_in_flight=sofar.quota_in_flight + row.quota_in_flight,
        quota_waiting=sofar.quota_waiting + row.quota_waiting,
        answered=sofar.answered + row.answered,
        refused=sofar.refused + row.refused,
        p50_ms=_slower(sofar.p50_ms, row.p50_ms),
        p95_ms=_slower(sofar.p95_ms, row.p95_ms),
    )


def _slower(one: float | None, other: float | None) -> float | None:
    return max((time for time in (one, other) if time is not None), default=None)


def report_lanes(process: str, at: datetime) -> None:
    """Write the counts of this process, one statement for all lanes."""
    rows = [_row(process, gate_of(lane), at) for lane in LANES]
    columns = [field.attname for field in LaneReport._meta.concrete_fields if field.attname not in ("id",)]
    LaneReport.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["process", "lane"],
        update_fields=[name for name in columns if name not in ("process", "lane")],
    )


def _row(process: str, gate: Gate, at: datetime) -> LaneReport:
    taken = gate.taken_since(time.monotonic() - WINDOW_SECONDS)
    return LaneReport(
        process=process,
        lane=gate.lane,
        in_flight=gate.in_flight,
        waiting=gate.waiting,
        quota_in_flight=gate.quota.in_flight,
        quota_waiting=gate.quota.waiting,
        answered=len(taken),
        refused=gate.refused,
        p50_ms=percentile(taken, 50),
        p95_ms=percentile(taken, 95),
        at=at,
    )


def percentile(taken: list[float], part: int) -> float | None:
    """A percentile in milliseconds of seconds in order of size; None of nothing."""
    return round(taken[min(len(taken) * part // 100, len(taken) - 1)] * 1000, 2) if taken else None


def start_reporting() -> None:
    """Let a thread of this process report; it dies with the process."""
    threading.Thread(target=_report_on, name="lanes", daemon=True).start()


def _report_on() -> None:
    process = f"{socket.gethostname()[:40]}:{os.getpid()}"
    quiet, before = 0, -1
    while True:
        seen = sum(_touched(gate_of(lane)) for lane in LANES)
        quiet = 0 if seen != before else quiet + 1
        before = seen
        if quiet <= IDLE_ROUNDS or quiet % IDLE_ROUNDS == 0:
            _write(process)
        time.sleep(EVERY_SECONDS)


def _touched(gate: Gate) -> int:
    return gate.answered + gate.refused + gate.in_flight + gate.waiting


def _write(process: str) -> None:
    try:
        report_lanes(process, now())
    except (DatabaseError, InterfaceError):
        log.warning("the lanes could not be reported", exc_info=True)
        connection.close()


def forget_processes(*, at: datetime, processes: Iterable[str] = ()) -> None:
    """Drop the counts of processes that are long gone."""
    LaneReport.objects.filter(at__lt=at - timedelta(days=1)).delete()
    LaneReport.objects.filter(process__in=list(processes)).delete()
