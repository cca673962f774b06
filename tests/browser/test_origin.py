"""The desk of certificates by keyboard, and its pages as a machine for access judges them, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import Desk
from tests.browser.test_access import AXE, JUDGE, RULES, SERIOUS
from tests.clearance.origin.papers import lodged, one_line, paper, registered
from tests.world import World

pytestmark = pytest.mark.browser
ASKED = "hs=08081000&origin=CN&dispatch=HK&value=12000&currency=USD&made=materials&fob=10&m1_hs=4819&m1_value=7"
HISTORY = "/origin/history/exporter/?name=Guangxi+Pingxiang+Trading+Co.%2C+Ltd.&country=CN"


def test_an_officer_decides_by_keyboard(customs: World, desk: Desk) -> None:
    """j walks and Enter opens; c checks, a opens the reason where the check doubts, and the next one follows."""
    first = registered(customs, paper(consignee="Somebody Else Ltd"))
    second = registered(customs, one_line("9", number="E200000002", exporter="Another Co", invoices=("X",)))
    number = lodged(customs)
    officer = desk.sign_in("clearance_officer")
    officer.goto("/origin/")
    officer.keyboard.press("j")
    officer.keyboard.press("Enter")
    officer.wait_for_url(f"**/origin/{first}/desk/**")
    officer.locator("#id_check-declaration").fill(number)
    officer.locator("#id_check-declaration").blur()
    officer.keyboard.press("c")
    officer.locator(".or-found .is-doubt").first.wait_for()
    assert officer.locator(".is-differs").count() >= 1
    officer.keyboard.press("a")
    words = officer.locator("#id_accept-words")
    words.wait_for()
    assert words.evaluate("one => document.activeElement === one")
    words.fill("Đã đối chiếu bản gốc")
    words.blur()
    officer.keyboard.press("a")
    officer.wait_for_url(f"**/origin/{second}/desk/**")
    officer.keyboard.press("d")
    assert officer.locator("#id_doubt-words").evaluate("one => document.activeElement === one")
    officer.locator("#id_doubt-words").blur()
    officer.keyboard.press("u")
    officer.wait_for_url("**/origin/?queue=waiting")
    assert desk.trouble == []


def test_axe_finds_nothing_serious_at_the_desk(customs: World, desk: Desk) -> None:
    key, number = registered(customs, paper(consignee="Somebody Else Ltd")), lodged(customs)
    officer = desk.sign_in("clearance_officer", bypass_csp=True)
    script, found = AXE.read_text(encoding="utf-8"), []
    addresses = ["/origin/", f"/origin/{key}/desk/?declaration={number}", f"/origin/{key}/balance/", HISTORY]
    for scheme in ("light", "dark"):
        officer.emulate_media(color_scheme=scheme)
        for address in (*addresses, f"/origin/{key}/", f"/calculator/agreements/?{ASKED}"):
            officer.goto(address)
            officer.evaluate(script)
            said: list[dict[str, Any]] = officer.evaluate(JUDGE, RULES)
            found += [(scheme, address, one["rule"], one["nodes"]) for one in said if one["impact"] in SERIOUS]
    assert found == []
