"""Filling in the act of an inspection and signing it: two officers, the same content, then the goods are inspected.

Legal basis: Customs Law 54/2014/QH13 Art. 33-34. What is found never overwrites what was declared: the declared value
stays in the document and is copied beside the found one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.declared import MOST_CHARACTERS, declared_of_line
from thongquan.clearance.control.models import Finding, InspectedLine, Inspection, Signature
from thongquan.clearance.control.operations.common import MOST_WORDS, chosen, locked_stand, tell
from thongquan.clearance.control.operations.inspections import TEAM, open_inspection
from thongquan.clearance.control.queries.inspections import KINDS, NONE, ActFile, Found, Measured, act_from
from thongquan.clearance.declarations.operations import take_step
from thongquan.clearance.declarations.queries import Stand, document_in_force
from thongquan.clearance.declarations.states import Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Line

CHECK = "control.check"


def save_place(*, actor: Actor, number: str, place: str, note: str, at: datetime) -> None:
    """Keep where the goods stood and the words of the act. Raises as `save_line`."""
    with transaction.atomic():
        _stand, inspection = open_act(actor=actor, number=number)
        inspection.place, inspection.note = place.strip()[:200], note.strip()[:MOST_WORDS]
        change_act(inspection, _stand, at)


def save_line(*, actor: Actor, number: str, measured: Measured, at: datetime) -> None:
    """Keep what was counted and weighed of a line; a signature given before is void then.

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-CTL-002 without an open inspection, TQ-CTL-009 for anyone but its
    officers, TQ-CTL-014 for a line that is not there.
    """
    with transaction.atomic():
        stand, inspection = open_act(actor=actor, number=number)
        _declared_line(stand, measured.line)
        InspectedLine.objects.update_or_create(
            inspection=inspection,
            line=measured.line,
            defaults={
                "agrees": measured.agrees,
                "quantity": measured.quantity,
                "unit": measured.unit[:8],
                "packages": measured.packages,
                "net_weight_kg": measured.net_weight_kg,
                "gross_weight_kg": measured.gross_weight_kg,
                "note": measured.note.strip()[:MOST_WORDS],
                "saved_at": at,
                "saved_by": actor.reference,
            },
        )
        change_act(inspection, stand, at)


def note_finding(
    *, actor: Actor, number: str, kind: str, line: int, found: str, at: datetime, unit: str = "", note: str = ""
) -> int:
    """Note a coded finding on a line: `found` apart from what is declared, which is copied beside it. Gives its id.

    Raises as `save_line`, and `Refused` with TQ-CTL-005 for a kind that is none, TQ-CTL-004 without a found value.
    """
    with transaction.atomic():
        stand, inspection = open_act(actor=actor, number=number)
        chosen(kind, KINDS, "kind")
        declared = _declared_line(stand, line)
        if not found.strip():
            raise Refused([Fault(code=Code.TQ_CTL_004, path="found", line=line)])
        finding = Finding.objects.create(
            declaration_id=stand.key,
            version=stand.version,
            inspection=inspection,
            line=line,
            kind=kind,
            declared=declared_of_line(declared, kind)[:MOST_CHARACTERS],
            found=found.strip()[:MOST_CHARACTERS],
            unit=unit[:8],
            note=note.strip()[:MOST_WORDS],
            at=at,
            by=actor.reference,
        )
        change_act(inspection, stand, at)
        return finding.id


def take_back_finding(*, actor: Actor, number: str, finding_id: int, at: datetime) -> None:
    """Take a finding out of an open act. Raises as `save_line`, and TQ-CTL-018 when the act has no such finding."""
    with transaction.atomic():
        stand, inspection = open_act(actor=actor, number=number)
        gone, _by = inspection.findings.filter(id=finding_id).delete()
        if not gone:
            raise Refused([Fault(code=Code.TQ_CTL_018, path="finding", value=stand.number)])
        change_act(inspection, stand, at)


def sign_act(*, actor: Actor, number: str, digest: str, at: datetime) -> Stand | None:
    """Sign the act as read (`digest`). The second officer's signature concludes the inspection and gives its `Stand`.

    Raises `NotFound`, `NotAllowed`; `Refused` with everything that keeps it from being signed: TQ-CTL-002, TQ-CTL-006,
    TQ-CTL-009, TQ-CTL-010, TQ-CTL-011, TQ-CTL-012, TQ-CTL-013, TQ-LIF-001.
    """
    with transaction.atomic():
        stand, inspection = open_act(actor=actor, number=number)
        act = act_from(inspection)
        if faults := _unsignable(stand, act, actor, digest):
            raise Refused(faults)
        inspection.signatures.filter(void_at__isnull=True).exclude(digest=act.digest).update(void_at=at)
        Signature.objects.create(inspection=inspection, officer=actor.reference, at=at, digest=act.digest)
        signed = {one.officer for one in act.assigned if one.signed_at} | {actor.reference}
        if len(signed) < TEAM:
            tell("control.act_signed", stand.subject, actor, at, {"inspection": inspection.id, "digest": act.digest})
            return None
        return _conclude(stand, inspection, act, actor, sorted(signed), at)


def open_act(*, actor: Actor, number: str) -> tuple[Stand, Inspection]:
    """The locked declaration and its open inspection, for one of the officers it is assigned to."""
    stand = locked_stand(actor=actor, number=number, permission=CHECK)
    inspection = open_inspection(stand)
    if not inspection.assignments.filter(officer=actor.reference, until__isnull=True).exists():
        raise Refused([Fault(code=Code.TQ_CTL_009, value=stand.number)])
    return stand, inspection


def change_act(inspection: Inspection, stand: Stand, at: datetime) -> None:
    """The act says something else now: it compares with the version in force, and signatures given before are void."""
    inspection.version = stand.version
    inspection.save()
    inspection.signatures.filter(void_at__isnull=True).update(void_at=at)


def _declared_line(stand: Stand, number: int) -> Line:
    found = next((line for line in document_in_force(stand.number).lines if line.number == number), None)
    if found is None:
        raise Refused([Fault(code=Code.TQ_CTL_014, path="line", value=stand.number, values={"line": str(number)})])
    return found


def _unsignable(stand: Stand, act: ActFile, actor: Actor, digest: str) -> list[Fault]:
    """Everything that keeps this officer from signing."""
    faults = []
    if act.version != stand.version:
        faults.append(Fault(code=Code.TQ_CTL_006, value=stand.number))
    elif digest != act.digest:
        faults.append(Fault(code=Code.TQ_CTL_010, path="digest"))
    if any(one.officer == actor.reference and one.signed_at for one in act.assigned):
        faults.append(Fault(code=Code.TQ_CTL_011, value=stand.number))
    return faults + _incomplete(document_in_force(stand.number).lines, act)


def _incomplete(lines: Iterable[Line], act: ActFile) -> list[Fault]:
    """Lines not looked at, and lines whose outcome contradicts what was measured or found."""
    faults = []
    declared = {line.number: line for line in lines}
    if left := [number for number in declared if act.measured(number) is None]:
        values = {"lines": ", ".join(str(number) for number in left)}
        faults.append(Fault(code=Code.TQ_CTL_012, line=left[0], values=values))
    noted = {one.line for one in act.findings}
    faults += [
        Fault(code=Code.TQ_CTL_013, line=one.line, values={"line": str(one.line)})
        for one in act.lines
        if one.line in declared and _contradicts(one, declared[one.line], noted=one.line in noted)
    ]
    return faults


def _contradicts(measured: Measured, declared: Line, *, noted: bool) -> bool:
    """A line that differs has a finding; one that agrees has none and the declared quantity, where that was counted."""
    if measured.agrees == noted:
        return True
    return measured.agrees and measured.quantity is not None and measured.quantity != declared.quantity


def _conclude(
    stand: Stand, inspection: Inspection, act: ActFile, actor: Actor, officers: list[str], at: datetime
) -> Stand:
    inspection.outcome = "differs" if act.findings else "agrees"
    inspection.concluded_at = at
    inspection.save()
    _note_nothing_found(stand, inspection, act.findings, actor, at)
    told = {
        "outcome": inspection.outcome,
        "version": inspection.version,
        "findings": dict(Counter(one.kind for one in act.findings)),
        "officers": officers,
        "digest": act.digest,
    }
    named = [{"kind": one.kind, "line": one.line} for one in act.findings]
    return take_step(
        actor=actor,
        number=stand.number,
        step=Step.GOODS_INSPECTED,
        at=at,
        reason=act.note,
        data={**told, "inspection": inspection.id, "differences": named},
        details=told,
    )


def _note_nothing_found(
    stand: Stand, inspection: Inspection, findings: list[Found], actor: Actor, at: datetime
) -> None:
    """A row of none for each line that was looked at and agreed: what is learnt from needs both sides."""
    noted = {one.line for one in findings}
    Finding.objects.bulk_create(
        Finding(
            declaration_id=stand.key,
            version=inspection.version,
            inspection=inspection,
            line=line.number,
            kind=NONE,
            declared=declared_of_line(line, "code"),
            at=at,
            by=actor.reference,
        )
        for line in document_in_force(stand.number).lines
        if line.number not in noted
    )
