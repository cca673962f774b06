"""Clocks of declarations: derived from their events when somebody looks, with one read however many rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.numbers import key_of_number, subject_of
from thongquan.clearance.declarations.permissions import audience_of
from thongquan.clearance.declarations.queries.files import Summary
from thongquan.clearance.declarations.queries.life import Happened, Stand, events_of_many
from thongquan.clearance.revenue.queries.balances import guaranteed_subjects
from thongquan.clearance.tariff.queries import terms_of
from thongquan.rules.clocks import CUSTOMS, DECLARANT, Clock, Happening, Side, Story, clock_that_matters, clocks_of
from thongquan.rules.facts import Standing
from thongquan.rules.terms import Left, Terms, left_of
from thongquan.rules.worktime import HANOI

Row = Summary | Stand
LODGED, EXTEND, SETTLE, INCOMPLETE = "lodged", "extend_check", "settle", "lodge_incomplete"


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A clock at a moment: what is left of it, or by how much it is overdue. `mine`: it binds the side that looks."""

    clock: Clock
    left: Left
    mine: bool


def side_of(actor: Actor) -> Side:
    """Whose clocks come first for this person."""
    return DECLARANT if audience_of(actor) == "declarant" else CUSTOMS


def clocks_that_matter(*, actor: Actor, rows: Sequence[Row], at: datetime) -> dict[str, Due]:
    """For each declaration its running clock that is due first, by number; those without one are left out.

    The caller has checked that the reader may see the rows. One read of events for all of them, and one of guarantees
    where duties of any are settled.
    """
    side, found = side_of(actor), {}
    for row, story in stories_of(rows):
        clock = clock_that_matters(clocks_of(story), side=side, at=at)
        if clock is not None:
            found[row.number] = _due(clock, side, story.terms, at)
    return found


def clocks_of_declaration(*, actor: Actor, stand: Stand, at: datetime) -> tuple[list[Due], Due | None]:
    """Every clock of a declaration, the one due first at the head, and the one that matters; the caller has checked.

    Of a stopped clock `left` is what was left when it stopped.
    """
    ((_, story),) = stories_of([stand])
    side, clocks = side_of(actor), clocks_of(story)
    matters = clock_that_matters(clocks, side=side, at=at)
    dues = [_due(clock, side, story.terms, at) for clock in clocks]
    return dues, next((due for due in dues if due.clock is matters), None)


def duties_of(rows: Sequence[Row], at: datetime) -> Iterator[tuple[Row, list[Due], frozenset[str]]]:
    """For each row the running clocks that oblige the declarant, and the kinds of its events.

    The caller has checked that the reader may see the rows.
    """
    for row, story in stories_of(rows):
        clocks = [one for one in clocks_of(story) if one.for_whom == DECLARANT and one.obliges and one.runs(at)]
        kinds = frozenset(event.kind for event in story.events)
        yield row, [_due(clock, DECLARANT, story.terms, at) for clock in clocks], kinds


def stories_of(rows: Sequence[Row]) -> Iterator[tuple[Row, Story]]:
    """What clocks are derived from, for each row."""
    events = events_of_many([key_of_number(row.number) for row in rows])
    settled = [subject_of(key) for key, told in events.items() if any(one.kind == SETTLE for one in told)]
    guaranteed = guaranteed_subjects(settled)
    for row in rows:
        key = key_of_number(row.number)
        yield row, _story(row, events[key], is_guaranteed=subject_of(key) in guaranteed)


def _story(row: Row, events: Sequence[Happened], *, is_guaranteed: bool) -> Story:
    """The trader's standing is not read: only a priority enterprise lodges an incomplete declaration."""
    terms = terms_of(row.office, around=row.registered_at.astimezone(HANOI).date())
    steps = [_happening(event, is_guaranteed=is_guaranteed) for event in events]
    incomplete = any(event.kind == INCOMPLETE for event in events)
    lodged = Happening(kind=LODGED, at=row.registered_at, data={"incomplete": incomplete})
    return Story(row.flow, row.channel, Standing(priority=incomplete), (lodged, *steps), terms)


def _happening(event: Happened, *, is_guaranteed: bool) -> Happening:
    """An event with what clocks read of it.

    An extension is taken only by those who may approve it (`states.STEPS`), so its actor is the approver. Whether
    duties are settled by a guarantee that still stands is known to the books alone.
    """
    told: dict[str, dict[str, object]] = {EXTEND: {"approver": event.actor}, SETTLE: {"guaranteed": is_guaranteed}}
    return Happening(kind=event.kind, at=event.at, data={**event.data, **told.get(event.kind, {})})


def _due(clock: Clock, side: Side, terms: Terms, at: datetime) -> Due:
    left = left_of(clock.due_at, clock.stopped_at or at, terms.calendar if clock.working else None)
    return Due(clock=clock, left=left, mine=clock.for_whom == side)
