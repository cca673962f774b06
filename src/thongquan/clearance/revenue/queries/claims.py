"""Claims for refund and for not collecting, as others may know them, and how much one may ask for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

import msgspec
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from thongquan.base.accounts.permissions import readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.revenue.models import Claim, Debt, Liability
from thongquan.clearance.revenue.permissions import check_may_see
from thongquan.clearance.revenue.queries.balances import balance_from, balance_of, flows_of
from thongquan.rules.money import ZERO

OVERPAID = "overpaid"
"""The case for money that is nobody's tax any more; it names no tax."""
LISTS = {"refund": "refund_case", "waiver": "waiver_case"}
"""The code list of the law that holds the cases of each kind."""
OPEN = ("requested", "proposed")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as it stands; dong."""

    number: str
    kind: str
    case: str
    subject: str
    tax_code: str
    office: str
    tax: str
    asked_vnd: Decimal
    proposed_vnd: Decimal | None
    decided_vnd: Decimal | None
    state: str
    grounds: str
    finding: str
    reason: str
    requested_by: str
    requested_at: datetime
    proposed_by: str
    proposed_at: datetime | None
    decided_by: str
    decided_at: datetime | None

    @property
    def declaration(self) -> str:
        """Number of the declaration, or of what else the claim is about."""
        return self.subject.partition(":")[2]


def claim_from(row: Claim) -> Told:
    """The values of a row."""
    return Told(**{name: getattr(row, name) for name in Told.__struct_fields__})


def claims(*, actor: Actor, limit: int, offset: int = 0) -> list[Told]:
    """The claims in the actor's scope: those that wait on top, then newest first."""
    waits = Case(When(state__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = _in_scope(actor).order_by(waits, "-requested_at", "-pk")
    return [claim_from(row) for row in rows[offset : offset + limit]]


def claims_waiting(actor: Actor) -> int:
    """How many claims in scope wait for customs."""
    return _in_scope(actor).filter(state__in=OPEN).count()


def proposed_claims(office: str, *, most: int) -> list[Told]:
    """Claims of an office that wait for a decision, oldest first. The caller has checked that the reader leads it."""
    rows = Claim.objects.filter(office=office, state="proposed").order_by("proposed_at", "pk")
    return [claim_from(row) for row in rows[:most]]


def count_proposed(offices: Iterable[str]) -> int:
    """How many claims of these offices wait for a decision."""
    return Claim.objects.filter(office__in=offices, state="proposed").count()


def claim_of(*, actor: Actor, number: str) -> Told:
    """A claim. Raises `NotFound` also outside the actor's scope."""
    row = Claim.objects.filter(number=number).first()
    if row is None:
        raise NotFound(number)
    check_may_see(actor, office=row.office, tax_code=row.tax_code)
    return claim_from(row)


def claims_of(subject: str) -> list[Told]:
    """The claims about a subject in order. The caller has checked that the reader may see it."""
    return [claim_from(row) for row in Claim.objects.filter(subject=subject).order_by("pk")]


def possible_vnd(subject: str, *, kind: str, case: str, tax: str) -> Decimal:
    """The most that a claim about a subject may ask for, in dong.

    A refund of a tax: what was assessed of it, less what is still open and what was relieved before; of an overpaid
    amount: what is overpaid. Neither more than the money that came in and did not go out. A waiver: what is open.
    """
    balance = balance_of(subject)
    if kind == "waiver":
        return max(ZERO, balance.open_by_tax.get(tax, ZERO))
    held = balance.paid_vnd - balance.refunded_vnd
    if case == OVERPAID:
        return max(ZERO, min(balance.overpaid_vnd, held))
    settled = balance.open_by_tax.get(tax, ZERO) + balance.relieved_by_tax.get(tax, ZERO)
    paid = balance.assessed_by_tax.get(tax, ZERO) - settled
    return max(ZERO, min(paid, held))


def owner_of(subject: str) -> tuple[str, str] | None:
    """Tax code and office of a subject in the books; None when it is not in them."""
    debt = Debt.objects.filter(subject=subject).first()
    if debt is not None:
        return debt.tax_code, debt.office
    row = Liability.objects.filter(subject=subject).first()
    return (row.tax_code, "") if row else None


def taxes_of(subject: str) -> list[str]:
    """The taxes and charges that the subject was assessed for, in the order of their names."""
    return sorted(balance_from(flows_of(subject), priority=False).assessed_by_tax)


def _in_scope(actor: Actor) -> QuerySet[Claim]:
    mine = Q(tax_code__in=readable_enterprises(actor)) | Q(office__in=readable_offices(actor))
    return Claim.objects.filter(mine)
