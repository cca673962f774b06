"""What a case of two codes becomes really happens: declarants are instructed, audits opened, codes given and published."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from django.test import Client
from django.urls import reverse

from tests.clearance.classification.twins.alarms import alarm
from tests.clearance.classification.twins.lines import BOARD, ELSEWHERE, ROUTER
from tests.clearance.control.gate import plain
from tests.world import OTHER_ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.base.core.outbox import relay
from thongquan.clearance.classification.models import Case, CaseRequest, Finding, Precedent
from thongquan.clearance.classification.operations.finding import search_declarations
from thongquan.clearance.classification.subjects import given_of
from thongquan.clearance.declarations.operations import lodge_declaration
from thongquan.clearance.declarations.queries import instructions_of
from thongquan.clearance.declarations.states import State
from thongquan.clearance.postaudit.models import Audit
from thongquan.config.subscriptions import SUBSCRIPTIONS

API = "/api/v1/classification"
CONSUMERS = [
    one
    for one in SUBSCRIPTIONS
    if one.consumer in ("classification.lines", "declarations.code_cases", "postaudit.code_cases", "notices.people")
]
NUMBER, WHY = "12/TB-PL", "Thiết bị định tuyến, quy tắc 1 và 6"


def carry() -> None:
    while sum(relay(one, at=now()) for one in CONSUMERS):
        pass


def lodged_in_doubt(customs: World, *, office: str = "15BB") -> tuple[str, Finding]:
    """A declaration of the demo enterprise whose first line somebody else declared under another code."""
    document = msgspec.structs.replace(plain(), office=office)
    number = lodge_declaration(actor=customs.actor("declarant"), document=document, at=now(), source="api").number
    [one] = given_of([int(number[:11])])
    line = msgspec.structs.replace(one.lines[0], code="85176900")
    others = [
        msgspec.structs.replace(one, declaration=10_000_000_900 + place, importer=OTHER_ENTERPRISE, lines=(line,))
        for place in range(3)
    ]
    search_declarations(given=others, at=now())
    carry()
    return number, Finding.objects.get(declaration=int(number[:11]))


def closed(customs: World, found: Finding, becomes: str, words: str = "Mã số phải là 85176900") -> Any:
    path = reverse("classification:case", args=[found.case_id])
    answer = customs.client("team_leader").post(path, {"becomes": becomes, "words": words})
    carry()
    return answer


def story_of(customs: World, found: Finding, role: str = "team_leader") -> str:
    client = customs.client(role)
    client.cookies["language"] = "en"
    return client.get(reverse("classification:case", args=[found.case_id])).content.decode()


def notices_of(customs: World, role: str) -> list[tuple[Any, ...]]:
    reader = customs.actor(role).reference
    return customs.run_sql("SELECT kind, subject FROM notices_notice WHERE reader = %s ORDER BY id", reader)


def test_an_instruction_reaches_the_declarant(customs: World) -> None:
    number, found = lodged_in_doubt(customs)
    judged = customs.client("clearance_officer").post(
        reverse("classification:finding", args=[found.pk]), {"outcome": "second", "words": ""}
    )
    assert judged.status_code == 302
    assert closed(customs, found, "instruction").status_code == 302
    [asked] = instructions_of(number)
    assert (asked.path, asked.words, asked.example) == ("lines[1].hs", "Mã số phải là 85176900", "85176900")
    page = story_of(customs, found)
    assert "The declarant was instructed to amend" in page
    assert reverse("declarations:file", args=[number]) in page
    assert ("declaration.instruct", f"declaration:{number}") in notices_of(customs, "declarant")
    steps = customs.api("team_leader").get(f"{API}/cases/{found.case_id}").json()["steps"]
    assert [one["step"] for one in steps] == ["instructed", "instruction"]


def test_told_twice_a_declarant_is_instructed_once(customs: World) -> None:
    number, found = lodged_in_doubt(customs)
    closed(customs, found, "instruction")
    customs.run_sql("UPDATE core_outboxcursor SET xid = '0', message = 0 WHERE consumer = 'declarations.code_cases'")
    carry()
    case = Case.objects.get(pk=found.case_id)
    assert [one.step for one in case.steps.order_by("pk")] == ["instruction", "instructed"]
    said = customs.run_sql("SELECT count(*) FROM declarations_event WHERE kind = 'instruct'")
    assert said == [(1,)]
    assert number


def test_what_cannot_be_done_stands_on_the_case_with_its_reason(customs: World) -> None:
    """Not cleared yet: an audit after clearance cannot begin."""
    number, found = lodged_in_doubt(customs)
    assert closed(customs, found, "audit").status_code == 302
    assert not Audit.objects.exists()
    [step] = Case.objects.get(pk=found.case_id).steps.filter(step="not_done")
    assert step.data["faults"][0]["code"] == "TQ-LIF-001"
    assert number in story_of(customs, found)


def test_an_audit_is_opened_of_what_is_cleared(customs: World) -> None:
    number, found = lodged_in_doubt(customs)
    customs.run_sql("UPDATE declarations_declaration SET state = %s WHERE number = %s", State.CLEARED, number)
    assert closed(customs, found, "audit", "Đối chiếu ca-ta-lô").status_code == 302
    audit = Audit.objects.get()
    assert (audit.number[:11], audit.place, audit.plan) == (number[:11], "customs", "Đối chiếu ca-ta-lô")
    assert audit.opened_by == customs.actor("team_leader").reference
    assert reverse("postaudit:case", args=[audit.pk]) in story_of(customs, found)
    assert ("work.code_audit", f"audit:{audit.pk}") in notices_of(customs, "auditor")


def test_a_declaration_of_a_neighbor_office_is_handed_on(customs: World) -> None:
    """The leader of one office instructs nobody of another: that office's leaders are told."""
    number, found = lodged_in_doubt(customs, office=ELSEWHERE)
    customs.run_sql("UPDATE classification_finding SET office = '15BB'")
    customs.run_sql("UPDATE classification_case SET office = '15BB'")
    assert closed(customs, found, "instruction").status_code == 302
    assert instructions_of(number) == ()
    [step] = Case.objects.get(pk=found.case_id).steps.filter(step="handed_on")
    assert step.data["office"] == ELSEWHERE


def test_a_case_of_other_goods_instructs_nobody(customs: World) -> None:
    found = alarm()
    customs.run_sql("UPDATE classification_finding SET outcome = 'different'")
    answer = closed(customs, found, "instruction")
    assert answer.status_code == 422
    assert "TQ-CLS-008" in answer.content.decode()
    assert Case.objects.get().state == "open"


@pytest.mark.parametrize("becomes", ["ruling", "notice"])
def test_a_code_asked_for_is_given_by_another_person_and_published(customs: World, becomes: str) -> None:
    found = alarm()
    assert closed(customs, found, becomes, "Router hay bo mạch?").status_code == 302
    path = reverse("classification:case", args=[found.case_id])
    given = {"act": "give", "hs": ROUTER, "number": NUMBER, "description": "Bộ định tuyến của Công ty 11, 9999900011"}
    assert ("work.code_asked", f"codecase:{found.case_id}") in notices_of(customs, "director")
    own = customs.client("team_leader").post(path, {**given, "reasons": WHY})
    assert own.status_code == 422
    assert "TQ-CLS-010" in own.content.decode()
    director = customs.client("director")
    director.cookies["language"] = "en"
    assert "Codes asked for" in director.get(reverse("home")).content.decode()
    assert str(found.case_id) in director.get(f"{reverse('classification:cases')}?state=waiting").content.decode()
    assert "Give the code and publish it" in director.get(path).content.decode()
    wrong = director.post(path, {**given, "hs": "99999999", "reasons": WHY})
    assert wrong.status_code == 422
    assert "TQ-CLS-040" in wrong.content.decode()
    assert director.post(path, {**given, "reasons": WHY}).status_code == 302
    carry()
    kept = Precedent.objects.get()
    assert (kept.kind, kept.number, kept.hs, kept.addressee) == ("notice", NUMBER, ROUTER, "")
    page = Client(SERVER_NAME="127.0.0.1").get(f"{reverse('rulings:one')}?number={NUMBER}").content.decode()
    assert ROUTER in page
    assert "9999900011" not in page
    assert NUMBER in Client(SERVER_NAME="127.0.0.1").get("/api/v1/rulings/").content.decode()
    assert ("codes.given", f"precedent:{kept.pk}") in notices_of(customs, "declarant")
    assert ("work.code_answered", f"codecase:{found.case_id}") in notices_of(customs, "team_leader")
    assert NUMBER in story_of(customs, found)


def test_programs_give_and_decline_codes(customs: World) -> None:
    found = alarm()
    leader, director = customs.api("team_leader"), customs.api("director")
    path = f"{API}/cases/{found.case_id}"
    kind = "application/json"
    assert leader.post(f"{path}/close", {"becomes": "ruling", "words": "Mã nào?"}, kind).status_code == 200
    empty = director.post(f"{path}/code", {"hs": "", "number": "", "reasons": ""}, kind)
    assert empty.status_code == 422
    assert {one["code"] for one in empty.json()["faults"]} >= {"TQ-CLS-040", "TQ-CLS-046"}
    assert director.post(f"{path}/decline", {"words": ""}, kind).status_code == 422
    answer = director.post(f"{path}/decline", {"words": "Chưa đủ tài liệu"}, kind).json()
    assert (answer["requests"][0]["state"], answer["steps"][0]["step"]) == ("declined", "declined")
    again = director.post(f"{path}/code", {"hs": BOARD, "number": NUMBER, "reasons": WHY}, kind)
    assert again.json()["faults"][0]["code"] == "TQ-CLS-009"
    assert leader.post(f"{path}/reopen", {"words": ""}, kind).status_code == 200
    assert leader.post(f"{path}/close", {"becomes": "notice", "words": "Hỏi lại"}, kind).status_code == 200
    done = director.post(f"{path}/code", {"hs": BOARD, "number": NUMBER, "reasons": WHY}, kind).json()
    assert (done["requests"][0]["state"], done["requests"][0]["hs"]) == ("given", BOARD)


def test_a_case_opened_again_asks_for_nothing(customs: World) -> None:
    found = alarm()
    closed(customs, found, "ruling")
    path = reverse("classification:case", args=[found.case_id])
    assert customs.client("team_leader").post(path, {"act": "reopen"}).status_code == 302
    assert CaseRequest.objects.get().state == "withdrawn"
    assert customs.client("director").post(path, {"act": "decline", "words": "x"}).status_code == 422


def test_a_stranger_and_a_neighbor_give_no_code(customs: World) -> None:
    found = alarm(office=ELSEWHERE)
    path, api = reverse("classification:case", args=[found.case_id]), f"{API}/cases/{found.case_id}"
    body = {"hs": ROUTER, "number": NUMBER, "reasons": WHY}
    for role, refused in (("declarant", 403), ("director", 404), ("team_leader", 404)):
        assert customs.client(role).post(path, {"act": "give", **body}).status_code == refused
        assert customs.api(role).post(f"{api}/code", body, "application/json").status_code == refused
        assert customs.api(role).post(f"{api}/decline", {"words": "x"}, "application/json").status_code == refused
    assert Client(SERVER_NAME="127.0.0.1").post(f"{api}/code", body, "application/json").status_code == 401
    assert not Precedent.objects.exists()
