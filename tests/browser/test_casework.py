"""A note that names a colleague by keyboard, and a question asked and answered, in a real browser."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Desk
from tests.clearance.casework.people import colleague
from tests.clearance.control.yard import lodged
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.casework.operations.presence import beat
from thongquan.clearance.casework.queries.notes import count_mentions

pytestmark = pytest.mark.browser


def test_a_mention_by_keyboard_and_a_question_with_its_answer(customs: World, desk: Desk) -> None:
    at = now()
    other, number = colleague(at), lodged(customs, at)
    beat(actor=other, number=number, work="check", at=now())
    officer = desk.sign_in("clearance_officer")
    officer.goto(f"/declarations/{number}/")
    officer.get_by_text("Lê Văn Hòa đang kiểm tra hồ sơ").wait_for()
    text = officer.locator("#id_text")
    text.press_sequentially("Nhờ @hoa")
    officer.locator(".cw-offered li", has_text="Lê Văn Hòa").wait_for()
    text.press("Enter")
    text.press_sequentially("xem")
    assert text.input_value() == "Nhờ @Lê Văn Hòa xem"
    officer.locator("#notes form.cw-form button").click()
    officer.locator("#notes .cw-named").wait_for()
    assert count_mentions(other) == 1

    trader = desk.sign_in("declarant")
    trader.goto(f"/questions/ask/{number}/")
    trader.locator("#id_topic").fill("Trị giá")
    trader.locator("#id_text").fill("Vì sao?")
    trader.locator("form button.btn-primary").click()
    trader.locator(".cw-message").wait_for()
    thread = trader.url
    assert trader.locator(".tq-presence").count() == 0
    officer.goto("/questions/")
    officer.get_by_role("link", name="Trị giá").click()
    officer.locator("#id_text").fill("Theo hợp đồng.")
    officer.locator("button[value='say']").click()
    officer.locator(".cw-message.is-customs").wait_for()
    trader.goto(thread)
    trader.get_by_text("Theo hợp đồng.").wait_for()
    assert desk.trouble == []
