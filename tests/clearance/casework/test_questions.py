"""Questions to the office: both sides speak in a thread, the answer clock runs in the office's working time."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest
from django.test import Client
from django.utils.translation import override

from tests.clearance.casework.people import colleague, ledger_of, neighbor, notices
from tests.clearance.control.yard import lodged, put_on_duty
from tests.world import World
from thongquan.base.accounts.queries import Actor
from thongquan.base.attachments.operations import file_papers
from thongquan.base.attachments.queries import attached_files
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.casework.operations.questions import (
    MOST_OPEN,
    answer_and_close,
    ask_question,
    close_question,
    follow_up,
    reopen_question,
)
from thongquan.clearance.casework.queries.questions import conversation, count_by_state, questions_in_scope
from thongquan.clearance.casework.words import answer_clock, answer_words
from thongquan.clearance.tariff.queries import terms_of

TOPIC, TEXT = "Trị giá dòng 2", "Vì sao dòng 2\nbị tham vấn?"


def asked(customs: World, number: str, at: datetime | None = None) -> int:
    moment = at or now()
    return ask_question(actor=customs.actor("declarant"), number=number, topic=TOPIC, text=TEXT, at=moment)


def test_a_question_is_answered_asked_again_closed_and_opened_again(customs: World) -> None:
    at, trader, officer = now(), customs.actor("declarant"), customs.actor("clearance_officer")
    put_on_duty(customs, officer, at)
    number = lodged(customs, at)
    thread = asked(customs, number, at)
    first = conversation(actor=officer, thread_id=thread, at=at).question
    assert first.due_at == terms_of("15BB", around=at.date()).calendar.add_working(at, 8 * 60)
    assert first.left is not None
    assert (first.left.working, first.left.overdue) == (True, False)

    later = at + timedelta(hours=1)
    follow_up(actor=trader, thread_id=thread, text="Xin bổ sung hợp đồng.", at=later)
    assert conversation(actor=officer, thread_id=thread, at=later).question.due_at == first.due_at
    with pytest.raises(Refused, match="TQ-CSW-004"):
        close_question(actor=officer, thread_id=thread, at=later)
    follow_up(actor=officer, thread_id=thread, text="Đã nhận.", at=later)
    answered = conversation(actor=trader, thread_id=thread, at=later)
    assert (answered.question.state, answered.question.due_at, answered.steps) == (
        "answered",
        None,
        ["follow", "close"],
    )
    assert [one.by for one in answered.said] == [trader.name, trader.name, ""]

    follow_up(actor=trader, thread_id=thread, text="Chưa rõ.", at=later)
    again = conversation(actor=officer, thread_id=thread, at=later).question
    assert again.due_at == terms_of("15BB", around=later.date()).calendar.add_working(later, 8 * 60)
    answer_and_close(actor=officer, thread_id=thread, text="Theo Điều 17.", at=later)
    with pytest.raises(Refused, match="TQ-CSW-004"):
        follow_up(actor=officer, thread_id=thread, text="Thêm.", at=later)
    with pytest.raises(NotAllowed):
        reopen_question(actor=officer, thread_id=thread, text="Mở lại.", at=later)
    reopen_question(actor=trader, thread_id=thread, text="Vẫn chưa rõ.", at=later)
    follow_up(actor=officer, thread_id=thread, text="Xem phụ lục.", at=later)
    close_question(actor=trader, thread_id=thread, at=later)

    told = conversation(actor=officer, thread_id=thread, at=later)
    steps = ["ask", "follow", "answer", "follow", "answer", "close", "reopen", "answer", "close"]
    assert [one.step for one in told.said] == steps
    assert {one.by for one in told.said} == {trader.name, officer.name}
    assert told.steps == []
    assert [row[0] for row in ledger_of(customs, "question")] == [f"question.{step}" for step in steps]
    assert not any("tham vấn" in str(row) for row in ledger_of(customs, "question"))
    kinds = [(reader, kind.partition(".")[2]) for reader, kind, _subject in notices(customs)]
    assert kinds == [
        (officer.reference, "asked"),
        (officer.reference, "asked"),
        (trader.reference, "answered"),
        (officer.reference, "asked"),
        (trader.reference, "answered"),
        (officer.reference, "asked"),
        (trader.reference, "answered"),
        (officer.reference, "closed"),
    ]


def test_nobody_on_duty_the_team_leader_is_told(customs: World) -> None:
    at = now()
    asked(customs, lodged(customs, at), at)
    assert [reader for reader, _kind, _subject in notices(customs)] == [customs.actor("team_leader").reference]


def test_every_fault_of_a_question_is_told_at_once_and_too_many_wait_is_one(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    with pytest.raises(Refused) as refused:
        ask_question(actor=customs.actor("declarant"), number=number, topic="x" * 121, text=" ", at=at)
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [
        ("topic", "TQ-CSW-002"),
        ("text", "TQ-CSW-001"),
    ]
    for _ in range(MOST_OPEN):
        asked(customs, number, at)
    with pytest.raises(Refused, match="TQ-CSW-005"):
        asked(customs, number, at)


def test_the_queue_stands_by_the_clock_and_tells_it_in_words(customs: World) -> None:
    at = now()
    number, officer = lodged(customs, at), customs.actor("clearance_officer")
    late = asked(customs, number, at - timedelta(days=30))
    fresh, answered = asked(customs, number, at), asked(customs, number, at)
    follow_up(actor=officer, thread_id=answered, text="Đã trả lời.", at=at)
    rows, more = questions_in_scope(actor=officer, at=at)
    assert ([row.id for row in rows], more) == ([late, fresh, answered], False)
    with override("en"):
        assert answer_words(rows[0].left).startswith("answer overdue by ")  # type: ignore[arg-type]  # it waits
        assert answer_words(rows[1].left) == "answer due in 8 working hours"  # type: ignore[arg-type]  # it waits
        assert "house rule" in answer_clock(rows[1].left, rows[1].due_at)
    assert count_by_state(officer) == {"open": 2, "answered": 1}
    assert [row.id for row in questions_in_scope(actor=officer, at=at, mine=True)[0]] == [answered]
    assert questions_in_scope(actor=neighbor(at), at=at)[0] == []


def test_both_sides_add_files_that_both_read_until_it_is_closed(customs: World) -> None:
    at, trader, officer = now(), customs.actor("declarant"), customs.actor("clearance_officer")
    thread = asked(customs, lodged(customs, at), at)
    subject = f"question:{thread}"
    for actor in (trader, officer):
        content = f"Phụ lục của {actor.name}".encode()
        file_papers(actor=actor, subject=subject, papers=[("phu-luc.txt", content)], kind="ETC", at=at)
    assert len(attached_files(actor=trader, subject=subject)) == 2
    assert len(attached_files(actor=officer, subject=subject)) == 2
    with pytest.raises(NotFound):
        attached_files(actor=neighbor(at), subject=subject)
    answer_and_close(actor=officer, thread_id=thread, text="Xem phụ lục.", at=at)
    with pytest.raises(NotAllowed):
        file_papers(actor=trader, subject=subject, papers=[("x.txt", b"x")], kind="ETC", at=at)


def outsiders(customs: World) -> list[Actor]:
    at = now()
    return [neighbor(at), customs.actor("partner_agency"), customs.actor("neighbor_customs")]


def test_a_neighbor_finds_no_question_and_speaks_in_none(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    thread = asked(customs, number, at)
    for actor in outsiders(customs):
        with pytest.raises(NotFound):
            conversation(actor=actor, thread_id=thread, at=at)
        with pytest.raises(NotFound):
            follow_up(actor=actor, thread_id=thread, text="Tôi trả lời", at=at)
        with pytest.raises(NotFound):
            ask_question(actor=actor, number=number, topic="a", text="b", at=at)
    for role in ("auditor", "internal_control", "risk_analyst"):
        with pytest.raises(NotAllowed):
            follow_up(actor=customs.actor(role), thread_id=thread, text="Chỉ đọc", at=at)
    with pytest.raises(NotAllowed):
        ask_question(actor=colleague(at), number=number, topic="a", text="b", at=at)


def test_programs_ask_and_answer_and_a_neighbor_is_refused(customs: World) -> None:
    at = now()
    number = lodged(customs, at)
    trader, officer = customs.api("declarant"), customs.api("clearance_officer")
    body = msgspec.json.encode({"number": number, "topic": TOPIC, "text": TEXT})
    made = trader.post("/api/v1/questions/", body, content_type="application/json")
    assert made.status_code == 201, made.content
    question = made.json()["question"]
    assert (question["state"], question["left"]["working"]) == ("open", True)
    address = f"/api/v1/questions/{question['id']}"
    assert trader.get("/api/v1/questions/?state=open").json()["questions"][0]["id"] == question["id"]
    assert officer.get(f"/api/v1/questions/?number={number}").json()["questions"][0]["topic"] == TOPIC

    def sent(client: Client, path: str, **words: object) -> int:
        body = msgspec.json.encode(words)
        return client.post(f"{address}/{path}", body, content_type="application/json").status_code

    assert sent(officer, "messages", text="Trả lời", close=True) == 200
    assert sent(officer, "reopen", text="Mở") == 403
    assert sent(trader, "close") == 422
    assert sent(trader, "reopen", text="Vẫn chưa rõ") == 200
    assert sent(officer, "messages", text="Rồi") == 200
    assert sent(trader, "close") == 200
    stranger = Client(SERVER_NAME="127.0.0.1")
    assert [sent(stranger, path, text="x") for path in ("messages", "close", "reopen")] == [401] * 3
    for role in ("partner_agency", "neighbor_customs"):
        client = customs.api(role)
        assert client.get(address).status_code == 404
        assert sent(client, "messages", text="x") == 404
        assert client.get("/api/v1/questions/").json() == {"questions": [], "more": False}
