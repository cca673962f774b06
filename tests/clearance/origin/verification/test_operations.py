"""A case of verification from its opening to its end: who may do what, which clocks run, what the end does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.clearance.origin.papers import one_line, registered
from tests.clearance.origin.test_operations import PROGRAM, codes, take
from tests.clearance.origin.verification.cases import ADDRESSEE, CONTACT, ended, opened, requested, used
from tests.world import OTHER_ENTERPRISE, World
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.origin.operations import (
    accept_certificate,
    answer_question,
    ask_documents,
    ask_explanation,
    check_certificate,
    close_verification,
    open_verification,
    record_answer,
    record_consent,
    sign_letter,
    use_items,
    withdraw_certificate,
    write_letter,
    write_note,
)
from thongquan.clearance.origin.queries import certificate_file, verification_file, verifications
from thongquan.clearance.tariff.queries.calendars import calendar_of
from thongquan.rules.codes import Code


def state_of(customs: World, certificate: int) -> str:
    return certificate_file(actor=customs.actor("clearance_officer"), certificate=certificate).row.state


def test_a_case_carries_the_findings_and_doubts_its_certificates(customs: World) -> None:
    officer = customs.actor("clearance_officer")
    key = registered(customs, one_line("9", number="Z1", invoices=("Q",), route=("US",)))
    check_certificate(actor=officer, certificate=key, at=now())
    case = opened(customs, key, words="")
    file = verification_file(actor=officer, verification=case, at=now())
    assert {one.finding.grade for one in file.doubts if one.finding} <= {"doubt", "pending", "refuse"}
    assert file.doubts
    assert state_of(customs, key) == "doubted"
    for table, column in (("ledger_entry", "action"), ("core_outboxmessage", "kind")):
        rows = customs.run_sql(f"SELECT {column} FROM {table} WHERE subject = 'verification:{case}'")
        assert rows == [("origin.verification.open",)]


def test_nothing_opens_without_a_doubt_twice_or_over_different_traders(customs: World) -> None:
    key = registered(customs)
    with pytest.raises(Refused) as refused:
        opened(customs, key, words=" ")
    assert codes(refused) == [Code.TQ_ORI_055]
    opened(customs, key)
    with pytest.raises(Refused) as refused:
        opened(customs, key)
    assert codes(refused) == [Code.TQ_ORI_091]
    asean = registered(customs, one_line("5", number="V-1", agreement="ATIGA", form="D", issuing_country="TH"))
    other = registered(customs, one_line("5", number="V-2"))
    with pytest.raises(Refused) as refused:
        opened(customs, asean, other)
    assert codes(refused) == [Code.TQ_ORI_092]
    with pytest.raises(NotAllowed):
        open_verification(actor=customs.actor("declarant"), certificates=[other], words="x", at=now())


def test_while_a_case_is_open_nothing_new_uses_the_certificate_and_only_its_end_decides(customs: World) -> None:
    key = registered(customs)
    use_items(actor=PROGRAM, subject="declaration:1", takes=[take(key, "10")], at=now())
    opened(customs, key)
    officer = customs.actor("clearance_officer")
    with pytest.raises(Refused) as refused:
        use_items(actor=PROGRAM, subject="declaration:2", takes=[take(key, "1")], at=now())
    assert codes(refused) == [Code.TQ_ORI_054]
    check_certificate(actor=officer, certificate=key, at=now())
    for act in (accept_certificate, withdraw_certificate):
        with pytest.raises(Refused) as refused:
            act(actor=officer, certificate=key, words="Vẫn nhận", at=now())
        assert codes(refused) == [Code.TQ_ORI_091]


def test_the_trader_is_asked_answers_once_and_each_question_has_its_clock(customs: World) -> None:
    officer, trader, at = customs.actor("clearance_officer"), customs.actor("declarant"), now()
    case = opened(customs, at=at)
    ask_explanation(actor=officer, verification=case, words="Vì sao khác?", at=at)
    ask_documents(actor=officer, verification=case, words="Bảng kê nguyên liệu", at=at)
    seen = verification_file(actor=trader, verification=case, at=at)
    due = {one.kind: one.clock.clock for one in seen.questions if one.clock}
    today = localdate(at)
    assert localdate(due["explain"].due_at) == calendar_of("15BB", around=today).add_working_days(today, 5)
    assert localdate(due["documents"].due_at) >= today + timedelta(days=10)
    assert all("Art. 19" in one.source for one in due.values())
    answer_question(actor=trader, verification=case, question=1, words="Do lỗi in", at=at)
    with pytest.raises(NotFound):
        answer_question(actor=trader, verification=case, question=1, words="Lần nữa", at=at)
    with pytest.raises(NotAllowed):
        answer_question(actor=officer, verification=case, question=2, words="x", at=at)
    after = verification_file(actor=officer, verification=case, at=at)
    assert [(one.answer, one.clock.clock.runs()) for one in after.questions if one.clock] == [
        ("Do lỗi in", False),
        ("", True),
    ]


def test_the_whole_time_and_the_answer_of_the_authority_are_clocks(customs: World) -> None:
    at = now()
    case = opened(customs, at=at)
    requested(customs, case, at=at)
    requested(customs, case, kind="reminder", at=at)
    requested(customs, case, kind="visit", at=at)
    officer = customs.actor("clearance_officer")
    clocks = {one.clock.name: one.clock for one in verification_file(actor=officer, verification=case, at=at).clocks}
    days = {name: (localdate(one.due_at) - localdate(at)).days for name, one in clocks.items()}
    assert 180 <= days["total"] < 190
    assert 180 <= days["reply"] < 190
    assert 30 <= days["consent"] < 40
    assert not clocks["reply"].verified
    record_consent(actor=officer, verification=case, consents=False, words="Không đồng ý", at=at)
    with pytest.raises(NotFound):
        record_consent(actor=officer, verification=case, consents=True, words="Lần nữa", at=at)


def test_a_letter_is_signed_by_another_and_kept_as_a_file_in_each_language(customs: World) -> None:
    case, leader = opened(customs), customs.actor("team_leader")
    letter = write_letter(
        actor=leader, verification=case, kind="request", addressee=ADDRESSEE, contact=CONTACT, at=now()
    )
    with pytest.raises(Refused) as refused:
        sign_letter(actor=leader, verification=case, letter=letter, at=now())
    assert codes(refused) == [Code.TQ_ORI_094]
    with pytest.raises(NotAllowed):
        sign_letter(actor=customs.actor("clearance_officer"), verification=case, letter=letter, at=now())
    with pytest.raises(Refused) as refused:
        record_answer(actor=leader, verification=case, answer="genuine", words="x", at=now())
    assert codes(refused) == [Code.TQ_ORI_090]
    sign_letter(actor=customs.actor("director"), verification=case, letter=letter, at=now())
    kept = customs.run_sql(
        "SELECT f.name, a.audience FROM attachments_attachment a JOIN attachments_file f ON f.id = a.file_id "
        f"WHERE a.subject = 'verification:{case}' ORDER BY f.name"
    )
    assert kept == [(f"request-{letter}-{language}.pdf", "customs") for language in ("en", "vi", "zh-hans")]


def test_silence_is_an_answer_only_when_the_whole_time_is_over(customs: World) -> None:
    at = now()
    case = opened(customs, at=at)
    requested(customs, case, at=at)
    officer = customs.actor("clearance_officer")
    with pytest.raises(Refused) as refused:
        record_answer(actor=officer, verification=case, answer="no_answer", words="Im lặng", at=at)
    assert codes(refused) == [Code.TQ_ORI_093]
    late = at + timedelta(days=190)
    record_answer(actor=officer, verification=case, answer="no_answer", words="Im lặng", at=late)
    with pytest.raises(Refused) as refused:
        close_verification(
            actor=customs.actor("team_leader"), verification=case, outcome="accepted", words="x", at=late
        )
    assert codes(refused) == [Code.TQ_ORI_095]


@pytest.mark.parametrize(
    ("answer", "outcome", "state"),
    [
        ("genuine", "accepted", "accepted"),
        ("not_genuine", "refused", "refused"),
        ("criterion", "refused", "refused"),
        ("no_answer", "refused", "refused"),
    ],
)
def test_the_end_decides_on_the_certificate_and_tells_who_used_it(
    customs: World, answer: str, outcome: str, state: str
) -> None:
    key, number = used(customs)
    case = opened(customs, key)
    ended(customs, case, answer, outcome)
    assert state_of(customs, key) == state
    file = verification_file(actor=customs.actor("clearance_officer"), verification=case, at=now())
    assert (file.row.state, file.row.outcome) == ("closed", outcome)
    subject = f"declaration:{number[:11]}0"
    assert file.uses == (subject,)
    told = customs.run_sql(
        "SELECT convert_from(payload, 'UTF8')::json->'subjects' FROM core_outboxmessage "
        "WHERE kind = 'origin.verification.closed'"
    )
    assert told == [({subject: {"E26450000123456": [1, 2, 3, 4, 5]}},)]
    names = [one.clock.name for one in file.clocks if one.clock.runs()]
    assert names == (["amendment"] if outcome == "refused" else [])


def test_partly_refuses_the_named_lines_alone(customs: World) -> None:
    key = registered(customs)
    use_items(actor=PROGRAM, subject="declaration:1", takes=[take(key, "10")], at=now())
    case = opened(customs, key)
    with pytest.raises(Refused) as refused:
        ended(customs, case, "partly", "partly", lines={key: [99]})
    assert codes(refused) == [Code.TQ_ORI_096]
    leader = customs.actor("team_leader")
    for lines in ({}, {key: [1, 2, 3, 4, 5]}, {key + 1: [1]}):
        with pytest.raises(Refused) as refused:
            close_verification(actor=leader, verification=case, outcome="partly", words="x", at=now(), lines=lines)
        assert codes(refused) == [Code.TQ_ORI_096]
    close_verification(actor=leader, verification=case, outcome="partly", words="x", at=now(), lines={key: [1]})
    assert state_of(customs, key) == "accepted"
    use_items(actor=PROGRAM, subject="declaration:2", takes=[take(key, "5", item=2)], at=now())
    with pytest.raises(Refused) as refused:
        use_items(actor=PROGRAM, subject="declaration:2", takes=[take(key, "1")], at=now())
    assert Code.TQ_ORI_097 in codes(refused)


def test_customs_may_end_it_by_what_the_trader_explained_but_never_between_request_and_answer(customs: World) -> None:
    leader, key = customs.actor("team_leader"), registered(customs)
    case = opened(customs, key)
    with pytest.raises(NotAllowed):
        close_verification(
            actor=customs.actor("clearance_officer"), verification=case, outcome="accepted", words="x", at=now()
        )
    close_verification(actor=leader, verification=case, outcome="accepted", words="Giải trình đủ", at=now())
    assert state_of(customs, key) == "accepted"
    with pytest.raises(Refused) as refused:
        ask_explanation(actor=leader, verification=case, words="x", at=now())
    assert codes(refused) == [Code.TQ_ORI_090]
    second = opened(customs, key)
    requested(customs, second)
    with pytest.raises(Refused) as refused:
        close_verification(actor=leader, verification=second, outcome="refused", words="x", at=now())
    assert codes(refused) == [Code.TQ_ORI_090]


def test_a_neighbor_sees_and_does_nothing_and_a_trader_reads_neither_letters_nor_notes(customs: World) -> None:
    program = system_actor("test", offices=["20BB"])
    elsewhere = registered(customs, one_line("9", number="N1"), actor=program, office="20BB", tax_code=OTHER_ENTERPRISE)
    officer, trader = customs.actor("clearance_officer"), customs.actor("declarant")
    with pytest.raises(NotFound):
        open_verification(actor=officer, certificates=[elsewhere], words="x", at=now())
    case = opened(customs)
    requested(customs, case)
    write_note(actor=officer, verification=case, words="Nghi giả mạo", at=now())
    seen = verification_file(actor=trader, verification=case, at=now())
    assert seen.letters == ()
    assert "Nghi giả mạo" not in str(seen)
    assert "Con dấu lạ" not in str(seen)
    assert officer.reference not in str(seen)
    assert [row.id for row in verifications(actor=trader, at=now())[0]] == [case]
    assert verifications(actor=customs.actor("broker"), at=now(), text="no such exporter")[0] == []
