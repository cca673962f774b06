"""Four eyes: proposed by the one who drafted, approved by another, published as a new version of the law."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.lawdesk.models import DryRun, Workbasket
from thongquan.clearance.lawdesk.operations.drafting import key_text, rows_of
from thongquan.clearance.lawdesk.operations.steps import check_words, locked, take
from thongquan.clearance.lawdesk.queries.runs import DONE
from thongquan.clearance.lawdesk.states import Step
from thongquan.clearance.tariff.operations.changes import publish_rows
from thongquan.clearance.tariff.queries.changes import LawRow, changed_since
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def propose_workbasket(*, actor: Actor, workbasket: int, words: str, at: datetime) -> None:
    """Give a draft to another person for approval; its dry run must be made of it as it is.

    Raises `NotAllowed`, `NotFound`; `Refused` with TQ-LWD-001, -003, -004, -007, -010, all at once.
    """
    with transaction.atomic():
        row = locked(actor, workbasket, Step.PROPOSE)
        faults = [*_not_tried(row), *_not_ready(row, rows_of(row), at)]
        if faults:
            raise Refused(faults)
        row.proposed_by = actor.reference
        take(row, Step.PROPOSE, actor, at, words=words, changed=("proposed_by",))


def return_workbasket(*, actor: Actor, workbasket: int, words: str, at: datetime) -> None:
    """Give a proposed workbasket back as a draft. Raises `NotAllowed`, `NotFound`, `Refused` with TQ-LWD-001, -002."""
    with transaction.atomic():
        row = locked(actor, workbasket, Step.RETURN)
        check_words(words=words)
        take(row, Step.RETURN, actor, at, words=words)


def approve_workbasket(*, actor: Actor, workbasket: int, reasons: Mapping[int, str], words: str, at: datetime) -> int:
    """Approve and publish; gives the new law version. `reasons` name, by number, each break that is let happen.

    Raises `NotAllowed`, `NotFound`; `Refused` with TQ-LWD-001, -003 to -005, -007 to -010, all at once.
    """
    with transaction.atomic():
        row = locked(actor, workbasket, Step.APPROVE)
        rows = rows_of(row)
        faults = [*_own_work(row, actor), *_not_tried(row), *_not_ready(row, rows, at), *_overtaken(row, rows)]
        faults += [] if _not_tried(row) else _unconfirmed(row, reasons)
        if faults:
            raise Refused(faults)
        confirmed = _confirm(row, reasons, actor, at)
        report = publish_rows(rows=rows, actor=actor.reference, origin=f"workbasket {row.id}: {row.title}", at=at)
        if not report.changed:
            raise Refused([Fault(code=Code.TQ_LWD_010, path="changes", value=row.title)])
        row.approved_by, row.approved_at, row.version = actor.reference, at, report.version
        data = {"version": report.version, "digest": report.digest, "confirmed": confirmed}
        take(row, Step.APPROVE, actor, at, words=words, data=data, changed=("approved_by", "approved_at", "version"))
        return report.version


def _own_work(row: Workbasket, actor: Actor) -> list[Fault]:
    """TQ-LWD-008: who drafted, proposed or wrote a row of it does not approve it."""
    wrote = row.changes.filter(by=actor.reference).exists()
    if wrote or actor.reference in (row.drafted_by, row.proposed_by):
        return [Fault(code=Code.TQ_LWD_008, path="actor", value=row.title)]
    return []


def _newest(row: Workbasket) -> DryRun | None:
    return row.dry_runs.defer("rows").filter(state=DONE).order_by("-id").first()


def _not_tried(row: Workbasket) -> list[Fault]:
    """TQ-LWD-003 without a finished dry run, TQ-LWD-004 when the draft changed after the newest one."""
    run = _newest(row)
    if run is None:
        return [Fault(code=Code.TQ_LWD_003, path="dry_run", value=row.title)]
    if run.revision != row.revision:
        return [Fault(code=Code.TQ_LWD_004, path="dry_run", value=row.title)]
    return []


def _not_ready(row: Workbasket, rows: list[LawRow], at: datetime) -> list[Fault]:
    """TQ-LWD-010 with nothing in it, TQ-LWD-007 when its day is over: law does not reach back."""
    faults = [] if rows else [Fault(code=Code.TQ_LWD_010, path="changes", value=row.title)]
    if row.effective_on < timezone.localdate(at):
        faults.append(Fault(code=Code.TQ_LWD_007, path="effective_on", value=row.effective_on.isoformat()))
    return faults


def _overtaken(row: Workbasket, rows: list[LawRow]) -> list[Fault]:
    """TQ-LWD-009 for each row whose key another load changed since it was written here."""
    return [
        Fault(code=Code.TQ_LWD_009, path="changes", value=f"{one.table} {key_text(one)}")
        for one in changed_since(rows, row.law_version)
    ]


def _unconfirmed(row: Workbasket, reasons: Mapping[int, str]) -> list[Fault]:
    """TQ-LWD-005 for each way of breaking valid filings that has no reason of the approver."""
    run = _newest(row)
    return [
        Fault(
            code=Code.TQ_LWD_005,
            path=f"reason_{one.id}",
            value=one.hs or one.field,
            values={"fault": one.code, "n": str(one.declarations)},
        )
        for one in (run.breaks.order_by("id") if run else ())
        if not reasons.get(one.id, "").strip()
    ]


def _confirm(row: Workbasket, reasons: Mapping[int, str], actor: Actor, at: datetime) -> int:
    run = _newest(row)
    breaks = list(run.breaks.all()) if run else []
    for one in breaks:
        one.reason, one.confirmed_by, one.confirmed_at = reasons[one.id].strip(), actor.reference, at
        one.save(update_fields=["reason", "confirmed_by", "confirmed_at"])
    return len(breaks)
