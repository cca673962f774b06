"""An audit from its opening to the end of an appeal, and what each step does in the books and in the register."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests.clearance.postaudit.cases import cleared, found, opened, signed
from tests.world import ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.queries import decision_in_force, facts_in_force
from thongquan.clearance.postaudit import operations
from thongquan.clearance.postaudit.queries import audit_file
from thongquan.clearance.revenue.queries import balance_of
from thongquan.clearance.violations.operations import decide_case, propose_decision
from thongquan.clearance.violations.queries import cases_of_subject, violations_of
from thongquan.rules.derivation import derive
from thongquan.rules.encoding import decoded_decision, decoded_facts
from thongquan.rules.replay import replay

YEAR = timedelta(days=365)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return sorted(fault.code for fault in refused.value.faults)


def subject_of(customs: World, audit: int) -> str:
    return audit_file(actor=customs.actor("auditor"), audit=audit).row.subject


def assessed(subject: str) -> Decimal:
    return balance_of(subject).assessed_vnd


def test_a_cleared_declaration_is_audited(customs: World) -> None:
    number = cleared(customs)
    audit = opened(customs, number=number)
    told = audit_file(actor=customs.actor("auditor"), audit=audit)
    assert (told.row.state, told.row.number) == ("opened", number)
    assert told.row.due_on > localdate(now())
    with pytest.raises(Refused) as refused:
        opened(customs, number=number)
    assert codes(refused) == ["TQ-AUD-009"]
    events = customs.run_sql("SELECT kind, reason, data::text FROM declarations_event ORDER BY id")
    assert events == [("open_audit", "", "{}")]


def test_what_is_not_cleared_or_too_old_is_not_audited(customs: World) -> None:
    with pytest.raises(Refused) as refused:
        opened(customs, number=cleared(customs, state="channeled"))
    assert codes(refused) == ["TQ-LIF-001"]
    customs.run_sql("UPDATE declarations_declaration SET registered_at = registered_at - interval '5 years 2 days'")
    with pytest.raises(Refused) as refused:
        opened(customs, number=cleared(customs, state="channeled", invoice="X-2") and _first(customs))
    assert codes(refused) == ["TQ-AUD-001"]
    with pytest.raises(Refused) as refused:
        opened(customs, number=cleared(customs, invoice="X-3"), place="moon")
    assert codes(refused) == ["TQ-AUD-012"]
    assert customs.run_sql("SELECT count(*) FROM postaudit_audit") == [(0,)]


def _first(customs: World) -> str:
    ((number,),) = customs.run_sql("SELECT number FROM declarations_declaration ORDER BY id LIMIT 1")
    return str(number)


def test_findings_are_checked_and_duties_recalculated(customs: World) -> None:
    audit, auditor = opened(customs), customs.actor("auditor")
    bad: list[tuple[dict[str, Any], list[str]]] = [
        ({"line": 9}, ["TQ-AUD-005"]),
        ({"found": "much"}, ["TQ-AUD-006"]),
        ({"field": "hs", "found": "84145999"}, ["TQ-AUD-013"]),
        ({"ground": " ", "act": "nonsense"}, ["TQ-AUD-004", "TQ-VIO-001"]),
    ]
    for changes, expected in bad:
        with pytest.raises(Refused) as refused:
            found(customs, audit, **changes)
        assert codes(refused) == expected
    found(customs, audit)
    short = operations.recalculate(actor=auditor, audit=audit, at=now())
    told = audit_file(actor=auditor, audit=audit)
    assert short > 0
    assert {row.line for row in told.differences} == {5}
    assert {row.tax for row in told.differences} >= {"vat"}
    assert sum(row.short_vnd for row in told.differences) == short == told.short_vnd
    assert told.recalculated


def test_the_recalculation_replays_under_the_law_of_the_day_of_registration(customs: World) -> None:
    number = cleared(customs)
    audit = opened(customs, number=number)
    found(customs, audit)
    operations.recalculate(actor=customs.actor("auditor"), audit=audit, at=now() + YEAR)
    ((facts, decision),) = customs.run_sql("SELECT facts, decision FROM postaudit_recalculation")
    again = decoded_facts(bytes(facts))
    assert again.law.on == facts_in_force(number).law.on
    assert replay(bytes(facts)) == decoded_decision(bytes(decision))
    assert derive(again).total is not None


def test_a_document_that_cannot_stand_is_refused_with_its_faults(customs: World) -> None:
    audit = opened(customs)
    found(customs, audit, field="origin", found="US", act="wrong_origin")
    with pytest.raises(Refused) as refused:
        operations.recalculate(actor=customs.actor("auditor"), audit=audit, at=now())
    assert "TQ-ORI-002" in codes(refused)


def test_requests_answers_and_notes(customs: World) -> None:
    audit, auditor, trader = opened(customs), customs.actor("auditor"), customs.actor("declarant")
    with pytest.raises(Refused) as refused:
        operations.ask_declarant(
            actor=auditor, audit=audit, text="", due_on=localdate(now()) - timedelta(days=2), at=now()
        )
    assert codes(refused) == ["TQ-AUD-004", "TQ-AUD-011"]
    due = localdate(now()) + timedelta(days=5)
    request = operations.ask_declarant(actor=auditor, audit=audit, text="Nộp hợp đồng", due_on=due, at=now())
    operations.write_note(actor=auditor, audit=audit, text="Nghi ngờ trị giá", at=now())
    operations.plan_audit(actor=auditor, audit=audit, plan="Đối chiếu thanh toán", at=now())
    late = now() + timedelta(days=9)
    operations.answer_request(actor=trader, audit=audit, request=request, text="Xin gửi hợp đồng", at=late)
    with pytest.raises(NotFound):
        operations.answer_request(actor=trader, audit=audit, request=request, text="Lần nữa", at=late)
    inside, outside = (audit_file(actor=actor, audit=audit) for actor in (auditor, trader))
    assert inside.requests == outside.requests
    assert [event.data["late"] for event in inside.events if event.step == "answer"] == [True]
    assert inside.plan
    assert (outside.plan, outside.works) == ("", False)
    assert {event.step for event in outside.events} == {"open", "ask", "answer"}


def test_an_audit_is_extended_once_where_the_law_allows_it(customs: World) -> None:
    leader = customs.actor("team_leader")
    audit = opened(customs, place="declarant")
    before = audit_file(actor=leader, audit=audit).row.due_on
    operations.extend_audit(actor=leader, audit=audit, words="Hồ sơ phức tạp", at=now())
    assert audit_file(actor=leader, audit=audit).row.due_on > before
    at_customs = opened(customs, number=cleared(customs, invoice="X-2"))
    for again in (audit, at_customs):
        with pytest.raises(Refused) as refused:
            operations.extend_audit(actor=leader, audit=again, words="Nữa", at=now())
        assert codes(refused) == ["TQ-AUD-010"]
    with pytest.raises(NotAllowed):
        operations.extend_audit(actor=customs.actor("auditor"), audit=audit, words="Nữa", at=now())


def test_a_conclusion_is_proposed_on_fresh_duties_and_signed_by_another(customs: World) -> None:
    audit, leader = opened(customs), customs.actor("team_leader")
    first = found(customs, audit)
    with pytest.raises(Refused) as refused:
        operations.propose_conclusion(actor=leader, audit=audit, text=" ", at=now())
    assert codes(refused) == ["TQ-AUD-004", "TQ-AUD-007"]
    operations.recalculate(actor=leader, audit=audit, at=now())
    operations.withdraw_finding(actor=leader, audit=audit, finding=first, words="Nhầm dòng", at=now())
    with pytest.raises(Refused) as refused:
        operations.propose_conclusion(actor=leader, audit=audit, text="Kết luận", at=now())
    assert codes(refused) == ["TQ-AUD-007"]
    operations.recalculate(actor=leader, audit=audit, at=now())
    operations.propose_conclusion(actor=leader, audit=audit, text="Khai báo đúng", at=now())
    with pytest.raises(Refused) as refused:
        operations.sign_conclusion(actor=leader, audit=audit, words="", at=now())
    assert codes(refused) == ["TQ-AUD-003"]
    with pytest.raises(Refused) as refused:
        found(customs, audit)
    assert codes(refused) == ["TQ-AUD-002"]
    operations.return_conclusion(actor=customs.actor("director"), audit=audit, words="Xem lại", at=now())
    operations.propose_conclusion(actor=leader, audit=audit, text="Khai báo đúng", at=now())
    operations.sign_conclusion(actor=customs.actor("director"), audit=audit, words="", at=now())
    subject = subject_of(customs, audit)
    assert cases_of_subject(subject) == []
    assert customs.run_sql("SELECT state FROM declarations_declaration") == [("audited",)]


def test_signing_assesses_the_difference_and_records_the_act(customs: World) -> None:
    audit = signed(customs)
    told = audit_file(actor=customs.actor("declarant"), audit=audit)
    ((due, number),) = customs.run_sql("SELECT due_vnd, number FROM declarations_declaration")
    declared = decision_in_force(number).due_vnd
    assert assessed(told.row.subject) == due == declared + told.short_vnd, "books and declaration tell the same sum"
    (case,) = cases_of_subject(told.row.subject)
    ((difference, line),) = customs.run_sql("SELECT difference_vnd, line FROM violations_finding")
    assert (case.state, difference, line) == ("open", told.short_vnd, 5)
    assert told.row.object_by is not None
    assert (told.findings[0].case, told.conclusion) == (case.id, "Trị giá khai báo thấp hơn thực tế")


def test_one_step_is_one_row_of_the_ledger_and_one_message(customs: World) -> None:
    audit = opened(customs)
    operations.plan_audit(actor=customs.actor("auditor"), audit=audit, plan="Kế hoạch", at=now())
    found(customs, audit)
    for table, column in (("ledger_entry", "action"), ("core_outboxmessage", "kind")):
        rows = customs.run_sql(f"SELECT {column} FROM {table} WHERE subject = %s ORDER BY id", f"audit:{audit}")
        assert [row[0] for row in rows] == ["audit.plan", "audit.find"], table
        rows = customs.run_sql(f"SELECT {column} FROM {table} WHERE {column} = 'declaration.open_audit'")
        assert len(rows) == 1, table
    told = customs.run_sql("SELECT convert_from(details, 'UTF8') FROM ledger_entry WHERE subject LIKE 'audit%%'")
    assert not any("Kế hoạch" in row[0] or ENTERPRISE in row[0] for row in told)


def test_an_objection_upheld_restores_duties_and_takes_the_fine_back(customs: World) -> None:
    audit = signed(customs)
    subject = subject_of(customs, audit)
    (case,) = cases_of_subject(subject)
    propose_decision(actor=customs.actor("clearance_officer"), case=case.id, words="Phạt 20 %", at=now())
    fine = decide_case(actor=customs.actor("team_leader"), case=case.id, words="Đồng ý", at=now())
    trader, director = customs.actor("declarant"), customs.actor("director")
    operations.file_objection(actor=trader, audit=audit, text="Giá đã gồm chiết khấu", at=now())
    (finding,) = audit_file(actor=director, audit=audit).findings
    with pytest.raises(NotFound):
        operations.decide_objection(actor=director, audit=audit, text="Đúng", at=now(), withdrawn=[finding.id + 1])
    outcome = operations.decide_objection(
        actor=director, audit=audit, text="Chấp nhận", at=now(), withdrawn=[finding.id]
    )
    ((due,),) = customs.run_sql("SELECT due_vnd FROM declarations_declaration")
    assert (outcome, assessed(subject)) == ("upheld", due)
    assert fine > 0
    assert [row.state for row in cases_of_subject(subject)] == ["annulled"]
    assert violations_of(ENTERPRISE, now() - YEAR) == []
    told = customs.run_sql(
        "SELECT convert_from(payload, 'UTF8') FROM core_outboxmessage WHERE kind = 'violation.withdrawn'"
    )
    assert f'"fine_vnd":"{fine}"' in told[0][0].replace(" ", "")


def test_an_objection_partly_upheld_leaves_the_rest(customs: World) -> None:
    audit = signed(customs, {}, {"line": 4, "found": "30000"})
    subject, director = subject_of(customs, audit), customs.actor("director")
    whole = audit_file(actor=director, audit=audit)
    operations.file_objection(actor=customs.actor("broker"), audit=audit, text="Dòng 5 đúng giá", at=now())
    first, second = whole.findings
    assert first.violation == second.violation is not None
    outcome = operations.decide_objection(actor=director, audit=audit, text="Một phần", at=now(), withdrawn=[first.id])
    told = audit_file(actor=director, audit=audit)
    assert outcome == "partly"
    assert {row.line for row in told.differences} == {4}
    assert 0 < told.short_vnd < whole.short_vnd
    assert [row.state for row in cases_of_subject(subject)] == ["dropped", "open"]
    left = customs.run_sql("SELECT difference_vnd FROM violations_finding WHERE withdrawn_at IS NULL")
    assert left == [(told.short_vnd,)]
    assert told.standing[0].violation not in (None, first.violation)


def test_a_rejected_objection_may_be_appealed(customs: World) -> None:
    audit, trader, director = signed(customs), customs.actor("declarant"), customs.actor("director")
    subject = subject_of(customs, audit)
    before = assessed(subject)
    with pytest.raises(Refused) as refused:
        operations.file_objection(actor=trader, audit=audit, text="Muộn", at=now() + YEAR)
    assert codes(refused) == ["TQ-AUD-008"]
    operations.file_objection(actor=trader, audit=audit, text="Không đồng ý", at=now())
    leader = customs.actor("team_leader")
    assert operations.decide_objection(actor=leader, audit=audit, text="Không có căn cứ", at=now()) == "rejected"
    assert assessed(subject) == before
    operations.file_appeal(actor=trader, audit=audit, text="Khiếu nại lần hai", at=now())
    with pytest.raises(NotAllowed):
        operations.decide_appeal(actor=leader, audit=audit, text="Giữ nguyên", at=now())
    assert operations.decide_appeal(actor=director, audit=audit, text="Giữ nguyên", at=now()) == "rejected"
    told = audit_file(actor=trader, audit=audit)
    assert told.row.state == "final"
    assert [(one.kind, one.outcome) for one in told.objections] == [("objection", "rejected"), ("appeal", "rejected")]


def test_the_director_who_answered_the_objection_does_not_decide_the_appeal(customs: World) -> None:
    audit, trader, director = signed(customs), customs.actor("declarant"), customs.actor("director")
    operations.file_objection(actor=trader, audit=audit, text="Không đồng ý", at=now())
    operations.decide_objection(actor=director, audit=audit, text="Không có căn cứ", at=now())
    operations.file_appeal(actor=trader, audit=audit, text="Khiếu nại lần hai", at=now())
    with pytest.raises(Refused) as refused:
        operations.decide_appeal(actor=director, audit=audit, text="Giữ nguyên", at=now())
    assert codes(refused) == ["TQ-AUD-014"]
    shown = customs.client("director").get(f"/audits/{audit}/").content.decode()
    assert f'action="/audits/{audit}/decide_appeal"' not in shown
    assert "lãnh đạo khác giải quyết khiếu nại lần hai" in shown
    customs.run_sql("UPDATE postaudit_objection SET answered_by = 'user:0' WHERE kind = 'objection'")
    assert operations.decide_appeal(actor=director, audit=audit, text="Giữ nguyên", at=now()) == "rejected"


def test_an_act_on_several_lines_counts_each_line_once(customs: World) -> None:
    audit = signed(
        customs,
        {"act": "short_duty_detected"},
        {"field": "description", "found": "Quạt công nghiệp", "act": "wrong_without_duty"},
        {"line": 0, "field": "freight", "found": "9000", "act": "documents_missing"},
    )
    rows = customs.run_sql("SELECT act, difference_vnd, line FROM violations_finding ORDER BY id")
    assert [row[0] for row in rows] == ["short_duty_detected", "wrong_without_duty", "documents_missing"]
    assert sum(row[1] for row in rows) == audit_file(actor=customs.actor("auditor"), audit=audit).short_vnd
    assert [row[2] for row in rows] == [5, 5, None]
    assert rows[1][1] == 0


@pytest.mark.parametrize("role", ["clearance_officer", "risk_analyst", "declarant", "partner_agency"])
def test_a_stranger_to_audits_opens_none(customs: World, role: str) -> None:
    number = cleared(customs)
    with pytest.raises((NotAllowed, NotFound)):
        operations.open_audit(actor=customs.actor(role), number=number, place="customs", at=now())


def test_a_trader_does_no_step_of_customs_and_customs_none_of_the_trader(customs: World) -> None:
    audit = opened(customs)
    request = operations.ask_declarant(
        actor=customs.actor("auditor"), audit=audit, text="Nộp hợp đồng", due_on=localdate(now()) + YEAR, at=now()
    )
    with pytest.raises(NotAllowed):
        found(customs, audit, actor=customs.actor("declarant"))
    with pytest.raises(NotAllowed):
        operations.answer_request(
            actor=customs.actor("auditor"), audit=audit, request=request, text="Tự trả lời", at=now()
        )


def test_a_neighbor_reads_no_audit_of_another_office_or_enterprise(customs: World) -> None:
    audit = opened(customs)
    customs.run_sql("UPDATE postaudit_audit SET office = '20BB', tax_code = '9999900099'")
    for role in ("auditor", "team_leader", "declarant", "broker"):
        with pytest.raises(NotFound):
            audit_file(actor=customs.actor(role), audit=audit)
        with pytest.raises(NotFound):
            operations.write_note(actor=customs.actor(role), audit=audit, text="x", at=now())
