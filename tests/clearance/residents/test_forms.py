"""Short declarations: quota, mandatory inspection, money and release, at one counter and at many."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connections
from django.utils.timezone import localdate

from tests.clearance.residents.forms import APPLES, OFFICE, given, goods, inspected, person, registered
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import Message
from thongquan.clearance.residents.handlers import follow_money
from thongquan.clearance.residents.operations import (
    cancel_form,
    inspect_goods,
    let_form_out,
    order_inspection,
    prepare_form,
    refuse_form,
    register_form,
    release_form,
    take_cash,
)
from thongquan.clearance.residents.queries.forms import FormSeen, form_file
from thongquan.clearance.residents.shapes import FormGiven, GoodsGiven
from thongquan.clearance.residents.states import ENDED, STEPS, State
from thongquan.clearance.revenue.operations.banking import take_bank_file
from thongquan.clearance.revenue.queries import balance_of

QUOTA = Decimal(2_000_000)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [str(fault.code) for fault in refused.value.faults]


def test_every_state_is_reached_and_every_state_but_the_ends_is_left() -> None:
    reached = {to for rule in STEPS.values() for to in rule.moves.values()}
    left = {source for rule in STEPS.values() for source in rule.moves}
    assert reached | {State.PREPARED} == set(State)
    assert left == set(State) - ENDED


def test_within_the_quota_nothing_is_owed_and_the_goods_leave(customs: World) -> None:
    officer, who = customs.actor("gate_officer"), person()
    form = registered(customs, given(goods(1_500_000)), who)
    assert (form.number[0], len(form.number), form.state) == ("5", 12, "registered")
    assert (form.free_vnd, form.over_vnd, form.due_vnd, form.must_inspect) == (1_500_000, 0, 0, False)
    assert release_form(actor=officer, number=form.number, at=now()).state == "released"
    assert let_form_out(actor=officer, number=form.number, at=now()).state == "exited"
    kinds = customs.run_sql("SELECT action FROM ledger_entry WHERE subject = %s ORDER BY id", form.subject)
    assert [kind for (kind,) in kinds] == ["short.register", "short.release", "short.exit"]
    told = customs.run_sql("SELECT kind FROM core_outboxmessage WHERE subject = %s ORDER BY id", form.subject)
    assert kinds == told
    [(details,)] = customs.run_sql("SELECT string_agg(details::text, ' ') FROM ledger_entry")
    assert "Mến" not in details
    assert who.number not in details


def test_above_the_quota_duty_is_owed_and_inspection_cannot_be_skipped(customs: World) -> None:
    officer = customs.actor("gate_officer")
    form = registered(customs, given(goods(1_500_000), goods(1_500_000)))
    assert (form.free_vnd, form.over_vnd, form.must_inspect) == (QUOTA, 1_000_000, True)
    assert [line.over_vnd for line in form.lines] == [0, 1_000_000]
    assert form.due_vnd == sum((Decimal(vnd) for vnd in form.totals_vnd.values()), form.fee_vnd) > 0
    assert set(form.totals_vnd) == {"import_duty", "vat"}
    assert balance_of(form.subject).open_vnd == form.due_vnd

    with pytest.raises(Refused) as refused:
        take_cash(actor=officer, number=form.number, at=now())
    assert codes(refused) == ["TQ-RES-004"]
    with pytest.raises(Refused) as refused:
        release_form(actor=officer, number=form.number, at=now())
    assert codes(refused) == ["TQ-RES-004", "TQ-RES-005"]
    with pytest.raises(IntegrityError, match="inspected_before_passing"):
        customs.run_sql("UPDATE residents_shortform SET state = 'released' WHERE number = %s", form.number)

    assert inspected(customs, form.number).state == "inspected"
    with pytest.raises(Refused) as refused:
        release_form(actor=officer, number=form.number, at=now())
    assert codes(refused) == ["TQ-RES-005"]
    received = take_cash(actor=officer, number=form.number, at=now())
    assert (received.amount_vnd, balance_of(form.subject).open_vnd) == (form.due_vnd, 0)
    with pytest.raises(Refused) as refused:
        take_cash(actor=officer, number=form.number, at=now())
    assert codes(refused) == ["TQ-RES-003"]
    assert release_form(actor=officer, number=form.number, at=now()).state == "released"


def test_twenty_counters_at_once_never_grant_more_than_the_quota(customs: World) -> None:
    """One person with two documents, twenty registrations of 700,000 dong at once; then a cancelled one gives back."""
    card, border_pass = person(other_kind="pass", other_number="LS123456"), person(kind="pass", number="LS123456")
    registered(customs, given(goods(100_000)), card)
    officers = [customs.actor(role) for role in ("gate_officer", "clearance_officer", "team_leader")]

    def register(place: int) -> str:
        try:
            return register_form(
                actor=officers[place % 3],
                office=OFFICE,
                given=given(goods(700_000)),
                person=card if place % 2 else border_pass,
                at=now(),
            ).number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=10) as counters:
        numbers = list(counters.map(register, range(20)))
    assert len(set(numbers)) == 20
    rows = customs.run_sql("SELECT free_vnd FROM residents_quotause WHERE given_back_at IS NULL ORDER BY id")
    assert sum(free for (free,) in rows) == QUOTA
    assert [int(free) for (free,) in rows] == [100_000, 700_000, 700_000, 500_000]
    assert customs.run_sql("SELECT count(*) FROM residents_resident") == [(1,)]
    over = customs.run_sql("SELECT count(*) FROM residents_shortform WHERE over_vnd > 0 AND must_inspect")
    assert over == [(18,)]

    [(number,)] = customs.run_sql("SELECT number FROM residents_shortform WHERE free_vnd = 500000")
    cancel_form(actor=officers[0], number=number, words="Khai nhầm", at=now())
    assert balance_of(form_file(actor=officers[0], number=number).subject).open_vnd == 0
    assert registered(customs, given(goods(900_000)), card).free_vnd == 500_000
    assert registered(customs, given(goods(900_000)), card).free_vnd == 0


def test_two_counters_make_one_person_of_one_document(customs: World) -> None:
    who, officer = person(), customs.actor("gate_officer")

    def register(_place: int) -> int:
        try:
            return register_form(
                actor=officer, office=OFFICE, given=given(goods(100_000)), person=who, at=now()
            ).resident_id
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=6) as counters:
        assert len(set(counters.map(register, range(6)))) == 1


def test_days_and_months_are_those_of_hanoi(customs: World) -> None:
    """18:00 UTC is one o'clock of the next day in Hà Nội; the month ends there, not in London."""
    who, today = person(), now()
    last = datetime(today.year, today.month, 1, 16, 0, tzinfo=UTC) - timedelta(days=1)  # 23:00, last day of the month
    assert registered(customs, given(goods(2_000_000)), who, at=last).free_vnd == QUOTA
    assert registered(customs, given(goods(2_000_000)), who, at=last + timedelta(minutes=30)).free_vnd == 0
    first = last + timedelta(hours=2)  # 01:00, first day of the next
    assert registered(customs, given(goods(2_000_000)), who, at=first).free_vnd == QUOTA


def test_the_fifth_trip_of_a_month_is_taxed_from_the_first_dong(customs: World) -> None:
    who, today = person(), now()
    begin = datetime(today.year, today.month, 1, 3, 0, tzinfo=UTC)
    trips = [registered(customs, given(goods(300_000)), who, at=begin + timedelta(days=n)) for n in range(5)]
    assert [form.free_vnd for form in trips] == [300_000] * 4 + [0]
    assert trips[4].must_inspect
    assert trips[4].due_vnd > 0
    refuse_form(actor=customs.actor("gate_officer"), number=trips[1].number, words="Hàng cấm", at=begin)
    assert registered(customs, given(goods(300_000)), who, at=begin + timedelta(days=6)).free_vnd == 300_000


def test_goods_that_differ_are_held(customs: World) -> None:
    officer = customs.actor("clearance_officer")
    form = registered(customs, given(goods(3_000_000)))
    with pytest.raises(Refused) as refused:
        inspect_goods(actor=officer, number=form.number, agrees=False, at=now())
    assert codes(refused) == ["TQ-RES-008"]
    held = inspect_goods(actor=officer, number=form.number, agrees=False, words="Thừa 20 kg", at=now())
    assert held.state == "held"
    with pytest.raises(Refused) as refused:
        release_form(actor=officer, number=form.number, at=now())
    assert codes(refused) == ["TQ-RES-003"]
    assert refuse_form(actor=officer, number=form.number, words="Khai sai", at=now()).state == "refused"


def test_exports_are_inspected_when_the_head_of_the_gate_says_so(customs: World) -> None:
    form = registered(customs, given(goods(9_000_000, rate=""), flow="export"))
    assert (form.free_vnd, form.must_inspect) == (0, False)
    with pytest.raises(NotAllowed):
        order_inspection(actor=customs.actor("gate_officer"), number=form.number, words="Nghi ngờ", at=now())
    ordered = order_inspection(actor=customs.actor("team_leader"), number=form.number, words="Nghi ngờ", at=now())
    assert ordered.must_inspect
    with pytest.raises(Refused) as refused:
        release_form(actor=customs.actor("gate_officer"), number=form.number, at=now())
    assert "TQ-RES-004" in codes(refused)


def test_goods_for_resale_take_no_quota_and_stay_at_the_market(customs: World) -> None:
    form = registered(customs, given(goods(9_000_000), purpose="resale"))
    assert (form.free_vnd, form.due_vnd, form.must_inspect) == (0, 0, False)
    with pytest.raises(Refused) as refused:
        release_form(actor=customs.actor("gate_officer"), number=form.number, at=now())
    assert codes(refused) == ["TQ-RES-003"]


def test_a_prepared_form_is_taken_over_once_and_not_when_too_old(customs: World) -> None:
    who, at = person(), now()
    code = prepare_form(given=given(goods(500_000)), person=who, at=at)
    assert customs.run_sql("SELECT count(*) FROM residents_quotause") == [(0,)]
    form = registered(customs, given(goods(600_000)), who, code=f"{code[:5]}-{code[5:]}".lower())
    assert (form.code, form.value_vnd) == (code, 600_000)
    assert customs.run_sql("SELECT prepared::text FROM residents_shortform") == [("{}",)]
    with pytest.raises(Refused) as refused:
        registered(customs, given(goods(600_000)), who, code=code)
    assert codes(refused) == ["TQ-RES-007"]
    old = prepare_form(given=given(goods(500_000)), person=who, at=at - timedelta(days=8))
    with pytest.raises(Refused) as refused:
        registered(customs, given(goods(500_000)), who, code=old)
    assert codes(refused) == ["TQ-RES-007"]


def test_the_same_request_registers_once(customs: World) -> None:
    who = person()
    first = registered(customs, None, who, attempt="a1")
    assert registered(customs, None, who, attempt="a1").number == first.number
    assert customs.run_sql("SELECT count(*) FROM residents_shortform") == [(1,)]


def test_everything_wrong_is_told_at_once_and_nothing_is_kept(customs: World) -> None:
    lines = (
        GoodsGiven(hs="99999999", quantity=Decimal(0)),
        GoodsGiven(hs=APPLES, quantity=Decimal("1.234"), value=Decimal("NaN")),
    )
    with pytest.raises(Refused) as refused:
        registered(customs, FormGiven(lines=lines, flow="sideways"), person(number="12", commune=" "))
    assert codes(refused) == [
        "TQ-FMT-004", "TQ-RES-001", "TQ-RES-006", "TQ-RES-006", "TQ-RES-006", "TQ-RES-006", "TQ-RES-002", "TQ-RES-008",
    ]  # fmt: skip
    with pytest.raises(Refused) as refused:
        registered(customs, FormGiven(lines=tuple(goods(1) for _ in range(21))))
    assert codes(refused) == ["TQ-RES-016"]
    with pytest.raises(Refused) as refused:
        registered(customs, given(goods(3_000_000, rate="")))
    assert codes(refused) == ["TQ-TAX-001"]
    assert customs.run_sql("SELECT count(*) FROM residents_resident") == [(0,)]


def test_documents_of_two_people_are_not_joined(customs: World) -> None:
    one, other = person(), person()
    registered(customs, None, one)
    registered(customs, None, other)
    with pytest.raises(Refused) as refused:
        registered(customs, None, person(number=one.number, other_kind="card", other_number=other.number))
    assert codes(refused) == ["TQ-RES-013"]


def test_a_neighbor_or_stranger_registers_and_sees_nothing(customs: World) -> None:
    form = registered(customs)
    for role in ("declarant", "auditor", "administrator", "risk_analyst"):
        with pytest.raises(NotAllowed):
            registered(customs, role=role)
    with pytest.raises(NotAllowed):
        register_form(actor=customs.actor("gate_officer"), office="20BB", given=given(), person=person(), at=now())
    with pytest.raises(NotFound):
        form_file(actor=customs.actor("declarant"), number=form.number)


def paid_by_bank(customs: World, form: FormSeen) -> None:
    """The bank books what the form owes, naming its number, and the outbox tells residents."""
    head = "booked_on;amount;currency;text;payer;reference"
    row = f"{localdate(now())};{form.due_vnd};VND;Nop thue {form.number} cu dan;HOANG THI MEN;FT-{form.number}"
    officer, content = customs.actor("clearance_officer"), f"{head}\n{row}\n".encode()
    take_bank_file(actor=officer, office=OFFICE, name="sao-ke.csv", content=content, at=now())
    for _twice in range(2):
        follow_money([Message(1, 1, "liability.settled", form.subject, b"{}", now())])


def test_the_bank_pays_a_form_by_its_number(customs: World) -> None:
    """A form that was inspected is paid at once; one that was not is paid with its inspection."""
    first, second = (registered(customs, given(goods(3_000_000))) for _ in range(2))
    inspected(customs, first.number)
    officer = customs.actor("gate_officer")
    for form, state in ((first, "paid"), (second, "registered")):
        paid_by_bank(customs, form)
        assert balance_of(form.subject).open_vnd == 0
        assert form_file(actor=officer, number=form.number).state == state
    assert inspected(customs, second.number).state == "paid"
    assert release_form(actor=officer, number=second.number, at=now()).state == "released"
