"""Pages of the analyst: profiles from draft to live over HTTP, the desk, lists of goods, fairness."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.clearance.risk.cases import copied, lodged, today
from tests.clearance.risk.languages import leftovers
from tests.clearance.risk.profiles import APPLES, draft, live, tried
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.risk.models import ListedGoods, Profile, RiskList
from thongquan.clearance.risk.operations.copying import keep_copies
from thongquan.clearance.risk.operations.goods import load_risk_lists

ADDRESSES = ["/risk/", "/risk/profiles/", "/risk/profiles/new/", "/risk/goods/", "/risk/fairness/"]
APIS = ["/api/v1/risk/profiles", "/api/v1/risk/fairness"]


def posted(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Táo giá thấp",
        "expression": APPLES,
        "channel": "3",
        "look_at": "đơn giá",
        "basis": "Customs Law 54/2014/QH13 Art. 17",
        "valid_from": today().isoformat(),
        "valid_to": (today() + timedelta(days=30)).isoformat(),
        "expected_percent": "5",
        "cap": "50",
        "priority": "50",
        **changes,
    }


def outcomes() -> None:
    """A month of declarations: new traders opened more without finding more."""
    at, old = now() - timedelta(days=5), now() - timedelta(days=170)
    keep_copies(
        [
            *(copied(n, at=at, tax_code="0100000001", channel=2, found=n < 4, checked="documents") for n in range(40)),
            *(copied(100 + n, at=at, tax_code="0100000001") for n in range(10)),
            *(copied(200 + n, at=old, tax_code="0100000002", channel=2, found=n < 4) for n in range(40)),
            *(copied(300 + n, at=at, tax_code="0100000002") for n in range(300)),
            *(copied(700 + n, at=at, tax_code="0100000002", drawn=True, channel=3, found=n < 2) for n in range(20)),
        ]
    )


def test_a_profile_goes_live_over_http(customs: World) -> None:
    lodged(customs)
    analyst, director = customs.client("risk_analyst"), customs.client("director")
    wrong = analyst.post("/risk/profiles/new/", posted(expression="nobody == 1", look_at=""))
    assert wrong.status_code == 422
    wrong = analyst.post("/risk/profiles/new/", posted(expression="nobody == 1"))
    assert "TQ-RSK-001" in wrong.content.decode()
    page = analyst.post("/risk/profiles/new/", posted())["Location"]
    profile = Profile.objects.get()
    assert analyst.post(f"{page}edit/", posted(cap="20"))["Location"] == page
    assert analyst.post(f"{page}propose", {"propose-words": ""}).status_code == 422
    assert analyst.post(f"{page}try").status_code == 302
    tried(customs, profile.pk)
    shown = analyst.get(page, headers={"accept-language": "en"}).content.decode()
    for words in ("It would have chosen", "Give for approval"):
        assert words in shown, words
    assert analyst.post(f"{page}propose", {"propose-words": "Xem giúp"}).status_code == 302
    assert analyst.post(f"{page}approve", {}).status_code == 422
    assert director.post(f"{page}approve", {"approve-words": "Đồng ý"}).status_code == 302
    profile.refresh_from_db()
    assert (profile.state, profile.cap) == ("live", 20)
    follower = analyst.post(f"{page}revise")["Location"]
    assert follower != page
    assert director.post(f"{page}retire", {"retire-words": "Hết mùa"}).status_code == 302
    assert director.get("/risk/profiles/?state=retired").content.decode().count(page) == 1


def test_the_desk_shows_the_week_and_the_league(customs: World) -> None:
    profile = live(customs)
    outcomes()
    keep_copies(
        [copied(n, at=now() - timedelta(days=1), profiles=[profile], found=n < 9, checked="goods") for n in range(30)]
    )
    shown = customs.client("risk_analyst").get("/risk/", headers={"accept-language": "en"}).content.decode()
    for words in ("Táo giá thấp", "9 / 30", "2 / 20", "<svg"):
        assert words in shown, words


def test_an_alarm_stands_where_a_group_is_opened_more_without_finding_more(customs: World) -> None:
    outcomes()
    told = customs.api("director").get("/api/v1/risk/fairness").json()
    newness = {group["key"]: group for group in told["kinds"]["newness"]}
    assert (newness["new"]["alarm"], newness["young"]["alarm"]) == (True, False)
    assert newness["young"]["random"]["part"] == 2
    shown = customs.client("director").get("/risk/fairness/", headers={"accept-language": "en"}).content.decode()
    assert "Opened more without finding more" in shown
    assert "known for less than 90 days" in shown


def test_nine_lists_are_loaded_once(customs: World) -> None:
    assert load_risk_lists(at=now()) == 9
    assert load_risk_lists(at=now()) == 0
    assert RiskList.objects.count() == 9


def test_codes_are_put_on_lists_with_a_source(customs: World) -> None:
    load_risk_lists(at=now())
    analyst = customs.client("risk_analyst")
    given = {"risk_list": "value", "hs": "08081000", "valid_from": today().isoformat(), "source": "Văn bản nội bộ"}
    assert analyst.post("/risk/goods/", {**given, "hs": "0808"}).status_code == 422
    assert analyst.post("/risk/goods/", given).status_code == 302
    assert "08081000" in analyst.get("/risk/goods/").content.decode()
    assert analyst.post("/risk/goods/", {**given, "off": "on"}).status_code == 302
    assert [row.listed for row in ListedGoods.objects.all()] == [False]
    assert customs.client("director").post("/risk/goods/", given).status_code == 403


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_is_sent_to_sign_in(address: str) -> None:
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("address", APIS)
def test_a_stranger_gets_nothing_over_the_api(customs: World, address: str) -> None:
    assert Client(SERVER_NAME="127.0.0.1").get(address).status_code == 401


def test_a_neighbor_of_another_role_reads_no_profile(customs: World) -> None:
    profile = draft(customs)
    for role in ("declarant", "broker", "clearance_officer", "team_leader", "law_officer"):
        client, program = customs.client(role), customs.api(role)
        for address in (*ADDRESSES, f"/risk/profiles/{profile}/", f"/risk/profiles/{profile}/edit/"):
            assert client.get(address).status_code == 403, (role, address)
        for address in (*APIS, f"/api/v1/risk/profiles/{profile}"):
            assert program.get(address).status_code == 403, (role, address)
        assert client.post(f"/risk/profiles/{profile}/try").status_code == 403, role
    told = customs.api("risk_analyst").get(f"/api/v1/risk/profiles/{profile}").json()
    assert told["expression"] == APPLES
    assert customs.api("risk_analyst").get("/api/v1/risk/profiles?state=draft").json()[0]["id"] == profile


@pytest.mark.parametrize("language", ["vi", "zh-hans", "fr"])
def test_pages_speak_the_readers_language(customs: World, language: str) -> None:
    load_risk_lists(at=now())
    outcomes()
    profile = draft(customs, lists=("value",))
    tried(customs, profile)
    analyst = customs.client("risk_analyst")
    for address in (*ADDRESSES, f"/risk/profiles/{profile}/", f"/risk/profiles/{profile}/edit/"):
        assert leftovers(analyst, address, language) == [], address
