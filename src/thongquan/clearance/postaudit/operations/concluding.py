"""The conclusion: proposed by the auditor, signed by a second person; then duties are assessed and acts recorded.

Legal basis: Customs Law 54/2014/QH13 Art. 79-80.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations.late_proofs import keep_redetermined_by_audit
from thongquan.clearance.declarations.operations.steps import take_step
from thongquan.clearance.declarations.states import Step as DeclarationStep
from thongquan.clearance.postaudit.law import days_after
from thongquan.clearance.postaudit.models import Audit, Recalculation
from thongquan.clearance.postaudit.operations.consequences import assess_as, record_acts
from thongquan.clearance.postaudit.operations.steps import check_words, happened, locked, missing_words, move, take
from thongquan.clearance.postaudit.queries import standing_findings
from thongquan.clearance.postaudit.states import Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.found import Found


def propose_conclusion(*, actor: Actor, audit: int, text: str, at: datetime) -> None:
    """Propose what the audit comes to. Raises `NotFound`, `NotAllowed`; `Refused` with TQ-AUD-002, -004, -007."""
    with transaction.atomic():
        row = locked(actor, audit, Step.PROPOSE)
        faults = missing_words(text=text)
        if not _is_recalculated(row):
            faults.append(Fault(code=Code.TQ_AUD_007, path="text", value=row.number))
        if faults:
            raise Refused(faults)
        row.conclusion, row.proposed_by = text.strip(), actor.reference
        take(row, Step.PROPOSE, actor, at, words=text, changed=("conclusion", "proposed_by"))


def return_conclusion(*, actor: Actor, audit: int, words: str, at: datetime) -> None:
    """Give a proposed conclusion back. Raises `NotFound`, `NotAllowed`; `Refused` with TQ-AUD-002, -004."""
    with transaction.atomic():
        row = locked(actor, audit, Step.RETURN)
        check_words(words=words)
        take(row, Step.RETURN, actor, at, words=words)


def sign_conclusion(*, actor: Actor, audit: int, words: str, at: datetime) -> None:
    """Sign the conclusion: the declaration is audited, duties are assessed as found, acts go to violations.

    One transaction; the ledger row is that of the step of the declaration. Raises `NotFound`, `NotAllowed`; `Refused`
    with TQ-AUD-002, -003 (never the one who proposed).
    """
    with transaction.atomic():
        row = locked(actor, audit, Step.SIGN)
        if row.proposed_by == actor.reference:
            raise Refused([Fault(code=Code.TQ_AUD_003, path="actor", value=row.number)])
        latest = row.recalculations.order_by("-id").first()
        row.signed_at, row.signed_by = at, actor.reference
        row.object_by = days_after("objection_days", timezone.localdate(at))
        move(row, Step.SIGN, "signed_at", "signed_by", "object_by")
        short = str(latest.short_vnd) if latest else "0"
        happened(row, Step.SIGN, actor, at, words=words, data={"short_vnd": short})
        details = {"audit": row.id, "short_vnd": short}
        take_step(actor=actor, number=row.number, step=DeclarationStep.AUDIT, at=at, details=details)
        _bear_consequences(row, latest, actor, at)
        standing = row.findings.filter(withdrawn_at=None).order_by("id")
        found = [Found(line=one.line, field=one.field, value=one.found) for one in standing]
        keep_redetermined_by_audit(number=row.number, found=found, at=at)


def _bear_consequences(row: Audit, latest: Recalculation | None, actor: Actor, at: datetime) -> None:
    if latest is None:
        return
    if latest.rows:
        assess_as(row, latest, "audit", actor, at)
    record_acts(row, latest, actor, at)


def _is_recalculated(row: Audit) -> bool:
    """Whether the duties stand for the findings as they are now; without findings there is nothing to recalculate."""
    standing = standing_findings(list(row.findings.order_by("id")))
    latest = row.recalculations.order_by("-id").first()
    return latest.findings == standing if latest else not standing
