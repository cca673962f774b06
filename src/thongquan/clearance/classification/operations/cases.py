"""Cases: goods that hang together by findings, kept together as findings come; and what is made of a case.

What a case becomes is told to the rooms that do it: declarations instruct, audits are opened, and both write on the
case what came of it (`note_on_case`). A code that is asked for is a request of this room (`case_requests`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec
from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.classification.models import Case, CaseStep, Finding, Member
from thongquan.clearance.classification.operations.case_requests import ask_for_code, move_requests, withdraw_requests
from thongquan.clearance.classification.permissions import check_may
from thongquan.clearance.classification.queries.cases import case_standing, in_scope, lines_in_doubt, subject_of_case
from thongquan.clearance.classification.subjects import subject_of
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

MOST_WORDS = 2_000
BECOMES = ("instruction", "ruling", "audit", "notice", "nothing")
"""An instruction to the declarants, a request for a ruling, an audit, a published notice; or nothing is done."""
_ON_LINES = frozenset({"instruction", "audit"})
_ASKS_FOR_CODE = frozenset({"ruling", "notice"})


def join_case(finding: Finding, *, at: datetime) -> Case:
    """Put a finding into the case of its goods. Cases that it connects become one, the oldest; a closed case opens."""
    goods = [one for one in dict.fromkeys((finding.line.goods_id, finding.partner.goods_id)) if one is not None]
    kept = {one.goods_id: one.case for one in Member.objects.filter(goods__in=goods).select_related("case")}
    cases = sorted({case.pk: case for case in kept.values()}.values(), key=lambda case: case.pk)
    case = cases[0] if cases else Case.objects.create(office=finding.office, opened_at=at)
    for other in cases[1:]:
        _merge(other, case)
        move_requests(other, case, at=at)
    Member.objects.bulk_create([Member(goods_id=one, case=case) for one in goods if one not in kept])
    case.codes = sorted({*case.codes, finding.code, finding.other_code, *(one for old in cases for one in old.codes)})
    case.state, case.became = "open", ""
    case.save(update_fields=["codes", "state", "became"])
    finding.case = case
    finding.save(update_fields=["case"])
    return case


def _merge(other: Case, case: Case) -> None:
    Member.objects.filter(case=other).update(case=case)
    Finding.objects.filter(case=other).update(case=case)
    CaseStep.objects.filter(case=other).update(case=case)
    other.state, other.merged_into = "merged", case
    other.save(update_fields=["state", "merged_into"])


def close_case(*, actor: Actor, case: int, becomes: str, words: str, at: datetime) -> None:
    """Make something of a case, with the words for those who go on with it, and close it.

    Raises `NotFound` outside the actor's scope, `NotAllowed`, and `Refused` with everything that is missing: TQ-CLS-001
    for a case that is not open, TQ-CLS-002 for what a case cannot become, TQ-CLS-003 without words, TQ-CLS-008 where
    no line of it has a doubtful code.
    """
    with transaction.atomic():
        row = in_scope(actor).select_for_update(of=("self",)).filter(pk=case).first()
        if row is None:
            raise NotFound(str(case))
        check_may(actor, "classification.lead", office=row.office)
        told = storable(words).strip()[:MOST_WORDS]
        lines = lines_in_doubt(row)
        if faults := _faults(row, becomes, told, any_line=bool(lines)):
            raise Refused(faults)
        row.state, row.became = "closed", becomes
        row.save(update_fields=["state", "became"])
        data = {"declarations": _declarations(row), "codes": row.codes}
        CaseStep.objects.create(case=row, step=becomes, words=told, data=data, at=at, by=actor.reference)
        if becomes in _ASKS_FOR_CODE:
            ask_for_code(row, kind=becomes, actor=actor, words=told, at=at)
        on_lines = msgspec.to_builtins(lines) if becomes in _ON_LINES else []
        told_on = {**data, "office": row.office, "lines": on_lines}
        _tell(row, f"classification.case_{becomes}", actor, told_on, told, at)


def reopen_case(*, actor: Actor, case: int, words: str, at: datetime) -> None:
    """Open a closed case again. Raises as `close_case`, and TQ-CLS-004 for one that is not closed."""
    with transaction.atomic():
        row = in_scope(actor).select_for_update(of=("self",)).filter(pk=case).first()
        if row is None:
            raise NotFound(str(case))
        check_may(actor, "classification.lead", office=row.office)
        if row.state != "closed":
            raise Refused([Fault(code=Code.TQ_CLS_004, path="case", value=str(case))])
        row.state, row.became = "open", ""
        row.save(update_fields=["state", "became"])
        told = storable(words).strip()[:MOST_WORDS]
        CaseStep.objects.create(case=row, step="reopen", words=told, at=at, by=actor.reference)
        withdraw_requests(row, by=actor.reference, at=at)
        _tell(row, "classification.case_reopened", actor, {"office": row.office}, told, at)


def note_on_case(*, case: int, step: str, data: Mapping[str, object], once: str, by: str, at: datetime) -> None:
    """Write on a case what another room did with it: instructed, audited, not_done or handed_on.

    `data` names the declaration, its office and what was made of it. Written for `case_work` alone, which keeps to
    the rights of who closed the case.
    """
    row = case_standing(case)
    if row is None:
        return
    CaseStep.objects.create(case=row, step=step, data={**data, "once": once}, at=at, by=by)
    kind, subject = f"classification.case_{step}", subject_of_case(row.pk)
    record(action=kind, subject=subject, actor=by, at=at, details=data)
    announce(kind=kind, subject=subject, payload={**data, "case": row.pk, "actor": by}, at=at)


def _faults(row: Case, becomes: str, words: str, *, any_line: bool) -> list[Fault]:
    faults = []
    if row.state != "open":
        faults.append(Fault(code=Code.TQ_CLS_001, path="case", value=str(row.pk)))
    if becomes not in BECOMES:
        faults.append(Fault(code=Code.TQ_CLS_002, path="becomes", value=becomes[:40]))
    if not words:
        faults.append(Fault(code=Code.TQ_CLS_003, path="words"))
    if becomes in _ON_LINES and not any_line:
        faults.append(Fault(code=Code.TQ_CLS_008, path="becomes", value=str(row.pk)))
    return faults


def _declarations(row: Case) -> list[str]:
    """The declarations of its open and judged findings, by their typed references."""
    keys = row.findings.filter(closed=False).order_by("declaration").values_list("declaration", flat=True).distinct()
    return [subject_of(key) for key in keys]


def _tell(row: Case, kind: str, actor: Actor, details: Mapping[str, object], words: str, at: datetime) -> None:
    subject = subject_of_case(row.pk)
    record(action=kind, subject=subject, actor=actor.reference, at=at, details=details)
    announce(
        kind=kind, subject=subject, payload={**details, "case": row.pk, "words": words, "actor": actor.reference}, at=at
    )
