"""Refunds and taxes not collected: by a case of the law, proposed and decided by two people, posted to the books."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import IntegrityError, connections, transaction

from tests.clearance.revenue.claims import asked, decided, paid, pay, proposed
from tests.clearance.revenue.money import lodged
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.models import OutboxMessage
from thongquan.base.ledger.models import Entry
from thongquan.clearance.revenue.models import Claim, Posting
from thongquan.clearance.revenue.operations import assess
from thongquan.clearance.revenue.operations.claims import decide_claim, pay_refund, propose_decision
from thongquan.clearance.revenue.queries import balance_of
from thongquan.clearance.revenue.queries.claims import claim_of, claims, claims_waiting, possible_vnd
from thongquan.rules.codes import Code


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [fault.code for fault in refusal.value.faults]


def sums(subject: str) -> dict[tuple[str, str], Decimal]:
    found: dict[tuple[str, str], Decimal] = {}
    for move in Posting.objects.filter(entry__subject=subject, entry__kind__in=("refund", "relief")):
        key = (move.debit, move.credit)
        found[key] = found.get(key, Decimal(0)) + move.amount_vnd
    return found


def test_a_refund_is_asked_proposed_decided_and_paid(customs: World) -> None:
    subject = paid(customs)
    told = decided(customs, subject, 500_000)
    assert (told.state, told.decided_vnd, told.number[:1]) == ("approved", 500_000, "R")
    assert sums(subject) == {("relief", "overpaid"): 500_000, ("overpaid", "refunds"): 500_000}
    balance = balance_of(subject)
    assert (balance.open_vnd, balance.refunded_vnd, balance.overpaid_vnd) == (0, 500_000, 0)
    done = pay_refund(actor=customs.actor("team_leader"), number=told.number, reference="UNC 0012", at=now())
    assert done.state == "paid"
    assert sums(subject)["refunds", "treasury"] == 500_000


def test_each_step_is_told_once_to_the_ledger_and_to_others(customs: World) -> None:
    subject = paid(customs)
    before = (Entry.objects.count(), OutboxMessage.objects.count())
    told = decided(customs, subject)
    pay_refund(actor=customs.actor("team_leader"), number=told.number, reference="UNC 1", at=now())
    steps = ["refund.requested", "refund.proposed", "refund.approved", "refund.paid"]
    new = Entry.objects.order_by("-id")[: len(steps)]
    assert [entry.action for entry in new][::-1] == steps
    assert (Entry.objects.count() - before[0], OutboxMessage.objects.count() - before[1]) == (4, 4)
    words = " ".join(str(entry.details) for entry in new)
    assert "tái xuất" not in words


def test_no_more_is_refunded_than_was_paid_of_the_tax(customs: World) -> None:
    subject = paid(customs)
    with pytest.raises(Refused) as refusal:
        asked(customs, subject, 3_000_001)
    assert codes(refusal) == [Code.TQ_REV_059]
    assert refusal.value.faults[0].values == {"open": "3000000"}
    decided(customs, subject, 2_000_000)
    assert possible_vnd(subject, kind="refund", case="19.1c", tax="import_duty") == 1_000_000


def test_what_was_not_paid_is_not_refunded(customs: World) -> None:
    with pytest.raises(Refused) as refusal:
        asked(customs, lodged(), 100_000)
    assert codes(refusal) == [Code.TQ_REV_059]


def test_nothing_below_the_smallest_refund(customs: World) -> None:
    subject = paid(customs)
    with pytest.raises(Refused) as refusal:
        asked(customs, subject, 49_999)
    assert codes(refusal) == [Code.TQ_REV_058]
    assert asked(customs, subject, 50_000).state == "requested"


def test_an_officer_cannot_propose_below_the_smallest_refund_either(customs: World) -> None:
    with pytest.raises(Refused) as refusal:
        proposed(customs, paid(customs), 60_000, proposal=40_000)
    assert codes(refusal) == [Code.TQ_REV_058]


@pytest.mark.parametrize("amount", ["0", "-5", "1.5", "NaN", "Infinity"])
def test_an_amount_is_whole_dong_above_zero(customs: World, amount: str) -> None:
    with pytest.raises(Refused) as refusal:
        asked(customs, paid(customs), amount)  # type: ignore[arg-type]  # as a broken door might
    assert codes(refusal) == [Code.TQ_REV_016]


def test_a_case_that_the_law_does_not_know_and_missing_grounds_are_told_together(customs: World) -> None:
    with pytest.raises(Refused) as refusal:
        asked(customs, paid(customs), case="19.9z", grounds=" ")
    assert codes(refusal) == [Code.TQ_REV_056, Code.TQ_REV_057]
    with pytest.raises(Refused) as refusal:
        asked(customs, paid(customs), kind="waiver")  # a case of refund is none of non-collection
    assert codes(refusal) == [Code.TQ_REV_057]


def test_one_claim_for_a_tax_waits_at_a_time(customs: World) -> None:
    subject = paid(customs)
    first = asked(customs, subject)
    with pytest.raises(Refused) as refusal:
        asked(customs, subject, 100_000)
    assert codes(refusal) == [Code.TQ_REV_062]
    assert refusal.value.faults[0].value == first.number


def test_money_paid_in_excess_is_refunded_without_a_tax(customs: World) -> None:
    subject = paid(customs)
    lowered(customs, subject, import_duty=2_400_000)
    told = decided(customs, subject, 600_000, case="overpaid")
    assert (told.tax, told.state) == ("", "approved")
    assert sums(subject) == {("overpaid", "refunds"): 600_000}
    assert balance_of(subject).overpaid_vnd == 0


def test_money_is_not_paid_back_twice_when_the_tax_is_lowered_afterwards(customs: World) -> None:
    """A refund relieved the duty; an amendment to zero then makes it overpaid on paper, but the money is gone."""
    subject = paid(customs)
    decided(customs, subject, 3_000_000)
    lowered(customs, subject, import_duty=0, vat=0)
    assert possible_vnd(subject, kind="refund", case="overpaid", tax="") == 1_020_000
    balance = balance_of(subject)
    assert (balance.overpaid_vnd, balance.relieved_vnd, balance.assessed_vnd) == (1_020_000, 0, 0)


def lowered(customs: World, subject: str, **taxes: int) -> None:
    assess(
        subject=subject,
        tax_code="9999900011",
        office="15BB",
        totals_vnd={"vat": Decimal(1_000_000), **{tax: Decimal(amount) for tax, amount in taxes.items()}},
        fee_vnd=Decimal(0 if not any(taxes.values()) else 20_000),
        secured_vnd=Decimal(0),
        reason="amended",
        actor=customs.actor("clearance_officer"),
        at=now(),
    )


def test_an_open_tax_is_not_collected_and_the_declaration_settles(customs: World) -> None:
    subject = lodged(taxes={"import_duty": 3_000_000}, fee=0)
    assert not balance_of(subject).settled
    told = decided(customs, subject, 3_000_000, kind="waiver", case="37a.1a")
    balance = balance_of(subject)
    assert (told.state, balance.open_vnd, balance.relieved_vnd, balance.settled) == ("approved", 0, 3_000_000, True)
    assert OutboxMessage.objects.filter(kind="liability.settled", subject=subject).count() == 1


def test_no_more_is_left_uncollected_than_is_open(customs: World) -> None:
    with pytest.raises(Refused) as refusal:
        asked(customs, paid(customs), 1, kind="waiver", case="37a.1a")
    assert codes(refusal) == [Code.TQ_REV_059]


def test_an_officer_may_start_a_waiver_but_no_refund(customs: World) -> None:
    subject = lodged()
    officer = customs.actor("clearance_officer")
    assert asked(customs, subject, 1_000, kind="waiver", case="37a.1b", actor=officer).state == "requested"
    with pytest.raises(NotAllowed):
        asked(customs, paid(customs), actor=officer)


def test_what_was_paid_meanwhile_is_no_longer_left_uncollected(customs: World) -> None:
    subject = lodged(taxes={"import_duty": 3_000_000}, fee=0)
    told = proposed(customs, subject, 3_000_000, kind="waiver", case="37a.1a")
    pay(customs, subject, 3_000_000)
    with pytest.raises(Refused) as refusal:
        decide_claim(actor=customs.actor("team_leader"), number=told.number, approve=True, reason="", at=now())
    assert codes(refusal) == [Code.TQ_REV_059]
    assert claim_of(actor=customs.actor("team_leader"), number=told.number).state == "proposed"


def test_who_proposed_does_not_decide(customs: World) -> None:
    told = asked(customs, paid(customs))
    leader = customs.actor("team_leader")
    propose_decision(actor=leader, number=told.number, amount_vnd=Decimal(500_000), finding="Đủ", at=now())
    with pytest.raises(Refused) as refusal:
        decide_claim(actor=leader, number=told.number, approve=True, reason="", at=now())
    assert codes(refusal) == [Code.TQ_REV_061]
    director = customs.actor("director")
    assert decide_claim(actor=director, number=told.number, approve=True, reason="", at=now()).state == "approved"


def test_the_database_itself_refuses_one_person_twice(customs: World) -> None:
    told = proposed(customs, paid(customs))
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(number=told.number).update(decided_by=told.proposed_by)


def test_a_proposal_of_nothing_refuses(customs: World) -> None:
    subject = paid(customs)
    told = decided(customs, subject, proposal=0)
    assert (told.state, told.decided_vnd, sums(subject)) == ("refused", 0, {})


def test_a_refusal_wants_a_reason_and_posts_nothing(customs: World) -> None:
    subject = paid(customs)
    told = proposed(customs, subject)
    with pytest.raises(Refused) as refusal:
        decide_claim(actor=customs.actor("team_leader"), number=told.number, approve=False, reason="", at=now())
    assert codes(refusal) == [Code.TQ_REV_056]
    done = decide_claim(actor=customs.actor("team_leader"), number=told.number, approve=False, reason="Thiếu", at=now())
    assert (done.state, sums(subject)) == ("refused", {})


def test_steps_out_of_turn_are_refused(customs: World) -> None:
    subject = paid(customs)
    told = asked(customs, subject)
    leader, at = customs.actor("team_leader"), now()
    with pytest.raises(Refused) as refusal:
        decide_claim(actor=leader, number=told.number, approve=True, reason="", at=at)
    assert codes(refusal) == [Code.TQ_REV_060]
    with pytest.raises(Refused) as refusal:
        pay_refund(actor=leader, number=told.number, reference="x", at=at)
    assert codes(refusal) == [Code.TQ_REV_060]
    propose_decision(actor=leader, number=told.number, amount_vnd=Decimal(0), finding="Không", at=at)
    with pytest.raises(Refused) as refusal:
        propose_decision(actor=leader, number=told.number, amount_vnd=Decimal(0), finding="Không", at=at)
    assert codes(refusal) == [Code.TQ_REV_060]


def test_a_payment_wants_the_number_of_its_order(customs: World) -> None:
    told = decided(customs, paid(customs))
    with pytest.raises(Refused) as refusal:
        pay_refund(actor=customs.actor("team_leader"), number=told.number, reference=" ", at=now())
    assert codes(refusal) == [Code.TQ_REV_056]


def test_a_neighbor_and_a_stranger_see_and_do_nothing(customs: World) -> None:
    subject = paid(customs, office="20BB")
    told = asked(customs, subject)
    officer = customs.actor("clearance_officer")
    with pytest.raises(NotFound):
        claim_of(actor=officer, number=told.number)
    with pytest.raises(NotFound):
        propose_decision(actor=officer, number=told.number, amount_vnd=Decimal(1), finding="x", at=now())
    with pytest.raises(NotFound):
        asked(customs, subject, actor=customs.actor("partner_agency"))
    with pytest.raises(NotAllowed):
        propose_decision(
            actor=customs.actor("declarant"), number=told.number, amount_vnd=Decimal(1), finding="x", at=now()
        )
    assert (claims(actor=officer, limit=9), claims_waiting(officer)) == ([], 0)
    assert [one.number for one in claims(actor=customs.actor("declarant"), limit=9)] == [told.number]


def test_two_leaders_at_once_decide_once(customs: World) -> None:
    subject = paid(customs)
    told = proposed(customs, subject)
    actors = [customs.actor("team_leader"), customs.actor("director")]

    def decide(turn: int) -> bool:
        try:
            decide_claim(actor=actors[turn], number=told.number, approve=True, reason="", at=now())
        except Refused as refusal:
            assert [fault.code for fault in refusal.faults] == [Code.TQ_REV_060]
            return False
        else:
            return True
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(decide, range(2))) == [False, True]
    assert balance_of(subject).refunded_vnd == 500_000
