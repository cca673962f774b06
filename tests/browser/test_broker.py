"""A broker's morning by keyboard: what must be done by the clock, the first of it done, and one lodged again."""

from __future__ import annotations

import re

import pytest
from django.utils.timezone import localdate
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from tests.base.attachments.office import put
from tests.browser.conftest import Desk
from tests.browser.test_declarations import tab_to
from tests.clearance.declarations.operations.test_assigning import relayed
from tests.clearance.declarations.views.test_drafts import lodged
from tests.world import World, import_document
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.models import Declaration, Draft, Event, Template

pytestmark = pytest.mark.browser


@pytest.fixture
def waiting(customs: World) -> list[str]:
    """A yellow and a green declaration of the day before."""
    client, invoice = customs.client("broker"), import_document().invoice
    assert invoice is not None
    numbers = [lodged(client, invoice=replace(invoice, number=f"S-{place}")) for place in range(2)]
    for number, channel in zip(numbers, (2, 1), strict=True):
        Declaration.objects.filter(number=number).update(channel=channel)
    relayed()
    put(customs, f"declaration:{numbers[0]}")
    return numbers


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def typed(page: Page, key: str, text: str) -> None:
    """Fill a field of the form and leave it."""
    page.locator(f"[name='{key}']").fill(text)


def test_a_brokers_morning(customs: World, waiting: list[str], desk: Desk) -> None:
    page = desk.sign_in("broker")
    page.locator(".tq-desk[aria-current]").wait_for()
    press(page, "g", "2")
    page.wait_for_url(re.compile("/today/$"))
    rows = page.locator(".dc-todo tbody tr")
    expect(rows.first).to_contain_text(waiting[0])
    expect(rows.first.locator("time")).to_be_visible()
    expect(page.locator(".dc-todo")).to_contain_text(waiting[1])
    assert page.locator(".dc-todo tbody tr a").count() == rows.count(), "one button each"

    press(page, "j", "Enter")
    page.wait_for_url(re.compile(rf"/declarations/{waiting[0]}/"))
    expect(page.locator(".dc-plainly")).to_have_text(re.compile(":"))
    tab_to(page, ".dc-actions form[action$='/documents'] button")
    press(page, "Enter")
    page.wait_for_load_state()
    expect(page.locator(".dc-actions form[action$='/documents']")).to_have_count(0)
    assert Event.objects.filter(declaration__number=waiting[0], kind="file_documents").exists()

    tab_to(page, "details:has(#template-name) summary")
    press(page, "Enter")
    page.locator("#template-name").focus()
    page.keyboard.type("Táo Fuji, mỗi sáng")
    press(page, "Enter")
    page.wait_for_url(re.compile(r"/templates/\d+/$"))
    assert Template.objects.get().name == "Táo Fuji, mỗi sáng"
    tab_to(page, ".tq-main form button.btn-primary")
    press(page, "Enter")
    page.wait_for_url(re.compile(r"/draft/\d+/$"))
    expect(page.locator("[role=status] .tq-note").first).to_be_visible()
    assert page.locator("[name='invoice.number']").input_value() == ""

    today = localdate(now()).isoformat()
    typed(page, "invoice.number", "S-9")
    typed(page, "invoice.issued_on", today)
    typed(page, "arrival_on", today)
    typed(page, "bills_of_lading", "PX-9")
    typed(page, "vehicle.identifier", "桂FA9999")
    certificates = page.locator("[name$='certificate.number']")
    for place in range(certificates.count()):
        certificates.nth(place).evaluate("box => { box.value = 'E26450000123499'; }")
    lines = page.locator("[name$='certificate.line']")
    for place in range(lines.count()):
        lines.nth(place).evaluate("(box, text) => { box.value = text; }", str(place + 1))
    page.locator("#lodge").focus()
    press(page, "Enter")
    page.wait_for_url(re.compile(r"/declarations/\d{12}/$"))
    assert Declaration.objects.count() == 3
    assert Draft.objects.latest("id").lodged_number
    assert not desk.trouble


def test_one_key_lodges_again_like_the_row(customs: World, waiting: list[str], desk: Desk) -> None:
    page = desk.sign_in("broker")
    page.goto("/declarations/?queue=all")
    page.locator(".dc-list").wait_for()
    press(page, "j", "l")
    page.wait_for_url(re.compile(r"/draft/\d+/$"))
    expect(page.locator("[role=status] .tq-note").first).to_be_visible()
    phone = desk.sign_in("broker", width=390)
    phone.goto("/today/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert not desk.trouble
