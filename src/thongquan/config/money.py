"""The money of a declaration on its page: the books know subjects only, the page knows declarations."""

from __future__ import annotations

from typing import Any

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.revenue.cards import money_panel


def panel(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """What the books say of this declaration."""
    return money_panel(actor, stand.subject, now())
