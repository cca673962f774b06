"""Declarations in a real browser: by keyboard alone, without losing a word, with every reason told."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk
from tests.clearance.declarations.filled import posted
from tests.clearance.declarations.views.test_drafts import lodged
from tests.world import World, import_document

pytestmark = pytest.mark.browser
MAX_TABS = 120


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(MAX_TABS):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(selector)


def write(page: Page, name: str, text: str) -> None:
    """Reach a field by Tab and type."""
    tab_to(page, f"[name='{name}']")
    page.keyboard.type(text)


def begin(page: Page) -> str:
    """A new draft, by keyboard; its address."""
    page.goto("/declarations/new/")
    tab_to(page, "#begin")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/draft/\d+/$"))
    return page.url


def saved(page: Page) -> None:
    """Wait until the server has what was typed last."""
    with page.expect_response(lambda answer: answer.url.endswith("/save") and answer.ok):
        page.evaluate("document.getElementById('draft').dispatchEvent(new Event('input'))")


def fill(page: Page, texts: dict[str, str]) -> None:
    """Fill the whole form at once, rows added as needed."""
    rows = 1 + max(int(name[6 : name.index("]")]) for name in texts if name.startswith("lines["))
    while page.locator("tbody.dc-line").count() < rows:
        page.locator("#add-line").click()
    page.evaluate(
        """texts => { const form = document.getElementById('draft');
          for (const [name, text] of Object.entries(texts)) if (form.elements[name]) form.elements[name].value = text;
          form.dispatchEvent(new Event('input')); }""",
        texts,
    )


def test_a_declaration_is_lodged_by_keyboard_alone(desk: Desk) -> None:
    page = desk.sign_in("declarant")
    begin(page)
    day = timezone.localdate()
    write(page, "regime", "A11")
    write(page, "counterpart.name", "Guangxi Pingxiang Trading")
    write(page, "party_relation", "4")
    write(page, "invoice.number", "KB-1")
    write(page, "invoice.issued_on", day.strftime("%m%d%Y"))
    write(page, "invoice.kind", "A")
    write(page, "invoice.price_kind", "A")
    write(page, "invoice.incoterm", "CIF")
    write(page, "invoice.currency", "CNY")
    write(page, "invoice.amount", "10.200,00")
    write(page, "invoice.payment_method", "TTR")
    write(page, "transport_mode", "4")
    write(page, "arrival_on", day.strftime("%m%d%Y"))
    write(page, "unloading_place", "VNHNG")
    write(page, "packages", "100")
    write(page, "package_unit", "CT")
    write(page, "lines[0].hs", "08081000")
    write(page, "lines[0].description", "Táo tươi giống Fuji, thùng 10 kg")
    write(page, "lines[0].origin", "trung quoc")
    expect(page.locator("#code-options [data-code='CN']")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[name='lines[0].origin']")).to_have_value("CN")
    write(page, "lines[0].quantity", "12.000")
    write(page, "lines[0].unit", "KGM")
    write(page, "lines[0].value", "10.200")
    write(page, "lines[0].vat_rate", "10")
    tab_to(page, "#lodge")
    page.keyboard.press("Enter")
    summary = page.locator(".tq-errors")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("TQ-DEC-001")
    expect(summary).to_contain_text("TQ-TAX-003")
    tab_to(page, "a[href='#f-office']")
    page.keyboard.press("Enter")
    expect(page.locator("[name='office']")).to_be_focused()
    page.keyboard.type("15BB")
    tab_to(page, ".dc-more summary")
    page.keyboard.type("") if page.locator("[name='lines[0].vat_reason']").is_visible() else page.keyboard.press(
        "Enter"
    )
    write(page, "lines[0].vat_reason", "Không thuộc diện giảm thuế")
    tab_to(page, "#lodge")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/declarations/\d{12}/$"))
    expect(page.locator(".tq-strip .tq-channel")).to_be_visible()
    assert desk.trouble == []


def test_faults_of_a_check_stand_at_their_fields(desk: Desk) -> None:
    page = desk.sign_in("broker")
    begin(page)
    page.locator("[name='lines[1].hs']").fill("99999999")
    page.locator("[name='office']").fill("99ZZ")
    page.keyboard.press("Control+Enter")
    summary = page.locator("#fault-summary")
    expect(summary).to_be_focused()
    expect(page.locator("#f-office")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("td:has(> #f-lines-1-hs) .dc-cell-fault")).to_be_visible()
    summary.locator("a[href='#f-lines-1-hs']").click()
    expect(page.locator("#f-lines-1-hs")).to_be_focused()
    expect(page.locator("#outcome .tq-channel")).to_have_count(0)
    assert desk.trouble == []


def test_a_draft_survives_a_lost_session(desk: Desk, customs: World) -> None:
    page = desk.sign_in("broker")
    url = begin(page)
    page.locator("[name='own_reference']").fill("TRUOC")
    saved(page)
    customs.run_sql("DELETE FROM django_session")
    page.locator("[name='counterpart.name']").fill("Sau khi hết phiên")
    page.locator("[name='lines[2].description']").fill("Dòng gõ sau khi hết phiên")
    expect(page.locator("#signed-out")).to_be_visible()
    page.locator("#signed-out a").click()
    page.wait_for_url(re.compile("/accounts/login/"))
    desk.sign_in("broker", page)
    page.goto(url)
    expect(page.locator("#restored")).to_be_visible()
    expect(page.locator("[name='own_reference']")).to_have_value("TRUOC")
    expect(page.locator("[name='counterpart.name']")).to_have_value("Sau khi hết phiên")
    expect(page.locator("[name='lines[2].description']")).to_have_value("Dòng gõ sau khi hết phiên")
    saved(page)
    other = desk.sign_in("broker")
    other.goto(url)
    expect(other.locator("[name='counterpart.name']")).to_have_value("Sau khi hết phiên")
    assert desk.trouble == []


def test_lodging_after_the_session_ended_loses_nothing(desk: Desk, customs: World) -> None:
    page = desk.sign_in("broker")
    url = begin(page)
    customs.run_sql("DELETE FROM django_session")
    page.locator("[name='counterpart.name']").fill("Gõ ngay trước khi nộp")
    page.locator("#lodge").click()
    page.wait_for_url(re.compile("/accounts/login/"))
    desk.sign_in("broker", page)
    page.goto(url)
    expect(page.locator("[name='counterpart.name']")).to_have_value("Gõ ngay trước khi nộp")


def test_rows_are_pasted_from_a_spreadsheet(desk: Desk) -> None:
    page = desk.sign_in("broker")
    url = begin(page)
    text = "\n".join(f"0808100{n}\tTáo tươi giống Fuji {n}\tCN\t1.{n}00,5\tKGM" for n in range(5))
    page.locator("[name='lines[0].hs']").evaluate(
        """(field, text) => { const clipboardData = new DataTransfer(); clipboardData.setData('text/plain', text);
          field.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true})); }""",
        text,
    )
    expect(page.locator("tbody.dc-line")).to_have_count(5)
    expect(page.locator("[name='lines[4].description']")).to_have_value("Táo tươi giống Fuji 4")
    expect(page.locator("[name='lines[3].quantity']")).to_have_value("1.300,5")
    page.locator("tbody.dc-line").nth(1).locator(".dc-copy").click()
    page.locator("tbody.dc-line").nth(0).locator(".dc-remove").click()
    expect(page.locator("tbody.dc-line")).to_have_count(5)
    expect(page.locator("[name='lines[0].hs']")).to_have_value("08081001")
    expect(page.locator("[name='lines[1].hs']")).to_have_value("08081001")
    saved(page)
    page.goto(url)
    expect(page.locator("[name='lines[4].hs']")).to_have_value("08081004")
    assert desk.trouble == []


def test_an_officer_reads_why_and_replays(desk: Desk, customs: World) -> None:
    number = lodged(customs.client("broker"))
    page = desk.sign_in("clearance_officer")
    page.keyboard.press("/")
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/declarations/{number}/")
    page.get_by_role("link", name="Vì sao?").click()
    expect(page.locator("#why")).to_be_in_viewport()
    expect(page.locator("#why .tq-law").first).to_contain_text("TQ-CHN")
    page.locator(".dc-facts summary").click()
    expect(page.locator(".dc-facts dd").first).to_be_visible()
    page.locator(".dc-duties .tq-unfold summary").nth(1).click()
    expect(page.locator(".dc-because").first).to_be_visible()
    page.locator(".dc-replay button").click()
    expect(page.locator(".dc-replayed")).to_contain_text("Trùng khớp từng bit")
    assert desk.trouble == []


def test_the_language_is_switched(desk: Desk, customs: World) -> None:
    number = lodged(customs.client("broker"))
    page = desk.sign_in("clearance_officer")
    for code, word in (("en", "Why?"), ("zh-hans", "为什么？"), ("fr", "Pourquoi ?"), ("vi", "Vì sao?")):
        page.goto(f"/declarations/{number}/")
        page.locator(".tq-menu summary").first.click()
        page.locator(f"button[name='language'][value='{code}']").click()
        expect(page.locator("#title-why")).to_contain_text(word)
        assert page.locator("html").get_attribute("lang") == code


def test_the_list_is_walked_by_keyboard(desk: Desk, customs: World) -> None:
    client = customs.client("broker")
    numbers = [lodged(client, bills_of_lading=(f"B-{place}",)) for place in range(2)]
    page = desk.sign_in("clearance_officer")
    page.goto("/declarations/?queue=all")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/declarations/{numbers[0]}/?queue=all*")
    assert desk.trouble == []


def test_everything_is_readable_and_a_draft_can_be_lodged_without_script(desk: Desk, customs: World) -> None:
    page = desk.sign_in("broker", java_script_enabled=False)
    page.goto("/declarations/new/")
    page.locator("#begin").click()
    for name, text in posted(import_document()).items():
        if name == "language" or (name.startswith("lines[") and "[0]" not in name):
            continue
        field = page.locator(f"[name='{name}']")
        fold = page.locator("details:not([open]) > summary", has=page.locator("h2"))
        if fold.count():
            fold.first.click()
        more = page.locator("tbody.dc-line").first.locator("details:not([open]) > summary")
        if more.count():
            more.first.click()
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)
    page.locator("[name='invoice.amount']").fill("10.200")
    page.locator("#lodge").click()
    page.wait_for_url(re.compile(r"/declarations/\d{12}/$"))
    expect(page.locator("#why .tq-law").first).to_be_visible()
    page.locator(".dc-duties .tq-unfold summary").nth(1).click()
    expect(page.locator(".dc-because").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_a_phone(desk: Desk, customs: World, scheme: str) -> None:
    number = lodged(customs.client("broker"))
    page = desk.sign_in("broker", width=390, color_scheme=scheme)
    draft = begin(page)
    fill(page, posted(import_document(invoice="PH-1")))
    saved(page)
    for path in ("/", "/declarations/", f"/declarations/{number}/", draft, "/declarations/upload/", "/search/?q=tao"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    assert desk.trouble == []
