"""Keeping which proofs of origin are awaited: announced by a document, by a new code, by a finding of Article 16.

Legal basis: Circular 33/2023/TT-BTC Art. 12 (announced at the declaration), 13 (code determined anew), 16 (another code
on the certificate: proof of the declared code's criterion).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from msgspec.structs import replace

from thongquan.clearance.declarations.models import Declaration, LateProof
from thongquan.clearance.declarations.models.late import (
    ANNOUNCED,
    DIFFERING,
    DOUBTED,
    DROPPED,
    FILED,
    GRANTED,
    REDETERMINED,
    WAITING,
)
from thongquan.clearance.declarations.numbers import key_of_number
from thongquan.clearance.declarations.operations.judging import LOCAL
from thongquan.clearance.declarations.queries.late import OPEN, late_term
from thongquan.clearance.declarations.queries.life import document_in_force
from thongquan.clearance.declarations.states import ENDED
from thongquan.clearance.origin.queries.late import AskedProof, certificate_named, proofs_asked
from thongquan.rules.codes import Code
from thongquan.rules.decision import Decision
from thongquan.rules.document import Document
from thongquan.rules.facts import Facts
from thongquan.rules.found import Found
from thongquan.rules.origin.numbers import folded_number
from thongquan.rules.promised import is_guaranteed

WITH_IT = frozenset({DIFFERING, DOUBTED})
"""Kinds of which the certificate was there with the declaration itself."""


def awaits_any(document: Document, decision: Decision) -> bool:
    """Whether a document or the decision on it lets customs wait for a proof."""
    return any(line.proof_later for line in document.lines) or bool(_differing(decision)) or bool(_doubted(decision))


def keep_awaited(declaration: Declaration, document: Document, decision: Decision, *, at: datetime) -> None:
    """Note what a version of a declaration lets customs wait for, and drop what it announces no more.

    In the caller's transaction. The term of what is announced runs from registration, that of a finding from `at`.
    Doing it again changes nothing; what lapsed is not awaited a second time.
    """
    announced = {line.number: line.proof_later or "" for line in document.lines if line.proof_later}
    known = {row.line: row for row in declaration.late_proofs.filter(kind=ANNOUNCED, outcome__in=OPEN)}
    for number, row in known.items():
        if announced.get(number) != row.schedule:
            end_row(row, DROPPED, at)
    secured = {line.number for line in document.lines if is_guaranteed(line)}
    for number, schedule in announced.items():
        kept = _kept(declaration, number, ANNOUNCED, schedule, declaration.registered_at)
        _note_guarantee(kept, number in secured)
    schedules = {line.number: line.schedule or "" for line in document.lines}
    for number, guaranteed in _differing(decision).items():
        kept = _kept(declaration, number, DIFFERING, schedules.get(number, ""), at)
        _note_guarantee(kept, guaranteed)
    _keep_doubted(declaration, _doubted(decision), schedules, at)


def _keep_doubted(
    declaration: Declaration, doubted: Mapping[int, str], schedules: Mapping[int, str], at: datetime
) -> None:
    """A line taxed at MFN because its certificate is in doubt is reckoned anew once an officer accepts it."""
    standing = set()
    for row in declaration.late_proofs.filter(kind=DOUBTED, outcome=FILED):
        if folded_number(doubted.get(row.line, "")) == folded_number(row.number):
            standing.add(row.line)
        else:
            end_row(row, DROPPED, at)
    for line in sorted(doubted.keys() - standing):
        found = certificate_named(doubted[line], tax_code=declaration.tax_code)
        if found is not None:  # that of another trader is no proof here
            declaration.late_proofs.create(
                line=line,
                kind=DOUBTED,
                schedule=schedules.get(line, ""),
                starts_at=at,
                certificate=found.id,
                number=found.number,
                filed_at=at,
                filed_by=declaration.lodged_by,
                outcome=FILED,
            )


def _doubted(decision: Decision) -> dict[int, str]:
    """Lines whose certificate is in doubt and asked no further proof of, with its number."""
    return {
        one.line: one.certificate
        for one in decision.origin
        if one.result == "doubt" and one.certificate and Code.TQ_ORI_041 not in one.codes
    }


def _note_guarantee(row: LateProof | None, guaranteed: bool) -> None:
    if row is not None and row.guaranteed != guaranteed:
        row.guaranteed = guaranteed
        row.save(update_fields=["guaranteed"])


def _differing(decision: Decision) -> dict[int, bool]:
    """Lines whose certificate bears another code and is accepted with proof; whether the difference is guaranteed."""
    return {one.line: one.result == "guaranteed" for one in decision.origin if Code.TQ_ORI_041 in one.codes}


def keep_asked(*, certificate: int) -> None:
    """An officer's own check asks for the proof of another code's criterion: it is awaited from that check on.

    What the decision asked for already stays as it is, and nothing is awaited twice. Idempotent.
    """
    for asked in proofs_asked(certificate):
        with transaction.atomic():
            rows = Declaration.objects.select_for_update().exclude(state__in=ENDED)
            declaration = rows.filter(id=key_of_number(asked.subject.partition(":")[2])).first()
            if declaration is not None:
                _keep_asked(declaration, asked)


def _keep_asked(declaration: Declaration, asked: AskedProof) -> None:
    schedules = {line.number: line.schedule or "" for line in document_in_force(declaration.number).lines}
    known = declaration.late_proofs.filter(kind=DIFFERING).exclude(outcome=DROPPED).values_list("line", flat=True)
    for line in sorted(set(asked.lines) & schedules.keys() - set(known)):
        _kept(declaration, line, DIFFERING, schedules[line], asked.at)


def keep_redetermined(
    declaration: Declaration, codes: Mapping[int, str], *, at: datetime, found: Iterable[Found] = ()
) -> None:
    """Customs determined the codes of lines anew: a proof for each new code may be filed within the days of the law.

    `found` is all that an audit found, since its findings are not written into the declaration.
    """
    told = [{"line": one.line, "field": one.field, "value": one.value} for one in found]
    for number, hs in codes.items():
        row = _kept(declaration, number, REDETERMINED, "", at)
        if row is not None and (row.hs, row.found) != (hs, told):
            row.hs, row.found = hs, told
            row.save(update_fields=["hs", "found"])


def keep_redetermined_by_audit(*, number: str, found: Iterable[Found], at: datetime) -> None:
    """The same after an audit; in the caller's transaction, which holds the declaration's row."""
    all_of_it = tuple(found)
    codes = {one.line: one.value for one in all_of_it if one.line and one.field == "hs"}
    if codes:
        declaration = Declaration.objects.get(id=key_of_number(number))
        keep_redetermined(declaration, codes, at=at, found=all_of_it)


def codes_changed(before: Document, after: Document) -> dict[int, str]:
    """The lines whose code differs between two versions, with the new code."""
    old = {line.number: line.hs for line in before.lines}
    return {line.number: line.hs or "" for line in after.lines if line.number in old and old[line.number] != line.hs}


def _kept(declaration: Declaration, line: int, kind: str, schedule: str, starts_at: datetime) -> LateProof | None:
    """The open row, made where there is none; None where such a proof was granted or did not come in time."""
    rows = declaration.late_proofs.filter(line=line, kind=kind)
    known = rows.filter(outcome__in=OPEN).first()
    if known is not None:
        return known
    over = Q() if kind == ANNOUNCED else Q(starts_at=starts_at)
    if kind != REDETERMINED and rows.filter(over, schedule=schedule).exclude(outcome=DROPPED).exists():
        return None
    term = late_term(office=declaration.office, schedule=schedule, kind=kind, at=starts_at)
    return LateProof.objects.create(
        declaration=declaration,
        line=line,
        kind=kind,
        schedule=schedule,
        starts_at=starts_at,
        due_at=term.due_at if term else None,
    )


def end_row(row: LateProof, outcome: str, at: datetime) -> None:
    """Write down how the wait for a proof ended."""
    row.outcome, row.ended_at = outcome, at
    row.save(update_fields=["outcome", "ended_at"])


def with_filed(facts: Facts, declaration: Declaration) -> Facts:
    """Facts that know when each certificate was filed, and which one's other code was proved.

    What was filed with the declaration itself bears the day of registration.
    """
    if not facts.certificates:
        return facts
    rows = declaration.late_proofs.filter(certificate__gt=0, outcome__in=(WAITING, FILED, GRANTED))
    filed = {row.certificate: row for row in rows.order_by("id") if row.filed_at is not None}
    certificates = tuple(
        replace(
            one,
            filed_on=row.filed_at.astimezone(LOCAL).date() if row.filed_at and row.kind not in WITH_IT else None,
            proved=row.kind == DIFFERING,
        )
        if (row := filed.get(one.id)) is not None
        else one
        for one in facts.certificates
    )
    return replace(facts, certificates=certificates)
