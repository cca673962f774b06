"""Clocks of declarations: derived from stored events, in one read for a page, told in words to the side they bind."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.clearance.revenue.money import OFFICE, PROGRAM, guarantee
from tests.world import ENTERPRISE, World, import_document
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.clocking import NAMES, clock_html, exact_words, words_of
from thongquan.clearance.declarations.operations import lodge_declaration, take_step
from thongquan.clearance.declarations.queries import Filters, stand_of, worklist
from thongquan.clearance.declarations.queries.clocks import Due, clocks_of_declaration, clocks_that_matter
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.revenue.operations import assess, book_lodged, guarantee_liability
from thongquan.clearance.tariff.queries import calendar_of
from thongquan.rules.clocks import CUSTOMS, Clock
from thongquan.rules.terms import Left
from thongquan.rules.worktime import HANOI


def lodged(customs: World, invoice: str = "GX-2611-001", *, channel: int = 2) -> str:
    """The number of a fresh import, brought to a channel."""
    document = import_document(invoice=invoice)
    number = lodge_declaration(actor=customs.actor("declarant"), document=document, at=now(), source="api").number
    customs.run_sql(f"UPDATE declarations_declaration SET channel = {channel} WHERE number = '{number}'")
    return number


def morning(hour: int, minute: int = 0) -> datetime:
    """A time of the first working day after today, by the shipped calendar."""
    today = now().astimezone(HANOI).date()
    day = calendar_of("15BB", around=today).add_working_days(today, 1)
    return datetime.combine(day, time(hour, minute), HANOI)


def mattering(customs: World, role: str, number: str, at: datetime) -> Due:
    actor = customs.actor(role)
    return clocks_that_matter(actor=actor, rows=[stand_of(actor=actor, number=number)], at=at)[number]


def test_the_clock_that_binds_the_reader_comes_first(customs: World) -> None:
    number = lodged(customs)
    take_step(actor=customs.actor("declarant"), number=number, step=Step.FILE_DOCUMENTS, at=morning(9))
    officer = mattering(customs, "clearance_officer", number, morning(10, 20))
    trader = mattering(customs, "declarant", number, morning(10, 20))
    with translation.override("en"):
        assert (officer.clock.name, words_of(officer), officer.mine) == (
            "document_check",
            "due in 40 working minutes",
            True,
        )
        assert (trader.clock.name, trader.mine) == ("expiry_not_arrived", True)
        late = mattering(customs, "clearance_officer", number, morning(14, 0))
        assert words_of(late) == "overdue by 2 working hours"
    with translation.override("vi"):
        assert words_of(officer) == "còn 40 phút làm việc"
        assert words_of(late) == "quá hạn 2 giờ làm việc"


def test_an_approved_extension_is_counted_with_its_actor_as_approver(customs: World) -> None:
    number = lodged(customs, channel=3)
    take_step(actor=customs.actor("clearance_officer"), number=number, step=Step.PRESENT_GOODS, at=morning(9))
    before = mattering(customs, "clearance_officer", number, morning(9, 30))
    take_step(actor=customs.actor("team_leader"), number=number, step=Step.EXTEND_CHECK, at=morning(10))
    after = mattering(customs, "clearance_officer", number, morning(10, 30))
    assert before.clock.name == after.clock.name == "goods_check"
    assert after.clock.due_at - before.clock.due_at >= timedelta(days=2)


def test_the_page_shows_every_clock_and_the_one_that_matters(customs: World) -> None:
    number = lodged(customs)
    officer = customs.actor("clearance_officer")
    take_step(actor=customs.actor("declarant"), number=number, step=Step.FILE_DOCUMENTS, at=morning(9))
    take_step(actor=officer, number=number, step=Step.DOCUMENTS_CHECKED, at=morning(10))
    dues, matters = clocks_of_declaration(
        actor=officer, stand=stand_of(actor=officer, number=number), at=morning(10, 30)
    )
    assert {due.clock.name for due in dues} == {"document_check", "expiry_not_arrived", "expiry_documents"}
    assert matters is not None
    assert (matters.clock.name, matters.mine) == ("expiry_not_arrived", False)
    with translation.override("en"):
        assert words_of(next(due for due in dues if due.clock.name == "document_check")) == "ended in time"
    page = customs.client("clearance_officer").get(f"/declarations/{number}/").content.decode()
    assert page.count('<p class="dc-clock') == 3
    assert page.count("<time class=") == 1
    assert "23.2" in page


def own_reads(queries: CaptureQueriesContext) -> list[str]:
    """What was asked of the room's own tables; literals may differ."""
    return [re.sub(r"\d+|'[^']*'", "?", query["sql"]) for query in queries if "declarations_" in query["sql"]]


@pytest.mark.parametrize("address", ["/declarations/?queue=all", "/", f"/search/?q={ENTERPRISE}"])
def test_lists_show_clocks_in_one_read_however_many_rows(customs: World, address: str) -> None:
    lodged(customs, "GX-1")
    client = customs.client("clearance_officer")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        assert client.get(address).status_code == 200
    for place in range(2, 6):
        lodged(customs, f"GX-{place}")
    client.get(address)
    with CaptureQueriesContext(connection) as several:
        page = client.get(address).content.decode()
    assert page.count('class="dc-clock is-') == 5
    assert own_reads(several) == own_reads(one)
    assert sum("declarations_event" in read for read in own_reads(several)) == 1


def test_a_guarantee_is_timed_as_long_as_it_stands(customs: World) -> None:
    number = lodged(customs)
    subject, at = f"declaration:{number}", now()
    book_lodged(subjects={subject: OFFICE}, at=at)
    name = guarantee(customs.actor("team_leader"), limit=10**9)
    guarantee_liability(actor=PROGRAM, subject=subject, guarantee_number=name, at=at)
    take_step(actor=PROGRAM, number=number, step=Step.SETTLE, at=at)
    assert "guarantee" in names(customs, number)
    nothing: dict[str, Decimal] = {}
    zero = Decimal(0)
    assess(
        subject=subject,
        tax_code=ENTERPRISE,
        office=OFFICE,
        totals_vnd=nothing,
        fee_vnd=zero,
        secured_vnd=zero,
        reason="amended",
        actor=PROGRAM,
        at=at,
    )
    assert "guarantee" not in names(customs, number)


def names(customs: World, number: str) -> set[str]:
    actor = customs.actor("declarant")
    dues, _matters = clocks_of_declaration(actor=actor, stand=stand_of(actor=actor, number=number), at=now())
    return {due.clock.name for due in dues}


def test_a_declaration_that_ended_has_no_clock(customs: World) -> None:
    number = lodged(customs)
    take_step(actor=system_actor("control", offices=["15BB"]), number=number, step=Step.EXPIRE, at=now())
    rows, _more = worklist(actor=customs.actor("clearance_officer"), filters=Filters())
    assert clocks_that_matter(actor=customs.actor("clearance_officer"), rows=rows, at=morning(10)) == {}
    page = customs.client("clearance_officer").get("/declarations/").content.decode()
    assert 'class="dc-clock is-' not in page


def due(left: Left, *, obliges: bool = True, stopped: bool = False, name: str = "document_check") -> Due:
    at = datetime(2026, 11, 23, 11, 15, tzinfo=HANOI)
    clock = Clock(
        name=name,
        starts_at=at,
        due_at=at,
        stopped_at=at if stopped else None,
        for_whom=CUSTOMS,
        source="unverified: Customs Law 54/2014/QH13 Art. 23.2",
        verified=False,
        working=left.working,
        obliges=obliges,
    )
    return Due(clock=clock, left=left, mine=True)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (due(Left(1, "minutes", True, False)), "due in 1 working minute"),
        (due(Left(7, "hours", True, False)), "due in 7 working hours"),
        (due(Left(3, "days", True, True)), "overdue by 3 working days"),
        (due(Left(0, "minutes", False, False)), "due in 0 minutes"),
        (due(Left(35, "hours", False, True)), "overdue by 35 hours"),
        (due(Left(57, "days", False, False), obliges=False), "ends in 57 days"),
        (due(Left(2, "days", False, True), stopped=True), "ended 2 days late"),
        (due(Left(2, "days", False, False), stopped=True), "ended in time"),
    ],
)
def test_words_fit_what_is_left(one: Due, words: str) -> None:
    with translation.override("en"):
        assert words_of(one) == words


def test_the_exact_moment_its_law_and_what_is_unverified_are_told_on_hover() -> None:
    with translation.override("en"):
        told = exact_words(due(Left(40, "minutes", True, False)))
        assert told.startswith("Document check (customs) · ")
        assert "Art. 23.2" in told
        assert told.endswith("unverified")
        assert told.replace("&", "&amp;") in clock_html(due(Left(40, "minutes", True, False)))
    assert "–" in clock_html(None)


@pytest.mark.parametrize("language", ["vi", "zh-hans", "fr"])
def test_every_clock_and_its_words_are_translated(language: str) -> None:
    lefts = [Left(5, unit, working, False) for unit in ("minutes", "hours", "days") for working in (True, False)]
    with translation.override("en"):
        english = {name: str(words) for name, words in NAMES.items()} | {
            str(left): words_of(due(left)) for left in lefts
        }
    with translation.override(language):
        said = {name: str(words) for name, words in NAMES.items()} | {str(left): words_of(due(left)) for left in lefts}
    assert [name for name in said if said[name] == english[name]] == []
