"""What is left of a trader's certificates, who used it, and what soon cannot be used any more.

Legal basis: Circular 33/2023/TT-BTC Art. 22 (partial shipments, balance sheet).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec
from django.db.models import Exists, F, OuterRef

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.accounts.queries import Actor
from thongquan.clearance.origin.models import Certificate, Item
from thongquan.clearance.origin.queries.files import CertificateFile, ItemBalance, Used
from thongquan.clearance.origin.queries.worklist import ends_within, lasting
from thongquan.rules.money import ZERO, exact

LITTLE = Decimal("0.1")
"""A line is nearly used up when no more than a tenth of it is left: a measure of the house."""
Warned = Literal["little", "ends"]


class LineSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A line with its uses. `share` is what is used in percent, cut: a line that has something left is never at 100."""

    line: ItemBalance
    share: int
    is_low: bool
    uses: tuple[Used, ...]


class Low(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate of a trader of which little is left, or whose validity ends soon (`on`)."""

    id: int
    number: str
    agreement: str
    tax_code: str
    trader_name: str
    why: Warned
    on: date | None = None


def sheets_of(kept: CertificateFile) -> tuple[LineSheet, ...]:
    """The balance sheet of a certificate, line by line."""
    return tuple(
        LineSheet(
            line=line,
            share=share_of(line.used, line.quantity),
            is_low=is_low(line.left, line.quantity),
            uses=tuple(one for one in kept.uses if one.item == line.number and one.given_back_at is None),
        )
        for line in kept.balance
    )


def share_of(used: Decimal, quantity: Decimal) -> int:
    """What is used of a quantity in whole percent, cut."""
    with exact():
        return int(used * 100 / quantity) if quantity > 0 else 0


def is_low(left: Decimal, quantity: Decimal) -> bool:
    """Whether something, but no more than a tenth, is left."""
    with exact():
        return ZERO < left <= quantity * LITTLE


def low_certificates(*, actor: Actor, on: date, most: int) -> list[Low]:
    """Certificates of the trader's enterprises to look at: those that end soon first, then those nearly used up."""
    if not is_trader(actor):
        return []
    open_lines = Item.objects.filter(certificate=OuterRef("pk"), used__lt=F("quantity"))
    ending = [_low(row, "ends") for row in ends_within(actor, on).filter(Exists(open_lines))[:most]]
    low_lines = open_lines.filter(used__gt=0, used__gte=F("quantity") * (1 - LITTLE))
    rows = lasting(actor, on).exclude(id__in=[one.id for one in ending]).filter(Exists(low_lines))
    return [*ending, *(_low(row, "little") for row in rows[: most - len(ending)])]


def _low(row: Certificate, why: Warned) -> Low:
    names = ("id", "number", "agreement", "tax_code", "trader_name")
    return Low(**{name: getattr(row, name) for name in names}, why=why, on=row.__dict__.get("ends_on"))
