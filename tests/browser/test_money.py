"""Payments in a real browser: a bank file is taken in, what nobody could match is assigned by hand."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import Desk
from tests.clearance.revenue.formats.files import row, table
from tests.clearance.revenue.money import lodged
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.revenue.queries import balance_of

pytestmark = pytest.mark.browser


def test_a_payment_is_matched_and_one_without_a_number_assigned(customs: World, desk: Desk) -> None:
    named, unnamed = lodged(), lodged()
    owed = [int(balance_of(subject).open_vnd) for subject in (named, unnamed)]
    today = timezone.localdate(now())
    file = table(
        row(owed[0], f"nop thue TK {number_of(named)}", on=today),
        row(owed[1], "nop thue cong ty Hoa Sen", on=today, reference="FT0002"),
    )
    page = desk.sign_in("clearance_officer")
    page.goto("/revenue/bank/")
    page.locator("input[type=file]").set_input_files({"name": "sao-ke.csv", "mimeType": "text/csv", "buffer": file})
    page.locator("main form[enctype] button").click()
    waits = page.locator("main tr", has_text="Hoa Sen")
    expect(waits).to_have_count(1)
    assert balance_of(named).settled
    assert not balance_of(unnamed).settled
    waits.locator("a").click()
    page.locator("input[name=number]").fill(number_of(unnamed))
    page.locator("input[name=amount_vnd]").fill(str(owed[1] + 1))
    page.locator("form:has(input[name=amount_vnd]) button").first.click()
    expect(page.locator("#id_amount_vnd")).to_be_visible()
    assert not balance_of(unnamed).settled, "a dong more than is owed is refused"
    page.locator("input[name=amount_vnd]").fill(str(owed[1]))
    page.locator("form:has(input[name=amount_vnd]) button").first.click()
    page.goto("/revenue/bank/")
    expect(waits).to_have_count(0)
    assert balance_of(unnamed).settled
    assert not desk.trouble


def number_of(subject: str) -> str:
    return subject.partition(":")[2]
