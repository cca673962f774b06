"""What follows in money from a proof of origin that came late: the excess is paid back, decided with the proof itself.

Legal basis: Circular 33/2023/TT-BTC Art. 12 (duty recalculated with the preference); Law 107/2016/QH13 Art. 19; Decree
134/2016/NĐ-CP Art. 37.2 (nothing below the smallest refund is paid back).
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.revenue.chart import Account, Kind
from thongquan.clearance.revenue.models import Claim
from thongquan.clearance.revenue.operations.books import Move, Occasion, post, settle_up
from thongquan.clearance.revenue.operations.claims import claimed
from thongquan.clearance.revenue.operations.opening import BOOKKEEPER, locked_debt
from thongquan.clearance.revenue.permissions import check_can_assess
from thongquan.clearance.revenue.queries.claims import OVERPAID, Told, claim_from, possible_vnd
from thongquan.clearance.revenue.queries.law import words_of_law


def refund_difference(
    *, actor: Actor, subject: str, excess_vnd: Decimal, requested_by: str, accepted_by: str, grounds: str, at: datetime
) -> Told | None:
    """Pay back, by an approved claim, the dong that a recalculation made too much; None when nothing is to be paid.

    The reckoning is the program's proposal and the decision that of the officer who accepted the proof of origin
    (`accepted_by`): nobody decides twice. What the treasury pays is noted by `pay_refund` as for every claim. Raises
    `NotAllowed`, `NotFound`.
    """
    with transaction.atomic():
        debt = locked_debt(subject, at=at)
        check_can_assess(actor, office=debt.office, tax_code=debt.tax_code)
        amount = min(excess_vnd, possible_vnd(subject, kind="refund", case=OVERPAID, tax=""))
        if amount <= 0 or amount < Decimal(words_of_law("refund_minimum_vnd", timezone.localdate(at))):
            return None
        made = claimed(
            kind="refund",
            case=OVERPAID,
            subject=subject,
            tax="",
            tax_code=debt.tax_code,
            office=debt.office,
            asked_vnd=amount,
            proposed_vnd=amount,
            decided_vnd=amount,
            grounds=grounds,
            finding=grounds,
            requested_by=requested_by,
            requested_at=at,
            proposed_by=BOOKKEEPER.reference,
            proposed_at=at,
            decided_by=accepted_by,
            decided_at=at,
        )
        _approve(made, amount, actor, at)
        details = {"claim": made.number, "case": OVERPAID, "amount_vnd": str(amount)}
        settle_up(debt, action="refund.approved", actor=actor, at=at, details=details)
    return claim_from(made)


def _approve(made: Claim, amount: Decimal, actor: Actor, at: datetime) -> None:
    made.state = "approved"
    made.save(update_fields=["state"])
    subject = made.subject
    occasion = Occasion(kind=Kind.REFUND, subject=subject, actor=actor, at=at, source=f"claim:{made.number}")
    post(occasion, [Move(Account.OVERPAID, subject, Account.REFUNDS, subject, amount)])
