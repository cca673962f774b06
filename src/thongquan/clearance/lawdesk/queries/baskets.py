"""Workbaskets with their rows, their story and their newest dry run."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec
from django.db.models import Count

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.lawdesk.models import Change, Workbasket
from thongquan.clearance.lawdesk.permissions import check_may, may
from thongquan.clearance.lawdesk.queries.runs import RunFile, latest_run
from thongquan.clearance.lawdesk.states import State


class BasketRow(msgspec.Struct, frozen=True, kw_only=True):
    """A workbasket as a line of the list."""

    id: int
    title: str
    why: str
    effective_on: date
    state: str
    revision: int
    drafted_by: str
    drafted_at: datetime
    changed_at: datetime
    proposed_by: str
    approved_by: str
    approved_at: datetime | None
    version: int | None
    reverses: int | None
    changes: int = 0


class ChangeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of law in a workbasket: `held` is what stood when it was written, None where nothing did."""

    id: int
    table: str
    key: str
    valid_from: date
    values: dict[str, Any]
    held: dict[str, Any] | None
    by: str


class EventRow(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the story."""

    step: str
    at: datetime
    actor: str
    words: str


class BasketFile(msgspec.Struct, frozen=True, kw_only=True):
    """A workbasket with all that stands in it; `run` is its newest dry run, `reversal` the one that takes it back."""

    row: BasketRow
    changes: tuple[ChangeRow, ...]
    events: tuple[EventRow, ...]
    run: RunFile | None
    reversal: int | None

    @property
    def is_tried(self) -> bool:
        """Whether the newest dry run is done and was made of the rows as they are now."""
        return self.run is not None and self.run.state == "done" and self.run.revision == self.row.revision


def baskets(*, actor: Actor, state: str = "", limit: int = 200) -> list[BasketRow]:
    """Workbaskets, newest first. Raises `NotAllowed`."""
    check_may(actor, "lawdesk.see")
    rows = Workbasket.objects.annotate(size=Count("changes")).order_by("-id")
    found = rows.filter(state=state) if state else rows
    return [_row(row, row.size) for row in found[:limit]]


def basket_file(*, actor: Actor, workbasket: int, at: datetime) -> BasketFile:
    """One workbasket as it stands at a moment. Raises `NotAllowed`, `NotFound`."""
    check_may(actor, "lawdesk.see")
    row = Workbasket.objects.filter(id=workbasket).first()
    if row is None:
        raise NotFound(str(workbasket))
    changes = tuple(_change(one) for one in row.changes.order_by("table", "key", "valid_from"))
    events = tuple(
        EventRow(step=one.step, at=one.at, actor=one.actor, words=one.words) for one in row.events.order_by("id")
    )
    reversal = row.reversals.exclude(state=State.DISCARDED).values_list("id", flat=True).first()
    run = latest_run(row.id, at=at)
    return BasketFile(row=_row(row, len(changes)), changes=changes, events=events, run=run, reversal=reversal)


def _row(row: Workbasket, size: int) -> BasketRow:
    return BasketRow(
        id=row.id,
        title=row.title,
        why=row.why,
        effective_on=row.effective_on,
        state=row.state,
        revision=row.revision,
        drafted_by=row.drafted_by,
        drafted_at=row.drafted_at,
        changed_at=row.changed_at,
        proposed_by=row.proposed_by,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        version=row.version,
        reverses=row.reverses_id,
        changes=size,
    )


def _change(row: Change) -> ChangeRow:
    return ChangeRow(
        id=row.id,
        table=row.table,
        key=row.key,
        valid_from=row.valid_from,
        values=row.values,
        held=row.held,
        by=row.by,
    )


def count_waiting(actor: Actor) -> int:
    """Workbaskets that wait for an approval this person may give."""
    if not may(actor, "lawdesk.approve"):
        return 0
    waiting = Workbasket.objects.filter(state=State.PROPOSED).exclude(drafted_by=actor.reference)
    return waiting.exclude(proposed_by=actor.reference).exclude(changes__by=actor.reference).count()


def may_see_subject(actor: Actor, subject: str) -> bool:
    """Whether the actor may read the workbasket of a typed reference."""
    return may(actor, "lawdesk.see") and subject.startswith("workbasket:")
