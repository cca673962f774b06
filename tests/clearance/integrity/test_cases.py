"""Due process: a question, the officer's answer, an end by two persons; who sees it, and that looking is written down."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.clearance.integrity.cases import answered, asked, officer, proposed, second_controller, signal
from tests.clearance.risk.languages import leftovers
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.integrity.models import Case, CaseEvent, Signal
from thongquan.clearance.integrity.operations.cases import answer_case, ask_officer, propose_end, return_end, sign_end
from thongquan.clearance.integrity.operations.looking import note_look
from thongquan.clearance.integrity.queries import reading

OTHERS = (
    *("director", "administrator", "team_leader", "risk_analyst", "auditor", "law_officer", "clearance_officer"),
    *("gate_officer", "partner_agency", "declarant", "broker"),
)

LEDGER_READERS = ("director", "auditor")
"""They verify every entry of the ledger; those of integrity name nobody who was looked at."""


def refusal(call: object) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as told:
        call()  # type: ignore[operator]  # a call put off
    return [(fault.code, fault.path) for fault in told.value.faults]


def test_a_case_from_question_to_end(customs: World) -> None:
    case, control = asked(customs), customs.actor("internal_control")
    assert refusal(lambda: propose_end(actor=control, case=case, end="explained", ground="x", at=now())) == [
        ("TQ-ITG-001", "state")
    ]
    answer_case(actor=officer(customs), case=case, answer="Theo kết quả soi chiếu", at=now())
    told = refusal(lambda: propose_end(actor=control, case=case, end="guilty", ground=" ", at=now()))
    assert told == [("TQ-ITG-002", "ground"), ("TQ-ITG-002", "end")]
    propose_end(actor=control, case=case, end="explained", ground="Có ảnh soi chiếu", at=now())
    assert refusal(lambda: sign_end(actor=control, case=case, at=now())) == [("TQ-ITG-003", "actor")]
    second = second_controller(customs)
    return_end(actor=second, case=case, words="Nói rõ hơn", at=now())
    propose_end(actor=control, case=case, end="explained", ground="Có ảnh soi chiếu số 12", at=now())
    sign_end(actor=second, case=case, at=now())
    row = Case.objects.get()
    assert (row.state, row.end, row.ended_by) == ("ended", "explained", second.reference)
    assert refusal(lambda: answer_case(actor=officer(customs), case=case, answer="x", at=now())) == [
        ("TQ-ITG-001", "state")
    ]


def test_without_an_answer_it_ends_only_after_its_day(customs: World) -> None:
    case, control = asked(customs), customs.actor("internal_control")
    late = now() + timedelta(days=30)
    propose_end(actor=control, case=case, end="passed_on", ground="Không trả lời", at=late)
    assert Case.objects.get().state == "proposed"


def test_one_open_case_of_a_signal_and_words_are_asked_for(customs: World) -> None:
    case, control = asked(customs), customs.actor("internal_control")
    found = Signal.objects.get(kind="overrides").pk
    assert refusal(lambda: ask_officer(actor=control, signal=found, question="?", at=now())) == [
        ("TQ-ITG-005", "signal")
    ]
    assert refusal(lambda: ask_officer(actor=control, signal=found, question=" ", at=now())) == [
        ("TQ-ITG-002", "question")
    ]
    assert Case.objects.get().pk == case


def test_nobody_sees_or_works_on_a_case_about_themselves(customs: World) -> None:
    case = proposed(customs)
    control = second_controller(customs)
    Case.objects.update(officer=control.reference)
    Signal.objects.update(officer=control.reference)
    with pytest.raises(NotFound):
        reading.case_file(actor=control, case=case)
    assert (reading.signals(control), reading.cases(control), reading.count_open(control)) == ([], [], 0)
    assert refusal(lambda: sign_end(actor=control, case=case, at=now())) == [("TQ-ITG-004", "actor")]
    found = Signal.objects.get(kind="overrides").pk
    assert ("TQ-ITG-004", "actor") in refusal(
        lambda: ask_officer(actor=control, signal=found, question="Vì sao?", at=now())
    )


def test_the_officer_reads_the_question_and_a_signed_end_alone(customs: World) -> None:
    case = proposed(customs)
    kept = reading.own_question(actor=officer(customs), case=case)
    assert (kept.ground, kept.row.end, kept.row.state, kept.proposed_by, kept.events) == ("", "", "answered", "", ())
    sign_end(actor=second_controller(customs), case=case, at=now())
    kept = reading.own_question(actor=officer(customs), case=case)
    assert (kept.ground, kept.row.end, kept.row.state) == ("Có ảnh soi chiếu", "explained", "ended")
    with pytest.raises(NotFound):
        reading.own_question(actor=customs.actor("team_leader"), case=case)
    with pytest.raises(NotFound):
        answer_case(actor=customs.actor("director"), case=case, answer="x", at=now())


def test_every_look_and_every_step_is_in_the_ledger_without_the_officer(customs: World) -> None:
    case = answered(customs)
    client = customs.client("internal_control")
    for path in (
        "/integrity/",
        f"/integrity/signals/{Signal.objects.get(kind='overrides').pk}/",
        f"/integrity/cases/{case}/",
    ):
        assert client.get(path).status_code == 200, path
    rows = customs.run_sql(
        "SELECT action, subject, actor, details::text FROM ledger_entry WHERE action LIKE 'integrity.%%'"
    )
    looked = [subject.partition(":")[0] for action, subject, _actor, _details in rows if action == "integrity.looked"]
    assert looked == ["integrity", "integrity_signal", "integrity_case"]
    asked_of = officer(customs).reference
    assert not any(asked_of in (actor, subject) or f'"{asked_of}"' in details for _a, subject, actor, details in rows)
    assert not any("soi chiếu" in details for *_rest, details in rows)
    assert CaseEvent.objects.filter(step="answer", actor=asked_of).exists()


def test_the_outbox_carries_nothing_of_it(customs: World) -> None:
    answered(customs)
    assert customs.run_sql("SELECT count(*) FROM core_outboxmessage WHERE kind LIKE 'integrity%%'") == [(0,)]


@pytest.mark.parametrize("role", OTHERS)
def test_a_stranger_of_any_other_role_reaches_nothing(customs: World, role: str) -> None:
    case, found = asked(customs), Signal.objects.get(kind="overrides").pk
    if role == "clearance_officer":
        Case.objects.update(officer="user:9001")
    client, actor = customs.client(role), customs.actor(role)
    paths = ["", f"signals/{found}/", f"cases/{case}/", f"cases/{case}/propose", f"questions/{case}/"]
    for path in paths:
        assert client.get(f"/integrity/{path}").status_code in (403, 404), path
        assert client.post(f"/integrity/{path}").status_code in (403, 404, 405), path
    assert "/integrity/" not in client.get("/").content.decode()
    proof = client.get(f"/ledger/proof/integrity_case:{case}/")
    assert proof.status_code in ((200,) if role in LEDGER_READERS else (403, 404))
    assert officer(customs).reference not in proof.content.decode()
    with pytest.raises(NotAllowed):
        note_look(actor=actor, at=now(), what="desk")
    with pytest.raises(NotAllowed):
        reading.signals(actor)


def test_a_stranger_without_sign_in_is_sent_to_it(customs: World) -> None:
    for path in ("", "signals/1/", "cases/1/", "cases/1/sign", "questions/", "questions/1/"):
        answer = Client(SERVER_NAME="127.0.0.1").get(f"/integrity/{path}")
        assert answer["Location"].startswith("/accounts/login/"), path


def test_a_neighbor_office_is_not_looked_at(customs: World) -> None:
    case, found = asked(customs), Signal.objects.get(kind="overrides").pk
    customs.run_sql("UPDATE integrity_case SET office = '99ZZ'")
    customs.run_sql("UPDATE integrity_signal SET office = '99ZZ'")
    client = customs.client("internal_control")
    assert client.get(f"/integrity/cases/{case}/").status_code == 404
    assert client.get(f"/integrity/signals/{found}/").status_code == 404
    assert f"/integrity/cases/{case}/" not in client.get("/integrity/").content.decode()


def test_a_program_of_internal_control_has_no_door(customs: World) -> None:
    signal(customs)
    assert customs.api("internal_control").get("/integrity/").status_code in (302, 401, 403)


@pytest.mark.parametrize("language", ["vi", "en", "zh-hans", "fr"])
def test_a_case_over_http_in_every_language(customs: World, language: str) -> None:
    found, words = signal(customs), {"accept-language": language}
    control, mine = customs.client("internal_control"), customs.client("clearance_officer")
    assert control.get("/integrity/", headers=words).status_code == 200
    empty = control.post(f"/integrity/signals/{found.pk}/", {"question": ""}, headers=words)
    assert empty.status_code == 422
    case = control.post(f"/integrity/signals/{found.pk}/", {"question": "Vì sao?"}, headers=words)["Location"]
    number = re.search(r"\d+", case)
    assert number is not None
    assert f"/integrity/questions/{number[0]}/" in mine.get("/integrity/questions/", headers=words).content.decode()
    own = f"/integrity/questions/{number[0]}/"
    assert mine.post(own, {"answer": ""}, headers=words).status_code == 422
    assert mine.post(own, {"answer": "Theo ảnh soi"}, headers=words)["Location"] == own
    assert "Theo ảnh soi" in control.get(case, headers=words).content.decode()
    step = {"propose-end": "explained", "propose-ground": "Rõ"}
    assert control.post(f"{case}propose", step, headers=words).status_code == 302
    assert 'action="/integrity/cases/' in control.get(case, headers=words).content.decode()
    assert "sign" not in re.findall(rf'action="{case}(\w+)"', control.get(case, headers=words).content.decode())


@pytest.mark.parametrize("language", ["vi", "zh-hans", "fr"])
def test_no_english_is_left_on_pages(customs: World, language: str) -> None:
    case, found = proposed(customs), Signal.objects.get(kind="overrides").pk
    control, mine = customs.client("internal_control"), customs.client("clearance_officer")
    for path in ("/integrity/", f"/integrity/signals/{found}/", f"/integrity/cases/{case}/"):
        assert leftovers(control, path, language) == [], path
    for path in ("/integrity/questions/", f"/integrity/questions/{case}/"):
        assert leftovers(mine, path, language) == [], path
