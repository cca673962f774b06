"""A verification in a real browser: opened from the certificate, asked and written to, clean for axe, narrow and dark."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Desk
from tests.browser.test_access import AXE, JUDGE, RULES, SERIOUS
from tests.clearance.origin.papers import one_line, registered
from tests.clearance.origin.verification.cases import ended, opened, requested, used
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.origin.operations import ask_documents, ask_explanation, write_note

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("TQ_PICTURES", "")


def furnished(customs: World) -> int:
    """A case in the middle of its life beside two that are closed."""
    key, _number = used(customs)
    ended(customs, opened(customs, registered(customs, one_line("9", number="QQ-1"))), "genuine", "accepted")
    ended(
        customs, opened(customs, registered(customs, one_line("9", number="QQ-2", issuer="BJ"))), "criterion", "refused"
    )
    officer = customs.actor("clearance_officer")
    case = opened(customs, key, words="Con dấu trên chứng từ khác mẫu đang lưu giữ")
    ask_explanation(actor=officer, verification=case, words="Đề nghị giải trình về con dấu và chữ ký.", at=now())
    ask_documents(actor=officer, verification=case, words="Bảng kê nguyên liệu và quy trình sản xuất.", at=now())
    requested(customs, case)
    write_note(actor=officer, verification=case, words="Đã gọi điện cho người khai.", at=now())
    return case


def test_a_verification_is_opened_and_asked_at_the_desk(customs: World, desk: Desk) -> None:
    key = registered(customs)
    page = desk.sign_in("clearance_officer")
    page.goto(f"/origin/{key}/")
    page.locator(f"a[href='/origin/{key}/verify/']").click()
    page.locator("#id_words").fill("Con dấu lạ")
    page.locator("main form button.btn-primary").click()
    page.locator("summary", has_text="Yêu cầu giải trình").click()
    page.locator("#id_explain-words").fill("Vì sao con dấu khác mẫu?")
    page.locator("form[action$='/explain'] button").click()
    expect(page.locator("main")).to_contain_text("Vì sao con dấu khác mẫu?")
    assert not desk.trouble


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark"), (1440, "dark"), (390, "light")])
def test_the_pages_are_clean_for_axe(customs: World, desk: Desk, width: int, scheme: str) -> None:
    case = furnished(customs)
    script = AXE.read_text(encoding="utf-8")
    page = desk.sign_in("clearance_officer", width=width, color_scheme=scheme)
    told = []
    for name, address in (
        ("case", f"/origin/verifications/{case}/"),
        ("list", "/origin/verifications/"),
        ("statistics", "/origin/verifications/statistics/"),
    ):
        page.goto(address)
        page.evaluate(script)
        found = page.evaluate(JUDGE, RULES)
        told += [(address, one["rule"], one["nodes"]) for one in found if one["impact"] in SERIOUS]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)
    assert told == []
