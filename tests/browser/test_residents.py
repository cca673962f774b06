"""A resident's declaration over the quota, on a phone: prepared by the resident, registered and finished at the gate."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk
from tests.world import World

pytestmark = pytest.mark.browser


WAIT = 60_000
"""The first page of a fresh server compiles every template it meets."""


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_form_over_the_quota_at_the_width_of_a_phone(customs: World, desk: Desk) -> None:
    phone = desk.page(width=390)
    phone.goto("/residents/prepare/", timeout=WAIT)
    for name, text in (
        ("number", "020099654321"),
        ("full_name", "Hoàng Thị Mến"),
        ("commune", "Bảo Lâm"),
    ):
        phone.locator(f"#id_{name}").fill(text)
    for row, (hs, quantity, value) in enumerate((("08081000", "80", "1.500.000"), ("85166010", "4", "1.900.000")), 1):
        phone.locator(f"#hs-{row}").fill(hs)
        phone.locator(f"#quantity-{row}").fill(quantity)
        phone.locator(f"#value-{row}").fill(value)
    fits(phone)
    phone.locator(".rs-done .btn-primary").click()
    code = phone.locator(".rs-serial").inner_text()
    fits(phone)

    gate = desk.sign_in("gate_officer", width=390)
    gate.goto("/residents/")
    fits(gate)
    gate.locator("#code").fill(code)
    gate.locator("form:has(#code) button").click()
    expect(gate.locator("#id_full_name")).to_have_value("Hoàng Thị Mến")
    gate.locator("#rate-2").select_option("10")
    gate.locator("button[value=reckon]").click()
    expect(gate.locator("#preview")).to_contain_text("2.000.000")
    expect(gate.locator("#rate-2")).to_have_value("10")
    fits(gate)
    gate.locator("button[value=register]").click()
    gate.wait_for_url("**/residents/forms/*/")
    assert gate.locator("form[action$='/pay'], form[action$='/release']").count() == 0
    gate.locator("button[value=agrees]").click()
    gate.locator("form[action$='/pay'] button").click()
    gate.locator("form[action$='/release'] button").click()
    expect(gate.locator("form[action$='/exit'] button")).to_be_visible()
    fits(gate)
    rows = customs.run_sql("SELECT state, free_vnd, over_vnd, paid_at IS NOT NULL FROM residents_shortform")
    assert rows == [("released", 2_000_000, 1_400_000, True)]

    phone.reload()
    expect(phone.locator(".rs-big")).to_be_visible()
    assert "Mến" not in phone.content()
    assert desk.trouble == []


def test_identity_is_found_by_keyboard_alone(customs: World, desk: Desk) -> None:
    """Identity, goods, done: no mouse, and the person's standing appears as the number is left."""
    page = desk.page()
    page.goto("/accounts/login/", timeout=WAIT)
    page = desk.sign_in("gate_officer", page)
    page.goto("/residents/counter/")
    expect(page.locator("#id_number")).to_be_focused()
    page.keyboard.type("020099654399")
    page.keyboard.press("Tab")
    expect(page.locator(".rs-standing")).to_contain_text("2.000.000")
    page.locator("#id_full_name").focus()
    page.keyboard.type("Lý Thị Lan")
    page.keyboard.press("Tab")
    page.keyboard.type("Tân Thanh")
    page.locator("#hs-1").focus()
    page.keyboard.type("08081000")
    page.keyboard.press("Tab")
    page.keyboard.type("40")
    page.keyboard.press("Tab")
    page.keyboard.type("900000")
    page.keyboard.press("Enter")
    page.wait_for_url("**/residents/forms/*/")
    assert customs.run_sql("SELECT free_vnd FROM residents_shortform") == [(900_000,)]
    assert desk.trouble == []
