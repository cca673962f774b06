"""Dry runs: asked for by a person, made by the task queue or the command line, kept with what they found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.queries.filed import filed_count
from thongquan.clearance.lawdesk.models import Break, DryRun
from thongquan.clearance.lawdesk.operations.drafting import rows_of
from thongquan.clearance.lawdesk.operations.steps import happened, locked
from thongquan.clearance.lawdesk.permissions import check_may
from thongquan.clearance.lawdesk.queries.runs import DONE, FAILED, QUEUED, RUNNING, past_batches, silent_since
from thongquan.clearance.lawdesk.states import Step
from thongquan.clearance.lawdesk.trying import MOST_ROWS, Broken, Outcome, Progress, Tally, try_all
from thongquan.clearance.tariff.operations.changes import read_changes
from thongquan.clearance.tariff.queries.changes import LawRow, proposed_of
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

TASK = "thongquan.clearance.lawdesk.tasks.run_dry_run"
_END_JOB = """
    SELECT procrastinate_finish_job_v1(id, 'failed', false) FROM procrastinate_jobs
    WHERE status = 'doing' AND task_name = %s AND (args ->> 'run')::bigint = %s
"""
_pack = msgspec.msgpack.Encoder().encode


def try_changes(
    rows: Sequence[LawRow], *, since: datetime, until: datetime, progress: Progress
) -> tuple[Outcome, Tally]:
    """Try rows on the declarations registered in [since, until); stores nothing. `tally.rows` are those that change."""
    proposed = proposed_of(rows, since=timezone.localdate(since), until=timezone.localdate(until))
    tally = try_all(past_batches(since=since, until=until), proposed, progress)
    return tally.outcome(since=since, until=until), tally


def ask_dry_run(*, actor: Actor, workbasket: int, since: datetime, until: datetime, at: datetime) -> int:
    """Ask for a dry run of a workbasket as it is now; gives its number. The task queue makes it.

    Raises `NotAllowed`, `NotFound`, `Refused` with TQ-LWD-001, -010, -011.
    """
    with transaction.atomic():
        row = locked(actor, workbasket, Step.TRY)
        _check_period(since, until)
        rows = rows_of(row)
        if not rows:
            raise Refused([Fault(code=Code.TQ_LWD_010, path="changes", value=row.title)])
        run = _asked(actor, rows, row.title, since, until, at)
        run.workbasket, run.revision = row, row.revision
        run.save()
        happened(row, Step.TRY, actor, at, data={"dry_run": run.id})
        _queue(run)
        return run.id


def ask_file_dry_run(*, actor: Actor, content: bytes, file: str, since: datetime, until: datetime, at: datetime) -> int:
    """Ask for a dry run of a file alone; gives its number. Raises `NotAllowed`, `Refused` with every fault."""
    check_may(actor, "lawdesk.try")
    _check_period(since, until)
    told = read_changes(content=content, file=file, effective_on=timezone.localdate(at))
    with transaction.atomic():
        run = _asked(actor, told.rows, told.title or file, since, until, at)
        _queue(run)
        return run.id


def _queue(run: DryRun) -> None:
    """Queue the making of it in the running transaction."""
    app.configure_task(TASK).defer(run=run.id)


def _check_period(since: datetime, until: datetime) -> None:
    if since >= until:
        raise Refused([Fault(code=Code.TQ_LWD_011, path="since", value=since.date().isoformat())])


def _asked(actor: Actor, rows: Sequence[LawRow], title: str, since: datetime, until: datetime, at: datetime) -> DryRun:
    return DryRun.objects.create(
        title=title[:120],
        changes=msgspec.to_builtins(rows),
        since=since,
        until=until,
        state=QUEUED,
        asked_by=actor.reference,
        asked_at=at,
    )


def ask_again(*, actor: Actor, run: int, at: datetime) -> None:
    """Have a dry run made anew that broke down or whose maker is gone; any other is left alone.

    Raises `NotAllowed`, `NotFound`.
    """
    check_may(actor, "lawdesk.try")
    with transaction.atomic():
        row = DryRun.objects.select_for_update().filter(id=run).first()
        if row is None:
            raise NotFound(str(run))
        if row.state == FAILED or DryRun.objects.filter(_is_gone(at), id=run).exists():
            _queue_anew(row)


def take_up_stopped(*, at: datetime) -> int:
    """Queue dry runs again whose maker is gone: a process that died says nothing. Gives how many."""
    with transaction.atomic():
        gone = list(DryRun.objects.select_for_update(skip_locked=True).filter(_is_gone(at)).order_by("id"))
        for row in gone:
            _queue_anew(row)
    return len(gone)


def _queue_anew(row: DryRun) -> None:
    """From its beginning; the job of the process that died is ended first, for it would keep the lock of all."""
    row.state, row.done, row.heard_at = QUEUED, 0, None
    row.save(update_fields=["state", "done", "heard_at"])
    with connection.cursor() as cursor:
        cursor.execute(_END_JOB, [TASK, row.id])
    _queue(row)


def _is_gone(at: datetime) -> Q:
    return Q(state=RUNNING) & (Q(heard_at=None) | Q(heard_at__lt=silent_since(at)))


def make_dry_run(*, run: int, clock: Callable[[], datetime]) -> None:
    """Make a dry run that was asked for; one that is done, or under way elsewhere, is left alone.

    How far it is can be read meanwhile: each batch is written on its own, with the moment as a sign of life by the
    `clock` of the caller. A maker whose run was given to another meanwhile stops. Raises `NotFound`.
    """
    if not DryRun.objects.filter(id=run).exists():
        raise NotFound(str(run))
    if not DryRun.objects.filter(id=run, state=QUEUED).update(state=RUNNING, heard_at=clock()):
        return
    row = DryRun.objects.get(id=run)
    try:
        _make(row, clock)
    except _TakenOver:
        return
    except Exception:
        DryRun.objects.filter(id=run, state=RUNNING).update(state=FAILED)
        raise


class _TakenOver(Exception):  # noqa: N818  (no defect: another process has the run by now)
    """This maker was silent for so long that the run was given to another."""


def _make(row: DryRun, clock: Callable[[], datetime]) -> None:
    heard = row.heard_at
    DryRun.objects.filter(id=row.id).update(total=filed_count(since=row.since, until=row.until))
    rows = msgspec.convert(row.changes, list[LawRow])

    def tell(done: int) -> None:
        nonlocal heard
        sign = clock()
        if not DryRun.objects.filter(id=row.id, state=RUNNING, heard_at=heard).update(done=done, heard_at=sign):
            raise _TakenOver
        heard = sign

    outcome, tally = try_changes(rows, since=row.since, until=row.until, progress=tell)
    with transaction.atomic():
        kept = DryRun.objects.filter(id=row.id, state=RUNNING, heard_at=heard)
        if not kept.update(
            state=DONE,
            finished_at=clock(),
            done=outcome.declarations,
            outcome=msgspec.to_builtins(outcome, enc_hook=str),
            rows=_pack(tally.rows[:MOST_ROWS]),
        ):
            raise _TakenOver
        Break.objects.bulk_create(_break(row, one) for one in outcome.breaks)


def _break(row: DryRun, one: Broken) -> Break:
    return Break(
        dry_run=row,
        code=one.fault.code,
        field=one.fault.field[:80],
        hs=one.fault.hs[:12],
        value=one.fault.value[:200],
        values=one.fault.values,
        declarations=one.declarations,
        examples=one.examples,
    )
