"""What waits for a declarant in this room: answers of the office to questions."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.casework.queries.questions import questions_in_scope
from thongquan.clearance.casework.states import State
from thongquan.clearance.declarations.todo import Source, Todo


def answers_waiting(actor: Actor, at: datetime, most: int) -> list[Todo]:
    """Answers to read: the question is closed then, or goes on."""
    rows, _more = questions_in_scope(actor=actor, at=at, state=State.ANSWERED, limit=most)
    return [
        Todo(
            what=_("Read the answer of the office, and close the question or go on"),
            button=_("Read"),
            url=reverse("casework:thread", args=[row.id]),
            name=row.number,
            trader=row.trader_name,
        )
        for row in rows
    ]


TODO_SOURCES = [Source(_("Questions to the office"), "casework:questions", answers_waiting, "state=answered")]
