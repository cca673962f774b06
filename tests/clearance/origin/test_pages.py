"""The worklist of certificates and one certificate, in four languages, each within its scope."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.clearance.origin.papers import NUMBER, lodged, one_line, paper, registered
from tests.world import OTHER_ENTERPRISE, World
from thongquan.base.accounts.queries import system_actor

STEPS = ("check", "accept", "doubt", "use", "withdraw")
WORDS = {"vi": "Bảng trừ lùi", "en": "Balance", "zh-hans": "余额表", "fr": "Solde"}


def test_an_officer_checks_accepts_and_lets_a_declaration_use_it(customs: World) -> None:
    key, number = registered(customs), lodged(customs)
    officer, trader = customs.client("clearance_officer"), customs.client("declarant")
    page = f"/origin/{key}/"
    assert NUMBER in officer.get("/origin/").content.decode()
    assert page in officer.get("/origin/?state=registered&number=E26450000123456").content.decode()
    assert "/origin/" in officer.get("/").content.decode()
    assert officer.post(f"{page}accept", {"accept-words": ""}).status_code == 422
    assert officer.post(f"{page}check", {"check-declaration": number}).status_code == 302
    assert officer.post(f"{page}accept", {"accept-words": ""}).status_code == 302
    assert officer.post(f"{page}use", {"use-declaration": number}).status_code == 302
    shown = trader.get(page, headers={"accept-language": "en"}).content.decode()
    assert "12,000" in shown
    assert "Preference granted" in shown
    assert officer.post(f"{page}doubt", {"doubt-words": ""}).status_code == 422
    assert officer.post(f"{page}doubt", {"doubt-words": "Con dấu lạ"}).status_code == 302
    assert "Con dấu lạ" not in trader.get(page).content.decode()


@pytest.mark.parametrize("language", WORDS)
def test_the_page_speaks_four_languages(customs: World, language: str) -> None:
    key = registered(customs, paper(vehicle="桂FB0000", consignee="Other"))
    officer = customs.client("clearance_officer")
    officer.post(f"/origin/{key}/check", {"check-declaration": lodged(customs)})
    answer = officer.get(f"/origin/{key}/", headers={"accept-language": language})
    assert WORDS[language] in answer.content.decode()


def test_a_declaration_that_is_not_there_is_not_found(customs: World) -> None:
    key = registered(customs)
    officer = customs.client("clearance_officer")
    assert officer.post(f"/origin/{key}/check", {"check-declaration": "999999999999"}).status_code == 404


def test_a_stranger_is_sent_to_the_door(customs: World) -> None:
    key = registered(customs)
    stranger = Client(SERVER_NAME="127.0.0.1")
    for address in ("/origin/", f"/origin/{key}/"):
        assert stranger.get(address).status_code in (302, 403)
    for step in STEPS:
        assert stranger.post(f"/origin/{key}/{step}").status_code in (302, 403)


def test_a_neighbor_finds_nothing(customs: World) -> None:
    program = system_actor("test", offices=["20BB"])
    key = registered(customs, one_line("9", number="N1"), actor=program, office="20BB", tax_code=OTHER_ENTERPRISE)
    for role in ("clearance_officer", "declarant"):
        neighbor = customs.client(role)
        assert neighbor.get(f"/origin/{key}/").status_code == 404
        assert "N1" not in neighbor.get("/origin/").content.decode()
        for step in STEPS:
            data = {f"{step}-words": "x", f"{step}-declaration": "1"}
            assert neighbor.post(f"/origin/{key}/{step}", data).status_code == 404
    assert customs.client("gate_officer").get("/origin/").status_code == 403
