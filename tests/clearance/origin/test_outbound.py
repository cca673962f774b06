"""Export certificates: prepared, handed over, answered, replaced; numbers once; what a counterpart may learn."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils.timezone import localdate
from msgspec.structs import replace

from tests.clearance.origin.exports import NUMBER, application, handed, issued, prepared
from tests.rules.origin.outbound_papers import grown, line, material
from tests.world import OTHER_ENTERPRISE, World
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import Conflict, NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.origin.models import Outbound
from thongquan.clearance.origin.operations.outbound import next_reference, save_outbound, submit_outbound
from thongquan.clearance.origin.operations.outbound_answers import (
    cancel_outbound,
    issue_outbound,
    question_outbound,
    refuse_outbound,
    replace_outbound,
)
from thongquan.clearance.origin.outbound_states import OUTBOUND_STEPS, OutboundState
from thongquan.clearance.origin.queries.outbound import (
    check_code,
    checked_certificate,
    may_see_outbound,
    outbound_file,
    outbound_list,
)
from thongquan.rules.codes import Code


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {fault.code for fault in refused.value.faults}


def state(key: int) -> str:
    return str(Outbound.objects.get(id=key).state)


def test_prepared_handed_over_asked_about_and_issued_with_ledger_and_messages(customs: World) -> None:
    trader, at = customs.actor("declarant"), now()
    key = handed(customs)
    question_outbound(actor=trader, outbound=key, words="Thiếu hóa đơn", at=at)
    save_outbound(actor=trader, outbound=key, application=application(vehicle="12C-99999"), at=at)
    submit_outbound(actor=trader, outbound=key, at=at)
    day = localdate(at)
    issue_outbound(actor=trader, outbound=key, number=NUMBER, issued_on=day, issuer="Ministry", at=at)
    kept = outbound_file(actor=trader, outbound=key, at=at)
    assert (kept.row.state, kept.row.issued_number, kept.row.issued_on) == ("issued", NUMBER, day)
    assert [one.criterion for one in kept.judged] == ["WO", "CTH"]
    steps = [one.step for one in reversed(kept.events)]
    assert steps == ["prepare", "submit", "question", "save", "submit", "issue"]
    subject = f"outbound:{key}"
    told = customs.run_sql("SELECT action FROM ledger_entry WHERE subject = %s ORDER BY id", subject)
    assert [row[0] for row in told] == [f"outbound.{one}" for one in steps]
    sent = customs.run_sql("SELECT kind FROM core_outboxmessage WHERE subject = %s ORDER BY id", subject)
    assert sent == told


def test_every_fault_at_once_and_the_draft_stays(customs: World) -> None:
    key = prepared(customs, application(line(material("90", hs="420299")), consignee="", destination="US"))
    with pytest.raises(Refused) as refused:
        submit_outbound(actor=customs.actor("declarant"), outbound=key, at=now())
    assert codes(refused) >= {Code.TQ_DEC_001, Code.TQ_ORI_110, Code.TQ_ORI_120}
    assert state(key) == OutboundState.DRAFT
    with pytest.raises(Refused) as refused:
        prepared(customs, application(agreement="", vehicle="x" * 200))
    assert codes(refused) == {Code.TQ_DEC_001, Code.TQ_DEC_002}
    assert Outbound.objects.count() == 1


def test_three_hundred_lines_are_taken(customs: World) -> None:
    lines = tuple(replace(grown(), number=place) for place in range(1, 301))
    key = handed(customs, application(*lines))
    assert len(outbound_file(actor=customs.actor("declarant"), outbound=key, at=now()).judged) == 300


def test_an_own_reference_is_never_given_twice_even_to_many_at_once(customs: World) -> None:
    def one(_place: int) -> str:
        try:
            return next_reference("ACFTA", now())
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(one, range(40)))
    assert len(set(found)) == 40
    assert sorted(found)[0] == f"XACFTA-{localdate(now()).year}-000001"


def test_a_number_of_the_issuer_is_recorded_once_even_by_many_at_once(customs: World) -> None:
    keys, trader, day = [handed(customs) for _ in range(4)], customs.actor("declarant"), localdate(now())

    def one(key: int) -> set[str]:
        try:
            issue_outbound(actor=trader, outbound=key, number=" vn-cn 26-02-01234", issued_on=day, issuer="M", at=now())
        except Refused as refused:
            return {fault.code for fault in refused.faults}
        else:
            return set()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(one, keys))
    assert sorted(map(len, found)) == [0, 1, 1, 1]
    assert set().union(*found) == {Code.TQ_ORI_125}


def test_what_the_issuer_gave_is_asked_for_whole(customs: World) -> None:
    key, trader, tomorrow = handed(customs), customs.actor("declarant"), localdate(now()) + timedelta(days=1)
    with pytest.raises(Refused) as refused:
        issue_outbound(actor=trader, outbound=key, number="///", issued_on=tomorrow, issuer="", at=now())
    assert codes(refused) == {Code.TQ_DEC_001, Code.TQ_DEC_003, Code.TQ_ORI_126}
    with pytest.raises(Refused) as refused:
        issue_outbound(actor=trader, outbound=key, number="1" * 41, issued_on=tomorrow, issuer="M", at=now())
    assert Code.TQ_DEC_002 in codes(refused)


def test_a_replacement_takes_over_only_when_it_is_issued(customs: World) -> None:
    trader, old = customs.actor("declarant"), issued(customs)
    new = replace_outbound(actor=trader, outbound=old, at=now())
    with pytest.raises(Refused) as refused:
        replace_outbound(actor=trader, outbound=old, at=now())
    assert codes(refused) == {Code.TQ_ORI_124}
    submit_outbound(actor=trader, outbound=new, at=now())
    assert state(old) == OutboundState.ISSUED
    issue_outbound(actor=trader, outbound=new, number="E2", issued_on=localdate(now()), issuer="M", at=now())
    assert (state(old), state(new)) == ("replaced", "issued")
    assert outbound_file(actor=trader, outbound=new, at=now()).replaces == NUMBER


def test_a_refused_replacement_leaves_the_first_valid_and_another_may_be_begun(customs: World) -> None:
    trader, old = customs.actor("declarant"), issued(customs)
    first = replace_outbound(actor=trader, outbound=old, at=now())
    cancel_outbound(actor=trader, outbound=first, words="Nhầm", at=now())
    assert replace_outbound(actor=trader, outbound=old, at=now()) != first
    assert state(old) == OutboundState.ISSUED


def test_no_step_outside_the_table(customs: World) -> None:
    trader, key = customs.actor("declarant"), prepared(customs)
    for verb in (question_outbound, refuse_outbound):
        with pytest.raises(Refused) as refused:
            verb(actor=trader, outbound=key, words="x", at=now())
        assert codes(refused) == {Code.TQ_ORI_124}
    with pytest.raises(Refused) as refused:
        cancel_outbound(actor=trader, outbound=key, words=" ", at=now())
    assert codes(refused) == {Code.TQ_ORI_055}
    cancel_outbound(actor=trader, outbound=key, words="Bỏ", at=now())
    with pytest.raises(Refused):
        save_outbound(actor=trader, outbound=key, application=application(), at=now())
    with pytest.raises(Refused):
        submit_outbound(actor=trader, outbound=key, at=now())
    refused_one = handed(customs)
    refuse_outbound(actor=trader, outbound=refused_one, words="Không đạt", at=now())
    assert state(refused_one) == "refused"
    ends = {one for one in OutboundState if not any(one in rule.moves for rule in OUTBOUND_STEPS.values())}
    assert ends == {"refused", "replaced", "cancelled"}


def test_two_who_change_the_same_draft_do_not_overwrite_each_other(customs: World) -> None:
    trader, key = customs.actor("declarant"), prepared(customs)
    save_outbound(actor=trader, outbound=key, application=application(port="A"), edition=1, at=now())
    with pytest.raises(Conflict):
        save_outbound(actor=trader, outbound=key, application=application(port="B"), edition=1, at=now())


def test_the_law_is_that_of_the_day_of_issue_and_lateness_is_marked(customs: World) -> None:
    late = application(departed_on=localdate(now()) - timedelta(days=4))
    kept = outbound_file(actor=customs.actor("declarant"), outbound=issued(customs, late), at=now())
    assert kept.marks == ("retroactive",)


def test_who_holds_number_and_code_learns_state_form_day_and_weight_alone(customs: World) -> None:
    key, trader = issued(customs), customs.actor("declarant")
    code = outbound_file(actor=trader, outbound=key, at=now()).code
    found = checked_certificate(number="vncn260201234", code=code.lower().replace("0", "o"))
    assert found is not None
    assert (found.state, found.number, found.gross_weight_kg, found.lines) == ("issued", NUMBER, Decimal(25), 2)
    assert not {"exporter", "consignee", "goods", "fob", "tax_code"} & set(found.__struct_fields__)
    reference = Outbound.objects.get(id=key).reference
    assert checked_certificate(number=reference, code=code) == found
    for number, wrong in ((NUMBER, "00000-00000"), ("E0", code), ("", code), ("///", code)):
        assert checked_certificate(number=number, code=wrong) is None
    cancel_outbound(actor=trader, outbound=key, words="Cơ quan cấp hủy", at=now())
    again = checked_certificate(number=NUMBER, code=code)
    assert again is not None
    assert again.state == "cancelled"


def test_what_was_never_issued_is_told_to_nobody(customs: World) -> None:
    key = handed(customs)
    reference = Outbound.objects.get(id=key).reference
    assert checked_certificate(number=reference, code=check_code(reference)) is None
    cancel_outbound(actor=customs.actor("declarant"), outbound=key, words="Bỏ", at=now())
    assert checked_certificate(number=reference, code=check_code(reference)) is None


def test_an_officer_of_the_export_reads_it_once_handed_over_and_changes_nothing(customs: World) -> None:
    officer, draft, key = customs.actor("clearance_officer"), prepared(customs), handed(customs)
    assert [row.id for row in outbound_list(actor=officer)[0]] == [key]
    kept = outbound_file(actor=officer, outbound=key, at=now())
    assert (kept.prepares, kept.code) == (False, "")
    with pytest.raises(NotFound):
        outbound_file(actor=officer, outbound=draft, at=now())
    with pytest.raises(NotAllowed):
        cancel_outbound(actor=officer, outbound=key, words="x", at=now())


def test_a_neighbor_finds_and_prepares_nothing(customs: World) -> None:
    program = system_actor("test", enterprises=[OTHER_ENTERPRISE])
    key = handed(customs, actor=program, tax_code=OTHER_ENTERPRISE, office="20BB")
    for role in ("declarant", "clearance_officer"):
        neighbor = customs.actor(role)
        assert outbound_list(actor=neighbor)[0] == []
        assert not may_see_outbound(neighbor, f"outbound:{key}")
        with pytest.raises(NotFound):
            cancel_outbound(actor=neighbor, outbound=key, words="x", at=now())
    with pytest.raises(NotAllowed):
        prepared(customs, tax_code=OTHER_ENTERPRISE)
    with pytest.raises(NotAllowed):
        prepared(customs, actor=customs.actor("clearance_officer"))
