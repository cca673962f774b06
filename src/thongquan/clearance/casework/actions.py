"""What casework adds to the page of a declaration: notes for officers, questions for both sides."""

from __future__ import annotations

from typing import Any

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.clearance.casework.permissions import can_ask, is_colleague, sees_threads
from thongquan.clearance.casework.queries.notes import notes_of
from thongquan.clearance.casework.queries.questions import questions_of
from thongquan.clearance.casework.states import State
from thongquan.clearance.casework.views.notes import notes_context
from thongquan.clearance.casework.words import STATES
from thongquan.clearance.declarations.actions import Panel
from thongquan.clearance.declarations.queries import Stand

SHOWN = 6


def notes_panel(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """The latest notes, for customs of the office; nothing at all for anyone else."""
    if not is_colleague(actor, stand.office):
        return None
    _stand, rows = notes_of(actor=actor, number=stand.number)
    return {**notes_context(actor, stand.number, stand.office, rows[:SHOWN]), "more": len(rows[SHOWN:])}


def questions_panel(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """Questions on the declaration; shown empty only to those who may ask one."""
    if not sees_threads(actor, office=stand.office, tax_code=stand.tax_code):
        return None
    asks = can_ask(actor, stand.tax_code)
    _stand, rows = questions_of(actor=actor, number=stand.number, at=now())
    if not rows and not asks:
        return None
    return {"rows": [(row, STATES[State(row.state)]) for row in rows], "asks": asks, "number": stand.number}


PANELS = [
    Panel("casework/_questions.html", questions_panel, place="aside"),
    Panel("casework/_notes.html", notes_panel, place="aside"),
]
