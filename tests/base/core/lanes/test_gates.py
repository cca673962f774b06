"""The gate of a lane: so much at once, so much waiting, the rest sent away with its place; and it recovers."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from thongquan.base.core.lanes import gates
from thongquan.base.core.lanes.gates import Gate, Quota, Saturated
from thongquan.config import environment
from thongquan.config.cli.serve import THREADS

WAIT = 20.0


@pytest.fixture
def held() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def until(true: object, gate: Gate, name: str) -> None:
    """Until a count of the gate is this (another thread changes it)."""
    ends = time.monotonic() + WAIT
    while getattr(gate, name) != true:
        assert time.monotonic() < ends
        threading.Event().wait(0.001)


def test_work_within_the_quota_goes_on_and_beyond_it_is_sent_away(held: ExitStack) -> None:
    gate = Gate("ordinary", Quota(in_flight=2, waiting=0))
    held.enter_context(gate.entered())
    held.enter_context(gate.entered())
    positions = []
    for _ in range(3):
        with pytest.raises(Saturated) as full, gate.entered():
            pass
        positions.append(full.value.position)
    assert positions == [1, 2, 3]
    assert full.value.retry_seconds >= 1
    held.close()
    with gate.entered():
        assert gate.in_flight == 1
    assert (gate.in_flight, gate.answered, gate.refused) == (0, 3, 3)


def test_who_waits_enters_when_there_is_room_and_comes_before_newcomers() -> None:
    gate = Gate("ordinary", Quota(in_flight=1, waiting=1, wait_seconds=WAIT))
    entered = threading.Event()

    def later() -> None:
        with gate.entered():
            entered.set()

    thread = threading.Thread(target=later)
    with gate.entered():
        thread.start()
        until(1, gate, "waiting")
        with pytest.raises(Saturated) as full, gate.entered():
            pass
        assert full.value.position == 2
        assert not entered.is_set()
    thread.join(WAIT)
    assert entered.is_set()
    assert (gate.in_flight, gate.waiting, gate.refused) == (0, 0, 1)


def test_nobody_waits_for_ever(held: ExitStack) -> None:
    gate = Gate("ordinary", Quota(in_flight=1, waiting=1, wait_seconds=0.01))
    held.enter_context(gate.entered())
    with pytest.raises(Saturated), gate.entered():
        pass
    assert gate.waiting == 0


def test_work_that_fails_gives_its_place_back() -> None:
    gate = Gate("ordinary", Quota(in_flight=1, waiting=0))
    with pytest.raises(ZeroDivisionError), gate.entered():
        raise ZeroDivisionError
    with gate.entered():
        assert gate.in_flight == 1


def test_a_flood_never_exceeds_the_quota() -> None:
    gate, most, lock = Gate("express", Quota(in_flight=3, waiting=40, wait_seconds=WAIT)), [0], threading.Lock()

    def work() -> None:
        with gate.entered(), lock:
            most[0] = max(most[0], gate.in_flight)

    threads = [threading.Thread(target=work) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert most[0] <= 3
    assert (gate.answered, gate.in_flight, gate.waiting) == (30, 0, 0)


def test_quotas_are_settings_shared_by_processes_and_fit_into_their_threads(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setenv("TQ_LANE_ORDINARY", "3/5")
    assert environment.lane_quotas()["ordinary"] == (3, 5)
    settings.LANE_QUOTAS, settings.WEB_PROCESSES = environment.lane_quotas(), 2
    own = gates._own_quotas()
    assert (own["ordinary"].in_flight, own["ordinary"].waiting) == (2, 3)
    settings.LANE_QUOTAS = environment.LANES
    assert sum(one.in_flight + one.waiting for one in gates._own_quotas().values()) < int(THREADS)
