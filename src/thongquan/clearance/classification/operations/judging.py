"""What an officer says of a finding: a label, taken back at will, never written over.

Legal basis: Circular 14/2015/TT-BTC Art. 4.1 and 6; Circular 38/2015/TT-BTC Art. 24 (wrong code: amend, else assess;
unclear: technical papers, sample or inspection).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.classification.models import Finding, Label
from thongquan.clearance.classification.permissions import check_may
from thongquan.clearance.classification.queries.findings import findings_in_scope, subject_of_finding
from thongquan.clearance.classification.subjects import subject_of
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

MOST_WORDS = 2_000
OUTCOMES = ("first", "second", "neither", "different", "analysis")
"""The same goods and the right code is that of the line, of the other, or neither; other goods; refer to analysis."""
_NEEDS_WORDS = frozenset({"neither", "different", "analysis"})


def judge_finding(*, actor: Actor, finding: int, outcome: str, words: str = "", at: datetime) -> None:
    """Say what a finding came to. Raises `NotFound` outside the actor's scope, `NotAllowed`, and `Refused` with
    everything that is missing: TQ-CLS-003 without words where they are needed, TQ-CLS-005 for no such outcome,
    TQ-CLS-006 where an outcome stands."""
    with transaction.atomic():
        row = _locked(actor, finding)
        told = storable(words).strip()[:MOST_WORDS]
        faults = []
        if outcome not in OUTCOMES:
            faults.append(Fault(code=Code.TQ_CLS_005, path="outcome", value=outcome[:40]))
        if outcome in _NEEDS_WORDS and not told:
            faults.append(Fault(code=Code.TQ_CLS_003, path="words"))
        if row.outcome:
            faults.append(Fault(code=Code.TQ_CLS_006, path="outcome", value=str(finding)))
        if faults:
            raise Refused(faults)
        Label.objects.create(finding=row, outcome=outcome, words=told, at=at, by=actor.reference)
        row.outcome = outcome
        row.save(update_fields=["outcome"])
        _tell(row, "classification.judged", outcome, actor, at)


def take_back_outcome(*, actor: Actor, finding: int, at: datetime) -> None:
    """Take the standing outcome back: the finding is open again. Raises as `judge_finding`, TQ-CLS-007 where none
    stands."""
    with transaction.atomic():
        row = _locked(actor, finding)
        label = row.labels.filter(taken_back_at__isnull=True).first()
        if label is None:
            raise Refused([Fault(code=Code.TQ_CLS_007, path="outcome", value=str(finding))])
        label.taken_back_at, label.taken_back_by = at, actor.reference
        label.save(update_fields=["taken_back_at", "taken_back_by"])
        row.outcome = ""
        row.save(update_fields=["outcome"])
        _tell(row, "classification.outcome_taken_back", label.outcome, actor, at)


def _locked(actor: Actor, finding: int) -> Finding:
    rows = findings_in_scope(actor).select_related("line", "partner")
    row = rows.select_for_update(of=("self",)).filter(pk=finding).first()
    if row is None:
        raise NotFound(str(finding))
    check_may(actor, "classification.judge", office=row.office)
    return row


def _tell(row: Finding, kind: str, outcome: str, actor: Actor, at: datetime) -> None:
    """`verdict` and the rest are a contract with whoever learns of it (docs/events.md): change it there too."""
    codes = [row.code, row.other_code]
    subject = subject_of_finding(row.pk)
    record(action=kind, subject=subject, actor=actor.reference, at=at, details={"outcome": outcome, "codes": codes})
    told = {
        "declaration": subject_of(row.declaration),
        "line": row.line.number,
        "verdict": outcome,
        "codes": codes,
        "office": row.office,
        "importer": row.importer,
        "partner": {"declaration": subject_of(row.partner.declaration), "line": row.partner.number},
        "at": at.isoformat(),
    }
    announce(kind=kind, subject=subject, payload=told, at=at)
