"""Assessment, fines, guarantees: what is posted, what is owed, and what others are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from django.db import IntegrityError, connection

from tests.clearance.revenue.money import OFFICE, PROGRAM, available, guarantee, lodged
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World
from thongquan.base.accounts.operations import assess_enterprise
from thongquan.base.accounts.queries import Actor, system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import Conflict, NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.models import OutboxMessage
from thongquan.base.ledger.models import Entry
from thongquan.clearance.revenue.models import Debt, JournalEntry, Posting
from thongquan.clearance.revenue.operations import (
    accept_guarantee,
    assess,
    book_lodged,
    close_guarantee,
    guarantee_liability,
    post_fine,
    refuse_guarantee,
    void_fine,
    void_liability,
)
from thongquan.clearance.revenue.queries import balance_of

STRANGER = system_actor("x", enterprises=[OTHER_ENTERPRISE])
PERSON = Actor(reference="user:999", roles=frozenset({"declarant"}), is_authenticated=True)


def reassess(subject: str, taxes: Mapping[str, int], *, fee: int = 20_000, secured: int = 0, **changes: Any) -> Any:
    values: dict[str, Any] = {
        "subject": subject,
        "tax_code": ENTERPRISE,
        "office": OFFICE,
        "totals_vnd": {tax: Decimal(amount) for tax, amount in taxes.items()},
        "fee_vnd": Decimal(fee),
        "secured_vnd": Decimal(secured),
        "reason": "amended",
        "actor": PROGRAM,
        "at": now(),
    }
    return assess(**{**values, **changes})


def told(subject: str) -> list[str]:
    return list(OutboxMessage.objects.filter(subject=subject).order_by("id").values_list("kind", flat=True))


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [str(fault.code) for fault in refused.value.faults]


def test_a_lodged_declaration_is_posted_once_however_often_it_is_told(customs: World) -> None:
    subject = lodged()
    book_lodged(subjects={subject: OFFICE}, at=now())
    balance = balance_of(subject)
    assert (balance.assessed_vnd, balance.open_vnd, balance.settled) == (4_020_000, 4_020_000, False)
    assert balance.open_by_tax == {"import_duty": 3_000_000, "vat": 1_000_000, "fee": 20_000}
    assert JournalEntry.objects.filter(subject=subject).count() == 1
    assert told(subject) == []


def test_the_balance_is_right_before_the_outbox_comes(customs: World) -> None:
    subject = lodged(booked=False)
    before = balance_of(subject)
    book_lodged(subjects={subject: OFFICE}, at=now())
    assert before == balance_of(subject)


def test_a_declaration_that_owes_nothing_is_settled_at_once(customs: World) -> None:
    subject = lodged(taxes={}, fee=0)
    assert balance_of(subject).settled
    assert told(subject) == ["liability.settled"]


def test_a_priority_enterprise_is_settled_before_it_pays(customs: World) -> None:
    at = now()
    assess_enterprise(
        actor=system_actor("t"), tax_code=ENTERPRISE, valid_from=at.date(), source="t", at=at, priority=True
    )
    subject = lodged(at=at + timedelta(hours=25))
    balance = balance_of(subject)
    assert (balance.settled, balance.open_vnd) == (True, 4_020_000)
    post_fine(subject=subject, tax_code=ENTERPRISE, amount_vnd=Decimal(5), actor=PROGRAM, at=at, office=OFFICE)
    assert not balance_of(subject).settled, "a fine is not deferred"
    assert told(subject) == ["liability.settled", "liability.reopened"]


def test_a_higher_assessment_posts_the_difference(customs: World) -> None:
    subject = lodged()
    balance = reassess(subject, {"import_duty": 3_500_000, "vat": 1_000_000})
    assert (balance.assessed_vnd, balance.open_vnd) == (4_520_000, 4_520_000)
    entry = JournalEntry.objects.filter(subject=subject).latest("id")
    assert [row.amount_vnd for row in entry.postings.all()] == [500_000]
    assert (entry.details, told(subject)) == ({"reason": "amended"}, ["liability.changed"])


def test_a_lower_assessment_of_what_is_open_is_not_overpaid(customs: World) -> None:
    subject = lodged()
    balance = reassess(subject, {"vat": 900_000}, fee=0)
    assert (balance.open_vnd, balance.overpaid_vnd) == (900_000, 0)


def test_one_operation_leaves_one_ledger_row_and_one_message(customs: World) -> None:
    subject = lodged()
    reassess(subject, {"vat": 900_000})
    assert Entry.objects.filter(subject=subject).count() == 1
    assert len(told(subject)) == 1


def test_what_must_be_secured_is_not_owed_but_holds_the_release(customs: World) -> None:
    subject = lodged(taxes={}, fee=0, secured=700_000)
    balance = balance_of(subject)
    assert (balance.open_vnd, balance.secured_vnd, balance.settled) == (0, 700_000, False)
    name = guarantee(customs.actor("team_leader"), limit=1_000_000)
    guarantee_liability(actor=PROGRAM, subject=subject, guarantee_number=name, at=now())
    assert balance_of(subject).settled
    reassess(subject, {}, fee=0, secured=0)
    assert (available(name), balance_of(subject).guaranteed_vnd) == (1_000_000, 0)


def test_a_guarantee_settles_and_gives_back_what_is_owed_no_more(customs: World) -> None:
    subject = lodged()
    name = guarantee(customs.actor("team_leader"), limit=5_000_000)
    balance = guarantee_liability(actor=PROGRAM, subject=subject, guarantee_number=name, at=now())
    assert (balance.settled, balance.guaranteed_vnd, available(name)) == (True, 4_020_000, 980_000)
    reassess(subject, {"vat": 1_000_000})
    assert available(name) == 3_980_000
    reassess(subject, {"vat": 1_500_000})
    assert told(subject) == ["liability.settled", "liability.settled", "liability.reopened"]


def test_a_guarantee_that_cannot_serve_says_why(customs: World) -> None:
    at, officer = now(), customs.actor("team_leader")
    subject = lodged(at=at)

    def refusal(name: str, *, of: str = subject, days: int = 0) -> list[str]:
        with pytest.raises(Refused) as refused:
            guarantee_liability(actor=PROGRAM, subject=of, guarantee_number=name, at=at + timedelta(days=days))
        return codes(refused)

    small, large = guarantee(officer, limit=4_019_999), guarantee(officer, limit=9_000_000)
    single = guarantee(officer, limit=9_000_000, kind="single", declaration="199999999990")
    waiting = guarantee(officer, limit=9_000_000, accepted=False)
    assert refusal("unknown") == ["TQ-REV-001"]
    assert refusal(waiting) == ["TQ-REV-002"]
    assert refusal(small) == ["TQ-REV-003"]
    assert refusal(large, days=31) == ["TQ-REV-004"]
    assert refusal(large, days=400) == ["TQ-REV-002", "TQ-REV-004"]
    assert refusal(large, of=lodged(taxes={}, fee=0)) == ["TQ-REV-005"]
    assert refusal(single) == ["TQ-REV-006"]
    assert available(large) == 9_000_000


def test_a_general_guarantee_needs_its_conditions(customs: World) -> None:
    at, officer = now(), customs.actor("team_leader")
    lodged(at=at - timedelta(days=100))
    late = lodged(at=at - timedelta(days=90))
    Debt.objects.filter(subject=late).update(released_on=(at - timedelta(days=80)).date())
    name = guarantee(officer, limit=1_000, accepted=False, kind="single", declaration="199999999990")
    connection.cursor().execute("UPDATE revenue_guarantee SET kind = 'general' WHERE number = %s", [name])
    with pytest.raises(Refused) as refused:
        accept_guarantee(actor=officer, number=name, at=at)
    assert codes(refused) == ["TQ-REV-007", "TQ-REV-010"]
    assert available(name) == 1_000


def test_a_guarantee_in_use_stays_open_and_is_decided_once(customs: World) -> None:
    officer = customs.actor("team_leader")
    name = guarantee(officer, limit=5_000_000)
    subject = lodged()
    guarantee_liability(actor=PROGRAM, subject=subject, guarantee_number=name, at=now())
    with pytest.raises(Refused) as refused:
        close_guarantee(actor=officer, number=name, at=now())
    assert codes(refused) == ["TQ-REV-017"]
    reassess(subject, {}, fee=0)
    close_guarantee(actor=officer, number=name, at=now())
    for again in (accept_guarantee, close_guarantee):
        with pytest.raises(Conflict):
            again(actor=officer, number=name, at=now())
    other = guarantee(officer, limit=5, accepted=False)
    refuse_guarantee(actor=officer, number=other, reason="Thiếu con dấu", at=now())
    with pytest.raises(Conflict):
        refuse_guarantee(actor=officer, number=other, reason="", at=now())


def test_a_fine_is_posted_once_and_can_be_taken_back(customs: World) -> None:
    fine: dict[str, Any] = {"subject": "violation:7", "tax_code": ENTERPRISE, "office": OFFICE, "actor": PROGRAM}
    for _again in range(2):
        post_fine(**fine, amount_vnd=Decimal(2_000_000), at=now(), source="violation.decided:1")
    assert balance_of("violation:7").open_vnd == 2_000_000
    for _again in range(2):
        void_fine(**fine, amount_vnd=Decimal(2_000_000), at=now(), source="violation.annulled:2")
    assert balance_of("violation:7").open_vnd == 0
    assert told("violation:7") == ["liability.reopened", "liability.settled"]


def test_a_cancelled_declaration_owes_nothing(customs: World) -> None:
    subject = lodged()
    balance = void_liability(subject=subject, reason="cancel", actor=PROGRAM, at=now())
    assert (balance.open_vnd, balance.settled) == (0, True)
    with pytest.raises(NotFound):
        void_liability(subject="declaration:100000000000", reason="cancel", actor=PROGRAM, at=now())


@pytest.mark.parametrize("amount", ["-1", "0.5", "NaN"])
def test_only_whole_dong_are_posted(customs: World, amount: str) -> None:
    subject = lodged()
    with pytest.raises(Refused) as refused:
        reassess(subject, {}, totals_vnd={"vat": Decimal(amount)})
    assert codes(refused) == ["TQ-REV-016"]


def test_a_stranger_posts_nothing(customs: World) -> None:
    subject = lodged()
    with pytest.raises(NotAllowed):
        reassess(subject, {}, actor=PERSON)
    with pytest.raises(NotAllowed):
        post_fine(subject=subject, tax_code=ENTERPRISE, amount_vnd=Decimal(1), actor=PERSON, at=now())
    with pytest.raises(NotAllowed):
        guarantee_liability(actor=PERSON, subject=subject, guarantee_number="x", at=now())


def test_a_neighbor_accepts_no_guarantee(customs: World) -> None:
    name = guarantee(customs.actor("team_leader"), limit=5, accepted=False)
    connection.cursor().execute("UPDATE revenue_guarantee SET office = '20BB'")
    with pytest.raises(NotAllowed):
        accept_guarantee(actor=customs.actor("team_leader"), number=name, at=now())


def test_the_database_keeps_the_journal_as_it_is(customs: World) -> None:
    lodged()
    for model in (JournalEntry, Posting):
        with pytest.raises(IntegrityError):
            model._default_manager.all().delete()
    with pytest.raises(IntegrityError):
        Posting.objects.update(amount_vnd=1)


def test_a_message_says_who_owes_what(customs: World) -> None:
    subject = lodged(taxes={}, fee=0)
    message = OutboxMessage.objects.get(subject=subject)
    assert msgspec.json.decode(bytes(message.payload)) == {
        "subject": subject,
        "office": OFFICE,
        "open_vnd": "0",
        "tax_code": ENTERPRISE,
    }
