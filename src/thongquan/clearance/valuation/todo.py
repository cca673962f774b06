"""What waits for a declarant in this room: questions of consultations."""

from __future__ import annotations

from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.todo import Source, Todo
from thongquan.clearance.valuation.queries.asked import questions_to_answer


def questions_waiting(actor: Actor, at: datetime, most: int) -> list[Todo]:
    """What customs asked of the enterprise about the value."""
    return [
        Todo(
            what=_("Answer the question about the customs value"),
            button=_("Answer"),
            url=reverse("valuation:case", args=[one.consultation]),
            name=one.number,
            tax_code=one.tax_code,
            trader=one.trader_name,
            due_at=timezone.make_aware(datetime.combine(one.due_on, time(23, 59))),
            is_late=one.due_on < timezone.localdate(at),
        )
        for one in questions_to_answer(actor, limit=most)
    ]


TODO_SOURCES = [Source(_("Customs value"), "valuation:list", questions_waiting)]
