"""The worker: relays, seals, and gets over trouble with the database."""

from __future__ import annotations

import os
import threading

import pytest
from django.db import OperationalError, connection
from django.db.backends.signals import connection_created

from tests.base.ledger.shared import wait_until_settled
from tests.world import World, as_json, import_document
from thongquan.config import express, worker
from thongquan.config.worker import loop, relay_round, seal_round


def test_a_round_makes_declarations_findable(customs: World) -> None:
    client = customs.api("broker")
    number = client.post("/api/v1/declarations/", as_json(import_document()), content_type="application/json").json()[
        "number"
    ]
    found = "/api/v1/declarations/?text=quat hut thong gio"
    assert client.get(found).json()["declarations"] == []
    wait_until_settled()
    relay_round()
    assert [row["number"] for row in client.get(found).json()["declarations"]] == [number]
    assert not relay_round(), "an empty round lets the loop rest"


def test_a_round_seals_what_is_settled(customs: World) -> None:
    customs.api("broker").post("/api/v1/declarations/", as_json(import_document()), content_type="application/json")
    wait_until_settled()
    seal_round()
    ((entries, sealed),) = customs.run_sql(
        "SELECT (SELECT count(*) FROM ledger_entry), (SELECT coalesce(max(size), 0) FROM ledger_head)"
    )
    assert entries == sealed > 0


def test_trouble_is_waited_out(customs: World, monkeypatch: object) -> None:
    stopping, tries = threading.Event(), []

    def step() -> bool:
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError("away")
        stopping.set()
        return False

    monkeypatch.setattr(worker, "TROUBLE_SECONDS", 0.01)  # type: ignore[attr-defined]  # pytest's fixture
    loop(stopping, step, 0.01)
    assert len(tries) == 2


def test_a_busy_step_is_repeated_at_once(customs: World) -> None:
    stopping, tries = threading.Event(), []

    def step() -> bool:
        tries.append(1)
        if len(tries) == 5:
            stopping.set()
        return True

    loop(stopping, step, 3600)
    assert len(tries) == 5


def test_both_workers_give_way_with_their_process_and_behind_every_connection(
    customs: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lowered: list[tuple[int, int]] = []
    for module in (worker, express):
        monkeypatch.setattr(module, "lower", lambda pid, nice: lowered.append((pid, nice)))
        monkeypatch.setattr(module, "until_stopped", _stopped)
    try:
        for start, process, server in (
            (worker.work, worker.NICE, worker.DATABASE_NICE),
            (express.work_express, express.NICE, express.DATABASE_NICE),
        ):
            start()
            assert lowered.pop(0) == (os.getpid(), process)
            lowered.clear()
            connection.close()
            assert (customs.run_sql("SELECT pg_backend_pid()")[0][0], server) in lowered
            assert all(nice == server for _pid, nice in lowered)
            lowered.clear()
    finally:
        connection_created.disconnect(dispatch_uid="lower_connections")


def _stopped() -> threading.Event:
    stopped = threading.Event()
    stopped.set()
    return stopped
