"""After clearance, and what hangs on a declaration beside it: amendments, audits, papers, signatures."""

from __future__ import annotations

import msgspec
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.base.signatures.test_operations import signed
from tests.clearance.control.gate import plain
from tests.flows.life.story import API, Story
from tests.flows.life.test_changes import dearer
from tests.world import as_json
from thongquan.base.accounts.queries import own_codes
from thongquan.base.core import clock
from thongquan.base.signatures.operations import issue_practice_certificate


def cleared(story: Story) -> str:
    """A green import, paid and cleared."""
    number = story.lodge(channel=1)
    story.pay(number)
    if story.state(number) == "settled":
        story.release(number)
    return number


def test_an_amendment_after_clearance_is_asked_approved_and_paid(story: Story) -> None:
    number = cleared(story)
    body = as_json(dearer(story.document(number)))
    path = f"{API}{number}/amendment-requests?reason=Khai+thieu+tri+gia"
    story.ask(story.program("declarant"), path, body, status=202)
    assert story.file(number)["version"] == 0
    decision = reverse("declarations:amendment_decision", args=[number])
    assert story.page("declarant").post(decision, {"do": "accept"}).status_code == 403
    story.post("clearance_officer", decision, do="accept", reason="Chấp nhận")
    story.carry()
    assert story.state(number) == "amended_after"
    assert story.owed(number) > 0
    story.pay(number)
    assert story.owed(number) == 0
    story.let_out(number)
    assert story.state(number) == "exited"


def test_an_amendment_after_clearance_may_be_refused_with_a_reason(story: Story) -> None:
    number = cleared(story)
    body = as_json(msgspec.structs.replace(story.document(number), own_reference="SAU"))
    story.ask(story.program("declarant"), f"{API}{number}/amendment-requests?reason=x", body, status=202)
    decision = reverse("declarations:amendment_decision", args=[number])
    story.post("clearance_officer", decision, do="refuse", reason="Không có căn cứ")
    assert story.state(number) == "cleared"
    assert "Không có căn cứ" in story.page("declarant").get(f"/declarations/{number}/").text


def test_an_amendment_after_sixty_days_is_told_its_penalty_and_opens_a_case_once(story: Story) -> None:
    number = cleared(story)
    subject = f"declaration:{number[:11]}0"
    story.pass_time(days=70)
    body = as_json(dearer(story.document(number)))
    answer = story.ask(story.program("declarant"), f"{API}{number}/amendment-requests?reason=x", body, status=202)
    assert [fault["code"] for fault in answer["consequences"]] == ["TQ-LIF-007"]
    assert story.customs.run_sql("SELECT count(*) FROM violations_case") == [(0,)]
    decision = reverse("declarations:amendment_decision", args=[number])
    story.post("clearance_officer", decision, do="accept", reason="Chấp nhận")
    story.carry()
    story.customs.run_sql("DELETE FROM core_outboxcursor WHERE consumer = 'declarations.late'")
    story.carry()
    found = story.customs.run_sql(
        "SELECT c.subject, c.state, f.act, f.difference_vnd > 0 FROM violations_finding f"
        " JOIN violations_case c ON c.id = f.case_id"
    )
    assert found == [(subject, "open", "short_duty_self_corrected", True)]
    listed = story.page("clearance_officer").get(reverse("violations:list")).text
    assert number[:11] in listed


def test_an_amendment_in_time_opens_no_case(story: Story) -> None:
    number = cleared(story)
    body = as_json(msgspec.structs.replace(story.document(number), own_reference="SOM"))
    story.ask(story.program("declarant"), f"{API}{number}/amendment-requests?reason=x", body, status=202)
    story.post("clearance_officer", reverse("declarations:amendment_decision", args=[number]), do="accept", reason="x")
    story.carry()
    assert story.state(number) == "amended_after"
    assert story.customs.run_sql("SELECT count(*) FROM violations_case") == [(0,)]


def test_papers_are_filed_reused_and_seen_by_customs_only_of_that_office(story: Story) -> None:
    first, second = story.lodge(channel=2), story.lodge(channel=2)
    subject = f"declaration:{first}"
    paper = SimpleUploadedFile("hoa-don.txt", "Hóa đơn LIFE\n".encode())
    client = story.page("declarant")
    sent = client.post(reverse("attachments:subject", args=[subject]), {"file": paper, "kind": "INV"})
    assert sent.status_code == 302, sent.content[:500]
    kept = story.customs.run_sql("SELECT id FROM attachments_file")
    assert len(kept) == 1
    again = client.post(
        reverse("attachments:reuse", args=[f"declaration:{second}"]), {"chosen": str(kept[0][0]), "kind": "INV"}
    )
    assert again.status_code == 302, again.content[:500]
    assert story.customs.run_sql("SELECT count(*) FROM attachments_attachment") == [(2,)]
    for number in (first, second):
        story.post("declarant", reverse("declarations:documents", args=[number]))
        assert "file_documents" in story.steps(number)
    content = reverse("attachments:content", args=[kept[0][0]])
    assert story.page("clearance_officer").get(content).status_code == 200
    assert story.page("neighbor_customs").get(content).status_code == 404


def test_an_agent_signs_with_its_own_certificate_from_lodging_to_amendment(story: Story) -> None:
    broker, at = story.customs.actor("broker"), clock.now()
    code = next(iter(own_codes(broker, at)))
    certificate = issue_practice_certificate(actor=broker, code=code, at=at)
    body = as_json(plain(invoice="SIGNED-1"))
    program = story.program("broker")
    number = story.ask(program, API, body, **{"signature-jws": signed(certificate, body)})["number"]
    changed = as_json(msgspec.structs.replace(plain(invoice="SIGNED-1"), own_reference="KY"))
    path = f"{API}{number}/amend?reason=x"
    wrong = story.ask(program, path, changed, status=422, **{"signature-jws": signed(certificate, body)})
    assert [fault["code"] for fault in wrong["faults"]] == ["TQ-SIG-006"]
    story.ask(program, path, changed, **{"signature-jws": signed(certificate, changed)})
    kept = story.customs.run_sql("SELECT count(DISTINCT digest) FROM signatures_signature")
    assert kept == [(2,)]


def test_an_audit_is_opened_and_its_declarant_may_read_it(story: Story) -> None:
    number = cleared(story)
    story.let_out(number)
    begun = story.post("auditor", reverse("postaudit:open", args=[number]), place="customs")
    case = begun["Location"]
    assert story.page("auditor").get(case).status_code == 200
    assert story.page("declarant").get(case).status_code == 200
    assert story.page("neighbor_customs").get(case).status_code == 404
    assert "open_audit" in story.steps(number)
