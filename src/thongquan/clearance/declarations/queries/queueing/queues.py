"""Which queues there are, who has them, and what each of them asks of a row.

Conditions of partial indexes are written as literals: the planner of a prepared statement cannot see through
parameters.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from thongquan.base.accounts.permissions import is_trader, readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor
from thongquan.rules.clocks import CUSTOMS, DECLARANT, Side

TABLE = "declarations_declaration"
HANDLERS = frozenset({"clearance_officer", "team_leader"})
SOON_CUSTOMS = timedelta(hours=2)
"""Checks take hours: soon is what is late, or due within these."""
SOON_TRADER = timedelta(days=3)
"""Duties of declarants take days."""
WAITS = f"{TABLE}.waiting_for > ''"
HANDLED = f"{TABLE}.assigned_to <> ''"


class Queue(StrEnum):
    """A queue, by its name in addresses. Of `team` customs acts next, of `declarant` the declarant."""

    MINE = "mine"
    TEAM = "team"
    DECLARANT = "declarant"
    SOON = "soon"
    ALL = "all"


class Branch(NamedTuple):
    """What one index gives in the order of a queue: equal values of these columns, and literal conditions."""

    equal: dict[str, str]
    literal: tuple[str, ...] = ()


def is_for_traders(actor: Actor) -> bool:
    """Whether queues are seen from the side of those who declare: people with enterprises and no office."""
    return is_trader(actor) and not readable_offices(actor)


def queues_of(actor: Actor) -> tuple[Queue, ...]:
    """The queues of this person, in order. Traders begin with what waits for them."""
    if is_for_traders(actor):
        return (Queue.DECLARANT, Queue.SOON, Queue.TEAM, Queue.ALL)
    mine = (Queue.MINE,) if actor.roles & HANDLERS else ()
    return (*mine, Queue.TEAM, Queue.DECLARANT, Queue.SOON, Queue.ALL)


def default_queue(actor: Actor) -> Queue:
    """What the desk opens with: the team's queue for those who handle declarations, else everything."""
    return Queue.TEAM if actor.roles & HANDLERS else Queue.ALL


def side_of_queue(actor: Actor, queue: Queue) -> Side | None:
    """For whom the rows of a queue wait; None: for either."""
    if queue == Queue.SOON:
        return DECLARANT if is_for_traders(actor) else CUSTOMS
    return {Queue.TEAM: CUSTOMS, Queue.DECLARANT: DECLARANT}.get(queue)


def soon(actor: Actor, at: datetime) -> datetime:
    """What is due before this moment is due soon."""
    return at + (SOON_TRADER if is_for_traders(actor) else SOON_CUSTOMS)


def scopes_of(actor: Actor) -> list[tuple[str, str]]:
    """Column and value of every scope the actor reads: offices, and enterprises as their trader."""
    offices = [("office", code) for code in sorted(readable_offices(actor))]
    return offices + [("tax_code", code) for code in sorted(readable_enterprises(actor))]


def branches_of(actor: Actor, queue: Queue, *, by_due: bool) -> list[Branch]:
    """The pieces of a queue, each in order within one index. `by_due` orders also `all` by what is due first."""
    if queue == Queue.MINE:
        return [Branch({"assigned_to": actor.reference}, (WAITS, HANDLED))]
    scopes = scopes_of(actor)
    if queue == Queue.ALL and not by_due:
        return [Branch({column: value}) for column, value in scopes]
    side = side_of_queue(actor, queue)
    sides = (side,) if side else (CUSTOMS, DECLARANT)
    return [Branch({column: value, "waiting_for": one}, (WAITS,)) for column, value in scopes for one in sides]
