"""Verifications over HTTP: opened, asked, answered, closed; counted for officers."""

from __future__ import annotations

import msgspec
from django.test import Client

from tests.clearance.origin.papers import registered
from tests.clearance.origin.verification.cases import opened
from tests.world import World

AT = "/api/v1/origin/verifications"
JSON = "application/json"


def post(client: Client, address: str, **body: object) -> tuple[int, dict[str, object]]:
    answer = client.post(address, msgspec.json.encode(body), content_type=JSON)
    return answer.status_code, answer.json()


def test_an_officer_opens_and_asks_and_the_trader_answers(customs: World) -> None:
    officer, trader, leader = customs.api("clearance_officer"), customs.api("declarant"), customs.api("team_leader")
    status, made = post(officer, AT, certificates=[registered(customs)], words="Con dấu lạ")
    assert status == 201
    case = f"{AT}/{made['id']}"
    assert post(officer, f"{case}/explain", words="Vì sao?")[0] == 200
    status, file = post(trader, f"{case}/answer", question=1, words="Lỗi in")
    assert status == 200
    assert file["letters"] == []
    assert post(officer, f"{case}/close", outcome="accepted", words="x")[0] == 403
    status, file = post(leader, f"{case}/close", outcome="accepted", words="Đã rõ")
    assert (status, file["row"]["outcome"]) == (200, "accepted")  # type: ignore[index]  # JSON as it came
    assert [row["id"] for row in officer.get(f"{AT}?state=closed").json()] == [made["id"]]
    (counted,) = officer.get(f"{AT}/statistics?by=agreement").json()
    assert (counted["key"], counted["wrong"]["part"], counted["wrong"]["of"]) == ("ACFTA", 0, 1)
    assert post(officer, f"{case}/nonsense", words="x")[0] == 404
    assert post(officer, f"{case}/note", words="")[0] == 422


def test_a_stranger_reads_and_does_nothing(customs: World) -> None:
    case = opened(customs)
    stranger = Client(SERVER_NAME="127.0.0.1")
    for address in (AT, f"{AT}/{case}", f"{AT}/statistics"):
        assert stranger.get(address).status_code in (401, 403)
    for address in (AT, f"{AT}/{case}/note"):
        assert post(stranger, address, words="x")[0] in (401, 403)


def test_a_neighbor_finds_nothing(customs: World) -> None:
    case = opened(customs)
    customs.run_sql("UPDATE origin_verification SET office = '20BB', tax_code = '9999900099'")
    for role in ("clearance_officer", "declarant"):
        neighbor = customs.api(role)
        assert neighbor.get(AT).json() == []
        assert neighbor.get(f"{AT}/{case}").status_code == 404
        assert post(neighbor, f"{AT}/{case}/note", words="x")[0] == 404
    assert customs.api("declarant").get(f"{AT}/statistics").status_code == 403
