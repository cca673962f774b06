"""The worker: relays, seals, and gets over trouble with the database."""

from __future__ import annotations

import threading

from django.db import OperationalError

from tests.base.ledger.shared import wait_until_settled
from tests.world import World, as_json, import_document
from thongquan.config import worker
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
