"""The document check: begin, save point by point, conclude.

Legal basis: Customs Law 54/2014/QH13 Art. 32 (document check), Art. 23.2 (its time); Circular 38/2015/TT-BTC Art. 19.3.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.declared import MOST_CHARACTERS, PER_LINE, declared_of_line, declared_text
from thongquan.clearance.control.models import CheckPoint, DocumentCheck, Finding
from thongquan.clearance.control.operations.common import DOCUMENTS, MOST_WORDS, chosen, locked_stand
from thongquan.clearance.control.queries.checks import OUTCOMES, STALE
from thongquan.clearance.control.queries.due import due_of, law_day
from thongquan.clearance.control.queries.inspections import NONE
from thongquan.clearance.declarations.operations import take_step
from thongquan.clearance.declarations.operations.steps import wrong_state
from thongquan.clearance.declarations.queries import Stand, document_in_force
from thongquan.clearance.declarations.states import STEPS, State, Step
from thongquan.clearance.tariff.queries.controls import ChecklistPoint, checklist_on
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document

CHECK = "control.check"


def open_document_check(*, actor: Actor, number: str, at: datetime) -> int:
    """Begin the document check of the version in force; gives the id of the check, the open one if there is one.

    A check of an earlier version that is still open ends as overtaken. Raises `NotFound`, `NotAllowed`, and `Refused`
    with TQ-CTL-001 when no document check is due, TQ-LIF-001 when the state does not allow it.
    """
    with transaction.atomic():
        stand = locked_stand(actor=actor, number=number, permission=CHECK)
        if State(stand.state) not in STEPS[Step.DOCUMENTS_CHECKED].moves:
            raise Refused([wrong_state(stand.number, State(stand.state), Step.DOCUMENTS_CHECKED)])
        running = DocumentCheck.objects.filter(declaration_id=stand.key, concluded_at__isnull=True).first()
        if running is not None and running.version == stand.version:
            return running.id
        if not due_of(stand).documents:
            raise Refused([Fault(code=Code.TQ_CTL_001, value=stand.number, values={"check": DOCUMENTS})])
        if running is not None:
            running.outcome, running.concluded_at, running.concluded_by = STALE, at, actor.reference
            running.save(update_fields=["outcome", "concluded_at", "concluded_by"])
        check = DocumentCheck.objects.create(
            declaration_id=stand.key, version=stand.version, opened_at=at, opened_by=actor.reference
        )
        points = (CheckPoint(check_of=check, code=one.code, place=one.place) for one in _law_of(stand))
        CheckPoint.objects.bulk_create(points)
        return check.id


def save_point(
    *,
    actor: Actor,
    number: str,
    code: str,
    outcome: str,
    at: datetime,
    found: str = "",
    note: str = "",
    line: int | None = None,
) -> None:
    """Keep what one point came to: `agrees`, `differs`, `missing`, or empty for not yet. Found stays beside declared.

    Saved as typed: a difference without its found value is refused only on conclusion. Raises `NotFound`, `NotAllowed`,
    `Refused` with TQ-CTL-002 without an open check, TQ-CTL-005 for another outcome or point, TQ-CTL-014 for a line
    that is not there.
    """
    with transaction.atomic():
        stand = locked_stand(actor=actor, number=number, permission=CHECK)
        check = _open_check(stand)
        law = {one.code: one for one in _law_of(stand)}
        chosen(code, tuple(law), "code")
        chosen(outcome, ("", *OUTCOMES), "outcome")
        document = document_in_force(stand.number)
        if line is not None and line not in {one.number for one in document.lines}:
            raise Refused([Fault(code=Code.TQ_CTL_014, path="line", value=stand.number, values={"line": str(line)})])
        point, _made = CheckPoint.objects.get_or_create(check_of=check, code=code, defaults={"place": law[code].place})
        point.outcome, point.line = outcome, line
        point.declared = _declared(document, law[code], line) if outcome == "differs" else ""
        point.found, point.note = found.strip()[:MOST_CHARACTERS], note.strip()[:MOST_WORDS]
        point.saved_at, point.saved_by = at, actor.reference
        point.save()


def _declared(document: Document, law: ChecklistPoint, line: int | None) -> str:
    """What is declared of a point: of the line where it differs, or of the whole declaration."""
    named = next((one for one in document.lines if one.number == line), None)
    of_line = declared_of_line(named, law.finds) if named and law.shows in PER_LINE else ""
    return of_line or declared_text(document, law.shows)


def conclude_document_check(*, actor: Actor, number: str, at: datetime, note: str = "") -> Stand:
    """Conclude the open check: `differs` when any point differs or is missing, else `agrees`.

    What differs is written as coded findings, the found value apart from the declared. Raises `NotFound`, `NotAllowed`;
    `Refused` with everything that keeps it open: TQ-CTL-002, TQ-CTL-003, TQ-CTL-004, TQ-CTL-006, TQ-LIF-001.
    """
    with transaction.atomic():
        stand = locked_stand(actor=actor, number=number, permission=CHECK)
        check = _open_check(stand)
        points = list(check.points.order_by("place", "code"))
        if faults := _unfinished(stand, check, points):
            raise Refused(faults)
        differing = [point for point in points if point.outcome != "agrees"]
        check.outcome = "differs" if differing else "agrees"
        check.note, check.concluded_at, check.concluded_by = note.strip()[:MOST_WORDS], at, actor.reference
        check.save()
        findings = _findings(stand, check, differing)
        Finding.objects.bulk_create(findings)
        kinds = dict(Counter(one.kind for one in findings if one.kind != NONE))
        told = {"outcome": check.outcome, "version": check.version, "points": len(points), "differing": len(differing)}
        named = [{"code": one.code, "outcome": one.outcome, "line": one.line} for one in differing]
        return take_step(
            actor=actor,
            number=number,
            step=Step.DOCUMENTS_CHECKED,
            at=at,
            reason=check.note,
            data={**told, "check": check.id, "findings": kinds, "differences": named},
            details={**told, "findings": kinds},
        )


def _open_check(stand: Stand) -> DocumentCheck:
    found = DocumentCheck.objects.filter(declaration_id=stand.key, concluded_at__isnull=True).first()
    if found is None:
        raise Refused([Fault(code=Code.TQ_CTL_002, value=stand.number, values={"check": DOCUMENTS})])
    return found


def _law_of(stand: Stand) -> tuple[ChecklistPoint, ...]:
    return checklist_on(law_day(stand), regime=stand.regime, flow=stand.flow)


def _unfinished(stand: Stand, check: DocumentCheck, points: list[CheckPoint]) -> list[Fault]:
    """Everything that keeps a check from being concluded."""
    faults = []
    if check.version != stand.version:
        faults.append(Fault(code=Code.TQ_CTL_006, value=stand.number))
    if left := [point.code for point in points if not point.outcome]:
        values = {"count": str(len(left)), "points": ", ".join(left)}
        faults.append(Fault(code=Code.TQ_CTL_003, path=left[0], values=values))
    faults += [
        Fault(code=Code.TQ_CTL_004, path=point.code, line=point.line)
        for point in points
        if point.outcome == "differs" and not point.found
    ]
    return faults


def _findings(stand: Stand, check: DocumentCheck, differing: list[CheckPoint]) -> list[Finding]:
    """Coded rows of what differs, by the kind that the checklist gives the point; one row of none when all agrees."""
    finds = {one.code: one.finds for one in _law_of(stand)}
    coded = [point for point in differing if point.outcome == "differs" and finds.get(point.code)]
    rows = [
        Finding(kind=finds[point.code], line=point.line, declared=point.declared, found=point.found, note=point.note)
        for point in coded
    ]
    if not differing:
        rows = [Finding(kind=NONE)]
    for row in rows:
        row.declaration_id, row.version, row.check_of = stand.key, check.version, check
        row.at, row.by = check.concluded_at or check.opened_at, check.concluded_by
    return rows
