"""Checks in a real browser: papers beside what is declared, an act typed without network, two people on a channel."""

from __future__ import annotations

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.base.attachments import made
from tests.base.attachments.office import put, read_all
from tests.browser.conftest import Desk
from tests.clearance.control.operations.test_photos import picture
from tests.clearance.control.yard import act_of, drawn, lodged, routers
from tests.world import World
from thongquan.academy.duty import put_demo_officers_on_duty
from thongquan.base.accounts.models import User
from thongquan.base.accounts.queries import Actor, actor_of
from thongquan.base.core.clock import now
from thongquan.clearance.control.operations.acts import save_line
from thongquan.clearance.control.operations.inspections import assign_inspection
from thongquan.clearance.control.queries.inspections import Measured
from thongquan.clearance.declarations.queries import stand_of

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)
WITHOUT_NETWORK = ("Failed to load resource: net::ERR_INTERNET_DISCONNECTED", "htmx:")
LOST = """
const real = globalThis.fetch;
let lost = false;
globalThis.fetch = async (...asked) => {
  const answer = await real(...asked);
  if (!lost && String(asked[0]).endsWith("/kept")) { lost = true; throw new TypeError("the answer was lost"); }
  return answer;
};
void 0;
"""
"""The first entries reach the office, and their answer does not come back."""


def test_a_document_check_is_made_with_the_papers_beside_it(customs: World, desk: Desk) -> None:
    number = lodged(customs, now(), channel=2, document=routers("GX-1"))
    subject = f"declaration:{number}"
    invoice = put(customs, subject, made.pdf(pages=2))
    put(customs, subject, made.TEXT, kind="PKL")
    read_all()
    page = desk.sign_in("clearance_officer")
    page.goto(f"/control/{number}/documents")
    page.locator(".tq-head form button.btn-primary, form[action$='/begin'] button").first.click()
    shown = page.locator("#viewer img")
    expect(shown).to_have_attribute("src", f"/files/{invoice.file.id}/page-1.jpg")
    page.keyboard.press(".")
    expect(shown).to_have_attribute("src", f"/files/{invoice.file.id}/page-2.jpg")
    page.wait_for_function("document.querySelector('#viewer img').naturalWidth > 0")
    page.keyboard.press("+")
    expect(page.locator(".at-sheet")).to_have_class("at-sheet is-150")
    boxes = [page.locator(one).bounding_box() for one in (".ck-list", ".ck-view")]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"], "papers stand beside the checklist"
    page.locator("#point-weight .ck-paper a").click()
    expect(page.locator("#viewer .at-words").first).to_contain_text("Hóa đơn số 1")
    assert page.url.partition("?")[2], "the address says which paper"
    for point in page.locator(".ck-point").all():
        with page.expect_response("**/documents/point"):
            point.locator("input[value='agrees']").check(force=True)
    page.locator("#conclude button").click()
    page.wait_for_load_state()
    rows = customs.run_sql("SELECT outcome FROM control_documentcheck")
    assert rows == [("agrees",)]
    assert desk.trouble == []


def inspectors(customs: World, number: str) -> tuple[Actor, Actor]:
    """Two demo officers on duty, drawn for the inspection."""
    at = now()
    put_demo_officers_on_duty(at=at)
    known = User.objects.filter(email__startswith="clearance.officer", is_demo=True)
    assign_inspection(actor=customs.actor("clearance_officer"), number=number, at=at)
    first, second = drawn(customs.actor("clearance_officer"), number, [actor_of(one, at, mfa=True) for one in known])
    return first, second


def test_an_act_typed_without_network_arrives_exactly_once(customs: World, desk: Desk) -> None:
    number = lodged(customs, now(), document=routers("GX-1"))
    first, second = inspectors(customs, number)
    page = desk.sign_in(str(first.user_id), width=390)
    page.goto(f"/control/{number}/inspection")
    page.locator("#act.is-at-hand").wait_for()
    state = page.locator("#act-state")

    page.context.set_offline(True)
    page.locator("#act-place").fill("Bãi 2")
    page.locator("#line-1 input[value='no']").check(force=True)
    page.locator("#quantity-1").fill("280")
    page.locator("#quantity-1").blur()
    page.locator("#line-1 .ck-note summary").click()
    page.locator("#found-1").fill("280 chiếc")
    page.locator("#line-1 .ck-note button").click()
    page.locator("#act-photos").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture(40)})
    expect(state).to_contain_text("(4)")
    expect(page.locator("#saved-1")).to_contain_text("giữ trên thiết bị này")
    page.locator(".ck-bottom .ck-sign-link").dispatch_event("click")
    expect(state).to_contain_text("Ký cần có mạng")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    page.reload()
    expect(page.locator("#quantity-1")).to_have_value("280")
    expect(page.locator("#act-place")).to_have_value("Bãi 2")
    expect(state).to_contain_text("(4)")
    assert act_of(first, number).lines == []

    page.evaluate(LOST)
    page.context.set_offline(False)
    expect(state).to_contain_text("đã gửi", timeout=60_000)
    expect(state).not_to_have_class("ck-state is-waiting")
    act = act_of(first, number)
    line = act.measured(1)
    assert line is not None
    assert line.quantity == Decimal(280)
    assert (act.place, [one.found for one in act.findings]) == ("Bãi 2", ["280 chiếc"])
    kinds = customs.run_sql("SELECT kind, count(*) FROM control_keptentry GROUP BY kind ORDER BY kind")
    assert kinds == [("finding", 1), ("line", 1), ("photo", 1), ("place", 1)]
    assert customs.run_sql("SELECT count(*) FROM attachments_attachment") == [(1,)]

    page.context.set_offline(True)
    page.locator("#quantity-1").fill("281")
    page.locator("#quantity-1").blur()
    expect(state).to_contain_text("(1)")
    theirs = Measured(line=1, agrees=False, quantity=Decimal(290))
    save_line(actor=second, number=number, measured=theirs, at=now())
    page.context.set_offline(False)
    odd = page.locator("#saved-1 .ck-refused")
    expect(odd).to_contain_text("290", timeout=60_000)
    expect(odd).to_contain_text(second.name)
    page.locator("#saved-1 button").first.click()
    expect(page.locator("#saved-1")).to_contain_text("đã gửi")
    line = act_of(first, number).measured(1)
    assert line is not None
    assert line.quantity == Decimal(281)
    assert [one for one in desk.trouble if not one.startswith(WITHOUT_NETWORK)] == []


def test_two_people_lower_a_channel(customs: World, desk: Desk) -> None:
    number = lodged(customs, now(), document=routers("GX-1"))
    officer, leader = desk.sign_in("clearance_officer"), desk.sign_in("team_leader")
    officer.goto(f"/control/{number}/channel/")
    officer.locator("label[for='down-2']").click()
    officer.locator("#reason-down").fill("Lô hàng thường xuyên, đã kiểm tra lô trước")
    officer.locator("button[value='propose']").click()
    officer.goto(f"/control/{number}/channel/")
    expect(officer.locator("button[value='sign']")).to_have_count(0)
    leader.goto("/control/lowered/")
    leader.get_by_role("link", name=number).click()
    leader.locator("#note").fill("Đồng ý")
    leader.locator("button[value='sign']").click()
    leader.wait_for_url(f"**/declarations/{number}/")
    assert stand_of(actor=customs.actor("clearance_officer"), number=number).channel == 2
    watcher = desk.sign_in("internal_control")
    watcher.goto("/control/lowered/")
    row = watcher.get_by_role("row").filter(has_text=number)
    for role in ("clearance_officer", "team_leader"):
        expect(row).to_contain_text(customs.actor(role).name)
    assert desk.trouble == []
