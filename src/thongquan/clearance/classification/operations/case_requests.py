"""A code that a case asks for: answered by another person, kept among the precedents and published, or declined.

Legal basis: Circular 14/2015/TT-BTC Art. 4.1 (one item has one code only) and 6. That two people stand behind a code,
and that it is published, is this house's reading.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.classification.models import Case, CaseRequest, CaseStep, Precedent
from thongquan.clearance.classification.operations.precedents import (
    PrecedentGiven,
    faults_of,
    kept_already,
    store_precedent,
)
from thongquan.clearance.classification.permissions import check_may
from thongquan.clearance.classification.queries.cases import in_scope, subject_of_case
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

MOST_WORDS = 2_000
SYSTEM = "system:similar-goods"


def ask_for_code(case: Case, *, kind: str, actor: Actor, words: str, at: datetime) -> None:
    """Ask those who rule for the code of the goods of a case, in the caller's transaction. `kind`: ruling or notice."""
    withdraw_requests(case, by=actor.reference, at=at)
    lines = [one for row in case.findings.select_related("line", "partner") for one in (row.line, row.partner)]
    names = sorted({one for line in lines for one in (line.importer, line.importer_name, line.supplier) if one})
    CaseRequest.objects.create(
        case=case,
        kind=kind,
        office=case.office,
        importers=sorted({line.importer for line in lines if line.importer}),
        names=names,
        description=lines[0].description if lines else "",
        words=words,
        asked_at=at,
        asked_by=actor.reference,
    )
    told = {"office": case.office, "case": case.pk, "request": kind, "actor": actor.reference}
    announce(kind="classification.code_asked", subject=subject_of_case(case.pk), payload=told, at=at)


def give_code(
    *, actor: Actor, case: int, hs: str, number: str, at: datetime, description: str = "", reasons: str = ""
) -> int:
    """Answer what a case asks with a code: a notice to everyone, kept and published; gives its identity.

    `number` is that of the document customs issued. Raises `NotFound` outside the scope, `NotAllowed`; `Refused` with
    every fault: TQ-CLS-009 (nothing waits), -010 (asked by oneself), -040 (code), -041 (description), -043 (kept
    already), -046 (missing), -049 (too long).
    """
    with transaction.atomic():
        row = _locked(actor, case)
        given = PrecedentGiven(
            kind="notice",
            number=storable(number).strip(),
            issued_by=row.office,
            issued_on=timezone.localdate(at),
            hs=storable(hs),
            description=storable(description).strip() or row.description,
            reasons=storable(reasons).strip(),
            source=subject_of_case(row.case_id),
        )
        faults = [*_own(row, actor), *faults_of(given, given.issued_on), *kept_already(given, set())]
        if not given.reasons:
            faults.append(Fault(code=Code.TQ_CLS_046, path="reasons", values={"field": "ruling.reasons"}))
        if faults:
            raise Refused(faults)
        kept = store_precedent(given, actor=actor, at=at)
        _decided(row, "given", actor, at, words=given.reasons, precedent=kept)
        for importer in row.importers:
            told = {"tax_code": importer, "number": kept.number, "hs": kept.hs, "actor": actor.reference}
            announce(kind="classification.code_given", subject=f"precedent:{kept.pk}", payload=told, at=at)
        return kept.pk


def decline_code(*, actor: Actor, case: int, words: str, at: datetime) -> None:
    """Give no code, saying why. Raises as `give_code`, and TQ-CLS-003 without words."""
    with transaction.atomic():
        row = _locked(actor, case)
        told = storable(words).strip()[:MOST_WORDS]
        faults = [*_own(row, actor), *([] if told else [Fault(code=Code.TQ_CLS_003, path="words")])]
        if faults:
            raise Refused(faults)
        _decided(row, "declined", actor, at, words=told)


def withdraw_requests(case: Case, *, by: str, at: datetime) -> None:
    """A case that is opened again asks for nothing any more, in the caller's transaction."""
    case.requests.filter(state="waiting").update(state="withdrawn", decided_at=at, decided_by=by)


def move_requests(other: Case, case: Case, *, at: datetime) -> None:
    """What a case asked for is asked by the one it was merged into; of two that wait, that of the case that stays."""
    if case.requests.filter(state="waiting").exists():
        withdraw_requests(other, by=SYSTEM, at=at)
    other.requests.update(case=case)


def _locked(actor: Actor, case: int) -> CaseRequest:
    kept = in_scope(actor).filter(pk=case).first()
    if kept is None:
        raise NotFound(str(case))
    check_may(actor, "classification.rule", office=kept.office)
    row = kept.requests.select_for_update().filter(state="waiting").first()
    if row is None:
        raise Refused([Fault(code=Code.TQ_CLS_009, path="case", value=str(case))])
    return row


def _own(row: CaseRequest, actor: Actor) -> list[Fault]:
    same = row.asked_by == actor.reference
    return [Fault(code=Code.TQ_CLS_010, path="actor", value=str(row.case_id))] if same else []


def _decided(
    row: CaseRequest, state: str, actor: Actor, at: datetime, *, words: str, precedent: Precedent | None = None
) -> None:
    row.state, row.decided_at, row.decided_by, row.answer, row.precedent = state, at, actor.reference, words, precedent
    row.save(update_fields=["state", "decided_at", "decided_by", "answer", "precedent"])
    made = {"precedent": precedent.pk, "number": precedent.number, "hs": precedent.hs} if precedent else {}
    CaseStep.objects.create(case=row.case, step=state, words=words, data=made, at=at, by=actor.reference)
    kind, subject = f"classification.code_{state}_on_case", subject_of_case(row.case_id)
    record(action=kind, subject=subject, actor=actor.reference, at=at, details=made)
    told = {"office": row.office, "case": row.case_id, "asked_by": row.asked_by, "actor": actor.reference, "code": made}
    announce(kind=kind, subject=subject, payload=told, at=at)
