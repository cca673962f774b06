"""Claims in every state, and money that came in, for tests."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from tests.clearance.revenue.money import lodged
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.revenue.models import Debt, JournalEntry
from thongquan.clearance.revenue.operations.banking import take_bank_file
from thongquan.clearance.revenue.operations.claims import decide_claim, propose_decision, request_claim
from thongquan.clearance.revenue.queries.claims import Told

_count = itertools.count(1)


def pay(customs: World, subject: str, amount: int, *, payer: str = "CÔNG TY BÌNH MINH 平明公司") -> int:
    """The entry of a payment that came in through the bank's file."""
    turn = next(_count)
    director = customs.actor("director")
    office = Debt.objects.get(subject=subject).office
    head = "booked_on;amount;currency;text;payer;reference"
    number = subject.partition(":")[2]
    text = f"{head}\n{localdate(now())};{amount};VND;nop thue TK {number};{payer};FT{turn:05d}\n"
    take_bank_file(
        actor=replace(director, holdings=director.holdings | {("director", office)}),
        office=office,
        name="so-phu.csv",
        content=text.encode(),
        at=now(),
    )
    return JournalEntry.objects.filter(subject=subject, kind="payment").latest("pk").pk


def paid(customs: World, **more: Any) -> str:
    """A declaration that was charged 3,000,000 import duty, 1,000,000 VAT and the fee, all paid."""
    subject = lodged(**more)
    pay(customs, subject, 4_020_000)
    return subject


def asked(customs: World, subject: str, amount: int = 500_000, **more: Any) -> Told:
    """A refund of import duty asked for, goods sent back."""
    given = {"kind": "refund", "case": "19.1c", "tax": "import_duty", "grounds": "Đã tái xuất", **more}
    given.setdefault("actor", customs.actor("declarant"))
    return request_claim(subject=subject, amount_vnd=Decimal(amount), at=now(), **given)


def proposed(customs: World, subject: str, amount: int = 500_000, *, proposal: int | None = None, **more: Any) -> Told:
    """The same with an officer's proposal."""
    told = asked(customs, subject, amount, **more)
    return propose_decision(
        actor=customs.actor("clearance_officer"),
        number=told.number,
        amount_vnd=Decimal(amount if proposal is None else proposal),
        finding="Hàng đã tái xuất, chưa qua sử dụng",
        at=now(),
    )


def decided(customs: World, subject: str, amount: int = 500_000, *, approve: bool = True, **more: Any) -> Told:
    """The same, decided by a leader."""
    told = proposed(customs, subject, amount, **more)
    reason = "" if approve else "Không đủ hồ sơ"
    return decide_claim(
        actor=customs.actor("team_leader"), number=told.number, approve=approve, reason=reason, at=now()
    )
