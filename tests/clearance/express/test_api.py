"""Batches of parcels over HTTP, and lanes that are full."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.clearance.express.parcels import OFFICE, as_ndjson, carrier, judged, row, sent
from tests.world import ENTERPRISE, World, as_json, import_document
from thongquan.base.core import lanes
from thongquan.base.core.lanes.gates import Quota, replaced

BATCHES = "/api/v1/express/batches"


def announced(client: Client, size: int, **more: str) -> Any:
    body = {"tax_code": ENTERPRISE, "office": OFFICE, "name": "a.ndjson", "size": size, **more}
    return client.post(BATCHES, body, content_type="application/json")


def put(client: Client, batch: int, offset: int, content: bytes) -> Any:
    address = f"{BATCHES}/{batch}/content?offset={offset}"
    return client.put(address, content, content_type="application/octet-stream")


def test_a_program_sends_a_file_in_parts_and_reads_every_result(customs: World) -> None:
    carrier(customs)
    content = as_ndjson([row(1), row(2, value="9000000"), row(3, hs="x")])
    client = customs.api("declarant")
    opened = announced(client, len(content))
    assert (opened.status_code, opened.json()["received"]) == (201, 0)
    batch = opened.json()["batch"]
    assert put(client, batch, 0, content[:50]).json()["received"] == 50
    gap = put(client, batch, 60, content[60:])
    assert (gap.status_code, gap.json()["received"], gap.json()["faults"][0]["code"]) == (409, 50, "TQ-EXP-011")
    assert put(client, batch, 50, content[50:]).json()["state"] == "waiting"
    assert client.get(f"{BATCHES}/{batch}").json()["position"] == 1
    judged()
    shown = client.get(f"{BATCHES}/{batch}").json()
    assert (shown["state"], shown["accepted"], shown["refused"], shown["name"]) == ("judged", 1, 2, f"P-{batch:06d}")
    first = client.get(f"{BATCHES}/{batch}/results?limit=2").json()
    rest = client.get(f"{BATCHES}/{batch}/results?after={first['next_after']}").json()
    found = [*first["results"], *rest["results"]]
    assert [one["accepted"] for one in found] == [True, False, False]
    assert (found[0]["vat_vnd"], found[0]["duty_vnd"], found[0]["due_vnd"]) == ("30000", "0", "30000")
    fault = found[1]["faults"][0]
    assert (fault["code"], fault["line"], bool(fault["remedy"])) == ("TQ-EXP-001", 2, True)
    parcel = client.get(f"{BATCHES}/{batch}/parcels/1").json()
    assert (parcel["same"], parcel["relieved_by"]) == (True, "express_minimum_value_vnd")
    assert client.get("/api/v1/express/parcels/VN261100000001").json()["parcels"][0]["place"] == 1
    assert client.get(BATCHES).json()["batches"][0]["id"] == batch
    assert client.get(f"{BATCHES}/{batch}/results?only=odd").status_code == 422


def test_strangers_get_nothing(customs: World) -> None:
    stranger = Client(SERVER_NAME="127.0.0.1")
    assert announced(stranger, 5).status_code == 401
    for address in (BATCHES, f"{BATCHES}/1", f"{BATCHES}/1/results", f"{BATCHES}/1/parcels/1"):
        assert stranger.get(address).status_code == 401
    assert put(stranger, 1, 0, b"x").status_code == 401
    assert stranger.get("/api/v1/express/parcels/X").status_code == 401
    assert stranger.get("/api/v1/express/lanes").status_code == 401
    assert stranger.post(f"{BATCHES}/1/parcels/1/decision").status_code == 401


def test_a_neighbor_finds_no_batch_and_sends_nothing(customs: World) -> None:
    carrier(customs)
    batch = sent(customs, as_ndjson([row(1)]))
    judged()
    customs.run_sql("UPDATE express_batch SET office = '20BB'")
    officer = customs.api("clearance_officer")
    for address in (f"{BATCHES}/{batch}", f"{BATCHES}/{batch}/results", f"{BATCHES}/{batch}/parcels/1"):
        assert officer.get(address).status_code == 404
    assert officer.get(BATCHES).json()["batches"] == []
    assert put(officer, batch, 0, b"x").status_code == 404
    assert announced(officer, 5).status_code == 403
    assert officer.get("/api/v1/express/parcels/VN261100000001").json()["parcels"] == []
    decision = {"outcome": "released"}
    address = f"{BATCHES}/{batch}/parcels/1/decision"
    assert officer.post(address, decision, content_type="application/json").status_code == 404
    assert customs.api("declarant").post(address, decision, content_type="application/json").status_code == 403


def test_a_full_express_lane_tells_the_place_in_the_queue(customs: World, settings: Any) -> None:
    carrier(customs)
    settings.LANE_QUOTAS = {**settings.LANE_QUOTAS, "express": (2, 2)}
    content = as_ndjson([row(1)])
    sent(customs, content)
    refused = announced(customs.api("declarant"), 500)
    assert refused.status_code == 429
    body = refused.json()
    assert body["faults"][0]["code"] == "TQ-EXP-010"
    assert body["queue_position"] >= 1
    assert int(refused["Retry-After"]) == body["retry_after"] >= 1
    judged()
    assert announced(customs.api("declarant"), 500).status_code == 201


@pytest.mark.parametrize(
    ("document", "full", "free"),
    [
        (import_document(), lanes.PERISHABLE, lanes.ORDINARY),
        (import_document(lines=import_document().lines[2:]), lanes.ORDINARY, lanes.PERISHABLE),
    ],
)
def test_a_full_lane_answers_429_and_the_other_goes_on(customs: World, document: Any, full: str, free: str) -> None:
    """Fruit is in the first document, none in the second; someone else holds the one place of the lane."""
    api, page = customs.api("declarant"), customs.client("declarant")
    one = Quota(in_flight=1, waiting=0, wait_seconds=0.01)
    with replaced(dict.fromkeys(lanes.LANES, one)) as gates:
        with gates[full].entered():
            answer = api.post("/api/v1/declarations/", as_json(document), content_type="application/json")
            again = api.post("/api/v1/declarations/", as_json(document), content_type="application/json")
        assert (answer.status_code, answer.json()["queue_position"]) == (429, 1)
        assert answer.json()["faults"][0]["code"] == "TQ-EXP-010"
        assert int(answer["Retry-After"]) >= 1
        assert again.json()["queue_position"] == 2
        with gates[free].entered():
            done = api.post("/api/v1/declarations/", as_json(document), content_type="application/json")
        assert done.status_code != 429
        assert gates[full].refused == 2
        assert gates[full].in_flight == 0
    assert page.get("/").status_code == 200


def test_a_lane_reports_how_it_stands(customs: World) -> None:
    from thongquan.base.core.clock import now
    from thongquan.base.core.lanes import lane_reports, report_lanes
    from thongquan.clearance.express.queries import lanes_now

    with replaced({lane: Quota(2, 3) for lane in lanes.LANES}) as gates:
        with gates["ordinary"].entered():
            report_lanes("here:1", now())
            report_lanes("there:2", now())
        standing = lane_reports(now())["ordinary"]
        assert (standing.in_flight, standing.quota_in_flight, standing.quota_waiting) == (2, 4, 6)
        assert standing.p95_ms is None
        report_lanes("here:1", now())
        assert lane_reports(now())["ordinary"].p95_ms is not None
    assert [one.lane for one in lanes_now(now())] == list(lanes.LANES)
    told = customs.api("declarant").get("/api/v1/express/lanes").json()
    assert [one["lane"] for one in told["lanes"]] == list(lanes.LANES)
