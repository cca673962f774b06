"""Declarations in the books for tests: a liability as lodging writes it, a bank that pays, a guarantee that stands."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from decimal import Decimal

from tests.world import ENTERPRISE
from thongquan.base.accounts.queries import Actor, system_actor
from thongquan.base.core.clock import now
from thongquan.clearance.revenue.models import Guarantee, Liability
from thongquan.clearance.revenue.operations import Proposal, accept_guarantee, book_lodged, propose_guarantee

OFFICE = "15BB"
PROGRAM: Actor = system_actor("test", enterprises=[ENTERPRISE], offices=[OFFICE])
_count = itertools.count(1)


def number() -> str:
    """A declaration number nobody has used, far from those that lodging gives."""
    return f"1{9 * 10**9 + next(_count)}0"


def lodged(
    *,
    at: datetime | None = None,
    taxes: dict[str, int] | None = None,
    fee: int = 20_000,
    secured: int = 0,
    tax_code: str = ENTERPRISE,
    office: str = OFFICE,
    booked: bool = True,
) -> str:
    """The subject of a declaration as the hot statement leaves it, brought into the books unless told not to."""
    at = at or now()
    taxes = {"import_duty": 3_000_000, "vat": 1_000_000} if taxes is None else taxes
    subject = f"declaration:{number()}"
    Liability.objects.create(
        subject=subject,
        tax_code=tax_code,
        due_vnd=sum(taxes.values()) + fee,
        secured_vnd=secured,
        fee_vnd=fee,
        totals_vnd={tax: str(amount) for tax, amount in taxes.items()},
        at=at,
    )
    if booked:
        book_lodged(subjects={subject: office}, at=at)
    return subject


def guarantee(
    officer: Actor,
    *,
    limit: int,
    at: datetime | None = None,
    kind: str = "general",
    declaration: str = "",
    accepted: bool = True,
    days: int = 365,
    office: str = OFFICE,
) -> str:
    """The number of a guarantee; a general one belongs to a trader who has traded for long enough."""
    at = at or now()
    name = f"BL-{next(_count):05d}"
    if kind == "general":
        lodged(at=at - timedelta(days=500), taxes={}, fee=0)
    proposal = Proposal(
        number=name,
        kind=kind,
        guarantor="Ngân hàng TMCP Ngoại thương Việt Nam",
        tax_code=ENTERPRISE,
        office=office,
        limit_vnd=Decimal(limit),
        valid_from=at.date() - timedelta(days=1),
        valid_to=at.date() + timedelta(days=days),
        declaration=declaration,
    )
    propose_guarantee(actor=PROGRAM, proposal=proposal, at=at)
    if accepted:
        accept_guarantee(actor=officer, number=name, at=at)
    return name


def guarantee_elsewhere() -> int:
    """The id of a guarantee that waits at another office."""
    name = guarantee(PROGRAM, limit=1, kind="single", declaration="100000000010", accepted=False, office="20BB")
    return Guarantee.objects.get(number=name).pk


def available(name: str) -> Decimal:
    return Guarantee.objects.get(number=name).available_vnd
