"""The gate in a real browser: the verdict is big on a phone, and slips are judged without any network."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Desk
from tests.clearance.control.gate import GATE, PLATE, cleared, plain, slip_for
from tests.world import World
from thongquan.base.core.clock import now

pytestmark = pytest.mark.browser


def test_the_verdict_is_readable_on_a_phone(customs: World, desk: Desk) -> None:
    _slip, code = slip_for(customs, cleared(customs, now()), now())
    page = desk.sign_in("gate_officer", width=390)
    page.goto("/control/gate/")
    page.locator("#code").fill(code)
    page.locator("#plate").fill(PLATE)
    page.locator(".cr-big").click()
    word = page.locator("#verdict .cr-word")
    expect(word).to_be_visible()
    assert page.locator("#verdict.is-pass").count() == 1
    assert float(word.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")) >= 40
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


DETECTOR = """
globalThis.BarcodeDetector = class {
  static async getSupportedFormats() { return FORMATS; }
  async detect() { return globalThis.shown ? [{ rawValue: globalThis.shown }] : []; }
};
navigator.mediaDevices.getUserMedia = async () => {
  if (globalThis.denied) throw new DOMException("denied", "NotAllowedError");
  const canvas = document.createElement("canvas");
  canvas.getContext("2d").fillRect(0, 0, 8, 8);
  return canvas.captureStream(5);
};
"""
"""A camera and a reader of squares of our own: it sees what the test holds before it (`shown`)."""


def test_a_square_before_the_camera_fills_the_slip_and_is_judged(customs: World, desk: Desk) -> None:
    first, code = slip_for(customs, cleared(customs, now()), now())
    page = desk.sign_in("gate_officer", width=390)
    page.add_init_script(DETECTOR.replace("FORMATS", '["qr_code"]'))
    page.goto("/control/gate/")
    page.locator("#scan").click()
    expect(page.locator("#camera")).to_be_visible()
    page.evaluate("code => { globalThis.shown = code }", code)
    expect(page.locator("#code")).to_have_value(code)
    expect(page.locator("#camera")).to_be_hidden()
    expect(page.locator("#plate")).to_be_focused()

    page.locator("#code").fill("")
    page.locator("#plate").fill(PLATE)
    page.locator("#scan").click()
    expect(page.locator("#verdict.is-pass")).to_be_visible()
    assert customs.run_sql("SELECT serial, verdict FROM control_slipuse") == [(first.serial, "passed")]
    assert desk.trouble == []


def test_without_a_reader_of_squares_the_field_and_a_hint_remain(customs: World, desk: Desk) -> None:
    _first, code = slip_for(customs, cleared(customs, now()), now())
    page = desk.sign_in("gate_officer", width=390)
    page.add_init_script("delete globalThis.BarcodeDetector")
    page.goto("/control/gate/")
    expect(page.locator("#scan-hint")).to_be_visible()
    expect(page.locator("#scan")).to_be_hidden()
    page.locator("#code").fill(code)
    page.locator("#plate").fill(PLATE)
    page.locator(".cr-big").click()
    expect(page.locator("#verdict.is-pass")).to_be_visible()

    page.add_init_script(DETECTOR.replace("FORMATS", '["qr_code"]') + "globalThis.denied = true;")
    page.goto("/control/gate/offline/")
    page.locator("#scan").click()
    expect(page.locator("#scan-hint")).to_be_visible()
    expect(page.locator("#camera")).to_be_hidden()
    assert desk.trouble == []


def test_slips_are_judged_without_network_and_uploaded_afterwards(customs: World, desk: Desk) -> None:
    """The page was open when the network went: the signature is checked by the browser, the use is kept and told later."""
    first, code = slip_for(customs, cleared(customs, now()), now())
    page = desk.sign_in("gate_officer")
    page.goto("/control/gate/offline/")
    page.context.set_offline(True)
    verdict = page.locator("#verdict")

    def judge(text: str, plate: str = PLATE) -> None:
        page.locator("#code").fill(text)
        page.locator("#plate").fill(plate)
        page.locator(".cr-big").click()

    judge(code[:-20] + ("A" if code[-20] != "A" else "B") + code[-19:])
    expect(verdict).to_have_class("cr-verdict is-hold")
    judge(code, plate="29C12345")
    expect(verdict).to_contain_text(PLATE)
    judge(code)
    expect(verdict).to_have_class("cr-verdict is-pass")
    judge(code)
    expect(verdict).to_have_class("cr-verdict is-hold")
    expect(page.locator("#count")).to_have_text("1")
    page.locator("#upload").click()
    expect(page.locator("#uploaded")).not_to_be_empty()
    expect(page.locator("#count")).to_have_text("1")
    page.context.set_offline(False)
    page.locator("#upload").click()
    expect(page.locator("#count")).to_have_text("0")
    rows = customs.run_sql("SELECT serial, gate, offline, verdict FROM control_slipuse")
    assert rows == [(first.serial, GATE, True, "passed")]
    desk.complaints = [told for told in desk.complaints if "ERR_INTERNET_DISCONNECTED" not in told]


def test_the_offline_page_opens_again_without_network(customs: World, desk: Desk) -> None:
    slip_for(customs, cleared(customs, now(), document=plain(invoice="GX-9")), now())
    page = desk.sign_in("gate_officer")
    page.goto("/control/gate/offline/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#judge")).to_be_visible()
    desk.complaints = [told for told in desk.complaints if "ERR_INTERNET_DISCONNECTED" not in told]
