"""The money of whole stories: guarantees, reliefs, refunds, interest, priority enterprises."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import msgspec
from django.urls import reverse
from django.utils import timezone

from tests.clearance.control.gate import plain
from tests.flows.life.story import API, OFFICE, Story
from tests.flows.life.test_changes import dearer
from tests.world import ENTERPRISE, as_json
from thongquan.base.core import clock
from thongquan.clearance.revenue.queries import balance_of


def guaranteed(story: Story, number: str, limit: int, *, days: int = 60) -> None:
    """A single guarantee proposed by the declarant, accepted by a team leader, standing for what is open."""
    today = timezone.localdate(clock.now())
    given = {
        "tax_code": ENTERPRISE,
        "number": f"VCB-{number}",
        "kind": "single",
        "declaration": number,
        "guarantor": "Ngân hàng TMCP Ngoại thương Việt Nam",
        "office": OFFICE,
        "limit_vnd": str(limit),
        "valid_from": today.isoformat(),
        "valid_to": (today + timedelta(days=days)).isoformat(),
    }
    story.post("declarant", reverse("revenue:propose"), **given)
    kept = story.customs.run_sql("SELECT id FROM revenue_guarantee WHERE number = %s", given["number"])[0][0]
    story.post("team_leader", reverse("revenue:accept", args=[kept]))
    subject = f"declaration:{number[:11]}0"
    story.post("declarant", reverse("revenue:money", args=[subject]), guarantee=given["number"])
    story.carry()


def test_a_green_import_is_cleared_on_a_guarantee_and_pays_interest_from_clearance(story: Story) -> None:
    number = story.lodge(channel=1)
    owed = story.owed(number)
    guaranteed(story, number, owed)
    assert story.state(number) == "cleared"
    assert story.owed(number) == owed
    story.pass_time(days=20)
    balance = balance_of(f"declaration:{number}", at=clock.now())
    taxes = balance.open_taxes_vnd
    assert balance.interest_vnd >= (taxes * Decimal("0.0003") * 19).quantize(Decimal(1))
    assert balance.interest_vnd <= (taxes * Decimal("0.0003") * 20).quantize(Decimal(1)) + 1
    story.pay(number, owed)
    assert balance_of(f"declaration:{number}").open_taxes_vnd == 0


def test_what_an_amendment_makes_too_much_is_claimed_and_paid_back(story: Story) -> None:
    number = story.ask(story.program("declarant"), API, as_json(dearer(plain(invoice="REFUND-1"))))["number"]
    story.carry()
    if story.file(number)["channel"] == 1:
        path = reverse("control:channel", args=[number])
        story.post("clearance_officer", path, act="raise", channel="2", reason="Trị giá")
    paid = story.pay(number)
    story.amend(number, plain(invoice="REFUND-1"))
    balance = balance_of(f"declaration:{number}")
    assert balance.open_vnd == 0
    assert 0 < balance.overpaid_vnd < paid
    assert story.state(number) == "settled"


def test_a_temporary_import_is_re_exported_under_its_number(story: Story) -> None:
    today = timezone.localdate(clock.now())
    document = plain(invoice="TEMP-1")
    lines = tuple(msgspec.structs.replace(one, schedule="B01", certificate=None) for one in document.lines)
    document = msgspec.structs.replace(document, regime="G12", temporary_until=today + timedelta(days=180), lines=lines)
    number = story.ask(story.program("declarant"), API, as_json(document))["number"]
    story.carry()
    missing = msgspec.structs.replace(story.export(), regime="G22")
    refused = story.ask(story.program("declarant"), API, as_json(missing), status=422)
    assert "temporary_reference" in {fault["path"] for fault in refused["faults"]}
    again = msgspec.structs.replace(missing, temporary_reference=number)
    assert story.ask(story.program("declarant"), API, as_json(again))["number"][0] == "3"


def test_materials_for_processing_come_in_without_duty(story: Story) -> None:
    document = plain(invoice="PROC-1")
    lines = tuple(msgspec.structs.replace(one, schedule="B01", certificate=None) for one in document.lines)
    answer = story.ask(
        story.program("declarant"), API, as_json(msgspec.structs.replace(document, regime="E21", lines=lines))
    )
    story.carry()
    due = {tax["tax"]: tax["treatment"] for line in answer["lines"] for tax in line["taxes"]}
    treated = story.customs.run_sql(
        "SELECT treatment FROM tariff_regimetax WHERE regime = 'E21' AND tax = 'import_duty' ORDER BY valid_from DESC"
    )
    assert due["import_duty"] == treated[0][0]
    assert story.owed(answer["number"]) == int(answer["due_vnd"])


def test_a_fine_is_posted_to_its_case_and_paid_there(story: Story) -> None:
    number = story.lodge(channel=2)
    story.pay(number)
    subject = f"declaration:{number}"
    page = story.page("clearance_officer").get(reverse("violations:record") + f"?subject={subject}")
    assert page.status_code == 200
    given = {
        "subject": subject,
        "act": "short_duty_detected",
        "declared": "64029990, 10 %",
        "found": "64029910, 30 %",
        "difference_vnd": "10000000",
        "on": timezone.localdate(clock.now()).isoformat(),
    }
    begun = story.post("clearance_officer", reverse("violations:record") + f"?subject={subject}", **given)
    case = begun["Location"]
    story.post("clearance_officer", f"{case}propose", words="Đề nghị xử phạt theo Nghị định 169/2026")
    own = story.page("clearance_officer").post(f"{case}decide", {"decide-words": "Đồng ý"})
    assert own.status_code == 403
    story.post("team_leader", f"{case}decide", **{"decide-words": "Đồng ý"})
    story.carry()
    fine = story.customs.run_sql("SELECT subject, open_vnd FROM revenue_debt WHERE subject LIKE 'violation:%%'")
    assert [int(amount) for _subject, amount in fine] == [2_000_000]
    assert story.owed(number) == 0
    told = story.page("declarant").get(reverse("violations:list"))
    assert told.status_code == 200


def test_the_books_are_asked_by_those_in_scope_only(story: Story) -> None:
    number = story.lodge(channel=1)
    path = reverse("revenue:money", args=[f"declaration:{number}"])
    assert story.page("declarant").get(path).status_code == 200
    assert story.page("clearance_officer").get(path).status_code == 200
    assert story.page("neighbor_customs").get(path).status_code == 404
    assert story.page("partner_agency").get(path).status_code == 404
