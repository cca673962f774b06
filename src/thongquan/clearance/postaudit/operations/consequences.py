"""What a conclusion does elsewhere: duties in the books, acts in the register of violations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.operations.reassessing import reassess
from thongquan.clearance.postaudit.models import Audit, Finding, Recalculation
from thongquan.clearance.revenue.operations import assess
from thongquan.clearance.violations.operations import record_act, withdraw_findings
from thongquan.rules.encoding import decoded_decision

HEADER = 0


class Charge(NamedTuple):
    """The findings of one act, with the duty that is short on their lines; each line counts for one act only."""

    act: str
    findings: list[Finding]
    short_vnd: Decimal


def assess_as(row: Audit, latest: Recalculation, reason: str, actor: Actor, at: datetime) -> None:
    """The subject owes from now on what was decided with the findings: in the books, and where it is shown."""
    decision = decoded_decision(bytes(latest.decision))
    reassess(actor=actor, subject=row.subject, due_vnd=decision.due_vnd)
    assess(
        subject=row.subject,
        tax_code=row.tax_code,
        office=row.office,
        totals_vnd=decision.totals_vnd,
        fee_vnd=decision.fee_vnd,
        secured_vnd=decision.secured_vnd,
        reason=reason,
        actor=actor,
        at=at,
    )


def record_acts(row: Audit, latest: Recalculation, actor: Actor, at: datetime) -> None:
    """Record every act that the findings are and that is not recorded yet."""
    waiting = list(row.findings.filter(withdrawn_at=None, violation=None).exclude(act="").order_by("id"))
    for charge in charges_of(waiting, latest):
        lines = {one.line for one in charge.findings} - {HEADER}
        made = record_act(
            actor=actor,
            subject=row.subject,
            tax_code=row.tax_code,
            trader_name=row.trader_name,
            office=row.office,
            act=charge.act,
            declared=_told(charge.findings, "declared"),
            found=_told(charge.findings, "found"),
            difference_vnd=charge.short_vnd,
            on=timezone.localdate(row.registered_at),
            line=lines.pop() if len(lines) == 1 else None,
            at=at,
        )
        ids = [one.id for one in charge.findings]
        Finding.objects.filter(id__in=ids).update(case=made.case, violation=made.finding)


def charges_of(findings: Iterable[Finding], latest: Recalculation) -> list[Charge]:
    """Findings by act in their order; a finding on the header answers for every line that no other act has."""
    left: dict[int, Decimal] = {}
    for line in latest.rows:
        left[line["line"]] = left.get(line["line"], Decimal(0)) + Decimal(line["short_vnd"])
    by_act: dict[str, list[Finding]] = {}
    for one in findings:
        by_act.setdefault(one.act, []).append(one)
    charges = []
    for act, found in sorted(by_act.items(), key=lambda item: any(one.line == HEADER for one in item[1])):
        lines = {one.line for one in found}
        taken = list(left) if HEADER in lines else [line for line in left if line in lines]
        charges.append(Charge(act, found, sum((left.pop(line) for line in taken), Decimal(0))))
    return charges


def withdraw_acts(
    row: Audit, fallen: list[Finding], latest: Recalculation, words: str, actor: Actor, at: datetime
) -> None:
    """Take back every act that a fallen finding bore; findings that stand are charged anew, with the duty now short."""
    acts = sorted({one.violation for one in fallen if one.violation is not None})
    if not acts:
        return
    withdraw_findings(actor=actor, findings=acts, words=words, at=at)
    row.findings.filter(violation__in=acts, withdrawn_at=None).update(violation=None, case=None)
    record_acts(row, latest, actor, at)


def _told(findings: list[Finding], side: str) -> str:
    """What one side says, one place a line of text."""
    return "\n".join(
        f"{one.line}. {one.field}: {getattr(one, side) or '–'}"
        if one.line
        else f"{one.field}: {getattr(one, side) or '–'}"
        for one in findings
    )
