"""An officer's evening by keyboard alone: a queue narrowed and kept, walked through, decided on, and the next one."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk
from tests.browser.test_declarations import tab_to
from tests.clearance.declarations.operations.test_assigning import relayed
from tests.clearance.declarations.views.test_drafts import lodged
from tests.world import World, import_document
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.models import Declaration
from thongquan.clearance.declarations.operations import take_step
from thongquan.clearance.declarations.states import Step

pytestmark = pytest.mark.browser


@pytest.fixture
def waiting(customs: World) -> list[str]:
    """Three yellow declarations whose documents wait for a check, and a red one lodged last."""
    client, invoice = customs.client("broker"), import_document().invoice
    assert invoice is not None
    numbers = [lodged(client, invoice=replace(invoice, number=f"E-{place}")) for place in range(4)]
    Declaration.objects.update(channel=2)
    Declaration.objects.filter(number=numbers[-1]).update(channel=3)
    relayed()
    for number in numbers:
        take_step(actor=customs.actor("broker"), number=number, step=Step.FILE_DOCUMENTS, at=now())
    return numbers


def numbers_on(page: Page) -> list[str]:
    return page.locator(".dc-list tbody th a").all_inner_texts()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_an_evening_by_keyboard_alone(customs: World, waiting: list[str], desk: Desk) -> None:
    page = desk.sign_in("clearance_officer")
    page.locator(".tq-desk[aria-current]").wait_for()
    press(page, "g", "2")
    page.wait_for_url(re.compile(r"/declarations/$"))
    assert numbers_on(page) == [waiting[3], *waiting[:3]], "the red one holds fresh apples"

    press(page, "f", "ArrowDown", "ArrowDown")
    tab_to(page, ".dc-filters details button")
    press(page, "Enter")
    page.wait_for_url(re.compile("channel=2"))
    assert numbers_on(page) == waiting[:3]
    tab_to(page, ".dc-fold summary")
    press(page, "Enter", "Tab")
    page.keyboard.type("Vàng tối nay")
    press(page, "Enter")
    expect(page.locator(".dc-saved li a")).to_have_text(re.compile("Vàng tối nay"))
    press(page, "]")
    page.wait_for_url(re.compile("queue=declarant"))
    press(page, "[")
    page.wait_for_url(re.compile("queue=team$"))
    tab_to(page, ".dc-saved li a")
    press(page, "Enter")
    page.wait_for_url(re.compile("channel=2"))

    press(page, "j", "x", "j", "j", "Shift+X")
    assert page.locator(".dc-list tbody .dc-pick input:checked").count() == 3
    expect(page.locator("#picked")).to_contain_text("3")
    press(page, "x", "k", "k", "x", "j", "x", "j")
    assert page.locator(".dc-list tbody .dc-pick input:checked").count() == 0
    press(page, "k", "k", "?")
    expect(page.locator("#keyboard-help")).to_be_visible()
    press(page, "Escape", "Enter")
    page.wait_for_url(re.compile(waiting[0]))
    expect(page.locator(".dc-queue")).to_contain_text("3")

    tab_to(page, ".dc-actions a[href$='/instruct']")
    press(page, "Enter")
    page.wait_for_url(re.compile("/instruct"))
    tab_to(page, "[name='path']")
    press(page, "ArrowDown")
    tab_to(page, "[name='words']")
    page.keyboard.type("Số hóa đơn không khớp")
    tab_to(page, "button[value='send']")
    with page.expect_navigation():
        press(page, "Enter")
    page.wait_for_url(re.compile(rf"/{waiting[0]}/$"))
    assert Declaration.objects.get(number=waiting[0]).waiting_for == "declarant"

    press(page, "n")
    page.wait_for_url(re.compile(rf"/{waiting[1]}/\?queue=team&channel=2"))
    tab_to(page, ".dc-handled button")
    with page.expect_navigation():
        press(page, "Enter")
    expect(page.locator(".dc-handled")).to_contain_text("(bạn)")
    press(page, "u")
    page.wait_for_url(re.compile(r"/declarations/\?queue=team&channel=2$"))
    assert numbers_on(page) == waiting[1:3]
    assert Declaration.objects.get(number=waiting[1]).assigned_to == customs.actor("clearance_officer").reference
    assert not desk.trouble


def test_counts_follow_without_anything_jumping(customs: World, waiting: list[str], desk: Desk) -> None:
    page = desk.sign_in("clearance_officer")
    page.goto("/declarations/")
    place = page.locator(".dc-list").bounding_box()
    press(page, "j")
    take_step(actor=customs.actor("clearance_officer"), number=waiting[0], step=Step.CANCEL, at=now())
    page.evaluate("htmx.ajax('GET', '/declarations/queues/counts', {swap: 'none'})")
    expect(page.locator("#count-team")).to_contain_text("3")
    assert page.locator(".dc-list").bounding_box() == place
    assert page.evaluate("document.activeElement.closest('tr') !== null"), "the row keeps the focus"
    assert len(numbers_on(page)) == 4, "rows stay until one asks again"
    phone = desk.sign_in("clearance_officer", width=390)
    phone.goto("/declarations/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_queue_is_read_without_scripts(waiting: list[str], desk: Desk) -> None:
    page = desk.sign_in("clearance_officer", java_script_enabled=False)
    page.goto("/declarations/?queue=team&channel=2")
    assert numbers_on(page) == waiting[:3]
    page.locator(".dc-pick input").nth(1).check()
    page.locator(".dc-acts button[value='take']").click()
    page.locator(".dc-confirm .btn-primary").click()
    assert page.locator(".dc-yes").count() == 1
    page.goto("/declarations/?queue=mine")
    page.locator(".dc-list tbody a").first.click()
    assert page.locator("a[rel='next']").count() == 0
    page.locator(".dc-queue a").first.click()
    page.wait_for_url(re.compile("queue=mine"))
