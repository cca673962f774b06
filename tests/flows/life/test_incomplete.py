"""A priority enterprise lodges an incomplete declaration and completes it within the days of the law; nobody else may."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from django.test import Client
from django.urls import reverse

from tests.clearance.control.gate import plain
from tests.clearance.declarations.filled import posted
from tests.flows.life.story import API, TRIES, Story
from tests.world import ENTERPRISE, as_json
from thongquan.base.accounts.operations import assess_enterprise
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core import clock
from thongquan.rules.document import Document, Vehicle

LEFT_OUT = ["packages", "package_unit", "counterpart.name", "invoice.number", "invoice.issued_on"]


def make_priority(story: Story) -> None:
    """Customs holds the enterprise of the story to be a priority enterprise from yesterday on."""
    at = clock.now()
    assess_enterprise(
        actor=system_actor("compliance"),
        tax_code=ENTERPRISE,
        valid_from=(at - timedelta(days=1)).date(),
        source="test",
        at=at,
        level=1,
        priority=True,
    )


def whole() -> Document:
    """What it says in the end."""
    return plain(invoice="LIFE-INCOMPLETE")


def lacking(document: Document) -> Document:
    """The same without what is not known yet."""
    assert document.invoice is not None
    invoice = msgspec.structs.replace(document.invoice, number=None, issued_on=None)
    return msgspec.structs.replace(document, invoice=invoice, counterpart=None, packages=None, package_unit=None)


def filled(story: Story, number: str) -> Document:
    """The declaration as it stands, with what was left out."""
    now, full = story.document(number), whole()
    assert now.invoice is not None
    assert full.invoice is not None
    dated = msgspec.structs.replace(now.invoice, number=full.invoice.number, issued_on=full.invoice.issued_on)
    return msgspec.structs.replace(
        now, invoice=dated, counterpart=full.counterpart, packages=full.packages, package_unit=full.package_unit
    )


def lodged(story: Story) -> str:
    """Number of an incomplete declaration that an officer wants to see documents of."""
    answer = story.ask(story.program("declarant"), f"{API}incomplete", as_json(lacking(whole())))
    assert answer["left_out"] == LEFT_OUT
    assert answer["complete_by"] is not None
    number = str(answer["number"])
    path = reverse("control:channel", args=[number])
    story.post("clearance_officer", path, act="raise", channel="2", reason="Nghi vấn trị giá")
    story.carry()
    return number


def test_lodged_incomplete_completed_and_cleared(story: Story) -> None:
    make_priority(story)
    number = lodged(story)
    assert story.steps(number)[0] == "lodge_incomplete"
    page = story.page("declarant").get(f"/declarations/{number}/").text
    assert "Complete the declaration" in page
    told = story.page("declarant").get(f"/declarations/{number}/complete").text
    assert "Left out when it was lodged:" in told
    story.pass_time(days=3)
    done = story.ask(story.program("declarant"), f"{API}{number}/complete", as_json(filled(story, number)))
    assert done["number"] == f"{number[:11]}1"
    assert done["consequences"] == []
    assert {one["path"] for one in done["changes"]} >= {"packages", "invoice.number"}
    story.carry()
    replayed = story.ask(story.program("declarant"), f"{API}{number}/replay", status=200)
    assert replayed["equal"] is True
    story.pay(number)
    story.check_documents(number)
    story.release(number)
    assert story.state(number) == "cleared"
    again = story.ask(
        story.program("declarant"), f"{API}{number}/complete", as_json(story.document(number)), status=422
    )
    assert [one["code"] for one in again["faults"]] == ["TQ-LIF-021"]
    story.holds()


def test_who_is_no_priority_enterprise_is_refused(story: Story) -> None:
    refused = story.ask(story.program("declarant"), f"{API}incomplete", as_json(lacking(whole())), status=422)
    assert [one["code"] for one in refused["faults"]] == ["TQ-LIF-020"]
    usual = story.ask(story.program("declarant"), API, as_json(lacking(whole())), status=422)
    assert {one["path"] for one in usual["faults"] if one["code"] == "TQ-DEC-001"} == set(LEFT_OUT)
    assert "Lodge incomplete" not in draft_page(story)
    make_priority(story)
    assert "Lodge incomplete" in draft_page(story)


def draft_page(story: Story) -> str:
    """The form of a fresh draft of the declarant."""
    begun = story.post("declarant", "/declarations/new/", flow="import")
    return str(story.page("declarant").get(begun["Location"]).text)


def test_only_what_may_wait_is_left_out_and_only_that_is_filled_in(story: Story) -> None:
    make_priority(story)
    fields = story.program("declarant").get(f"{API}incomplete").json()["fields"]
    assert set(LEFT_OUT) <= set(fields)
    without_office = msgspec.structs.replace(lacking(whole()), office=None)
    refused = story.ask(story.program("declarant"), f"{API}incomplete", as_json(without_office), status=422)
    assert [(one["code"], one["path"]) for one in refused["faults"]] == [("TQ-DEC-001", "office")]
    number = lodged(story)
    heavier = msgspec.structs.replace(filled(story, number), own_reference="KHAC")
    refused = story.ask(story.program("declarant"), f"{API}{number}/complete", as_json(heavier), status=422)
    assert [(one["code"], one["path"]) for one in refused["faults"]] == [("TQ-LIF-022", "own_reference")]
    part = msgspec.structs.replace(filled(story, number), packages=None, package_unit=None)
    refused = story.ask(story.program("declarant"), f"{API}{number}/complete", as_json(part), status=422)
    assert {one["code"] for one in refused["faults"]} == {"TQ-DEC-001"}
    assert (story.file(number)["version"], story.steps(number).count("complete")) == (0, 0)


def test_goods_may_go_before_the_declaration_is_complete_and_its_clock_stands_in_the_list(story: Story) -> None:
    make_priority(story)
    number = green(story)
    assert story.state(number) == "cleared"
    (row,) = story.program("declarant").get(f"{API}?text={number}").json()["declarations"]
    assert row["clock"]["name"] == "incomplete_declaration"
    assert row["clock"]["words"].startswith("Completing the declaration: due in 3")
    assert "Completion ·" in story.page("declarant").get("/declarations/").text
    story.ask(story.program("declarant"), f"{API}{number}/complete", as_json(filled(story, number)))
    assert story.state(number) == "cleared"
    assert "Completion ·" not in story.page("declarant").get("/declarations/").text


def green(story: Story) -> str:
    """Number of an incomplete declaration that nobody stopped; a random check stops one in some."""
    for turn in range(TRIES):
        document = msgspec.structs.replace(lacking(whole()), vehicle=Vehicle(identifier=f"12C-{turn:05d}"))
        answer = story.ask(story.program("declarant"), f"{API}incomplete", as_json(document))
        if answer["channel"] == 1:
            break
    story.carry()
    return str(answer["number"])


def test_late_completion_is_taken_and_told(story: Story) -> None:
    make_priority(story)
    number = lodged(story)
    story.pass_time(days=35)
    done = story.ask(story.program("declarant"), f"{API}{number}/complete", as_json(filled(story, number)))
    assert [one["code"] for one in done["consequences"]] == ["TQ-LIF-023"]


def test_the_form_lodges_incomplete_and_completes(story: Story) -> None:
    make_priority(story)
    begun = story.post("declarant", "/declarations/new/", flow="import")["Location"]
    declarant = story.page("declarant")
    answer = story.post(declarant, f"{begun}lodge", **posted(lacking(whole()), language="en"), incomplete="1")
    number = answer["Location"].split("/")[2]
    page = declarant.get(answer["Location"]).text
    assert "Left out for now:" in page
    started = story.post("declarant", f"/declarations/{number}/complete")["Location"].partition("#")[0]
    assert "Send the complete declaration" in declarant.get(started).text
    story.post(declarant, f"{started}send", **posted(filled(story, number), language="en"))
    assert story.document(number).packages == whole().packages
    assert "Completion ·" not in declarant.get("/declarations/").text


def test_a_stranger_and_a_neighbor_lodge_and_complete_nothing(story: Story) -> None:
    make_priority(story)
    number = lodged(story)
    nobody = Client(SERVER_NAME="127.0.0.1")
    body = as_json(whole())
    for path in (f"{API}incomplete", f"{API}{number}/complete"):
        assert nobody.post(path, body, "application/json").status_code == 401, path
        assert story.program("clearance_officer").post(path, body, "application/json").status_code == 403, path
    assert nobody.get(f"{API}incomplete").status_code == 401
