"""Export certificates in a real browser: the origin is computed while costs are typed; axe finds nothing serious."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import Desk
from tests.browser.test_access import AXE, JUDGE, RULES, SERIOUS
from tests.clearance.origin.exports import issued, prepared
from tests.world import World

pytestmark = pytest.mark.browser


def test_the_regional_value_follows_the_typing(customs: World, desk: Desk) -> None:
    key = prepared(customs)
    trader = desk.sign_in("declarant")
    trader.goto(f"/origin/outbound/{key}/lines/2/")
    trader.locator("input[name=m_hs]").first.fill("420291")
    trader.locator("input[name=m_value]").first.fill("")
    trader.locator("input[name=m_value]").first.press_sequentially("58")
    trader.locator("#judged", has_text="(100 − 58) / 100").wait_for()
    trader.locator("input[name=m_value]").first.fill("59")
    trader.locator("#judged", has_text="RVC 41.00%").wait_for()
    trader.locator("button[value=save]").click()
    trader.wait_for_url(f"**/origin/outbound/{key}/")
    assert "RVC 41.00%" in trader.content()
    assert desk.trouble == []


def test_axe_finds_nothing_serious(customs: World, desk: Desk) -> None:
    key, done = prepared(customs), issued(customs)
    trader = desk.sign_in("declarant", bypass_csp=True)
    script, found = AXE.read_text(encoding="utf-8"), []
    pages = ("", "new/", "check/", f"{key}/", f"{key}/head/", f"{key}/lines/2/", f"{done}/")
    for scheme in ("light", "dark"):
        trader.emulate_media(color_scheme=scheme)
        for page in pages:
            trader.goto(f"/origin/outbound/{page}")
            trader.evaluate(script)
            said: list[dict[str, Any]] = trader.evaluate(JUDGE, RULES)
            found += [(scheme, page, one["rule"], one["nodes"]) for one in said if one["impact"] in SERIOUS]
    assert found == []
