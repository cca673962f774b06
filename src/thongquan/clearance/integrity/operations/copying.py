"""Keeping the room's own copy of officers' steps: a declaration's are written anew whenever one is taken."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from thongquan.clearance.declarations.queries import Happened, events_of_many
from thongquan.clearance.declarations.queries.bulk import VersionRow, version_rows
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.integrity.models import DoneAct
from thongquan.rules.encoding import decoded_document

CHECKS = frozenset({Step.DOCUMENTS_CHECKED, Step.GOODS_INSPECTED})
LOWERING = frozenset({Step.PROPOSE_LOWER_CHANNEL, Step.LOWER_CHANNEL})
KEPT = CHECKS | LOWERING | {Step.TAKE, Step.ASSIGN, Step.RAISE_CHANNEL, Step.RELEASE, Step.CLEAR}
"""Steps whose officers are looked at."""
LONGEST = timedelta(days=30)


def copy_acts(keys: Collection[int]) -> int:
    """Write anew the acts of these declarations; gives how many there are."""
    first = {row.declaration: row for row in version_rows(keys) if row.version == 0}
    events = events_of_many(sorted(first))
    rows = [act for key, row in sorted(first.items()) for act in _acts(row, events[key])]
    with transaction.atomic():
        DoneAct.objects.filter(declaration__in=keys).delete()
        DoneAct.objects.bulk_create(rows)
    return len(rows)


def _acts(version: VersionRow, events: list[Happened]) -> Iterator[DoneAct]:
    lodger, before = _lodger(version), version.registered_at
    for place, event in enumerate(events):
        officer = str(event.data.get("to", "")) if event.kind == Step.ASSIGN else event.actor
        if event.kind in KEPT and officer.startswith("user:"):
            yield DoneAct(
                declaration=version.declaration,
                place=place,
                office=version.office,
                step=event.kind,
                at=event.at,
                officer=officer,
                lodger=lodger,
                hour=timezone.localtime(event.at).hour,
                minutes=_minutes(before, event.at),
                outcome=str(event.data.get("outcome", ""))[:8],
            )
        before = event.at


def _lodger(version: VersionRow) -> str:
    agent = decoded_document(version.document).agent
    return (agent and agent.tax_code) or version.tax_code


def _minutes(before: datetime, at: datetime) -> int:
    return max(min(at - before, LONGEST), timedelta(0)) // timedelta(minutes=1)
