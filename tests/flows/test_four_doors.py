"""One declaration through four doors: form, workbook, API and WCO message give the same facts and the same decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from msgspec.structs import replace

from tests.clearance.declarations.filled import posted, workbook
from tests.world import ENTERPRISE, World, as_json, import_document
from thongquan.clearance.declarations.formats.content import content_of
from thongquan.clearance.declarations.formats.excel import blank_workbook
from thongquan.clearance.declarations.formats.wco import write_declaration
from thongquan.rules.decision import Decision
from thongquan.rules.encoding import decoded_decision, decoded_facts, encoded
from thongquan.rules.facts import Facts

API = "/api/v1/declarations/"


def by_api(customs: World) -> None:
    """JSON, as programs send it."""
    answer = customs.api("broker").post(API, as_json(import_document()), content_type="application/json")
    assert answer.status_code == 201, answer.json()


def by_message(customs: World) -> None:
    """A WCO Data Model message."""
    body = write_declaration(import_document())
    answer = customs.api("broker").post(API, body, content_type="application/xml")
    assert answer.status_code == 201, answer.json()


def by_form(customs: World) -> None:
    """The web form, typed in Vietnamese."""
    client = customs.client("broker")
    draft = client.post("/declarations/new/", {"flow": "import", "trader": ENTERPRISE})["location"]
    answer = client.post(f"{draft}lodge", posted(import_document()))
    assert answer.status_code == 302


def by_workbook(customs: World) -> None:
    """The Excel template, filled in."""
    template = blank_workbook(on=timezone.localdate(), language="vi")
    file = SimpleUploadedFile("to-khai.xlsx", workbook(template, content_of(import_document())))
    answer = customs.client("broker").post("/declarations/upload/", {"file": file, "do": "lodge"})
    assert answer.status_code == 302, answer.content.decode()


DOORS: dict[str, Callable[[World], None]] = {"api": by_api, "wco": by_message, "form": by_form, "excel": by_workbook}
MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


def stored(customs: World) -> tuple[str, Facts, Decision]:
    """What lodging stored: the door, the facts without their moment, the decision."""
    ((door, facts, decision),) = customs.run_sql(
        "SELECT d.source, v.facts, v.decision FROM declarations_version v"
        " JOIN declarations_declaration d ON d.id = v.declaration_id"
    )
    return door, replace(decoded_facts(bytes(facts)), at=MOMENT), decoded_decision(bytes(decision))


def forget_declarations(customs: World) -> None:
    """Empty the office, so that the next door meets the same state and not a duplicate."""
    customs.run_sql("SET session_replication_role = replica")
    customs.run_sql("TRUNCATE declarations_declaration, revenue_liability, core_idempotencykey CASCADE")
    customs.run_sql("SET session_replication_role = DEFAULT")


def test_all_four_doors_store_the_same_facts_and_decision(customs: World) -> None:
    found = []
    for door, lodge in DOORS.items():
        lodge(customs)
        source, facts, decision = stored(customs)
        assert source == door
        assert facts.document == import_document()
        found.append((facts, decision))
        forget_declarations(customs)
    first_facts, first_decision = found[0]
    assert first_decision.accepted
    assert len(first_decision.lines) == 5
    for facts, decision in found[1:]:
        assert facts == first_facts
        assert encoded(decision) == encoded(first_decision)
