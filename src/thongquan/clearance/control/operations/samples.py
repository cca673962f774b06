"""Samples for analysis and specialized inspections by other agencies, with their results.

Legal basis: Circular 14/2015/TT-BTC Art. 10-11 (two samples, kept 120 days; result within 5, complex 20 working days);
Customs Law 54/2014/QH13 Art. 35 (specialized inspection). The figures are dated rows of the law.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.declared import MOST_CHARACTERS, declared_of_line
from thongquan.clearance.control.models import Finding, Sample, SpecializedInspection
from thongquan.clearance.control.operations.acts import CHECK, change_act, open_act
from thongquan.clearance.control.operations.common import MOST_WORDS, chosen, locked_stand, tell
from thongquan.clearance.declarations.operations import take_step
from thongquan.clearance.declarations.queries import Stand, document_in_force
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.tariff.queries import current_law
from thongquan.clearance.tariff.queries.calendars import calendar_of
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

RESULTS = ("agrees", "differs")
SPECIALIZED = ("quarantine", "specialized_inspection")
SPECIALIZED_RESULTS = ("passed", "failed")


def take_samples(
    *,
    actor: Actor,
    number: str,
    line: int,
    seals: Sequence[str],
    laboratory: str,
    at: datetime,
    question: str = "",
    is_complex: bool = False,
) -> int:
    """Take samples of a line under seals and send them to a laboratory; gives the id of the set.

    Raises as `acts.save_line`; `Refused` with TQ-CTL-017 unless each sample has a seal of its own, TQ-LAW-001 when the
    law of the day has no figure.
    """
    with transaction.atomic():
        stand, inspection = open_act(actor=actor, number=number)
        day = timezone.localdate(at)
        needed, kept, due = _figures(day, is_complex=is_complex)
        given = [seal.strip()[:40] for seal in seals if seal.strip()]
        faults = _sample_faults(stand, line, given, needed)
        if faults:
            raise Refused(faults)
        sample = Sample.objects.create(
            inspection=inspection,
            line=line,
            seals=given,
            question=question.strip()[:MOST_CHARACTERS],
            laboratory=laboratory.strip()[:200],
            is_complex=is_complex,
            taken_at=at,
            taken_by=actor.reference,
            kept_until=day + timedelta(days=kept),
            due_on=calendar_of(stand.office, around=day).add_working_days(day, due),
        )
        change_act(inspection, stand, at)
        told = {"sample": sample.id, "line": line, "seals": given, "due_on": sample.due_on.isoformat()}
        tell("control.samples_taken", stand.subject, actor, at, told)
        return sample.id


def enter_sample_result(
    *, actor: Actor, number: str, sample_id: int, result: str, at: datetime, found: str = "", paper: str = ""
) -> None:
    """Enter the laboratory's result; a difference becomes a finding on the goods code, found apart from declared.

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-CTL-005, TQ-CTL-018 when no result is awaited, TQ-CTL-004 when a
    difference says not what was found.
    """
    with transaction.atomic():
        stand = locked_stand(actor=actor, number=number, permission=CHECK)
        chosen(result, RESULTS, "result")
        sample = Sample.objects.filter(id=sample_id, inspection__declaration_id=stand.key, result="").first()
        if sample is None:
            raise Refused([Fault(code=Code.TQ_CTL_018, path="sample", value=stand.number)])
        if result == "differs" and not found.strip():
            raise Refused([Fault(code=Code.TQ_CTL_004, path="found", line=sample.line)])
        sample.result, sample.found, sample.paper = result, found.strip()[:MOST_CHARACTERS], paper.strip()[:60]
        sample.result_at, sample.result_by = at, actor.reference
        sample.save()
        if result == "differs":
            _note_difference(stand, sample, at)
        told = {"sample": sample.id, "line": sample.line, "result": result}
        tell("control.sample_analyzed", stand.subject, actor, at, told)


def request_specialized(
    *, actor: Actor, number: str, kind: str, agency: str, at: datetime, code: str = "", lines: Sequence[int] = ()
) -> Stand:
    """Ask another agency for a specialized inspection of some lines, of all when none are named.

    `kind` and `code` are those of the condition on the goods. Raises `NotFound`, `NotAllowed`; `Refused` with
    TQ-CTL-005, TQ-CTL-014, TQ-CTL-019 when the same was asked and is awaited, TQ-LIF-001.
    """
    with transaction.atomic():
        stand = locked_stand(actor=actor, number=number, permission=CHECK)
        chosen(kind, SPECIALIZED, "kind")
        code = code.strip()[:24]
        if faults := [fault for line in lines for fault in _line_faults(stand, line)]:
            raise Refused(faults)
        asked = SpecializedInspection.objects.filter(declaration_id=stand.key, kind=kind, code=code)
        if asked.filter(result_at__isnull=True).exists():
            raise Refused([Fault(code=Code.TQ_CTL_019, path="kind", value=stand.number)])
        SpecializedInspection.objects.create(
            declaration_id=stand.key,
            kind=kind,
            code=code,
            agency=agency.strip()[:200],
            lines=sorted(set(lines)),
            requested_at=at,
            requested_by=actor.reference,
        )
        told = {"kind": kind, "code": code, "lines": sorted(set(lines))}
        data = {**told, "agency": agency.strip()[:200]}
        return take_step(actor=actor, number=number, step=Step.REQUEST_SPECIALIZED, at=at, data=data, details=told)


def enter_specialized_result(
    *, actor: Actor, number: str, kind: str, result: str, at: datetime, code: str = "", paper: str = "", note: str = ""
) -> Stand:
    """Enter the result of a specialized inspection: `passed` or `failed`, with the number of its paper.

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-CTL-005, TQ-CTL-018 when no such result is awaited, TQ-LIF-001.
    """
    with transaction.atomic():
        stand = locked_stand(actor=actor, number=number, permission=CHECK)
        chosen(kind, SPECIALIZED, "kind")
        chosen(result, SPECIALIZED_RESULTS, "result")
        rows = SpecializedInspection.objects.filter(declaration_id=stand.key, kind=kind, code=code.strip())
        row = rows.filter(result_at__isnull=True).first()
        if row is None:
            raise Refused([Fault(code=Code.TQ_CTL_018, path="kind", value=stand.number)])
        row.result, row.paper, row.note = result, paper.strip()[:60], note.strip()[:MOST_WORDS]
        row.result_at, row.result_by = at, actor.reference
        row.save()
        told = {"kind": kind, "code": row.code, "result": result, "lines": row.lines}
        return take_step(
            actor=actor,
            number=number,
            step=Step.SPECIALIZED_RESULT,
            at=at,
            reason=row.note,
            data={**told, "paper": row.paper},
            details=told,
        )


def _figures(on: date, *, is_complex: bool) -> tuple[int, int, int]:
    """How many samples, for how many days they are kept, and within how many working days the result is due."""
    due = "analysis_notice_complex_days" if is_complex else "analysis_notice_days"
    names = ("samples_taken", "sample_keep_days", due)
    found = {name: current_law().parameter(name, on) for name in names}
    if missing := [name for name, one in found.items() if one is None]:
        values = {"name": missing[0], "on": on.isoformat()}
        raise Refused([Fault(code=Code.TQ_LAW_001, values=values)])
    samples, kept, days = (int(one.value) for one in found.values() if one is not None)
    return samples, kept, days


def _sample_faults(stand: Stand, line: int, seals: list[str], needed: int) -> list[Fault]:
    faults = _line_faults(stand, line)
    if len(seals) != needed or len(set(seals)) != needed:
        faults.append(Fault(code=Code.TQ_CTL_017, path="seals", values={"needed": str(needed)}))
    return faults


def _line_faults(stand: Stand, line: int) -> list[Fault]:
    if line in {one.number for one in document_in_force(stand.number).lines}:
        return []
    return [Fault(code=Code.TQ_CTL_014, path="line", value=stand.number, values={"line": str(line)})]


def _note_difference(stand: Stand, sample: Sample, at: datetime) -> None:
    line = next((one for one in document_in_force(stand.number).lines if one.number == sample.line), None)
    Finding.objects.create(
        declaration_id=stand.key,
        version=stand.version,
        inspection=sample.inspection,
        line=sample.line,
        kind="code",
        declared=declared_of_line(line, "code") if line else "",
        found=sample.found,
        note=sample.paper,
        at=at,
        by=sample.result_by,
    )
