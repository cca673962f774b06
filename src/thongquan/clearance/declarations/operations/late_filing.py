"""Filing a proof of origin that was awaited, and what follows by itself: duty recalculated, excess paid back.

Legal basis: Circular 33/2023/TT-BTC Art. 12 (filed within the term from registration, duty recalculated), 13 (a new
code), 14 (late: refused), 15 (checked before it is accepted), 16 (proof for another code), 22 (balance); Law
107/2016/QH13 Art. 19 (refund).

What is filed in time is kept at once and its quantities are set aside. Duty is recalculated when an officer has
accepted the certificate: in the same moment where that was so before, else by the message that tells of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

import msgspec
from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.models import Declaration, LateProof
from thongquan.clearance.declarations.models.late import FILED, GRANTED, LAPSED, WAITING
from thongquan.clearance.declarations.numbers import subject_of
from thongquan.clearance.declarations.operations.amending import new_version
from thongquan.clearance.declarations.operations.late_proofs import WITH_IT, end_row
from thongquan.clearance.declarations.operations.steps import locked_for, take_step
from thongquan.clearance.declarations.operations.versions import Judged, document_now, judge_version
from thongquan.clearance.declarations.queries.late import agreement_of, clock_of
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.origin.operations.using import set_uses
from thongquan.clearance.origin.queries.late import LateCertificate, certificate_by_id, certificate_named
from thongquan.clearance.revenue.operations.differences import refund_difference
from thongquan.clearance.revenue.queries import balance_of
from thongquan.clearance.revenue.queries.guarantees import guarantees_end
from thongquan.rules.codes import Code
from thongquan.rules.decision import Decision, Fault
from thongquan.rules.document import Certificate, Document, Line
from thongquan.rules.found import Found, with_found

ACCEPTED = "accepted"


class FiledLate(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to a filing: `granted` tells whether duty was recalculated already, else an officer is to accept it.

    `lines` are those that it stands for; `refund` is the number of the claim, '' where nothing is paid back;
    `freed_vnd` what guarantees need secure no longer. `repeated`: it was filed before and nothing changed. `warnings`
    are the faults that keep the preference back until an officer decided.
    """

    number: str
    state: str
    certificate: str
    lines: tuple[int, ...]
    granted: bool
    filed_at: datetime
    refund: str = ""
    refund_vnd: Decimal = Decimal(0)
    freed_vnd: Decimal = Decimal(0)
    repeated: bool = False
    warnings: tuple[Fault, ...] = ()


def file_late_certificate(*, actor: Actor, number: str, certificate: str, at: datetime) -> FiledLate:
    """File a registered certificate, by its number, for the lines of a declaration that wait for a proof.

    Raises `NotFound`, `NotAllowed`; `Refused`, nothing stored: TQ-ORI-142 nothing is awaited, -143 the last day is
    over, -144 another preference was announced, -145 no line of these goods, -057 certificate not known for this
    trader, and what its check finds against it. A certificate filed before changes nothing and is told.
    """
    with transaction.atomic():
        declaration = locked_for(actor=actor, number=number, step=Step.FILE_LATE)
        found = certificate_named(certificate, tax_code=declaration.tax_code)
        if found is None:
            raise Refused([Fault(code=Code.TQ_ORI_057, path="certificate", value=certificate[:40])])
        before = list(declaration.late_proofs.filter(certificate=found.id, outcome__in=(FILED, GRANTED)))
        if before:
            return _again(declaration, before, found)
        rows = _rows_for(declaration, found, at)
        _mark(rows, found, actor, at)
        judged = _judged(declaration, rows, found, at)
        _check_outcomes(judged.decision, rows)
        stand = take_step(
            actor=actor,
            number=declaration.number,
            step=Step.FILE_LATE,
            at=at,
            data={"certificate": found.number, "lines": [row.line for row in rows]},
            details={"certificate": found.id, "lines": [row.line for row in rows]},
        )
        if _is_granted(judged.decision, rows, found):
            declaration.refresh_from_db()
            return _grant(declaration, rows, found, actor, at)
        set_uses(actor=actor, subject=subject_of(declaration.id), takes=judged.decision.takes, at=at)
        lines = tuple(row.line for row in rows)
        told = tuple(fault for fault in judged.decision.faults if fault.line in (None, *lines))
        return FiledLate(
            number=stand.number,
            state=stand.state,
            certificate=found.number,
            lines=lines,
            granted=False,
            filed_at=at,
            warnings=told,
        )


def grant_filed(*, actor: Actor, certificate: int, at: datetime) -> list[FiledLate]:
    """Recalculate every declaration for which this certificate was filed and is accepted now. Idempotent."""
    granted = []
    keys = LateProof.objects.filter(certificate=certificate, outcome=FILED).values_list("declaration_id", flat=True)
    for key in sorted(set(keys)):
        with transaction.atomic():
            declaration = Declaration.objects.select_for_update().get(id=key)
            rows = list(declaration.late_proofs.filter(certificate=certificate, outcome=FILED).order_by("line"))
            found = certificate_by_id(certificate)
            if not rows or found is None or found.state != ACCEPTED:
                continue
            judged = _judged(declaration, rows, found, at)
            if _is_granted(judged.decision, rows, found):
                granted.append(_grant(declaration, rows, found, actor, at))
    return granted


def _rows_for(declaration: Declaration, found: LateCertificate, at: datetime) -> list[LateProof]:
    """The proofs that are awaited and that this certificate can be. Raises `Refused` with every reason."""
    rows = list(declaration.late_proofs.filter(outcome__in=(WAITING, LAPSED)).order_by("line", "id"))
    if not rows:
        raise Refused([Fault(code=Code.TQ_ORI_142, path="number", value=declaration.number)])
    fitting = [row for row in rows if _fits(row, found, declaration)]
    if not fitting:
        raise Refused([_other_preference(row, found) for row in rows])
    matched = [row for row in fitting if found.stands_for(_line_of(declaration, row))]
    if not matched:
        raise Refused([Fault(code=Code.TQ_ORI_145, path="certificate", value=found.number)])
    late = {row.pk: fault for row in matched if (fault := _too_late(row, at)) is not None}
    if len(late) == len(matched):
        raise Refused(list(late.values()))
    return [row for row in matched if row.pk not in late]


def _fits(row: LateProof, found: LateCertificate, declaration: Declaration) -> bool:
    """Whether the certificate is of the preference awaited; of a proof for another code, that very certificate."""
    on = timezone.localdate(declaration.registered_at)
    return not row.schedule or agreement_of(row.schedule, on) == found.agreement


def _other_preference(row: LateProof, found: LateCertificate) -> Fault:
    values = {"agreement": found.agreement, "schedule": row.schedule}
    return Fault(code=Code.TQ_ORI_144, path="certificate", line=row.line, value=found.number, values=values)


def _too_late(row: LateProof, at: datetime) -> Fault | None:
    """TQ-ORI-143: the wait is over, by the clock or because the guarantee ended before."""
    subject = subject_of(row.declaration_id)
    clock = clock_of(row, guarantees_end({subject}).get(subject) if row.guaranteed else None)
    if row.outcome != LAPSED and (clock is None or at <= clock.due_at):
        return None
    until = timezone.localdate(clock.due_at).isoformat() if clock is not None else ""
    values = {"until": until, "filed": timezone.localdate(at).isoformat()}
    return Fault(code=Code.TQ_ORI_143, path="certificate", line=row.line, value=until, values=values)


def _line_of(declaration: Declaration, row: LateProof) -> Line | None:
    document = base_document(declaration, [row])
    return next((line for line in document.lines if line.number == row.line), None)


def base_document(declaration: Declaration, rows: Iterable[LateProof]) -> Document:
    """The document in force, with what an audit found where a code was determined anew by one."""
    document = document_now(declaration)
    found = [Found(**one) for row in rows for one in row.found]
    return with_found(document, found) if found else document


def _mark(rows: list[LateProof], found: LateCertificate, actor: Actor, at: datetime) -> None:
    for row in rows:
        row.certificate, row.number, row.outcome = found.id, found.number, FILED
        row.filed_at, row.filed_by = at, actor.reference
        row.save(update_fields=["certificate", "number", "outcome", "filed_at", "filed_by"])


def _judged(declaration: Declaration, rows: list[LateProof], found: LateCertificate, at: datetime) -> Judged:
    document = preferred(declaration, rows, found)
    return judge_version(declaration, document, at=at, decide_anew=True)


def preferred(declaration: Declaration, rows: list[LateProof], found: LateCertificate) -> Document:
    """What the declaration says once the proof is there: the lines claim the preference and name the certificate."""
    document = base_document(declaration, rows)
    numbers = {row.line for row in rows if row.kind not in WITH_IT}
    proof = Certificate(number=found.number, issued_on=found.issued_on, form=found.form or None)
    lines = tuple(
        msgspec.structs.replace(line, schedule=found.schedule or line.schedule, certificate=proof, proof_later=None)
        if line.number in numbers
        else line
        for line in document.lines
    )
    return msgspec.structs.replace(document, lines=lines)


def _check_outcomes(decision: Decision, rows: list[LateProof]) -> None:
    """Raise `Refused` with what was found where the preference of a filed line is refused."""
    lines = {row.line for row in rows}
    codes = {code for one in decision.origin if one.line in lines and one.result == "refused" for code in one.codes}
    if codes:
        raise Refused(
            [
                msgspec.structs.replace(fault, severity="error")
                for fault in decision.faults
                if fault.code in codes and fault.line in (None, *lines)
            ]
        )


def _is_granted(decision: Decision, rows: list[LateProof], found: LateCertificate) -> bool:
    results = {one.line: one.result for one in decision.origin}
    return found.state == ACCEPTED and all(results.get(row.line) == "granted" for row in rows)


def _grant(
    declaration: Declaration, rows: list[LateProof], found: LateCertificate, actor: Actor, at: datetime
) -> FiledLate:
    """Store the recalculated version, end the wait and pay back what is too much, in the caller's transaction."""
    subject = subject_of(declaration.id)
    before = balance_of(subject)
    for row in rows:
        end_row(row, GRANTED, at)
    document = preferred(declaration, rows, found)
    amended = new_version(
        declaration,
        document,
        step=Step.GRANT_LATE,
        actor=actor,
        reason=f"C/O {found.number}",
        at=at,
        decide_anew=True,
    )
    after = balance_of(subject)
    claim = refund_difference(
        actor=actor,
        subject=subject,
        excess_vnd=after.overpaid_vnd - before.overpaid_vnd,
        requested_by=rows[0].filed_by,
        accepted_by=found.accepted_by,
        grounds=f"C/O {found.number}",
        at=at,
    )
    return FiledLate(
        number=amended.number,
        state=amended.state,
        certificate=found.number,
        lines=tuple(row.line for row in rows),
        granted=True,
        filed_at=rows[0].filed_at or at,
        refund=claim.number if claim else "",
        refund_vnd=(claim.decided_vnd or Decimal(0)) if claim else Decimal(0),
        freed_vnd=max(Decimal(0), before.guaranteed_vnd - after.guaranteed_vnd),
    )


def _again(declaration: Declaration, rows: list[LateProof], found: LateCertificate) -> FiledLate:
    return FiledLate(
        number=declaration.number,
        state=declaration.state,
        certificate=found.number,
        lines=tuple(row.line for row in rows),
        granted=all(row.outcome == GRANTED for row in rows),
        filed_at=rows[0].filed_at or rows[0].starts_at,
        repeated=True,
    )
