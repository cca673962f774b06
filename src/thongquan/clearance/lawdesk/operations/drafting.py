"""Drafting: a workbasket, its rows from files, and what it is dropped for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.lawdesk.models import Change, Workbasket
from thongquan.clearance.lawdesk.operations.steps import check_words, happened, locked, take
from thongquan.clearance.lawdesk.permissions import check_may
from thongquan.clearance.lawdesk.states import State, Step
from thongquan.clearance.tariff.operations.changes import ProposedRows, read_changes, read_row
from thongquan.clearance.tariff.queries.changes import LawRow, newest_version, standing_rows
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def start_workbasket(*, actor: Actor, title: str, why: str, effective_on: date, at: datetime) -> int:
    """Start a draft whose rows hold from `effective_on`; gives its number.

    Raises `NotAllowed`, `Refused` with TQ-LWD-002.
    """
    check_may(actor, "lawdesk.draft")
    check_words(title=title)
    with transaction.atomic():
        return new_basket(actor=actor, title=title, why=why, effective_on=effective_on, at=at).id


def new_basket(
    *,
    actor: Actor,
    title: str,
    why: str,
    effective_on: date,
    at: datetime,
    reverses: Workbasket | None = None,
) -> Workbasket:
    """The row of a new draft with its first event, in the caller's transaction."""
    row = Workbasket.objects.create(
        title=title.strip()[:120],
        why=why.strip(),
        effective_on=effective_on,
        state=State.DRAFT,
        law_version=newest_version(),
        drafted_by=actor.reference,
        drafted_at=at,
        changed_at=at,
        reverses=reverses,
    )
    happened(row, Step.START, actor, at, data={"reverses": reverses.id} if reverses else {})
    return row


def add_changes(*, actor: Actor, workbasket: int, content: bytes, file: str, at: datetime) -> int:
    """Take rows from a file (`tariff.formats.changes`) into a draft; a row of the same key and day is replaced.

    Gives how many rows were taken. Raises `NotAllowed`, `NotFound`; `Refused` with every fault of the file, TQ-LWD-001,
    TQ-LWD-006 for each row that would hold before the workbasket's day.
    """
    with transaction.atomic():
        row = locked(actor, workbasket, Step.EDIT)
        return _take_in(row, read_changes(content=content, file=file, effective_on=row.effective_on), actor, at)


def add_row(*, actor: Actor, workbasket: int, table: str, values: Mapping[str, str], at: datetime) -> int:
    """The same for one row as a person types it, with the columns of a table of `tariff.formats.changes`."""
    with transaction.atomic():
        row = locked(actor, workbasket, Step.EDIT)
        return _take_in(row, read_row(table=table, values=values, effective_on=row.effective_on), actor, at)


def _take_in(row: Workbasket, told: ProposedRows, actor: Actor, at: datetime) -> int:
    """Write the rows into the draft; refuse all of them when one would hold before the workbasket's day."""
    faults = [
        Fault(
            code=Code.TQ_LWD_006,
            path="file",
            value=f"{one.table} {' '.join(one.key)}",
            values={"day": one.valid_from.isoformat(), "effective_on": row.effective_on.isoformat()},
        )
        for one in told.rows
        if one.valid_from < row.effective_on
    ]
    if faults:
        raise Refused(faults)
    put_rows(row, told.rows, actor, at)
    _changed(row, actor, at, {"rows": len(told.rows)})
    return len(told.rows)


def put_rows(row: Workbasket, rows: Sequence[LawRow], actor: Actor, at: datetime) -> None:
    """Write rows with what holds now beside each."""
    for one, held in zip(rows, standing_rows(rows), strict=True):
        Change.objects.update_or_create(
            workbasket=row,
            table=one.table,
            key=key_text(one),
            valid_from=one.valid_from,
            defaults={
                "values": one.values,
                "held": held.values if held else None,
                "by": actor.reference,
                "at": at,
            },
        )


def key_text(row: LawRow) -> str:
    """The key of a row as one text."""
    return " ".join(part for part in row.key if part)


def remove_change(*, actor: Actor, workbasket: int, change: int, at: datetime) -> None:
    """Take a row out of a draft. Raises `NotAllowed`, `NotFound`, `Refused` with TQ-LWD-001."""
    with transaction.atomic():
        row = locked(actor, workbasket, Step.EDIT)
        taken, _ = row.changes.filter(id=change).delete()
        if not taken:
            raise NotFound(str(change))
        _changed(row, actor, at, {"rows": -1})


def _changed(row: Workbasket, actor: Actor, at: datetime, data: dict[str, int]) -> None:
    """A draft that changed has to be tried again, and is written on the law of now."""
    row.revision += 1
    row.changed_at, row.law_version = at, newest_version()
    take(row, Step.EDIT, actor, at, data=data, changed=("revision", "changed_at", "law_version"))


def discard_workbasket(*, actor: Actor, workbasket: int, words: str, at: datetime) -> None:
    """Drop a draft. Raises `NotAllowed`, `NotFound`, `Refused` with TQ-LWD-001, -002."""
    with transaction.atomic():
        row = locked(actor, workbasket, Step.DISCARD)
        check_words(words=words)
        take(row, Step.DISCARD, actor, at, words=words)


def rows_of(row: Workbasket) -> list[LawRow]:
    """The rows of a workbasket as the tariff room takes them."""
    return [LawRow(table=one.table, values=one.values) for one in row.changes.order_by("table", "key", "valid_from")]
