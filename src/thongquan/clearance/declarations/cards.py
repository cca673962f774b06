"""Cards of the home page: what came in today by channel, what one is writing, what is due, the latest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.utils import timezone

from thongquan.base.accounts.permissions import is_trader, readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor, enterprise_names
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.queries import (
    Filters,
    Queue,
    count_by_channel,
    drafts_of,
    due_in_scope,
    queue_counts,
    worklist,
)
from thongquan.clearance.declarations.queries.clocks import clocks_that_matter
from thongquan.clearance.declarations.queries.queueing import is_for_traders
from thongquan.clearance.declarations.todo import todos_of

T = TypeVar("T")
LATEST, DRAFTS, TO_DO = 8, 5, 6
Card = dict[str, object] | None
CardOf = Callable[[object], Card]


def start_of_day(at: datetime) -> datetime:
    """Midnight of the local day."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def for_people(card: Callable[[Actor], T | None]) -> Callable[[object], T | None]:
    """The registry knows only that somebody acts; a card is for an actor of ours."""

    def shown(actor: object) -> T | None:
        return card(actor) if isinstance(actor, Actor) else None

    return shown


def has_declarations(actor: Actor) -> bool:
    """Whether any declaration could be in this person's scope."""
    return bool(readable_offices(actor) or readable_enterprises(actor))


@for_people
def to_do(actor: Actor) -> Card:
    """The first things to do of someone who lodges."""
    if not is_trader(actor):
        return None
    rows = todos_of(actor, now(), most=TO_DO).rows[:TO_DO]
    return {"rows": rows, "names": enterprise_names(actor.enterprises)}


@for_people
def today_by_channel(actor: Actor) -> Card:
    """How many declarations of each channel since midnight, and what they owe, in dong."""
    if not has_declarations(actor):
        return None
    since = start_of_day(now())
    counts = count_by_channel(actor, since=since)
    return {
        "counts": [{"channel": channel, "count": count} for channel, count in counts.items()],
        "total": sum(counts.values()),
        "due_vnd": due_in_scope(actor, since=since),
        "since": since.date(),
    }


@for_people
def open_drafts(actor: Actor) -> Card:
    """The latest drafts of someone who lodges."""
    if not is_trader(actor):
        return None
    rows = drafts_of(actor.user_id or 0)
    return {"drafts": list(rows[:DRAFTS]), "count": rows.count()}


@for_people
def latest(actor: Actor) -> Card:
    """The latest declarations in scope."""
    if not has_declarations(actor):
        return None
    rows, _more = worklist(actor=actor, filters=Filters(), limit=LATEST)
    clocks = clocks_that_matter(actor=actor, rows=rows, at=now())
    return {"rows": rows, "clocks": clocks, "is_trader": is_trader(actor)}


@for_people
def count_drafts(actor: Actor) -> int | None:
    """The live count beside the desk of drafts."""
    return drafts_of(actor.user_id or 0).count() or None


@for_people
def count_waiting(actor: Actor) -> int | None:
    """The live count beside the desk of declarations: what waits for one's own side, up to a thousand."""
    if not has_declarations(actor):
        return None
    counts = queue_counts(actor, now())
    return counts[Queue.DECLARANT if is_for_traders(actor) else Queue.TEAM].n or None


HOME_CARDS: list[tuple[str, CardOf]] = [
    ("declarations/cards/todo.html", to_do),
    ("declarations/cards/today.html", today_by_channel),
    ("declarations/cards/drafts.html", open_drafts),
    ("declarations/cards/latest.html", latest),
]
