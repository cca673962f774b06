"""What risk shows on the page of a declaration, whose room stands above: `config` puts it there."""

from __future__ import annotations

from typing import Any

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.risk.queries.cases import asked_of


def asked(actor: Actor, number: str, office: str) -> dict[str, Any] | None:
    """What a case asks the officers of the office to look at; None when nothing."""
    rows = asked_of(actor=actor, number=number, office=office)
    return {"rows": rows} if rows else None
