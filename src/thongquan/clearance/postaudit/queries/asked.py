"""Requests of audits that wait for an answer of the enterprise."""

from __future__ import annotations

from datetime import date

import msgspec

from thongquan.base.accounts.permissions import readable_enterprises
from thongquan.base.accounts.queries import Actor
from thongquan.clearance.postaudit.models import Request
from thongquan.clearance.postaudit.states import State


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A request: of which audit of which declaration, to be answered by a day."""

    audit: int
    number: str
    tax_code: str
    trader_name: str
    due_on: date


def requests_to_answer(actor: Actor, *, limit: int) -> list[Asked]:
    """Those of the actor's enterprises, what is due first at the head."""
    rows = Request.objects.filter(
        answered_at=None, audit__state=State.OPENED, audit__tax_code__in=readable_enterprises(actor)
    )
    return [
        Asked(
            audit=row.audit_id,
            number=row.audit.number,
            tax_code=row.audit.tax_code,
            trader_name=row.audit.trader_name,
            due_on=row.due_on,
        )
        for row in rows.select_related("audit").order_by("due_on", "id")[:limit]
    ]
