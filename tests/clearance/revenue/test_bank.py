"""Bank files: matched by number and amount, posted once; what nobody matched is assigned or returned."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, connections
from django.utils.timezone import localdate

from tests.clearance.revenue.formats.files import camt, entry, row, table
from tests.clearance.revenue.money import OFFICE, PROGRAM, available, guarantee, lodged
from tests.world import ENTERPRISE, World
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.ledger.models import Entry
from thongquan.clearance.revenue.matching import Outcome, reference_of
from thongquan.clearance.revenue.models import BankLine, Debt, JournalEntry, Posting
from thongquan.clearance.revenue.operations import guarantee_liability, note_release
from thongquan.clearance.revenue.operations.banking import Taken, assign_payment, return_payment, take_bank_file
from thongquan.clearance.revenue.queries import balance_of

DUE = 4_020_000


def today() -> date:
    return localdate(now())


def take(officer: Actor, *rows: str, office: str = OFFICE) -> Taken:
    return take_bank_file(actor=officer, office=office, name="sao-ke.csv", content=table(*rows), at=now())


def paid(officer: Actor, subject: str, amount: int, *, on: date | None = None) -> BankLine:
    """The booking of a payment that names its declaration."""
    take(officer, row(amount, f"nop thue TK {number_of(subject)}", on=on or today()))
    return BankLine.objects.latest("id")


def number_of(subject: str) -> str:
    return subject.partition(":")[2]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [str(fault.code) for fault in refused.value.faults]


def test_a_payment_that_names_its_declaration_settles_it(customs: World) -> None:
    subject = lodged()
    line = paid(customs.actor("clearance_officer"), subject, DUE)
    balance = balance_of(subject)
    assert (balance.open_vnd, balance.paid_vnd, balance.settled) == (0, DUE, True)
    assert (line.outcome, line.left_vnd, line.subject) == (Outcome.MATCHED, 0, subject)


def test_any_number_of_a_declaration_and_its_tax_code_match(customs: World) -> None:
    officer, subject = customs.actor("clearance_officer"), lodged()
    take(officer, row(DUE, f"MST {ENTERPRISE}-001 {number_of(subject)[:11]}7 thue", on=today()))
    assert balance_of(subject).settled


def test_the_same_statement_posts_nothing_twice(customs: World) -> None:
    officer, subject = customs.actor("clearance_officer"), lodged()
    rows = [row(1_000_000, number_of(subject), on=today()), row(7, "x", on=today(), reference="FT9")]
    first, again = take(officer, *rows), take(officer, *rows)
    assert (first.lines_new, again.lines_new, again.again) == (2, 0, True)
    postings = Posting.objects.count()
    overlapping = take(officer, *rows, row(9, "y", on=today()))
    assert (overlapping.lines_read, overlapping.lines_new) == (3, 1)
    assert Posting.objects.count() == postings + 1
    assert balance_of(subject).paid_vnd == 1_000_000


def test_two_uploads_at_once_post_each_booking_once(customs: World) -> None:
    officer, subject = customs.actor("clearance_officer"), lodged()
    rows = [row(1_000, number_of(subject), on=today(), reference="FT1")]
    start = threading.Barrier(4)

    def upload(more: int) -> None:
        start.wait()
        try:
            take(officer, *rows, *[row(more, "x", on=today(), reference=f"more{more}")] * (more % 2))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=upload, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert balance_of(subject).paid_vnd == 1_000
    assert BankLine.objects.count() == 3


def test_too_little_and_too_much(customs: World) -> None:
    officer = customs.actor("clearance_officer")
    little, much = lodged(), lodged()
    under, over = paid(officer, little, DUE - 1), paid(officer, much, DUE + 5)
    assert (under.outcome, under.left_vnd, balance_of(little).open_vnd) == (Outcome.UNDER, 0, 1)
    assert (over.outcome, over.left_vnd, balance_of(much).settled) == (Outcome.OVER, 5, True)
    assert paid(officer, much, 8).outcome == Outcome.NOT_OWED


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("tien hang", Outcome.NO_NUMBER),
        ("TK 199999999990", Outcome.UNKNOWN),
        ("TK {number} va 199999999990", Outcome.SEVERAL),
        ("MST 0100100100 TK {number}", Outcome.OTHER_TRADER),
        ("TK 9{number}", Outcome.NO_NUMBER),
    ],
)
def test_what_cannot_be_matched_waits_with_its_reason(customs: World, text: str, outcome: Outcome) -> None:
    subject = lodged()
    take(customs.actor("clearance_officer"), row(5, text.format(number=number_of(subject)), on=today()))
    line = BankLine.objects.get()
    assert (line.outcome, line.left_vnd, line.subject) == (outcome, 5, "")
    assert balance_of(subject).paid_vnd == 0


def test_money_that_went_out_or_was_taken_back_is_kept_and_not_posted(customs: World) -> None:
    officer = customs.actor("team_leader")
    content = camt(entry(5, "x", on=today(), sign="DBIT"), entry(6, "y", on=today(), more="<RvslInd>true</RvslInd>"))
    take_bank_file(actor=officer, office=OFFICE, name="camt.xml", content=content, at=now())
    assert sorted(BankLine.objects.values_list("outcome", "left_vnd")) == [("outgoing", 0), ("reversal", 0)]
    assert not JournalEntry.objects.exists()


def test_a_declaration_of_another_office_is_not_paid_here(customs: World) -> None:
    subject = lodged(office="20BB")
    assert paid(customs.actor("clearance_officer"), subject, DUE).outcome == Outcome.UNKNOWN


def test_a_declaration_can_be_paid_before_the_outbox_comes(customs: World) -> None:
    subject = lodged(booked=False)
    assert paid(customs.actor("clearance_officer"), subject, DUE).outcome == Outcome.MATCHED


def test_payment_gives_the_guarantee_back(customs: World) -> None:
    officer, subject = customs.actor("team_leader"), lodged()
    name = guarantee(officer, limit=5_000_000)
    guarantee_liability(actor=PROGRAM, subject=subject, guarantee_number=name, at=now())
    paid(officer, subject, 1_000_000)
    assert available(name) == 5_000_000 - (DUE - 1_000_000)
    paid(officer, subject, DUE - 1_000_000)
    assert (available(name), balance_of(subject).guaranteed_vnd) == (5_000_000, 0)


def test_money_for_security_is_held_apart(customs: World) -> None:
    officer, subject = customs.actor("team_leader"), lodged(secured=500_000)
    line = paid(officer, subject, DUE + 500_000)
    balance = balance_of(subject)
    assert (line.outcome, balance.deposit_vnd, balance.settled) == (Outcome.MATCHED, 500_000, True)


def test_late_payment_costs_interest_from_the_day_after_the_due_date(customs: World) -> None:
    officer = customs.actor("team_leader")
    at = now() - timedelta(days=30)
    subject = lodged(at=at)
    note_release(subject=subject, actor=PROGRAM, at=at)
    released = Debt.objects.get(subject=subject).released_on
    assert released is not None
    running = balance_of(subject, at=at + timedelta(days=11))
    assert (running.due_on, running.interest_vnd) == (released, 12_000)
    line = paid(officer, subject, DUE, on=released + timedelta(days=11))
    balance = balance_of(subject)
    assert (line.outcome, balance.open_by_tax, balance.settled) == (Outcome.UNDER, {"interest": 12_000}, False)
    again = paid(officer, subject, 12_000, on=released + timedelta(days=20))
    assert (again.outcome, balance_of(subject).open_vnd) == (Outcome.MATCHED, 0)


def test_under_a_guarantee_interest_runs_from_release(customs: World) -> None:
    officer = customs.actor("team_leader")
    at = now() - timedelta(days=20)
    name = guarantee(officer, limit=5_000_000, at=at)
    subject = lodged(at=at)
    guarantee_liability(actor=PROGRAM, subject=subject, guarantee_number=name, at=at)
    note_release(subject=subject, actor=PROGRAM, at=at)
    debt = Debt.objects.get(subject=subject)
    assert debt.released_on is not None
    line = paid(officer, subject, DUE + 12_000, on=debt.released_on + timedelta(days=10))
    assert (line.outcome, balance_of(subject).settled, available(name)) == (Outcome.MATCHED, True, 5_000_000)


def test_an_officer_assigns_part_and_returns_the_rest(customs: World) -> None:
    officer, subject = customs.actor("clearance_officer"), lodged()
    take(officer, row(DUE + 100, "khong ro noi dung", on=today()))
    line = BankLine.objects.get()
    assign_payment(actor=officer, line_id=line.pk, number=number_of(subject), amount_vnd=Decimal(DUE), at=now())
    line.refresh_from_db()
    assert (line.left_vnd, line.outcome, balance_of(subject).settled) == (100, Outcome.ASSIGNED, True)
    return_payment(actor=officer, line_id=line.pk, at=now())
    line.refresh_from_db()
    assert (line.left_vnd, line.outcome) == (0, Outcome.RETURNED)
    with pytest.raises(Refused) as refused:
        return_payment(actor=officer, line_id=line.pk, at=now())
    assert codes(refused) == ["TQ-REV-013"]


def test_an_assignment_that_is_wrong_says_all_of_it(customs: World) -> None:
    officer, subject = customs.actor("clearance_officer"), lodged()
    take(officer, row(9_000_000, "x", on=today()))
    line = BankLine.objects.get()

    def refusal(number: str, amount: object) -> list[str]:
        with pytest.raises(Refused) as refused:
            assign_payment(actor=officer, line_id=line.pk, number=number, amount_vnd=Decimal(str(amount)), at=now())
        return codes(refused)

    assert refusal("199999999990", 9_000_001) == ["TQ-REV-013", "TQ-REV-015"]
    assert refusal("12", "0.5") == ["TQ-REV-016", "TQ-REV-015"]
    assert refusal(number_of(subject), DUE + 1) == ["TQ-REV-014"]
    assert refusal(number_of(lodged(office="20BB")), 5) == ["TQ-REV-015"]
    assert BankLine.objects.get().left_vnd == 9_000_000


def test_one_file_leaves_one_ledger_row_and_one_for_each_payment(customs: World) -> None:
    officer = customs.actor("team_leader")
    subjects = [lodged(), lodged()]
    before = Entry.objects.count()
    take(officer, *[row(DUE, number_of(subject), on=today()) for subject in subjects], row(3, "x", on=today()))
    actions = list(Entry.objects.order_by("id").values_list("action", flat=True)[before:])
    assert actions == ["revenue.statement_taken", "revenue.paid", "revenue.paid"]


def test_a_bad_row_posts_nothing_of_the_file(customs: World) -> None:
    subject = lodged()
    with pytest.raises(Refused):
        take(customs.actor("team_leader"), row(DUE, number_of(subject), on=today()), row("abc", "x", on=today()))
    assert not BankLine.objects.exists()
    assert balance_of(subject).paid_vnd == 0


@pytest.mark.parametrize("role", ["declarant", "broker", "gate_officer", "risk_analyst", "auditor", "administrator"])
def test_a_stranger_to_money_takes_no_file(customs: World, role: str) -> None:
    with pytest.raises(NotAllowed):
        take(customs.actor(role), row(1, "x", on=today()))


def test_a_neighbor_takes_assigns_and_returns_nothing(customs: World) -> None:
    officer = customs.actor("clearance_officer")
    with pytest.raises(NotAllowed):
        take(officer, row(1, "x", on=today()), office="20BB")
    take(officer, row(1, "x", on=today()))
    line = BankLine.objects.get()
    connection.cursor().execute("UPDATE revenue_bankstatement SET office = '20BB'")
    with pytest.raises(NotAllowed):
        return_payment(actor=officer, line_id=line.pk, at=now())
    with pytest.raises(NotAllowed):
        assign_payment(actor=officer, line_id=line.pk, number="1", amount_vnd=Decimal(1), at=now())
    with pytest.raises(NotFound):
        return_payment(actor=officer, line_id=line.pk + 1, at=now())


@pytest.mark.parametrize(
    ("text", "subjects", "tax_codes"),
    [
        ("TK101234567895", ("declaration:101234567890",), set()),
        ("1 01234567890", (), set()),
        ("MST 0100100100-001, 301234567890.", ("declaration:301234567890",), {"0100100100-001"}),
        ("201234567890 1012345678901", (), {"1012345678-901"}),
        ("101234567890 101234567891", ("declaration:101234567890",), set()),
    ],
)
def test_what_a_text_names(text: str, subjects: tuple[str, ...], tax_codes: set[str]) -> None:
    found: Any = reference_of(text)
    assert (found.subjects, set(found.tax_codes)) == (subjects, tax_codes)
