"""Pages and API of the way out: conditions, channel, preservation, slips, gate."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.clearance.control.gate import GATE, PLATE, cleared, lodged, plain, settled, slip_for
from tests.world import World, import_document
from thongquan.base.core.clock import now
from thongquan.clearance.control.operations.channel import propose_lower_channel
from thongquan.clearance.declarations.queries import stand_of

WHY = "Trọng lượng khai thấp bất thường"


def english(client: Client) -> Client:
    client.cookies["language"] = "en"
    return client


def state_of(customs: World, number: str) -> str:
    return stand_of(actor=customs.actor("clearance_officer"), number=number).state


def test_the_panel_names_what_is_missing_and_links_to_who_does_it(customs: World) -> None:
    number = lodged(customs, now(), channel=3, document=import_document())
    client = english(customs.client("clearance_officer"))
    text = client.get(f"/declarations/{number}/").content.decode()
    assert "conditions of clearance are missing" in text
    assert "Clearance officer: document check" in text
    page = client.get(f"/control/{number}/release/").content.decode()
    for code in ("TQ-CTL-060", "TQ-CTL-061", "TQ-CTL-062", "TQ-CTL-063", "TQ-CTL-066", "TQ-CTL-067"):
        assert code in page
    refused = client.post(f"/control/{number}/release/", {"act": "clear"})
    assert refused.status_code == 422
    assert "TQ-LIF-001" in refused.content.decode() or "TQ-CTL-060" in refused.content.decode()


def test_a_trader_sees_what_is_missing_but_not_which_checks_run(customs: World) -> None:
    number = lodged(customs, now(), channel=2)
    customs.run_sql(
        "INSERT INTO control_requestedcheck (declaration_id, name, asked_by, asked_at, deadline, outcome, reported_by)"
        " SELECT id, 'similar_goods', 'system:x', now(), now(), '', '' FROM declarations_declaration"
    )
    page = english(customs.client("declarant")).get(f"/control/{number}/release/").content.decode()
    assert "TQ-CTL-066" in page
    assert "TQ-CTL-068" in page
    assert "similar_goods" not in page
    assert 'value="clear"' not in page


def test_a_button_clears_and_another_releases(customs: World) -> None:
    client = english(customs.client("clearance_officer"))
    number = settled(customs, now())
    answer = client.post(f"/control/{number}/release/", {"act": "clear"}, follow=True)
    assert answer.status_code == 200
    assert state_of(customs, number) == "cleared"
    assert "Exit slips" in answer.content.decode()


def test_release_and_its_question_on_the_page(customs: World) -> None:
    client = customs.client("clearance_officer")
    number = settled(customs, now())
    silent = client.post(f"/control/{number}/release/", {"act": "release", "question": "code", "reason": ""})
    assert silent.status_code == 422
    told = client.post(f"/control/{number}/release/", {"act": "release", "question": "code", "reason": WHY})
    assert told.status_code == 302
    assert state_of(customs, number) == "released"
    assert client.post(f"/control/{number}/release/", {"act": "clear"}).status_code == 422
    assert client.post(f"/control/{number}/release/", {"act": "clear", "result": "Giữ mã"}).status_code == 302


def test_the_channel_page_raises_proposes_and_signs(customs: World) -> None:
    number = lodged(customs, now())
    officer, leader = customs.client("clearance_officer"), english(customs.client("team_leader"))
    address = f"/control/{number}/channel/"
    assert officer.post(address, {"act": "raise", "channel": "3", "reason": ""}).status_code == 422
    assert officer.post(address, {"act": "raise", "channel": "x", "reason": WHY}).status_code == 422
    assert officer.post(address, {"act": "raise", "channel": "3", "reason": WHY}).status_code == 302
    assert officer.post(address, {"act": "propose", "channel": "1", "reason": WHY}).status_code == 302
    assert "It waits for the signature" in english(officer).get(address).content.decode()
    assert officer.post(address, {"act": "sign"}).status_code == 403
    assert number in leader.get("/control/lowered/").content.decode()
    assert leader.post(address, {"act": "reject", "reason": ""}).status_code == 422
    assert leader.post(address, {"act": "reject", "reason": "Thiếu C/O gốc"}).status_code == 302
    assert "Thiếu C/O gốc" in officer.get(address).content.decode()
    assert number not in leader.get("/control/lowered/").content.decode()
    assert officer.post(address, {"act": "propose", "channel": "1", "reason": WHY}).status_code == 302
    assert "Thiếu C/O gốc" not in officer.get(address).content.decode()
    assert leader.post(address, {"act": "sign"}).status_code == 302
    report = english(customs.client("internal_control")).get("/control/lowered/").content.decode()
    assert number in report
    assert WHY in report
    assert customs.actor("team_leader").name in report


def test_preservation_from_both_sides(customs: World) -> None:
    number = settled(customs, now())
    trader, officer = english(customs.client("declarant")), english(customs.client("clearance_officer"))
    address = f"/control/{number}/preservation/"
    assert trader.post(address, {"act": "request", "place_kind": "own", "place": "", "reason": ""}).status_code == 422
    asked = {"act": "request", "place_kind": "own", "place": "Kho Cao Lộc", "reason": WHY}
    assert trader.post(address, asked).status_code == 302
    assert number in officer.get("/control/preservations/").content.decode()
    assert officer.post(address, {"act": "refuse", "answer": ""}).status_code == 422
    assert officer.post(address, {"act": "grant"}).status_code == 302
    assert "The goods arrived" in trader.get(address).content.decode()
    assert trader.post(address, {"act": "arrived"}).status_code == 302
    assert officer.post(address, {"act": "result", "result": "passed", "paper": "KQ-1"}).status_code == 302
    assert officer.post(address, {"act": "nonsense"}).status_code == 422
    assert "KQ-1" in trader.get(address).content.decode()


@pytest.mark.parametrize(
    ("language", "word"), [("vi", "Phiếu"), ("en", "Exit slip"), ("zh-hans", "出场单"), ("fr", "Bon de sortie")]
)
def test_a_slip_prints_in_four_languages(customs: World, language: str, word: str) -> None:
    number = cleared(customs, now())
    slip, _code = slip_for(customs, number, now())
    answer = customs.client("declarant").get(f"/control/{number}/slips/{slip.serial}/?in={language}")
    text = answer.content.decode()
    assert word in text
    assert "<svg" in text
    assert f"{slip.serial[:5]}-{slip.serial[5:]}" in text


def test_slips_are_issued_and_withdrawn_on_their_page(customs: World) -> None:
    number = cleared(customs, now())
    trader, officer = customs.client("declarant"), customs.client("gate_officer")
    address = f"/control/{number}/slips/"
    assert trader.post(address, {"act": "issue", "plate": "29C-00001"}).status_code == 422
    assert trader.post(address, {"act": "issue", "plate": PLATE}).status_code == 302
    serial = customs.run_sql("SELECT serial FROM control_exitslip")[0][0]
    assert trader.post(address, {"act": "withdraw", "serial": serial, "reason": WHY}).status_code == 403
    assert officer.post(address, {"act": "withdraw", "serial": serial, "reason": ""}).status_code == 422
    assert officer.post(address, {"act": "withdraw", "serial": serial, "reason": WHY}).status_code == 302


def test_the_gate_desk_says_go_once_and_hold_the_second_time(customs: World) -> None:
    _slip, code = slip_for(customs, cleared(customs, now()), now())
    client = english(customs.client("gate_officer"))
    assert client.get("/control/gate/").status_code == 200
    shown = {"code": code, "plate": PLATE, "gate": GATE, "attempt": "a1"}
    assert "GO" in client.post("/control/gate/", shown).content.decode()
    assert "GO" in client.post("/control/gate/", shown).content.decode()  # the same request, sent twice
    again = client.post("/control/gate/", {**shown, "attempt": "a2"}).content.decode()
    assert "HOLD: used before" in again
    assert customs.actor("gate_officer").name in again
    assert "TQ-CTL-083" in client.post("/control/gate/", {**shown, "plate": "X1", "attempt": "a3"}).content.decode()
    assert "Slips used twice" in client.get("/control/gate/").content.decode()


def test_the_offline_page_carries_the_key_and_its_uses_are_taken_in(customs: World) -> None:
    _slip, code = slip_for(customs, cleared(customs, now()), now())
    client = customs.client("gate_officer")
    page = client.get("/control/gate/offline/")
    key = client.get("/control/gate/slip-key.json").json()
    assert key["public_key"] in page.content.decode()
    assert client.get("/control/gate/worker.js").headers["Content-Type"].startswith("text/javascript")
    use = {"code": code, "plate": PLATE, "gate": GATE, "shown_at": now().isoformat()}
    told = client.post("/control/gate/uses/", json.dumps({"uses": [use]}), content_type="application/json").json()
    assert [one["verdict"] for one in told["verdicts"]] == ["passed"]
    for bad in (
        "{",
        '{"uses": [{"code": "x"}]}',
        json.dumps({"uses": [{**use, "shown_at": "2026-11-20T03:00:00"}]}),
        json.dumps({"uses": [{**use, "shown_at": "0001-01-01T00:00:00+14:00"}]}),
    ):
        assert client.post("/control/gate/uses/", bad, content_type="application/json").status_code == 422


def api(customs: World, role: str, path: str, body: dict[str, Any] | None = None) -> Any:
    return customs.api(role).post(f"/api/v1/control/{path}", json.dumps(body or {}), content_type="application/json")


def test_the_whole_way_out_over_the_api(customs: World) -> None:
    number = lodged(customs, now())
    told = customs.api("declarant").get(f"/api/v1/control/{number}/conditions").json()
    assert not told["open"]
    assert "TQ-CTL-060" in {one["code"] for one in told["conditions"]}
    assert api(customs, "clearance_officer", f"{number}/clear").status_code == 422
    assert api(customs, "clearance_officer", f"{number}/release", {"question": "x"}).status_code == 422
    raised = api(customs, "clearance_officer", f"{number}/channel/raise", {"channel": 2, "reason": WHY})
    assert raised.json()["channel"] == 2
    assert (
        api(customs, "clearance_officer", f"{number}/channel/propose", {"channel": 1, "reason": WHY}).status_code == 200
    )
    assert api(customs, "team_leader", f"{number}/channel/reject", {"reason": WHY}).json()["channel"] == 2
    assert (
        api(customs, "clearance_officer", f"{number}/channel/propose", {"channel": 1, "reason": WHY}).status_code == 200
    )
    assert api(customs, "team_leader", f"{number}/channel/sign").json()["channel"] == 1
    other = settled(customs, now(), document=plain(invoice="GX-2"))
    assert api(customs, "clearance_officer", f"{other}/clear").json()["state"] == "cleared"
    slip = api(customs, "declarant", f"{other}/slips", {"plate": PLATE})
    assert slip.status_code == 201
    shown = {"code": slip.json()["code"], "plate": PLATE, "gate": GATE}
    assert api(customs, "gate_officer", "exits", shown).json()["verdict"] == "passed"
    held = api(customs, "gate_officer", "exits", shown)
    assert (held.status_code, held.json()["verdict"]) == (422, "double")
    again = api(customs, "gate_officer", "exits/reconcile", {"uses": [{**shown, "shown_at": now().isoformat()}]})
    assert again.json()["verdicts"][0]["faults"][0]["code"] == "TQ-CTL-085"


def test_a_stranger_reaches_no_page_of_the_way_out(customs: World) -> None:
    number = cleared(customs, now())
    slip, _code = slip_for(customs, number, now())
    own = [f"/control/{number}/{name}/" for name in ("release", "channel", "preservation", "slips")]
    for address in [*own, f"/control/{number}/slips/{slip.serial}/"]:
        assert Client(SERVER_NAME="127.0.0.1").get(address).status_code == 302
        assert customs.client("partner_agency").get(address).status_code == 404
    for address in (
        "/control/gate/",
        "/control/gate/offline/",
        "/control/gate/slip-key.json",
        "/control/preservations/",
    ):
        assert customs.client("declarant").get(address).status_code == 403
    assert customs.client("clearance_officer").get("/control/lowered/").status_code == 403
    assert customs.client("declarant").get(f"/control/{number}/channel/").status_code == 403


def test_a_neighbor_of_another_office_reaches_none_either(customs: World) -> None:
    at = now()
    number = lodged(customs, at, channel=3)
    propose_lower_channel(actor=customs.actor("clearance_officer"), number=number, channel=1, reason=WHY, at=at)
    customs.run_sql("UPDATE declarations_declaration SET office = '20BB' WHERE number = %s", number)
    for name in ("release", "channel", "preservation", "slips"):
        client = customs.client("team_leader")
        assert client.get(f"/control/{number}/{name}/").status_code == 404
        assert client.post(f"/control/{number}/{name}/", {"act": "sign"}).status_code in {404, 422}
    for path in ("release", "clear", "channel/raise", "channel/propose", "channel/sign", "channel/reject", "slips"):
        body = {"question": "code", "reason": WHY, "channel": 3, "plate": PLATE}
        wanted = {"release": ("question", "reason"), "slips": ("plate",), "clear": (), "channel/sign": ()}
        wanted["channel/reject"] = ("reason",)
        chosen = {name: body[name] for name in wanted.get(path, ("channel", "reason"))}
        assert api(customs, "team_leader", f"{number}/{path}", chosen).status_code == 404
    assert customs.api("team_leader").get(f"/api/v1/control/{number}/conditions").status_code == 404
    assert api(customs, "gate_officer", "exits", {"code": "x", "plate": "x", "gate": "LS02"}).status_code == 403
