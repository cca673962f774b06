"""Declarations that change: amended, instructed, corrected, cancelled, lapsed, split, registered beforehand."""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec
from django.urls import reverse

from tests.clearance.control.gate import plain
from tests.flows.life.story import API, Story
from tests.world import as_json, import_document
from thongquan.base.core import clock
from thongquan.rules.document import Document


def changed(document: Document, **changes: object) -> Document:
    """The document as it shall read."""
    return msgspec.structs.replace(document, **changes)


def dearer(document: Document, times: int = 2) -> Document:
    """The same goods at a higher price."""
    lines = tuple(
        msgspec.structs.replace(one, unit_price=(one.unit_price or 0) * times, value=(one.value or 0) * times)
        for one in document.lines
    )
    total = sum((one.value or Decimal(0) for one in lines), Decimal(0))
    assert document.invoice is not None
    return msgspec.structs.replace(
        document, lines=lines, invoice=msgspec.structs.replace(document.invoice, amount=total)
    )


def test_an_amendment_gets_the_next_number_and_what_it_did_to_duties_is_told(story: Story) -> None:
    number = story.lodge(channel=1)
    owed = story.owed(number)
    answer = story.amend(number, dearer(story.document(number)))
    assert answer["number"] == f"{number[:11]}1"
    assert story.owed(number) > owed
    assert [one["code"] for one in answer["consequences"]] == ["TQ-LIF-005"]
    versions = story.program("declarant").get(f"{API}{number}/versions").json()
    assert {"unit_price", "value"} <= {re.split(r"[.\]]", change["path"])[-1] for change in versions["changes"]}
    page = story.page("declarant").get(f"/declarations/{number}/versions")
    assert page.status_code == 200


def test_a_settled_declaration_owes_again_when_it_is_amended_upwards(story: Story) -> None:
    number = story.lodge(channel=2)
    paid = story.pay(number)
    assert story.state(number) == "settled"
    story.amend(number, dearer(story.document(number)))
    assert story.state(number) == "channeled"
    assert story.owed(number) > 0
    story.pay(number)
    assert story.state(number) == "settled"
    assert paid > 0


def test_the_tenth_amendment_is_refused_with_the_way_out(story: Story) -> None:
    number = story.lodge()
    document = story.document(number)
    for count in range(1, 10):
        assert story.amend(number, changed(document, own_reference=f"R{count}"))["number"][-1] == str(count)
    refused = story.amend(number, changed(document, own_reference="R10"), status=422)
    assert [fault["code"] for fault in refused["faults"]] == ["TQ-LIF-002"]
    assert refused["faults"][0]["remedy"]
    assert story.file(number)["number"][-1] == "9"


def test_two_programs_that_amend_at_once_do_not_overwrite_each_other(story: Story) -> None:
    number = story.lodge()
    document = story.document(number)
    story.amend(number, changed(document, own_reference="A"), version=0)
    refused = story.amend(number, changed(document, own_reference="B"), version=0, status=422)
    assert refused["faults"]
    assert story.document(number).own_reference == "A"


def test_an_officer_instructs_and_the_declarant_opens_at_the_field(story: Story) -> None:
    number = story.lodge(channel=2)
    asked = {
        "path": ["lines[0].description"],
        "words": ["Nêu rõ nhãn hiệu và chất liệu"],
        "example": ["Dép nhựa EVA, quai ngang, hiệu Bình Minh, cỡ 36-44"],
    }
    assert story.page("clearance_officer").post(f"/declarations/{number}/instruct", asked).status_code == 302
    assert story.state(number) == "instructed"
    page = story.page("declarant").get(f"/declarations/{number}/").text
    assert "Nêu rõ nhãn hiệu" in page
    begun = story.post("declarant", f"/declarations/{number}/amend", focus="lines[0].description")
    assert "/declarations/draft/" in begun["Location"]
    assert begun["Location"].endswith("#f-lines-0-description")
    draft = story.page("declarant").get(begun["Location"].partition("#")[0]).text
    assert "hiệu Bình Minh" in draft
    document = story.document(number)
    line = msgspec.structs.replace(document.lines[0], description="Dép nhựa EVA, quai ngang, hiệu Bình Minh, cỡ 36-44")
    story.amend(number, changed(document, lines=(line, *document.lines[1:])))
    assert story.state(number) == "channeled"


def test_a_correction_by_customs_takes_two_people(story: Story) -> None:
    number = story.lodge(channel=2)
    begun = story.post("clearance_officer", f"/declarations/{number}/correct")
    draft = begun["Location"].partition("#")[0]
    officer = story.page("clearance_officer")
    form = dict(fields_of(officer.get(draft).text))
    form |= {"own_reference": "SUA-1", "reason": "Ghi sai số tham chiếu"}
    story.post(officer, f"{draft}send", **form)
    assert story.state(number) == "channeled"
    assert story.file(number)["version"] == 0
    decision = reverse("declarations:correction_decision", args=[number])
    assert story.page("clearance_officer").post(decision, {"do": "accept"}).status_code == 403
    story.post("team_leader", decision, do="accept", reason="Đúng")
    assert story.file(number)["version"] == 1
    assert story.document(number).own_reference == "SUA-1"
    assert story.steps(number)[-2:] == ["propose_correction", "confirm_correction"]


def fields_of(page: str) -> list[tuple[str, str]]:
    """Names and values of a form as a browser would send them."""
    found = []
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="file"' not in tag and ('type="checkbox"' not in tag or "checked" in tag):
            found.append((name[1], value[1] if value else ""))
    for name, inner in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>([\s\S]*?)</select>', page):
        chosen = re.search(r'<option value="([^"]*)"[^>]*selected', inner)
        found.append((name, chosen[1] if chosen else ""))
    found += re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([\s\S]*?)</textarea>', page)
    return [(name, value) for name, value in found if name and name != "csrfmiddlewaretoken"]


def test_a_cancelled_declaration_frees_its_goods_and_owes_nothing(story: Story) -> None:
    number = story.lodge(channel=1)
    document = story.document(number)
    asked = {"ground": "request", "reason": "Đối tác giao nhầm hàng"}
    story.ask(story.program("declarant"), f"{API}{number}/cancellation-requests", asked, status=202)
    story.post("clearance_officer", f"/declarations/{number}/cancel", do="cancel", ground="request", reason="Đồng ý")
    story.carry()
    assert story.state(number) == "cancelled"
    assert story.owed(number) == 0
    again = story.ask(story.program("declarant"), API, as_json(document))
    assert again["number"][:11] != number[:11]


def test_a_request_to_cancel_may_be_refused_and_the_declaration_goes_on(story: Story) -> None:
    number = story.lodge(channel=1)
    asked = {"ground": "request", "reason": "Đổi ý"}
    story.ask(story.program("declarant"), f"{API}{number}/cancellation-requests", asked, status=202)
    story.post("clearance_officer", f"/declarations/{number}/cancel", do="refuse", reason="Hàng đã về")
    assert story.state(number) == "channeled"
    story.pay(number)
    assert story.state(number) == "cleared"


def test_a_declaration_lapses_after_fifteen_days_and_not_before(story: Story) -> None:
    number = story.lodge(channel=3)
    story.pass_time(days=14)
    story.post("clearance_officer", f"/declarations/{number}/expire")
    assert story.state(number) == "channeled"
    story.pass_time(days=30)  # whatever days off move its last day
    assert "/expire" in story.page("clearance_officer").get(f"/declarations/{number}/").text
    story.post("clearance_officer", f"/declarations/{number}/expire")
    story.carry()
    assert story.state(number) == "expired"
    assert story.owed(number) == 0


def test_an_upload_of_120_lines_becomes_linked_declarations(story: Story) -> None:
    document = many_lines(120)
    refused = story.ask(story.program("declarant"), API, as_json(document), status=422)
    assert [fault["code"] for fault in refused["faults"] if fault["severity"] == "error"]
    answer = story.ask(story.program("declarant"), f"{API}?split=1", as_json(document))
    rows = story.customs.run_sql("SELECT id, number FROM declarations_declaration ORDER BY id")
    assert len(rows) == 3
    documents = [story.document(number) for _key, number in rows]
    assert [len(one.lines) for one in documents] == [50, 50, 20]
    assert document.invoice is not None
    assert sum((one.invoice.amount or 0) for one in documents if one.invoice) == document.invoice.amount
    assert sum(one.packages or 0 for one in documents) == document.packages
    text = msgspec.json.encode(answer).decode()
    assert all(number in text for _key, number in rows)
    page = story.page("declarant").get(f"/declarations/{rows[0][1]}/").text
    assert rows[1][1] in page
    assert rows[2][1] in page


def many_lines(count: int) -> Document:
    """A good import of many lines."""
    document = plain(invoice="MANY-1")
    line = document.lines[0]
    lines = tuple(
        msgspec.structs.replace(
            line,
            number=place,
            description=f"Dép nhựa EVA quai ngang, mẫu {place:03d}, cỡ 36 đến 44",
            certificate=msgspec.structs.replace(line.certificate, line=1 + place % 50) if line.certificate else None,
        )
        for place in range(1, count + 1)
    )
    total = sum((one.value or Decimal(0) for one in lines), Decimal(0))
    assert document.invoice is not None
    return msgspec.structs.replace(
        document,
        lines=lines,
        invoice=msgspec.structs.replace(document.invoice, amount=total),
        gross_weight_kg=Decimal(4200 * count),
        packages=20 * count + 7,
    )


def test_data_are_registered_beforehand_changed_and_registered(story: Story) -> None:
    program, before = story.program("declarant"), f"{API}preregistered/"
    document = plain(invoice="PRE-1")
    kept = story.ask(program, before, as_json(document))
    number = kept["number"]
    answer = program.put(f"{before}{number}", as_json(changed(document, own_reference="PRE")), "application/json")
    assert answer.status_code == 200, answer.text
    story.pass_time(days=3)
    story.ask(program, f"{before}{number}/register")
    story.carry()
    assert story.file(number)["number"] == number
    assert story.document(number).own_reference == "PRE"


def test_data_given_beforehand_are_gone_after_seven_days(story: Story) -> None:
    program, before = story.program("declarant"), f"{API}preregistered/"
    number = story.ask(program, before, as_json(plain(invoice="PRE-2")))["number"]
    story.pass_time(days=7, hours=1)
    refused = story.ask(program, f"{before}{number}/register", status=422)
    assert [fault["code"] for fault in refused["faults"]] == ["TQ-LIF-012"]
    assert story.customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(0,)]


def test_a_broker_whose_mandate_was_withdrawn_can_no_longer_touch_the_file(story: Story) -> None:
    number = story.lodge(role="broker")
    at = clock.now()
    story.customs.run_sql("UPDATE accounts_mandate SET valid_to = %s", at)
    story.pass_time(minutes=1)
    broker = story.program("broker")
    assert broker.get(f"{API}{number}").status_code == 404
    refused = broker.post(f"{API}{number}/amend", as_json(import_document()), "application/json")
    assert refused.status_code == 404
    assert story.page("broker").get(f"/declarations/{number}/").status_code == 404
    story.pay(number)
    assert story.state(number) != "channeled" or story.file(number)["channel"] != 1
