"""The work of a team: load and lateness per officer and queue, what waits for a second person, changes of channel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db.models import Count, Q

from thongquan.base.accounts.queries import Actor, names_of, officers_of
from thongquan.base.core.errors import NotAllowed
from thongquan.clearance.casework.permissions import led_offices
from thongquan.clearance.control.queries.duty import on_duty
from thongquan.clearance.control.queries.overview import open_inspections_by_officer
from thongquan.clearance.declarations.operations.assigning import HANDLERS
from thongquan.clearance.declarations.queries import Stand, declarations_in_scope, stand_from
from thongquan.rules.clocks import CUSTOMS, DECLARANT

SHOWN = 100
NOBODY = ""
_IN_SCOPE = Q(waiting_for__gt="")


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer has: declarations that wait for customs, those of them overdue, those that wait for the
    declarant, inspections under way. `officer` is empty for what nobody has taken.
    """

    officer: str
    name: str
    on_duty: bool
    waiting: int = 0
    late: int = 0
    with_declarant: int = 0
    inspections: int = 0


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """Declarations that wait for customs by the clock that obliges it (empty: none), how many are late or untaken."""

    clock: str
    waiting: int
    late: int
    untaken: int


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration that waits for customs, with who has it."""

    stand: Stand
    officer: str
    name: str
    due_at: datetime | None


def check_office(actor: Actor, office: str) -> None:
    """Raises `NotAllowed` for everyone but those who lead this very office."""
    if office not in led_offices(actor):
        raise NotAllowed("casework.lead")


def load_by_officer(*, actor: Actor, office: str, at: datetime) -> list[Load]:
    """Every officer who handles declarations of an office with their load, the most loaded first; what nobody has
    taken stands on top. Raises `NotAllowed`.
    """
    check_office(actor, office)
    counts = {row["assigned_to"]: row for row in _counted(actor, office, at, "assigned_to")}
    inspections = open_inspections_by_officer(office)
    names = officers_of(office, HANDLERS, at)
    gone = (counts.keys() | inspections.keys()) - names.keys() - {NOBODY}
    everyone = {**names, **names_of(gone)}
    duty = set(on_duty(office, at))
    found = [_load(one, name, one in duty, counts, inspections) for one, name in everyone.items()]
    found.sort(key=lambda one: (-one.late, -one.waiting, -one.inspections, one.name))
    return [_load(NOBODY, "", False, counts, {}), *found]


def _counted(actor: Actor, office: str, at: datetime, by: str) -> list[dict[str, Any]]:
    rows = declarations_in_scope(actor).filter(_IN_SCOPE, office=office).order_by()
    customs = Q(waiting_for=CUSTOMS)
    return list(
        rows.values(by).annotate(
            waiting=Count("id", filter=customs),
            late=Count("id", filter=customs & Q(due_at__lt=at)),
            untaken=Count("id", filter=customs & Q(assigned_to=NOBODY)),
            with_declarant=Count("id", filter=Q(waiting_for=DECLARANT)),
        )
    )


def _load(
    officer: str, name: str, is_on_duty: bool, counts: Mapping[str, dict[str, Any]], inspections: Mapping[str, int]
) -> Load:
    row = counts.get(officer, {})
    return Load(
        officer=officer,
        name=name,
        on_duty=is_on_duty,
        waiting=row.get("waiting", 0),
        late=row.get("late", 0),
        with_declarant=row.get("with_declarant", 0),
        inspections=inspections.get(officer, 0),
    )


def queues_of(*, actor: Actor, office: str, at: datetime) -> list[Queue]:
    """What waits for customs by clock, the latest queue first. Raises `NotAllowed`."""
    check_office(actor, office)
    rows = [row for row in _counted(actor, office, at, "due_clock") if row["waiting"]]
    rows.sort(key=lambda row: (-row["late"], -row["waiting"]))
    return [
        Queue(clock=row["due_clock"], waiting=row["waiting"], late=row["late"], untaken=row["untaken"]) for row in rows
    ]


def pieces_of(*, actor: Actor, office: str, officer: str | None, clock: str | None, limit: int = SHOWN) -> list[Piece]:
    """What waits for customs at an office in the order of the queue, of one officer or clock where asked.

    Raises `NotAllowed`.
    """
    check_office(actor, office)
    rows = declarations_in_scope(actor).filter(office=office, waiting_for=CUSTOMS)
    rows = rows.filter(assigned_to=officer) if officer is not None else rows
    rows = rows.filter(due_clock=clock) if clock is not None else rows
    found = list(rows.order_by("rank", "id")[:limit])
    names = names_of({row.assigned_to for row in found})
    return [
        Piece(
            stand=stand_from(row),
            officer=row.assigned_to,
            name=names.get(row.assigned_to, ""),
            due_at=row.due_at,
        )
        for row in found
    ]


def week_before(at: datetime) -> datetime:
    """A week ago."""
    return at - timedelta(days=7)
