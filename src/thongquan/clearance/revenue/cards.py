"""What other pages show of money: the count beside its desk, and its panel on the page of a declaration."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.revenue.permissions import can_guarantee, money_offices
from thongquan.clearance.revenue.queries.bank import count_waiting
from thongquan.clearance.revenue.queries.stories import count_owing, money_file


def count_money(actor: object) -> int | None:
    """Bookings that wait for a revenue officer, or what a trader owes and nobody paid or guaranteed."""
    if not isinstance(actor, Actor):
        return None
    if is_trader(actor):
        return count_owing(actor) or None
    return count_waiting(money_offices(actor)) or None


def money_panel(actor: Actor, subject: str, at: datetime) -> dict[str, Any] | None:
    """Where the money of a subject stands, in a few figures; None for those who may not see it."""
    try:
        file = money_file(actor=actor, subject=subject, at=at)
    except NotFound:
        return None
    return {
        "file": file,
        "balance": file.balance,
        "can_guarantee": bool(file.balance.uncovered_vnd) and can_guarantee(actor, file.tax_code),
    }
