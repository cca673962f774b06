"""Proofs of origin that come after lodging, told over HTTP from the announcement to the money.

MFN and refund, guarantee freed, guarantee drawn, an agreement with two years, one with one, a code determined anew.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.urls import reverse
from django.utils import timezone

from tests.clearance.control.gate import plain
from tests.clearance.origin.papers import paper
from tests.flows.life.story import API, OFFICE, Story
from tests.flows.life.test_money import guaranteed
from tests.world import ENTERPRISE, as_json
from thongquan.base.core import clock
from thongquan.clearance.declarations.operations.late_lapsing import lapse_late
from thongquan.clearance.origin import drawing
from thongquan.clearance.revenue.queries import balance_of
from thongquan.rules.document import Document
from thongquan.rules.origin.certificate import Paper, PaperLine

CERTIFICATES = "/api/v1/origin/certificates"
EVFTA, FORM_EU = "EVFTA", "REX"
TRADER = "Công ty TNHH Xuất nhập khẩu Bình Minh"


@pytest.fixture(autouse=True)
def nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Verification at random has stories of its own."""
    monkeypatch.setattr(drawing, "SHARE", "")


def announced(*, invoice: str, schedule: str | None = None, later: str = "B05", origin: str = "CN") -> Document:
    """The good import without its certificates: MFN, or the preference with its difference guaranteed."""
    document = plain(invoice=invoice)
    lines = tuple(
        msgspec.structs.replace(line, schedule=schedule, certificate=None, proof_later=later, origin=origin)
        for line in document.lines
    )
    return msgspec.structs.replace(document, lines=lines, export_country=origin)


def certificate_for(document: Document, number: str, **changes: Any) -> Paper:
    """A certificate of exactly these goods, issued now."""
    day = timezone.localdate(clock.now())
    lines = tuple(
        PaperLine(
            number=place,
            hs=(line.hs or "")[:6],
            description=line.description or "",
            criterion="WO",
            origin=line.origin or "",
            quantity=line.quantity,
            unit=line.unit or "",
        )
        for place, line in enumerate(document.lines, 1)
    )
    given = {"issued_on": day - timedelta(days=3), "shipped_on": day - timedelta(days=2), "number": number}
    invoice = document.invoice.number if document.invoice else ""
    return paper(lines=lines, invoices=(invoice or "",), **(given | changes))


def lodged(story: Story, document: Document) -> str:
    answer = story.ask(story.program("declarant"), API, as_json(document))
    story.carry()
    return str(answer["number"])


def cleared(story: Story, document: Document) -> str:
    """Lodged, paid and cleared."""
    number = lodged(story, document)
    if story.owed(number):
        story.pay(number)
    if story.file(number)["channel"] > 1:
        story.check_documents(number)
    if story.file(number)["channel"] > 2:
        story.inspect(number)
    if story.state(number) == "settled":
        story.release(number)
    assert story.state(number) == "cleared"
    return number


def registered(story: Story, given: Paper) -> int:
    body = {"office": OFFICE, "tax_code": ENTERPRISE, "trader_name": TRADER, "paper": msgspec.to_builtins(given)}
    answer = story.ask(story.program("declarant"), CERTIFICATES, msgspec.json.encode(body))
    return int(answer["id"])


def accepted(story: Story, certificate: int, number: str) -> None:
    """Checked against the declaration and accepted by the officer."""
    officer = "clearance_officer"
    story.post(officer, reverse("origin:check", args=[certificate]), **{"check-declaration": ""})
    story.post(officer, reverse("origin:accept", args=[certificate]), **{"accept-words": "Đã đối chiếu"})
    story.carry()


def filed(story: Story, number: str, certificate: str, *, status: int = 201) -> Any:
    path = f"{API}{number}/late-certificate"
    answer = story.ask(story.program("declarant"), path, {"certificate": certificate}, status=status)
    story.carry()
    return answer


def test_mfn_is_paid_and_paid_back_when_the_late_proof_is_accepted(story: Story) -> None:
    document = announced(invoice="LATE-MFN")
    number = cleared(story, document)
    paid = balance_of(f"declaration:{number}").paid_vnd
    story.pass_time(days=40)
    certificate = registered(story, certificate_for(document, "E26450000200001"))
    first = filed(story, number, "E26450000200001")
    assert (first["granted"], first["repeated"]) == (False, False)
    assert balance_of(f"declaration:{number}").overpaid_vnd == 0
    again = filed(story, number, "E26450000200001", status=200)
    assert again["repeated"] is True
    accepted(story, certificate, number)
    after = story.file(number)
    assert after["state"] == "amended_after"
    assert {line["schedule"] for line in after["document"]["lines"]} == {"B05"}
    balance = balance_of(f"declaration:{number}")
    assert balance.open_vnd == balance.overpaid_vnd == 0
    assert balance.paid_vnd == paid
    assert 0 < balance.refunded_vnd == paid - balance.assessed_vnd
    claims = story.customs.run_sql('SELECT state, "case", decided_vnd FROM revenue_claim')
    assert [(state, case, int(amount)) for state, case, amount in claims] == [
        ("approved", "overpaid", int(balance.refunded_vnd))
    ]
    used = story.customs.run_sql("SELECT count(*) FROM origin_use WHERE given_back_at IS NULL")
    assert used == [(len(document.lines),)]


def test_the_guarantee_is_freed_when_the_proof_comes(story: Story) -> None:
    document = announced(invoice="LATE-FREED", schedule="B05")
    number, held = secured(story, document, days=300)
    story.pass_time(days=60)
    certificate = registered(story, certificate_for(document, "E26450000200002"))
    assert filed(story, number, "E26450000200002")["granted"] is False
    accepted(story, certificate, number)
    balance = balance_of(f"declaration:{number}")
    assert (balance.open_vnd, balance.secured_vnd, balance.guaranteed_vnd, balance.overpaid_vnd) == (0, 0, 0, 0)
    left = story.customs.run_sql("SELECT limit_vnd - available_vnd FROM revenue_guarantee")
    assert (held > 0, left) == (True, [(0,)])
    assert {line["certificate"]["number"] for line in story.file(number)["document"]["lines"]} == {"E26450000200002"}


def test_the_difference_falls_due_when_the_guarantee_ends_without_a_proof(story: Story) -> None:
    document = announced(invoice="LATE-DUE", schedule="B05")
    number, held = secured(story, document, days=90)
    story.pass_time(days=65)
    assert lapse_late(at=clock.now()) == 0
    story.carry()
    told = story.customs.run_sql("SELECT count(*) FROM notices_notice WHERE kind = 'declaration.proof_due_soon'")
    assert told[0][0] > 0
    assert lapse_late(at=clock.now()) == 0
    story.pass_time(days=27)
    lines = len(document.lines)
    assert lapse_late(at=clock.now()) == lines
    assert lapse_late(at=clock.now()) == 0
    story.carry()
    balance = balance_of(f"declaration:{number}", at=clock.now())
    assert (balance.open_vnd, balance.secured_vnd, balance.guaranteed_vnd) == (held, 0, held)
    assert balance.interest_vnd > 0
    assert story.steps(number)[-2:] == ["lapse_late_certificate", "charge_late_certificate"]
    registered(story, certificate_for(document, "E26450000200003"))
    refused = filed(story, number, "E26450000200003", status=422)
    assert {fault["code"] for fault in refused["faults"]} == {"TQ-ORI-143"}
    story.pay(number, int(balance.open_vnd))
    assert balance_of(f"declaration:{number}").open_taxes_vnd == 0


def test_evfta_is_taken_after_eighteen_months_and_form_e_refused_after_thirteen(story: Story) -> None:
    european = announced(invoice="LATE-EU", later=EVFTA, origin="DE")
    chinese = announced(invoice="LATE-CN")
    numbers = cleared(story, european), cleared(story, chinese)
    form_e = registered(story, certificate_for(chinese, "E26450000200004"))
    assert form_e
    proof = certificate_for(
        european, "DEREX0123456789", agreement="EVFTA", form=FORM_EU, issuing_country="DE", issuer="REX"
    )
    story.pass_time(days=395)
    refused = filed(story, numbers[1], "E26450000200004", status=422)
    assert {fault["code"] for fault in refused["faults"]} == {"TQ-ORI-143"}
    assert all(fault["remedy"] for fault in refused["faults"])
    assert story.file(numbers[1])["state"] == "cleared"
    story.pass_time(days=155)
    certificate = registered(story, proof)
    assert filed(story, numbers[0], "DEREX0123456789")["granted"] is False
    accepted(story, certificate, numbers[0])
    balance = balance_of(f"declaration:{numbers[0]}")
    assert story.file(numbers[0])["state"] == "amended_after"
    assert balance.refunded_vnd > 0
    assert balance.overpaid_vnd == 0


def secured(story: Story, document: Document, *, days: int) -> tuple[str, int]:
    """Lodged with the preference, its duties paid and its difference guaranteed for so many days, then cleared."""
    number = lodged(story, document)
    before = balance_of(f"declaration:{number}")
    held = int(before.secured_vnd)
    assert held > 0
    story.pay(number, int(before.open_vnd))
    guaranteed(story, number, held, days=days)
    if story.file(number)["channel"] > 1:
        story.check_documents(number)
    if story.file(number)["channel"] > 2:
        story.inspect(number)
    if story.state(number) == "settled":
        story.release(number)
    assert story.state(number) == "cleared"
    assert balance_of(f"declaration:{number}").guaranteed_vnd == held
    return number, held
