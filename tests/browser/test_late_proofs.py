"""Awaited proofs of origin in a real browser: filed at the page, clean for axe in both schemes, whole on a phone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Desk
from tests.browser.test_access import AXE, JUDGE, RULES, SERIOUS
from tests.clearance.declarations.operations.test_late_proofs import announced, lodged
from tests.clearance.origin.papers import NUMBER, registered
from tests.world import World
from thongquan.base.core.clock import now

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("TQ_PICTURES", "")
"""A folder that pictures are put into, for people to look at."""


def test_a_declarant_files_a_late_proof_and_the_pages_are_clean(customs: World, desk: Desk) -> None:
    number = lodged(customs, announced(), now())
    registered(customs)
    page = desk.sign_in("declarant", bypass_csp=True)
    script, found = AXE.read_text(encoding="utf-8"), []
    for width, scheme in ((1440, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        for name, address in (("list", "/origin/late/"), ("late", f"/declarations/{number}/late")):
            page.goto(address)
            page.evaluate(script)
            said: list[dict[str, Any]] = page.evaluate(JUDGE, RULES)
            found += [f"{address}: {one}" for one in said if one["impact"] in SERIOUS]
            wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 0, (address, width)
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)
    assert found == []
    page.locator("#id_certificate").select_option(NUMBER)
    page.locator("form.tq-form button.btn-primary").click()
    page.wait_for_url("**/late")
    page.get_by_text(NUMBER).first.wait_for()
    assert desk.trouble == []
