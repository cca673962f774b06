"""A consultation from its opening to its end: what waits for it, what follows from it, who may not."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.clearance.valuation.cases import GROUND, decided, found, heard, identical, lodged, opened, proposed
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.queries.conditions import conditions_for
from thongquan.clearance.declarations.queries import document_in_force, stand_by_subject
from thongquan.clearance.revenue.queries import balance_of
from thongquan.clearance.valuation.models import Consultation, Determination, Reassessed
from thongquan.clearance.valuation.operations.asking import answer_question, ask_declarant, write_note
from thongquan.clearance.valuation.operations.deciding import decide_outcome, propose_outcome, return_outcome
from thongquan.clearance.valuation.operations.determining import determine_value, try_value, withdraw_value
from thongquan.clearance.valuation.operations.opening import open_consultation
from thongquan.clearance.valuation.queries.consultations import consultation_file
from thongquan.rules.clearance import decide
from thongquan.rules.encoding import decoded_decision, decoded_facts


def waits(number: str, purpose: str) -> list[str]:
    stand = stand_by_subject(f"declaration:{number}")
    assert stand is not None
    missing = conditions_for(stand, purpose).missing  # type: ignore[arg-type]  # a word of the test
    return [one.values.get("check", "") for one in missing if one.name == "checks"]


def refusal(case: object) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as told:
        case()  # type: ignore[operator]  # a call put off
    return [(fault.code, fault.path) for fault in told.value.faults]


def test_clearance_waits_for_it_and_release_does_not(customs: World) -> None:
    number = lodged(customs)
    case = opened(customs, number=number)
    assert "valuation" in waits(number, "clear")
    assert "valuation" not in waits(number, "release")
    propose_outcome(
        actor=customs.actor("clearance_officer"), consultation=case, outcome="accepted", text="Phù hợp", at=now()
    )
    assert "valuation" in waits(number, "clear")
    assert decide_outcome(actor=customs.actor("team_leader"), consultation=case, at=now()) == "accepted"
    assert "valuation" not in waits(number, "clear")
    assert Reassessed.objects.count() == 0


def test_a_rejected_value_changes_duties_and_keeps_the_declared_value(customs: World) -> None:
    number = lodged(customs)
    heard("revenue.", "declarations.")
    before = stand_by_subject(f"declaration:{number}")
    declared = document_in_force(number)
    case = decided(customs, number=number)
    after = stand_by_subject(f"declaration:{number}")
    assert before is not None
    assert after is not None
    latest = Reassessed.objects.order_by("-pk").first()
    assert latest is not None
    assert latest.short_vnd > 0
    assert after.due_vnd == before.due_vnd + latest.short_vnd
    assert balance_of(after.subject).uncovered_vnd >= latest.short_vnd
    assert document_in_force(number) == declared
    value = Determination.objects.get()
    assert (value.method, value.value_vnd) == ("identical", Decimal(72_000_000))
    assert value.declared_vnd < value.value_vnd
    assert decide(decoded_facts(bytes(latest.facts))) == decoded_decision(bytes(latest.decision))
    assert Consultation.objects.get(pk=case).state == "rejected"


def test_other_lines_keep_their_values(customs: World) -> None:
    decided(customs)
    rows = Reassessed.objects.order_by("-pk").values_list("rows", flat=True)[0]
    assert {row["line"] for row in rows} == {1}


def test_a_rejection_needs_a_value_of_every_line_in_question(customs: World) -> None:
    case, officer = opened(customs, lines=(1, 2)), customs.actor("clearance_officer")
    found(customs, case, line=1)
    told = refusal(lambda: propose_outcome(actor=officer, consultation=case, outcome="rejected", text=" ", at=now()))
    assert told == [("TQ-CVL-002", "text"), ("TQ-CVL-011", "outcome")]
    found(customs, case, line=2)
    propose_outcome(actor=officer, consultation=case, outcome="rejected", text="Đủ", at=now())


def test_two_persons_stand_behind_an_outcome(customs: World) -> None:
    case, leader = opened(customs), customs.actor("team_leader")
    propose_outcome(actor=leader, consultation=case, outcome="accepted", text="Phù hợp", at=now())
    assert refusal(lambda: decide_outcome(actor=leader, consultation=case, at=now())) == [("TQ-CVL-003", "actor")]
    with pytest.raises(NotAllowed):
        decide_outcome(actor=customs.actor("clearance_officer"), consultation=case, at=now())
    assert decide_outcome(actor=customs.actor("director"), consultation=case, at=now()) == "accepted"


def test_an_outcome_is_given_back(customs: World) -> None:
    case = proposed(customs)
    return_outcome(actor=customs.actor("team_leader"), consultation=case, words="Hỏi thêm", at=now())
    row = Consultation.objects.get(pk=case)
    assert (row.state, row.outcome, row.proposed_by) == ("opened", "", "")


def test_questions_are_answered_once_by_the_trader(customs: World) -> None:
    case, officer, trader = opened(customs), customs.actor("clearance_officer"), customs.actor("declarant")
    asked = ask_declarant(actor=officer, consultation=case, text="Nộp hợp đồng", at=now())
    kept = consultation_file(actor=trader, consultation=case).questions[0]
    assert kept.due_on > kept.asked_at.date()
    late = refusal(
        lambda: ask_declarant(
            actor=officer, consultation=case, text="", due_on=(now() - timedelta(days=3)).date(), at=now()
        )
    )
    assert late == [("TQ-CVL-002", "text"), ("TQ-CVL-015", "due_on")]
    with pytest.raises(NotAllowed):
        answer_question(actor=officer, consultation=case, question=asked, text="x", at=now())
    answer_question(actor=trader, consultation=case, question=asked, text="Gửi kèm", at=now())
    with pytest.raises(NotFound):
        answer_question(actor=trader, consultation=case, question=asked, text="Nữa", at=now())


def test_one_consultation_of_an_import_that_is_not_cleared(customs: World) -> None:
    number, officer = lodged(customs), customs.actor("clearance_officer")
    told = refusal(lambda: open_consultation(actor=officer, number=number, lines=[9], ground=" ", at=now()))
    assert told == [("TQ-CVL-002", "ground"), ("TQ-CVL-010", "lines")]
    opened(customs, number=number)
    assert refusal(lambda: opened(customs, number=number)) == [("TQ-CVL-005", "number")]
    other = lodged(customs, invoice="X-2")
    customs.run_sql("UPDATE declarations_declaration SET state = 'cleared' WHERE number = %s", other)
    assert refusal(lambda: opened(customs, number=other)) == [("TQ-CVL-004", "number")]


def test_values_are_tried_kept_replaced_and_taken_back(customs: World) -> None:
    case, officer = opened(customs), customs.actor("clearance_officer")
    assert try_value(actor=officer, consultation=case, asked=identical(), at=now()).value_vnd == 72_000_000
    assert Determination.objects.count() == 0
    found(customs, case)
    second = found(customs, case, price="5000")
    assert Determination.objects.filter(withdrawn_at=None).get().pk == second
    withdraw_value(actor=officer, consultation=case, determination=second, words="Nhầm", at=now())
    assert not Determination.objects.filter(withdrawn_at=None).exists()
    told = refusal(lambda: determine_value(actor=officer, consultation=case, asked=identical(line=3), at=now()))
    assert told == [("TQ-CVL-010", "line")]


def test_a_step_out_of_its_state_is_refused(customs: World) -> None:
    case, officer = decided(customs, "accepted"), customs.actor("clearance_officer")
    assert refusal(lambda: ask_declarant(actor=officer, consultation=case, text="x", at=now())) == [
        ("TQ-CVL-001", "state")
    ]
    write_note(actor=officer, consultation=case, text="Lưu hồ sơ", at=now())


def test_a_declaration_released_meanwhile_is_let_go_too(customs: World) -> None:
    number = lodged(customs)
    case = opened(customs, number=number)
    customs.run_sql("UPDATE declarations_declaration SET state = 'released' WHERE number = %s", number)
    assert "valuation" in waits(number, "clear")
    propose_outcome(
        actor=customs.actor("clearance_officer"), consultation=case, outcome="accepted", text="Phù hợp", at=now()
    )
    decide_outcome(actor=customs.actor("team_leader"), consultation=case, at=now())
    assert "valuation" not in waits(number, "clear")


def test_the_ledger_tells_each_step_without_words(customs: World) -> None:
    decided(customs)
    rows = customs.run_sql("SELECT action, details::text FROM ledger_entry WHERE action LIKE 'consultation.%%'")
    assert [action for action, _details in rows] == [
        f"consultation.{step}" for step in ("open", "determine", "propose", "decide")
    ]
    assert not any(GROUND[:20] in details for _action, details in rows)


def test_a_neighbor_office_finds_no_consultation(customs: World) -> None:
    case = opened(customs)
    customs.run_sql("UPDATE valuation_consultation SET office = '20BB', tax_code = '9999900099'")
    for role in ("clearance_officer", "team_leader", "declarant", "broker", "risk_analyst"):
        with pytest.raises(NotFound):
            consultation_file(actor=customs.actor(role), consultation=case)


def test_a_trader_reads_no_value_before_it_is_decided_and_no_sources_after(customs: World) -> None:
    case = proposed(customs)
    trader = customs.actor("declarant")
    before = consultation_file(actor=trader, consultation=case)
    assert (before.determinations, before.outcome, before.row.outcome, before.differences) == ((), "", "", ())
    decide_outcome(actor=customs.actor("team_leader"), consultation=case, at=now())
    after = consultation_file(actor=trader, consultation=case)
    assert after.outcome == "rejected"
    assert after.determinations[0].tree.candidates[0].source == ""
    assert after.determinations[0].value_vnd == 72_000_000
    assert after.short_vnd > 0
    assert all(event.words == "" for event in after.events)
