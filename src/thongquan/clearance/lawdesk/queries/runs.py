"""Dry runs: how far they are, what they found, and the declarations they are made on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.declarations.queries.filed import filed_between
from thongquan.clearance.lawdesk.models import Break, DryRun
from thongquan.clearance.lawdesk.permissions import check_may
from thongquan.clearance.lawdesk.trying import Outcome, Past, Row

QUEUED, RUNNING, DONE, FAILED, STOPPED = "queued", "running", "done", "failed", "stopped"
SILENT = timedelta(minutes=2)
"""After so long without a sign its maker is gone: a batch takes a second, and each gives a sign."""
_rows = msgspec.msgpack.Decoder(tuple[Row, ...])


class BreakRow(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which filings would fall, and the approver's reason once it is confirmed."""

    id: int
    code: str
    field: str
    hs: str
    value: str
    values: dict[str, Any]
    declarations: int
    examples: tuple[str, ...]
    reason: str


class RunFile(msgspec.Struct, frozen=True, kw_only=True):
    """A dry run; `outcome` is None until it is done. `rows` are at most `trying.MOST_ROWS`."""

    id: int
    workbasket: int | None
    revision: int
    title: str
    changes: tuple[dict[str, Any], ...]
    since: datetime
    until: datetime
    state: str
    asked_by: str
    asked_at: datetime
    finished_at: datetime | None
    done: int
    total: int
    outcome: Outcome | None
    breaks: tuple[BreakRow, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def share(self) -> int:
        """Percent of the declarations that are tried."""
        return 100 if self.state == DONE else self.done * 100 // self.total if self.total else 0

    @property
    def is_under_way(self) -> bool:
        """Whether its result is still to come."""
        return self.state in (QUEUED, RUNNING)

    @property
    def is_over_without_result(self) -> bool:
        """Whether it has to be made anew to come to a result."""
        return self.state in (FAILED, STOPPED)


def dry_run_file(*, actor: Actor, run: int, at: datetime, rows: bool = False) -> RunFile:
    """A dry run, with its declarations when asked. Raises `NotFound`, also for those who may not see the law desk."""
    check_may(actor, "lawdesk.see")
    row = DryRun.objects.filter(id=run).first()
    if row is None:
        raise NotFound(str(run))
    return run_of(row, at=at, rows=rows)


def latest_run(workbasket: int, *, at: datetime) -> RunFile | None:
    """The newest dry run of a workbasket. The caller has checked that the reader may see it."""
    row = DryRun.objects.filter(workbasket=workbasket).order_by("-id").first()
    return run_of(row, at=at) if row else None


def loose_runs(*, actor: Actor, at: datetime, limit: int = 20) -> list[RunFile]:
    """Dry runs of files that are in no workbasket, newest first."""
    check_may(actor, "lawdesk.see")
    found = DryRun.objects.filter(workbasket=None).defer("rows").order_by("-id")
    return [run_of(row, at=at) for row in found[:limit]]


def silent_since(at: datetime) -> datetime:
    """A maker heard before this moment is gone."""
    return at - SILENT


def run_of(row: DryRun, *, at: datetime, rows: bool = False) -> RunFile:
    """A dry run as a value; one whose maker is gone has stopped, whatever its row says."""
    is_silent = row.state == RUNNING and (row.heard_at is None or row.heard_at < silent_since(at))
    return RunFile(
        id=row.id,
        workbasket=row.workbasket_id,
        revision=row.revision,
        title=row.title,
        changes=tuple(row.changes),
        since=row.since,
        until=row.until,
        state=STOPPED if is_silent else row.state,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        finished_at=row.finished_at,
        done=row.done,
        total=row.total,
        outcome=msgspec.convert(row.outcome, Outcome) if row.outcome else None,
        breaks=tuple(_break(one) for one in row.breaks.order_by("-declarations", "id")),
        rows=_rows.decode(bytes(row.rows)) if rows and row.rows else (),
    )


def _break(row: Break) -> BreakRow:
    return BreakRow(
        id=row.id,
        code=row.code,
        field=row.field,
        hs=row.hs,
        value=row.value,
        values=row.values,
        declarations=row.declarations,
        examples=tuple(row.examples),
        reason=row.reason,
    )


def past_batches(*, since: datetime, until: datetime) -> Iterator[list[Past]]:
    """The declarations registered in [since, until) as they are tried."""
    for batch in filed_between(since=since, until=until):
        yield [Past(one.number, one.office, one.tax_code, one.trader_name, one.facts, one.decision) for one in batch]
