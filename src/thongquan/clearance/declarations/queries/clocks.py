"""Clocks of declarations: derived from their events when somebody looks, with one read however many rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.numbers import key_of_number
from thongquan.clearance.declarations.permissions import audience_of
from thongquan.clearance.declarations.queries.files import Summary
from thongquan.clearance.declarations.queries.life import Happened, Stand, events_of_many
from thongquan.clearance.tariff.queries import LawSnapshot, calendar_of, current_law
from thongquan.rules.clocks import CUSTOMS, DECLARANT, Clock, Happening, Side, Story, clock_that_matters, clocks_of
from thongquan.rules.facts import Standing
from thongquan.rules.terms import Left, Terms, left_of
from thongquan.rules.worktime import HANOI

LODGED = "lodged"


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A clock at a moment: what is left of it, or by how much it is overdue. `mine`: it binds the side that looks."""

    clock: Clock
    left: Left
    mine: bool


def side_of(actor: Actor) -> Side:
    """Whose clocks come first for this person."""
    return DECLARANT if audience_of(actor) == "declarant" else CUSTOMS


def clocks_that_matter(*, actor: Actor, rows: Sequence[Summary | Stand], at: datetime) -> dict[str, Due]:
    """For each declaration its running clock that is due first, by number; those without one are left out.

    The caller has checked that the reader may see the rows. One read of events for all of them.
    """
    events = events_of_many([key_of_number(row.number) for row in rows])
    law, side = current_law(), side_of(actor)
    found = {}
    for row in rows:
        story = _story(row, events[key_of_number(row.number)], law)
        clock = clock_that_matters(clocks_of(story), side=side, at=at)
        if clock is not None:
            found[row.number] = _due(clock, side, story.terms, at)
    return found


def clocks_of_declaration(*, actor: Actor, stand: Stand, at: datetime) -> tuple[list[Due], Due | None]:
    """Every clock of a declaration, the one due first at the head, and the one that matters; the caller has checked.

    Of a stopped clock `left` is what was left when it stopped.
    """
    story = _story(stand, events_of_many([stand.key])[stand.key], current_law())
    side, clocks = side_of(actor), clocks_of(story)
    matters = clock_that_matters(clocks, side=side, at=at)
    dues = [_due(clock, side, story.terms, at) for clock in clocks]
    return dues, next((due for due in dues if due.clock is matters), None)


def _story(row: Summary | Stand, events: Sequence[Happened], law: LawSnapshot) -> Story:
    """What clocks are derived from. Nobody can lodge an incomplete declaration yet, so the standing is not read."""
    terms = Terms(calendar_of(row.office, around=row.registered_at.astimezone(HANOI).date()), law.parameter)
    lodged = Happening(kind=LODGED, at=row.registered_at)
    return Story(row.flow, row.channel, Standing(), (lodged, *map(_happening, events)), terms)


def _happening(event: Happened) -> Happening:
    """An extension is taken only by those who may approve it (`states.STEPS`), so its actor is the approver."""
    data = event.data if event.kind != "extend_check" else {"approver": event.actor, **event.data}
    return Happening(kind=event.kind, at=event.at, data=data)


def _due(clock: Clock, side: Side, terms: Terms, at: datetime) -> Due:
    left = left_of(clock.due_at, clock.stopped_at or at, terms.calendar if clock.working else None)
    return Due(clock=clock, left=left, mine=clock.for_whom == side)
