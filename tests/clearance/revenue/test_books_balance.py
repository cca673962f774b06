"""The books balance after any sequence of operations, and a guarantee is never used twice."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, connections
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests.clearance.revenue.formats.files import row, table
from tests.clearance.revenue.money import OFFICE, PROGRAM, available, guarantee, lodged
from tests.world import ENTERPRISE, World
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.clearance.revenue.chart import Account
from thongquan.clearance.revenue.models import BankLine, Debt, Guarantee, Posting, Reservation
from thongquan.clearance.revenue.operations import (
    assess,
    close_guarantee,
    guarantee_liability,
    note_release,
    post_fine,
    void_fine,
    void_liability,
)
from thongquan.clearance.revenue.operations.banking import assign_payment, return_payment, take_bank_file
from thongquan.clearance.revenue.operations.claims import decide_claim, pay_refund, propose_decision, request_claim
from thongquan.clearance.revenue.queries import balance_of
from thongquan.clearance.revenue.queries.claims import possible_vnd

GROUPS = (
    {
        Account.RECEIVABLE,
        Account.REVENUE,
        Account.TREASURY,
        Account.UNMATCHED,
        Account.DEPOSIT,
        Account.OVERPAID,
        Account.REFUNDS,
        Account.RELIEF,
    },
    {Account.SECURITY, Account.SECURITY_ASKED},
    {Account.GUARANTEE, Account.GUARANTEED, Account.GUARANTOR},
)
DEBTOR = {Account.RECEIVABLE, Account.SECURITY, Account.GUARANTEE, Account.GUARANTEED, Account.TREASURY, Account.RELIEF}
CREDITOR = {Account.UNMATCHED, Account.DEPOSIT, Account.OVERPAID, Account.REVENUE, Account.GUARANTOR, Account.REFUNDS}

Owned = dict[tuple[str, str], Decimal]


def accounts() -> Owned:
    """Balance by account and owner, over the whole journal."""
    found: Owned = defaultdict(Decimal)
    for debit, debit_of, credit, credit_of, amount in Posting.objects.values_list(
        "debit", "debit_of", "credit", "credit_of", "amount_vnd"
    ):
        found[debit, debit_of] += amount
        found[credit, credit_of] -= amount
    return found


def check_books(subjects: list[str] | None = None) -> None:
    """All accounts; the debts of these subjects, or all of them."""
    books = accounts()
    assert sum(books.values()) == 0
    for group in GROUPS:
        assert sum(amount for (account, _of), amount in books.items() if account in group) == 0
    for (account, of), amount in books.items():
        assert amount >= 0 or account not in DEBTOR, (account, of, amount)
        assert amount <= 0 or account not in CREDITOR, (account, of, amount)
    for line in BankLine.objects.all():
        assert line.left_vnd == -books["unmatched", f"bank:{line.pk}"]
    for one in Guarantee.objects.filter(state="accepted"):
        assert one.available_vnd == books["guarantee", f"guarantee:{one.number}"]
    held: dict[str, Decimal] = defaultdict(Decimal)
    for reserved in Reservation.objects.all():
        held[reserved.subject] += reserved.amount_vnd
    debts = Debt.objects.all() if subjects is None else Debt.objects.filter(subject__in=subjects)
    for debt in debts:
        check_debt(debt, books, held[debt.subject])


def check_debt(debt: Debt, books: Owned, held: Decimal) -> None:
    subject, balance = debt.subject, balance_of(debt.subject)
    assert debt.open_vnd == books["receivable", subject] == balance.open_vnd
    assert debt.settled == balance.settled
    assert held == books["guaranteed", subject] == balance.guaranteed_vnd
    assert balance.guaranteed_vnd <= balance.open_vnd + balance.secured_vnd
    assert min(balance.open_by_tax.values(), default=Decimal(0)) >= 0
    interest = balance.assessed_by_tax.get("interest", Decimal(0))
    kept = balance.paid_vnd - balance.refunded_vnd - balance.overpaid_vnd - balance.deposit_vnd
    assert kept + balance.open_vnd + balance.relieved_vnd == balance.assessed_vnd + interest, "discharge is liability"
    assert 0 <= kept <= balance.assessed_vnd + interest


amounts = st.integers(0, 3_000_000)
taxes = st.dictionaries(st.sampled_from(["import_duty", "vat", "sct"]), amounts, max_size=3)


class Books(RuleBasedStateMachine):
    """Everybody does anything, in any order; refusals are part of the game."""

    officer: Actor
    clerk: Actor

    def __init__(self) -> None:
        super().__init__()
        self.subjects: list[str] = []
        self.guarantees: list[str] = []
        self.day = now() - timedelta(days=60)
        self.came_in = self.sent_back = Decimal(0)
        self.before = accounts()["treasury", ""]

    def subject(self, place: int) -> str:
        return self.subjects[place % len(self.subjects)]

    def try_out(self, operation: Callable[[], object]) -> None:
        try:
            operation()
        except Refused as refused:
            assert refused.faults

    @rule(totals=taxes, fee=st.sampled_from([0, 20_000]), secured=st.sampled_from([0, 0, 400_000]))
    def lodge(self, totals: dict[str, int], fee: int, secured: int) -> None:
        self.subjects.append(lodged(at=self.day, taxes=totals, fee=fee, secured=secured))

    @precondition(lambda self: self.subjects)
    @rule(place=st.integers(0, 99), totals=taxes, secured=st.sampled_from([0, 0, 250_000]))
    def assess_anew(self, place: int, totals: dict[str, int], secured: int) -> None:
        assess(
            subject=self.subject(place),
            tax_code=ENTERPRISE,
            office=OFFICE,
            totals_vnd={tax: Decimal(amount) for tax, amount in totals.items()},
            fee_vnd=Decimal(20_000),
            secured_vnd=Decimal(secured),
            reason="amended",
            actor=PROGRAM,
            at=self.day,
        )

    @precondition(lambda self: self.subjects)
    @rule(place=st.integers(0, 99), amount=st.integers(1, 500_000), back=st.booleans())
    def fine(self, place: int, amount: int, back: bool) -> None:
        act = void_fine if back else post_fine
        act(
            subject=self.subject(place),
            tax_code=ENTERPRISE,
            office=OFFICE,
            amount_vnd=Decimal(amount),
            actor=PROGRAM,
            at=self.day,
        )

    @precondition(lambda self: self.subjects)
    @rule(place=st.integers(0, 99))
    def cancel(self, place: int) -> None:
        void_liability(subject=self.subject(place), reason="cancel", actor=PROGRAM, at=self.day)

    @precondition(lambda self: len(self.guarantees) < 3)
    @rule(limit=st.integers(1, 8_000_000))
    def give_guarantee(self, limit: int) -> None:
        name = guarantee(self.officer, limit=limit, at=self.day, kind="single", declaration="199999999990")
        Guarantee.objects.filter(number=name).update(subject="")  # for any declaration, whatever its trader owes
        self.guarantees.append(name)

    @precondition(lambda self: self.subjects and self.guarantees)
    @rule(place=st.integers(0, 99), which=st.integers(0, 99))
    def reserve(self, place: int, which: int) -> None:
        name = self.guarantees[which % len(self.guarantees)]
        subject = self.subject(place)
        self.try_out(lambda: guarantee_liability(actor=PROGRAM, subject=subject, guarantee_number=name, at=self.day))

    @precondition(lambda self: self.guarantees)
    @rule(which=st.integers(0, 99))
    def close(self, which: int) -> None:
        name = self.guarantees[which % len(self.guarantees)]
        if Guarantee.objects.get(number=name).state == "accepted":
            self.try_out(lambda: close_guarantee(actor=self.officer, number=name, at=self.day))

    @precondition(lambda self: self.subjects)
    @rule(place=st.integers(0, 99))
    def release(self, place: int) -> None:
        note_release(subject=self.subject(place), actor=PROGRAM, at=self.day)

    @precondition(lambda self: self.subjects)
    @rule(place=st.integers(0, 99), paid=st.integers(1, 4_000_000), named=st.booleans(), exact=st.booleans())
    def pay(self, place: int, paid: int, named: bool, exact: bool) -> None:
        subject = self.subject(place)
        owed = balance_of(subject).open_vnd
        amount = int(owed) if exact and owed else paid
        text = subject.partition(":")[2] if named else "tien"
        content = table(row(amount, text, on=self.day.date(), reference=f"FT{BankLine.objects.count()}"))
        take_bank_file(actor=self.officer, office=OFFICE, name="x.csv", content=content, at=self.day)
        self.came_in += amount

    @precondition(lambda self: self.subjects)
    @rule(place=st.integers(0, 99), part=st.integers(1, 2_000_000), back=st.booleans())
    def handle_what_waits(self, place: int, part: int, back: bool) -> None:
        line = BankLine.objects.filter(left_vnd__gt=0).order_by("-id").first()
        if line is None:
            return
        if back:
            return_payment(actor=self.officer, line_id=line.pk, at=self.day)
            self.sent_back += line.left_vnd
            return
        number = self.subject(place).partition(":")[2]
        self.try_out(
            lambda: assign_payment(
                actor=self.officer, line_id=line.pk, number=number, amount_vnd=Decimal(part), at=self.day
            )
        )

    @precondition(lambda self: self.subjects)
    @rule(
        place=st.integers(0, 99),
        kind=st.sampled_from(["refund", "refund", "waiver"]),
        tax=st.sampled_from(["import_duty", "vat", ""]),
        part=st.integers(1, 10),
        pays=st.booleans(),
    )
    def claim(self, place: int, kind: str, tax: str, part: int, pays: bool) -> None:
        subject = self.subject(place)
        case = "37a.1a" if kind == "waiver" else "19.1c" if tax else "overpaid"
        amount = possible_vnd(subject, kind=kind, case=case, tax=tax) // part
        asked = {"kind": kind, "case": case, "subject": subject, "tax": tax, "amount_vnd": amount, "grounds": "x"}

        def run() -> None:
            number = request_claim(actor=PROGRAM, at=self.day, **asked).number
            propose_decision(actor=self.clerk, number=number, amount_vnd=amount, finding="x", at=self.day)
            decide_claim(actor=self.officer, number=number, approve=True, reason="", at=self.day)
            if pays and kind == "refund":
                pay_refund(actor=self.officer, number=number, reference="UNC", at=self.day)
                self.sent_back += amount

        self.try_out(run)

    @rule(days=st.integers(1, 12))
    def wait(self, days: int) -> None:
        self.day += timedelta(days=days)

    @invariant()
    def books_balance(self) -> None:
        check_books(self.subjects)
        assert accounts()["treasury", ""] == self.before + self.came_in - self.sent_back


def test_the_books_balance_after_any_sequence_of_operations(customs: World) -> None:
    Books.officer, Books.clerk = customs.actor("team_leader"), customs.actor("clearance_officer")
    run_state_machine_as_test(
        Books,
        settings=settings(
            max_examples=10, stateful_step_count=14, suppress_health_check=list(HealthCheck), deadline=None
        ),
    )
    check_books()
    assert Posting.objects.count() > 20, "something was posted at all"


def test_unbalanced_books_would_be_found(customs: World) -> None:
    subject = lodged()
    Debt.objects.filter(subject=subject).update(open_vnd=1)
    with pytest.raises(AssertionError):
        check_books()


def test_twenty_releases_at_once_never_take_more_than_a_guarantee_has(customs: World) -> None:
    """Seven declarations of 4,020,000 dong fit into 30 million: with twenty at once, seven get it."""
    name = guarantee(customs.actor("team_leader"), limit=30_000_000)
    subjects = [lodged() for _one in range(20)]
    start = threading.Barrier(20)
    outcomes: list[str] = []

    def reserve(subject: str) -> None:
        try:
            start.wait()
            guarantee_liability(actor=PROGRAM, subject=subject, guarantee_number=name, at=now())
            outcomes.append("settled")
        except Refused as refused:
            outcomes.append(str(refused.faults[0].code))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=reserve, args=(subject,)) for subject in subjects]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (outcomes.count("settled"), outcomes.count("TQ-REV-003")) == (7, 13)
    assert available(name) == 30_000_000 - 7 * 4_020_000
    assert sum(balance_of(subject).settled for subject in subjects) == 7
    check_books()


def test_one_declaration_released_twenty_times_at_once_takes_its_guarantee_once(customs: World) -> None:
    name = guarantee(customs.actor("team_leader"), limit=30_000_000)
    subject = lodged(booked=False)
    start = threading.Barrier(20)
    outcomes: list[str] = []

    def reserve() -> None:
        try:
            start.wait()
            guarantee_liability(actor=PROGRAM, subject=subject, guarantee_number=name, at=now())
            outcomes.append("settled")
        except Refused as refused:
            outcomes.append(str(refused.faults[0].code))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=reserve) for _one in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (outcomes.count("settled"), outcomes.count("TQ-REV-005")) == (1, 19)
    assert available(name) == 30_000_000 - 4_020_000
    check_books()


def test_the_database_itself_refuses_a_negative_guarantee(customs: World) -> None:
    name = guarantee(customs.actor("team_leader"), limit=5)
    with pytest.raises(IntegrityError), connection.cursor() as sql:
        sql.execute("UPDATE revenue_guarantee SET available_vnd = -1 WHERE number = %s", [name])
