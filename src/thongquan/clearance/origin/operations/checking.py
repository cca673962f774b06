"""Checking a certificate: the rules over the paper, the law of the day and, where there is one, the declaration."""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.origin.models import Certificate, Check
from thongquan.clearance.origin.operations.steps import locked, take
from thongquan.clearance.origin.queries import paper_of, twins_of
from thongquan.clearance.origin.states import Step
from thongquan.clearance.origin.subjects import Claim, claim_of
from thongquan.clearance.tariff.queries.origins import origin_law_on
from thongquan.rules.codes import Code
from thongquan.rules.origin.checks import examine
from thongquan.rules.origin.findings import Grade, OriginFinding, found
from thongquan.rules.origin.numbers import Likeness
from thongquan.rules.origin.outcome import outcomes, worst

_TWINS: dict[Likeness, tuple[Code, Grade]] = {
    "same": (Code.TQ_ORI_050, "refuse"),
    "altered": (Code.TQ_ORI_051, "doubt"),
    "same_goods": (Code.TQ_ORI_052, "doubt"),
    "near": (Code.TQ_ORI_059, "note"),
}


def check_certificate(
    *, actor: Actor, certificate: int, at: datetime, declaration: str = ""
) -> tuple[OriginFinding, ...]:
    """Check a certificate, alone or against a declaration, and keep what is found.

    The law is that of the declaration's day, without one that of today. Raises `NotFound`, `NotAllowed`, `Refused` with
    TQ-ORI-054.
    """
    with transaction.atomic():
        row = locked(actor, certificate, Step.CHECK)
        claim = claim_of(actor, declaration, row.number) if declaration else None
        findings = _findings(row, claim, at)
        declared = claim.declared if claim else None
        row.grade, row.checked_at = worst(findings), at
        Check.objects.create(
            certificate=row,
            subject=claim.subject if claim else "",
            at=at,
            actor=actor.reference,
            grade=row.grade,
            findings=msgspec.to_builtins(findings),
            outcomes=msgspec.to_builtins(outcomes(findings, declared)) if declared else [],
        )
        take(row, Step.CHECK, actor, at, changed=("grade", "checked_at"))
        return findings


def _findings(row: Certificate, claim: Claim | None, at: datetime) -> tuple[OriginFinding, ...]:
    paper = paper_of(row)
    on = claim.declared.on if claim else timezone.localdate(at)
    law = origin_law_on(paper.agreement, paper.form, on, paper.issued_on)
    twins = twins_of(paper, but=row.pk)
    alike = [(*_TWINS[twin.kind], twin.number) for twin in twins]
    told = tuple(
        found(code, grade, "22", "number", paper.number, values={"number": number}) for code, grade, number in alike
    )
    return (*examine(paper, law, claim.declared if claim else None), *told)
