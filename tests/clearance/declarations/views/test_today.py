"""What a declarant or broker has to do now: one list by the clock, across enterprises or for one of them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import translation
from django.utils.timezone import localdate
from msgspec.structs import replace

from tests.clearance.declarations.operations.test_assigning import relayed
from tests.clearance.declarations.views.test_drafts import lodged
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World, import_document
from thongquan.base.core.clock import now
from thongquan.clearance.casework.operations.questions import ask_question, follow_up
from thongquan.clearance.declarations.models import Declaration
from thongquan.clearance.declarations.operations import start_draft, take_step
from thongquan.clearance.declarations.operations.preregistering import preregister
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.declarations.todo import todo_sources, todos_of

TODAY = "/today/"


def told(customs: World, role: str = "broker", *, most: int = 50) -> list[tuple[str, str]]:
    """Sentence and what it is about, in order."""
    with translation.override("en"):
        return [(str(one.what), one.name) for one in todos_of(customs.actor(role), now(), most=most).rows]


def morning(customs: World) -> list[str]:
    """A red, a yellow and a green declaration, each with duties open."""
    client, invoice = customs.client("broker"), import_document().invoice
    assert invoice is not None
    numbers = [lodged(client, invoice=replace(invoice, number=f"M-{place}")) for place in range(3)]
    for number, channel in zip(numbers, (3, 2, 1), strict=True):
        Declaration.objects.filter(number=number).update(channel=channel)
    relayed()
    return numbers


def test_everything_that_waits_stands_in_one_list_by_the_clock(customs: World) -> None:
    red, yellow, green = morning(customs)
    found = todos_of(customs.actor("broker"), now(), most=50).rows
    dues = [one.due_at for one in found if one.due_at]
    assert dues == sorted(dues)
    assert [one.due_at is None for one in found] == sorted(one.due_at is None for one in found), "no clock: at the end"
    rows = told(customs)
    assert ("Attach and file the documents", red) in rows
    assert ("Present the goods for inspection", red) in rows
    assert ("Attach and file the documents", yellow) in rows
    pay = "Pay or secure the duties, so that the goods are released"
    assert {name for what, name in rows if what == pay} == {red, yellow, green}
    assert all(one.amount_vnd for one in found if str(one.url).startswith("/revenue/"))
    assert ("Attach and file the documents", green) not in rows


def test_what_was_done_leaves_the_list_and_what_customs_asks_comes(customs: World) -> None:
    red, yellow, _green = morning(customs)
    take_step(actor=customs.actor("broker"), number=yellow, step=Step.FILE_DOCUMENTS, at=now())
    assert ("Attach and file the documents", yellow) not in told(customs)
    fields = [{"path": "invoice.number", "words": "Số hóa đơn không khớp", "example": ""}]
    take_step(
        actor=customs.actor("clearance_officer"), number=red, step=Step.INSTRUCT, at=now(), data={"fields": fields}
    )
    with translation.override("en"):
        asked = next(one for one in todos_of(customs.actor("broker"), now(), most=50).rows if one.name == red)
        assert str(asked.what) == "Correct what customs asked for", "the shortest clock stands first"
    assert asked.url == f"/declarations/{red}/amend"


def test_drafts_pre_registered_data_and_answers_stand_there_too(customs: World) -> None:
    number = lodged(customs.client("broker"))
    actor, at = customs.actor("broker"), now()
    start_draft(actor=actor, content={"flow": "import", "fields": {}, "lines": []}, at=at)
    kept = preregister(actor=actor, document=import_document(), at=at)
    thread = ask_question(actor=actor, number=number, topic="Giá", text="Vì sao?", at=at)
    assert "Read the answer of the office, and close the question or go on" not in dict(told(customs))
    follow_up(actor=customs.actor("clearance_officer"), thread_id=thread, text="Theo hóa đơn", at=at)
    rows = dict(told(customs))
    assert rows["Register the pre-registered data before they lapse"] == kept.number
    assert rows["Read the answer of the office, and close the question or go on"] == number
    assert "Finish the draft and lodge it" in rows


def test_a_longer_list_says_where_the_rest_stands(customs: World) -> None:
    for _one in range(3):
        start_draft(actor=customs.actor("broker"), content={"flow": "import"}, at=now())
    found = todos_of(customs.actor("broker"), now(), most=2)
    assert len(found.rows) == 2
    assert [one.all_of_them for one in found.longer] == ["declarations:drafts"]


def test_the_list_is_made_with_as_many_reads_however_long_it_is(
    customs: World, django_assert_max_num_queries: Any
) -> None:
    morning(customs)
    actor = customs.actor("broker")
    todos_of(actor, now(), most=50)
    with django_assert_max_num_queries(20):
        todos_of(actor, now(), most=50)
    assert len(todo_sources.known) == 9


def test_the_page_keeps_to_one_enterprise_and_says_so_in_its_address(customs: World) -> None:
    client = customs.client("broker")
    number = morning(customs)[0]
    page = client.get(TODAY).content.decode()
    assert number in page
    assert re.search(rf'href="/declarations/{number}/"', page)
    chosen = client.post("/declarations/enterprise", {"enterprise": ENTERPRISE, "next": TODAY})
    assert chosen["location"] == f"{TODAY}?enterprise={ENTERPRISE}"
    assert number in client.get(chosen["location"]).content.decode()
    away = client.post("/declarations/enterprise", {"enterprise": OTHER_ENTERPRISE, "next": "https://evil.example/"})
    assert away["location"] == f"{TODAY}?enterprise=", "an enterprise of others is not chosen, nor another site gone to"
    assert number in client.get(f"/declarations/?enterprise={ENTERPRISE}&queue=all").content.decode()
    empty = client.get(f"/declarations/?enterprise={OTHER_ENTERPRISE}&queue=all").content.decode()
    assert number not in empty


def test_nothing_waits_is_said_and_the_home_page_shows_the_first(customs: World) -> None:
    client = customs.client("declarant")
    client.cookies["django_language"] = "en"
    assert "Nothing waits for you" in client.get(TODAY, headers={"accept-language": "en"}).content.decode()
    number = morning(customs)[0]
    assert number in client.get("/").content.decode()


def test_a_stranger_and_an_officer_have_no_such_list(customs: World) -> None:
    assert "login" in Client().get(TODAY)["location"]
    assert "login" in Client().post("/declarations/enterprise")["location"]
    officer = customs.client("clearance_officer")
    assert officer.get(TODAY).status_code == 403
    assert officer.post("/declarations/enterprise", {"enterprise": ENTERPRISE}).status_code == 403


def test_a_neighbor_sees_nothing_of_anothers_enterprise(customs: World) -> None:
    number = morning(customs)[0]
    Declaration.objects.filter(number=number).update(tax_code=OTHER_ENTERPRISE)
    moved = "UPDATE revenue_debt SET tax_code = %s WHERE subject = %s"
    customs.run_sql(moved, OTHER_ENTERPRISE, f"declaration:{number}")
    assert number not in {name for _what, name in told(customs)}


def test_what_is_overdue_stands_first_with_its_amount(customs: World) -> None:
    number = morning(customs)[2]
    until = localdate(now()) + timedelta(days=5)
    customs.run_sql(
        "UPDATE revenue_debt SET settled = true, released_on = %s WHERE subject = %s",
        until - timedelta(days=20),
        f"declaration:{number}",
    )
    found = [one for one in todos_of(customs.actor("broker"), now(), most=50).rows if "/revenue/" in one.url]
    late = next(one for one in found if one.name == number)
    assert late.is_late
    assert late.amount_vnd
    assert late.due_at is not None
    assert found[0] is late, "what is overdue stands before what has no day"
