"""Findings, and the duties decided again with them under the law of the day of registration.

Legal basis: Customs Law 54/2014/QH13 Art. 77-80; Law 107/2016/QH13 Art. 8 (the law of the day of registration).
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations.judging import decided_anew
from thongquan.clearance.declarations.queries import decision_in_force, document_in_force, facts_in_force
from thongquan.clearance.postaudit.models import Audit, Finding, Recalculation
from thongquan.clearance.postaudit.operations.steps import locked, missing_words, take
from thongquan.clearance.postaudit.queries import standing_findings
from thongquan.clearance.postaudit.states import Step
from thongquan.clearance.violations.queries import act_on
from thongquan.rules import found as rules
from thongquan.rules.codes import Code
from thongquan.rules.decision import Decision, Fault
from thongquan.rules.encoding import encoded
from thongquan.rules.facts import Facts


def record_finding(
    *, actor: Actor, audit: int, line: int, field: str, found: str, ground: str, at: datetime, act: str = ""
) -> int:
    """Record what was found in a field of a line (0: header); gives the finding's identity.

    `act` is the violation it is (`violations.queries.acts_on`), '' for none. Raises `NotFound`, `NotAllowed`; `Refused`
    with TQ-AUD-002, -004, -005, -006, -013 (as declared) and TQ-VIO-001, all at once.
    """
    with transaction.atomic():
        row = locked(actor, audit, Step.FIND)
        document = document_in_force(row.number)
        value = rules.Found(line=line, field=field, value=found.strip())
        declared = rules.declared_value(document, line, field)
        faults = [*rules.finding_faults(document, value, path="found"), *missing_words(ground=ground)]
        if not faults and declared == value.value:
            faults.append(Fault(code=Code.TQ_AUD_013, path="found", value=declared))
        on = timezone.localdate(row.registered_at)
        if act and act_on(act, on) is None:
            faults.append(Fault(code=Code.TQ_VIO_001, path="act", value=act, values={"on": on.isoformat()}))
        if faults:
            raise Refused(faults)
        made = Finding.objects.create(
            audit=row,
            line=line,
            field=field,
            declared=declared,
            found=value.value,
            ground=ground.strip(),
            act=act,
            at=at,
            by=actor.reference,
        )
        told = {"finding": made.id, "line": line, "field": field, "act": act}
        take(row, Step.FIND, actor, at, words=ground, data=told, details=told)
        return made.id


def withdraw_finding(*, actor: Actor, audit: int, finding: int, words: str, at: datetime) -> None:
    """Withdraw a finding before the conclusion. Raises `NotFound`, `NotAllowed`; `Refused` (TQ-AUD-002, -004)."""
    with transaction.atomic():
        row = locked(actor, audit, Step.WITHDRAW)
        made = row.findings.filter(id=finding, withdrawn_at=None).first()
        if made is None:
            raise NotFound(str(finding))
        if faults := missing_words(words=words):
            raise Refused(faults)
        made.withdrawn_at = at
        made.save(update_fields=["withdrawn_at"])
        take(row, Step.WITHDRAW, actor, at, words=words, data={"finding": finding}, details={"finding": finding})


def recalculate(*, actor: Actor, audit: int, at: datetime) -> Decimal:
    """Decide the declaration again with what was found; gives the dong that are missing (negative: too much paid).

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-AUD-002, or with every fault of the document as found.
    """
    with transaction.atomic():
        row = locked(actor, audit, Step.RECALCULATE)
        made = recalculated(row, actor, at)
        details = {"short_vnd": str(made.short_vnd), "lines": len({line["line"] for line in made.rows})}
        take(row, Step.RECALCULATE, actor, at, data=details, details=details)
        return made.short_vnd


def recalculated(row: Audit, actor: Actor, at: datetime) -> Recalculation:
    """Store the declaration decided again with the findings that stand. Raises `Refused` with the document's faults."""
    findings = list(row.findings.filter(withdrawn_at=None).order_by("id"))
    facts, decision = decided_with(row, findings)
    rows = rules.differences(decision_in_force(row.number), decision)
    return Recalculation.objects.create(
        audit=row,
        at=at,
        actor=actor.reference,
        facts=encoded(facts),
        decision=encoded(decision),
        rows=[one.as_row() for one in rows],
        short_vnd=rules.short_vnd(rows),
        findings=standing_findings(findings),
    )


def decided_with(row: Audit, findings: list[Finding]) -> tuple[Facts, Decision]:
    """Facts and decision with these findings; those in force when there are none."""
    facts = facts_in_force(row.number)
    if not findings:
        return facts, decision_in_force(row.number)
    values = [rules.Found(line=one.line, field=one.field, value=one.found) for one in findings]
    document = rules.with_found(facts.document, values)
    return decided_anew(facts, document, registered_at=row.registered_at)
