"""Acts are recorded, fines proposed by one and decided by another, and what others may read of them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils.timezone import localdate

from tests.clearance.violations.cases import SUBJECT, decided, recorded
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.violations import queries
from thongquan.clearance.violations.operations import (
    annul_decision,
    decide_case,
    drop_case,
    load_acts,
    propose_decision,
    return_case,
)

YEAR = timedelta(days=365)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return sorted(fault.code for fault in refused.value.faults)


def rows_about(customs: World, case: int) -> tuple[list[str], list[str]]:
    """Actions of the ledger and kinds of the outbox about a case."""
    subject = f"violation:{case}"
    ledger = customs.run_sql("SELECT action FROM ledger_entry WHERE subject = %s ORDER BY id", subject)
    outbox = customs.run_sql("SELECT kind FROM core_outboxmessage WHERE subject = %s ORDER BY id", subject)
    return [row[0] for row in ledger], [row[0] for row in outbox]


def test_a_case_is_proposed_by_one_and_decided_by_another(customs: World) -> None:
    found = decided(customs)
    told = queries.case_file(actor=customs.actor("team_leader"), case=found.case)
    assert (told.row.state, told.row.fine_vnd) == ("decided", Decimal(2_000_000))
    steps = ["recorded", "proposed", "decided"]
    assert rows_about(customs, found.case) == ([f"violation.{step}" for step in steps],) * 2
    ((payload,),) = customs.run_sql("SELECT payload FROM core_outboxmessage WHERE kind = 'violation.decided'")
    message = json.loads(bytes(payload))
    assert message == {
        "case": found.case,
        "subject": SUBJECT,
        "tax_code": ENTERPRISE,
        "office": "15BB",
        "fine_vnd": "2000000",
        "actor": customs.actor("team_leader").reference,
    }


def test_no_tax_code_and_no_words_reach_the_ledger(customs: World) -> None:
    decided(customs)
    entries = customs.run_sql(
        "SELECT convert_from(details, 'UTF8') FROM ledger_entry WHERE subject LIKE 'violation:%%'"
    )
    assert len(entries) == 3
    assert not any(ENTERPRISE in row[0] or "84145110" in row[0] or "Đồng ý" in row[0] for row in entries)


def test_findings_of_one_subject_share_the_open_case(customs: World) -> None:
    first = recorded(customs)
    second = recorded(customs, act="wrong_origin", difference_vnd=Decimal(0))
    other = recorded(customs, subject="declaration:101234567900")
    assert first.case == second.case != other.case
    with pytest.raises(Refused) as refused:
        propose_decision(actor=customs.actor("clearance_officer"), case=first.case, words="", at=now())
    assert codes(refused) == ["TQ-VIO-004", "TQ-VIO-006"]
    stated = {second.finding: Decimal(1_000_000)}
    words = {"actor": customs.actor("clearance_officer"), "case": first.case, "words": "Hai hành vi"}
    assert propose_decision(**words, stated_vnd=stated, at=now()) == Decimal(3_000_000)  # type: ignore[arg-type]
    assert recorded(customs).case != first.case


def test_a_share_needs_duty_that_is_short(customs: World) -> None:
    found = recorded(customs, difference_vnd=Decimal(0))
    with pytest.raises(Refused) as refused:
        propose_decision(actor=customs.actor("clearance_officer"), case=found.case, words="Phạt", at=now())
    assert codes(refused) == ["TQ-VIO-005"]


def test_the_law_of_the_day_must_know_the_act(customs: World) -> None:
    with pytest.raises(Refused) as refused:
        recorded(customs, on=date(2026, 6, 30), declared=" ")
    assert codes(refused) == ["TQ-VIO-001", "TQ-VIO-006"]
    with pytest.raises(Refused) as refused:
        recorded(customs, act="no_such_act")
    assert codes(refused) == ["TQ-VIO-001"]
    assert customs.run_sql("SELECT count(*) FROM violations_case") == [(0,)]


def test_who_proposed_never_decides(customs: World) -> None:
    found = recorded(customs, role="team_leader")
    leader = customs.actor("team_leader")
    propose_decision(actor=leader, case=found.case, words="Phạt", at=now())
    with pytest.raises(Refused) as refused:
        decide_case(actor=leader, case=found.case, words="Đồng ý", at=now())
    assert codes(refused) == ["TQ-VIO-003"]
    with pytest.raises(Refused) as refused:
        drop_case(actor=leader, case=found.case, words="Thôi", at=now())
    assert codes(refused) == ["TQ-VIO-003"]
    assert decide_case(actor=customs.actor("director"), case=found.case, words="Đồng ý", at=now()) == Decimal(2_000_000)


def test_a_step_that_the_state_does_not_allow_is_refused(customs: World) -> None:
    found = decided(customs)
    for step in (decide_case, return_case, drop_case):
        with pytest.raises(Refused) as refused:
            step(actor=customs.actor("director"), case=found.case, words="x", at=now())
        assert codes(refused) == ["TQ-VIO-002"]


def test_a_proposal_may_be_given_back_and_a_case_dropped(customs: World) -> None:
    found = recorded(customs)
    officer, leader = customs.actor("clearance_officer"), customs.actor("team_leader")
    propose_decision(actor=officer, case=found.case, words="Phạt", at=now())
    with pytest.raises(Refused) as refused:
        return_case(actor=leader, case=found.case, words=" ", at=now())
    assert codes(refused) == ["TQ-VIO-006"]
    return_case(actor=leader, case=found.case, words="Bổ sung chứng cứ", at=now())
    drop_case(actor=leader, case=found.case, words="Không đủ căn cứ", at=now())
    assert queries.case_file(actor=officer, case=found.case).row.state == "dropped"
    assert queries.violations_of(ENTERPRISE, now() - YEAR) == []


def test_what_levels_and_guarantees_read(customs: World) -> None:
    decided(customs)
    decided(customs, act="guided_code_again", subject="declaration:101234567900")
    recorded(customs, subject="declaration:101234567910")
    found = queries.violations_of(ENTERPRISE, now() - YEAR)
    assert [(one.act, one.kind, one.fine_vnd) for one in found] == [
        ("short_duty_detected", "duty", Decimal(2_000_000)),
        ("guided_code_again", "evasion", Decimal(500_000)),
    ]
    counts = queries.counts_for_guarantee(ENTERPRISE, now())
    assert (counts.smuggling_or_evasion, counts.other) == (1, 1)
    later = queries.counts_for_guarantee(ENTERPRISE, now() + YEAR + timedelta(minutes=1))
    assert (later.smuggling_or_evasion, later.other) == (0, 0)
    assert queries.counts_for_guarantee(OTHER_ENTERPRISE, now()).other == 0


def test_an_annulled_decision_counts_no_more_and_is_announced(customs: World) -> None:
    found = decided(customs)
    with pytest.raises(NotAllowed):
        annul_decision(actor=customs.actor("team_leader"), case=found.case, words="Khiếu nại đúng", at=now())
    annul_decision(actor=customs.actor("director"), case=found.case, words="Khiếu nại đúng", at=now())
    assert queries.violations_of(ENTERPRISE, now() - YEAR) == []
    ((payload,),) = customs.run_sql("SELECT payload FROM core_outboxmessage WHERE kind = 'violation.annulled'")
    assert json.loads(bytes(payload))["fine_vnd"] == "2000000"


def test_the_program_records_for_its_offices_only(customs: World) -> None:
    recorded(customs, actor=system_actor("amending", offices=["15BB"]))
    with pytest.raises(NotAllowed):
        recorded(customs, actor=system_actor("amending", offices=["20BB"]))


@pytest.mark.parametrize("role", ["declarant", "broker", "risk_analyst", "partner_agency"])
def test_a_stranger_to_penalties_records_nothing(customs: World, role: str) -> None:
    with pytest.raises(NotAllowed):
        recorded(customs, role=role)


def test_a_neighbor_office_sees_and_decides_nothing(customs: World) -> None:
    found = recorded(customs, actor=system_actor("x", offices=["20BB"]), office="20BB")
    for role in ("clearance_officer", "team_leader", "declarant"):
        with pytest.raises(NotFound):
            queries.case_file(actor=customs.actor(role), case=found.case)
        with pytest.raises(NotFound):
            propose_decision(actor=customs.actor(role), case=found.case, words="x", at=now())


def test_a_trader_reads_the_own_decided_case_and_no_proposal(customs: World) -> None:
    found = recorded(customs)
    trader = customs.actor("declarant")
    with pytest.raises(NotFound):
        queries.case_file(actor=trader, case=found.case)
    done = decided(customs, subject="declaration:101234567900")
    told = queries.case_file(actor=trader, case=done.case)
    assert [move.step for move in told.moves] == ["decide"]
    assert not told.works


def test_the_shipped_acts_are_loaded_once(customs: World) -> None:
    assert load_acts(at=now()) == 0
    known = {act.law.code: act.law for act in queries.acts_on(localdate(now()))}
    assert known["short_duty_self_corrected"].share == Decimal("0.1")
    assert known["short_duty_detected"].share == Decimal("0.2")
    assert queries.acts_on(date(2026, 6, 30)) == []


def test_a_corrected_act_stands_beside_the_old_row(customs: World, tmp_path: Path) -> None:
    from thongquan.clearance.violations.operations.acts import SHIPPED

    file = tmp_path / "acts.csv"
    file.write_text(SHIPPED.read_text(encoding="utf-8").replace("share,0.20", "share,0.25"), encoding="utf-8")
    assert load_acts(at=now(), file=file) == 2
    found = queries.act_on("short_duty_detected", localdate(now()))
    assert found is not None
    assert found.law.share == Decimal("0.25")
    assert customs.run_sql("SELECT count(*) FROM violations_act WHERE withdrawn_at IS NOT NULL") == [(1,)]


def test_a_bad_file_names_every_fault_and_changes_nothing(customs: World, tmp_path: Path) -> None:
    file = tmp_path / "acts.csv"
    head = "code,kind,article,fine_rule,fine_share,annex_group,annex_verified,name_vi,name_en,name_zh,name_fr,valid_from,source,verified"
    rows = [
        "a,duty,x,share,,,no,a,a,a,a,2026-07-01,x,yes",
        "b,odd,x,none,0.1,V,maybe,b,b,,b,soon,x,?",
        "c,duty,x,share,ten,,no,c,c,c,c,2026-07-01,x,no",
    ]
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load_acts(at=now(), file=file)
    places = {fault.path.partition(":")[2] for fault in refused.value.faults}
    assert places == {
        "2:fine_share", "3:kind", "3:fine_share", "3:annex_group", "3:annex_verified", "3:name_zh", "3:valid_from",
        "3:verified", "4:fine_share",
    }  # fmt: skip
    assert customs.run_sql("SELECT count(*) FROM violations_act WHERE withdrawn_at IS NOT NULL") == [(0,)]
