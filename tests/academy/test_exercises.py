"""Exercises: the same pages, the truth only after the decision, and what is counted."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from tests.academy.cases import OFFICE, enough, of_another, specimen
from tests.world import World
from thongquan.academy.operations import decide_case, open_case, start_exercise
from thongquan.academy.queries import exercise_file, turn_on
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.rules.codes import Code

WRONG = ("99999999", "khai mã số có thuế suất thấp hơn")


def refusal(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [fault.code for fault in caught.value.faults]


def test_the_truth_is_shown_on_the_page_of_the_declaration_only_after_the_decision(customs: World) -> None:
    for place in range(9):
        specimen(customs, place)
    hiding = specimen(customs, 99, fraud=(2,))
    client = customs.client("clearance_officer")
    before = client.get(f"/declarations/{hiding.number}/").content.decode()
    assert "academy/cases" not in before, "a declaration that is nobody's case asks nothing"
    page = client.post("/academy/start", {"office": OFFICE}, follow=True)
    seen = set()
    for _turn in range(10):
        number = page.request["PATH_INFO"].strip("/").split("/")[-1]
        told = page.content.decode()
        assert f"/academy/cases/{number}/decide" in told
        assert not any(one in told for one in WRONG)
        after = client.post(f"/academy/cases/{number}/decide", {"decision": "open", "line": ["2"]}, follow=True)
        assert after.status_code == 200
        assert all(one in after.content.decode() for one in WRONG) is (number == hiding.number)
        seen.add(number)
        exercise = turn_on(customs.actor("clearance_officer"), number)
        assert exercise is not None
        if len(seen) < 10:
            page = client.post(f"/academy/{exercise.exercise}/next", follow=True)
    assert hiding.number in seen
    assert len(seen) == 10


def test_an_exercise_counts_what_was_missed_what_was_needless_and_the_time(customs: World) -> None:
    first, second, *rest = enough(customs)
    actor, at = customs.actor("clearance_officer"), now()
    exercise = start_exercise(actor=actor, office=OFFICE, at=at)
    decided = {first.number: ("documents", [2]), second.number: ("open", [1]), rest[0].number: ("open", [])}
    for place in range(10):
        begun = at + timedelta(minutes=place)
        number = open_case(actor=actor, exercise=exercise, at=begun)
        assert open_case(actor=actor, exercise=exercise, at=begun + timedelta(seconds=5)) == number, "time runs on"
        decision, lines = decided.get(number, ("pass", []))
        decide_case(
            actor=actor, number=number, decision=decision, lines=lines, at=begun + timedelta(seconds=20 + 2 * place)
        )
    found = exercise_file(actor=actor, exercise=exercise)
    score = found.row.score
    assert found.row.ended_at == at + timedelta(minutes=9, seconds=38)
    assert (score.cases, score.found, score.missed, score.missed_vnd) == (10, 1, 1, Decimal(1_000_000))
    assert (score.needless, score.errors_found) == (1, 1)
    assert (score.median_seconds, score.seconds) == (29.0, 290.0)
    assert customs.run_sql(
        "SELECT action FROM ledger_entry WHERE subject = %s ORDER BY id", f"exercise:{exercise}"
    ) == [
        ("academy.started",),
        ("academy.ended",),
    ]


def test_no_line_named_with_a_check_means_all_and_none_are_kept_with_a_pass(customs: World) -> None:
    enough(customs)
    actor, at = customs.actor("clearance_officer"), now()
    exercise = start_exercise(actor=actor, office=OFFICE, at=at)
    kept = []
    for decision, lines in (("documents", []), ("pass", [3])):
        number = open_case(actor=actor, exercise=exercise, at=at)
        decide_case(actor=actor, number=number, decision=decision, lines=lines, at=at)
        kept += customs.run_sql("SELECT lines::text FROM academy_case WHERE decision = %s", decision)
    assert kept == [("[1, 2, 3, 4, 5]",), ("[]",)]


def test_too_few_cases_start_no_exercise(customs: World) -> None:
    enough(customs, 9)
    with pytest.raises(Refused) as caught:
        start_exercise(actor=customs.actor("clearance_officer"), office=OFFICE, at=now())
    assert refusal(caught) == [Code.TQ_ACA_001]
    assert customs.run_sql("SELECT count(*) FROM academy_exercise") == [(0,)]


def test_cases_are_not_given_to_the_same_officer_again(customs: World) -> None:
    enough(customs, 12)
    actor, at = customs.actor("clearance_officer"), now()
    exercise = start_exercise(actor=actor, office=OFFICE, at=at)
    assert start_exercise(actor=actor, office=OFFICE, at=at) == exercise, "the open one goes on"
    for _turn in range(10):
        number = open_case(actor=actor, exercise=exercise, at=at)
        decide_case(actor=actor, number=number, decision="pass", lines=[], at=at)
    with pytest.raises(Refused) as caught:
        start_exercise(actor=actor, office=OFFICE, at=at)
    assert caught.value.faults[0].values["n"] == "2"
    assert start_exercise(actor=customs.actor("team_leader"), office=OFFICE, at=at) != exercise


def test_a_case_is_decided_once_and_only_with_what_is_there(customs: World) -> None:
    enough(customs)
    actor, at = customs.actor("clearance_officer"), now()
    number = open_case(actor=actor, exercise=start_exercise(actor=actor, office=OFFICE, at=at), at=at)
    for decision, lines in (("burn", []), ("open", [6])):
        with pytest.raises(Refused) as caught:
            decide_case(actor=actor, number=number, decision=decision, lines=lines, at=at)
        assert refusal(caught) == [Code.TQ_ACA_003]
    decide_case(actor=actor, number=number, decision="pass", lines=[], at=at)
    with pytest.raises(Refused) as caught:
        decide_case(actor=actor, number=number, decision="open", lines=[], at=at)
    assert refusal(caught) == [Code.TQ_ACA_002]
    assert customs.run_sql("SELECT decision FROM academy_case WHERE decision <> ''") == [("pass",)]


def test_pages_of_the_room_show_scores_in_every_language(customs: World) -> None:
    client = customs.client("clearance_officer")
    assert client.get("/academy/").status_code == 200
    enough(customs)
    client.post("/academy/start", {"office": OFFICE})
    for language, word in (
        ("vi", "Phòng thực hành"),
        ("zh-hans", "练习室"),
        ("fr", "Salle d"),
        ("en", "Exercise room"),
    ):
        client.post("/language/", {"language": language, "next": "/"})
        assert word in client.get("/academy/").content.decode()
    ((key,),) = customs.run_sql("SELECT id FROM academy_exercise")
    assert client.get(f"/academy/{key}/").status_code == 200
    assert b"/academy/" in client.get("/").content, "the home page leads there"


def test_outside_the_practice_realm_there_is_no_such_room(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thongquan.academy.permissions.realm_name", lambda: "sandbox")
    actor = customs.actor("clearance_officer")
    with pytest.raises(NotFound):
        start_exercise(actor=actor, office=OFFICE, at=now())
    with pytest.raises(NotFound):
        exercise_file(actor=actor, exercise=1)


def test_a_stranger_has_no_room(customs: World) -> None:
    exercise, number = of_another(customs)
    for address in ("", "start", f"{exercise}/", f"{exercise}/next", f"cases/{number}/decide"):
        for answer in (Client().get(f"/academy/{address}"), Client().post(f"/academy/{address}")):
            assert answer.status_code in (302, 405), address
    for role in ("declarant", "gate_officer", "risk_analyst", "auditor"):
        with pytest.raises(NotAllowed):
            start_exercise(actor=customs.actor(role), office=OFFICE, at=now())


def test_a_neighbor_neither_sees_nor_decides_the_exercise_of_another(customs: World) -> None:
    exercise, number = of_another(customs)
    client = customs.client("clearance_officer")
    assert client.get(f"/academy/{exercise}/").status_code == 404
    assert client.post(f"/academy/{exercise}/next").status_code == 404
    assert client.post(f"/academy/cases/{number}/decide", {"decision": "pass"}).status_code == 404
    assert client.post("/academy/start", {"office": "20BB"}).status_code == 404
    assert "academy/cases" not in client.get(f"/declarations/{number}/").content.decode()
