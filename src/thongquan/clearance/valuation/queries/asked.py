"""Questions of consultations that wait for an answer of the enterprise."""

from __future__ import annotations

from datetime import date

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.valuation.models import Question
from thongquan.clearance.valuation.permissions import own_enterprises
from thongquan.clearance.valuation.states import State


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A question: of which consultation on which declaration, to be answered by a day."""

    consultation: int
    number: str
    tax_code: str
    trader_name: str
    due_on: date


def questions_to_answer(actor: Actor, *, limit: int) -> list[Waiting]:
    """Those of the actor's enterprises, what is due first at the head."""
    rows = Question.objects.filter(
        answered_at=None, consultation__state=State.OPENED, consultation__tax_code__in=own_enterprises(actor)
    )
    return [
        Waiting(
            consultation=row.consultation_id,
            number=row.consultation.number,
            tax_code=row.consultation.tax_code,
            trader_name=row.consultation.trader_name,
            due_on=row.due_on,
        )
        for row in rows.select_related("consultation").order_by("due_on", "pk")[:limit]
    ]
