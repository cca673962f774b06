"""The authority's answer, the end of a case with its consequence, and what followed for each that used a certificate.

Legal basis: Circular 33/2023/TT-BTC Art. 15 (acceptance, refusal), 19 (no answer within 180 days: refused).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from thongquan.base.accounts.permissions import is_program
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.clearance.origin.models import Certificate, Consequence, Item, Verification
from thongquan.clearance.origin.operations.steps import needed_words, take
from thongquan.clearance.origin.operations.verifying_letters import is_sent
from thongquan.clearance.origin.operations.verifying_steps import closed_to, happened, locked_case, take_case
from thongquan.clearance.origin.queries import paper_of
from thongquan.clearance.origin.queries.verification import clocks_of_case, subjects_of_case
from thongquan.clearance.origin.queries.verification_values import case_number
from thongquan.clearance.origin.states import STEPS, State, Step
from thongquan.clearance.origin.verification_states import CaseState, CaseStep
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.origin.verifying import OUTCOMES

Lines = Mapping[int, Sequence[int]]


def record_answer(*, actor: Actor, verification: int, answer: str, words: str, at: datetime) -> None:
    """Record the authority's answer: genuine, not_genuine, no_answer, criterion, partly.

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-ORI-055, -090 (no signed request), -093 (no answer, but the time
    is not over), -095 (no such answer).
    """
    with transaction.atomic():
        row = locked_case(actor, verification, CaseStep.RECORD)
        if not is_sent(row):
            raise Refused([closed_to(row, CaseStep.RECORD)])
        if answer not in OUTCOMES:
            raise Refused([Fault(code=Code.TQ_ORI_095, path="answer", value=answer[:20])])
        if answer == "no_answer":
            _check_time_is_over(row, at)
        row.answer = answer
        take_case(
            row,
            CaseStep.RECORD,
            actor,
            at,
            words=needed_words(words),
            data={"answer": answer},
            changed=("answer",),
        )


def _check_time_is_over(row: Verification, at: datetime) -> None:
    """TQ-ORI-093 before the whole time of the verification is over."""
    whole = next((one for one in clocks_of_case(row) if one.name == "total"), None)
    if whole is None or at <= whole.due_at:
        until = timezone.localdate(whole.due_at).isoformat() if whole else ""
        raise Refused([Fault(code=Code.TQ_ORI_093, path="answer", value=until)])


def close_verification(
    *, actor: Actor, verification: int, outcome: str, words: str, at: datetime, lines: Lines | None = None
) -> None:
    """End a case: accepted, refused, or partly with the refused lines by certificate; tells all who used them.

    After an answer the outcome is the one that follows from it; before a request customs decides by what the trader
    explained. Raises `NotFound`, `NotAllowed`; `Refused` with TQ-ORI-055, -090 (still waiting for the authority),
    -095, -096.
    """
    with transaction.atomic():
        row = locked_case(actor, verification, CaseStep.CLOSE)
        certificates = _locked(row)
        refused = _checked_lines(row, certificates, outcome, lines or {})
        told = needed_words(words)
        subjects = subjects_of_case(row, refused if outcome == "partly" else None)
        for one in certificates:
            _decide(one, outcome, refused.get(one.pk, ()), actor, at, case_number(row.pk))
        for link in row.certificates.all():
            link.is_open, link.refused = False, sorted(refused.get(link.certificate_id, ()))
            link.save(update_fields=["is_open", "refused"])
        row.state, row.outcome, row.closed_at, row.closed_by = CaseState.CLOSED, outcome, at, actor.reference
        row.save(update_fields=["state", "outcome", "closed_at", "closed_by"])
        data = {"outcome": outcome, "why": row.why, "answer": row.answer}
        happened(
            row, CaseStep.CLOSE, actor, at, words=told, data=data, payload=_told(row, certificates, refused, subjects)
        )


def _told(
    row: Verification,
    certificates: Sequence[Certificate],
    refused: Lines,
    subjects: Mapping[str, Mapping[str, list[int]]],
) -> dict[str, object]:
    """What the message says beyond the ledger: whose certificates, which of them were wrong, who used them."""
    return {
        **{name: getattr(row, name) for name in ("tax_code", "country", "issuer", "exporter")},
        "certificates": [
            {"number": one.number, "wrong": row.outcome == "refused" or bool(refused.get(one.pk))}
            for one in certificates
        ],
        "subjects": subjects,
    }


def _locked(row: Verification) -> list[Certificate]:
    keys = row.certificates.values_list("certificate_id", flat=True)
    return list(Certificate.objects.select_for_update().filter(id__in=list(keys)).order_by("id"))


def _checked_lines(
    row: Verification, certificates: list[Certificate], outcome: str, lines: Lines
) -> dict[int, tuple[int, ...]]:
    """The refused lines by certificate. Raises `Refused` with TQ-ORI-095, -096."""
    follows = OUTCOMES[row.answer] if row.answer else ""
    if outcome not in OUTCOMES.values() or (follows and outcome != follows):
        raise Refused([Fault(code=Code.TQ_ORI_095, path="outcome", value=outcome[:20])])
    if outcome != "partly":
        return {}
    given = {key: tuple(sorted(set(numbers))) for key, numbers in lines.items() if numbers}
    known = {one.pk: {line.number for line in paper_of(one).lines} for one in certificates}
    wrong = [f"{key}:{line}" for key, numbers in given.items() for line in numbers if line not in known.get(key, ())]
    every = all(set(given.get(key, ())) == numbers for key, numbers in known.items())
    if wrong or not given or every:
        raise Refused([Fault(code=Code.TQ_ORI_096, path="lines", value=", ".join(wrong)[:80] or "–")])
    return given


def _decide(row: Certificate, outcome: str, refused: Sequence[int], actor: Actor, at: datetime, case: str) -> None:
    """The certificate as the case leaves it; one that was never doubted stays as it stands when it is genuine."""
    everything = outcome == "refused" or len(refused) == len(paper_of(row).lines)
    if refused:
        lines = Item.objects.filter(certificate=row, number__in=list(refused))
        lines.update(is_refused=True, quantity=F("used"))  # nothing is left, whichever way it is asked for
    step = Step.REFUSE if everything else Step.ACCEPT
    if State(row.state) in STEPS[step].moves and (everything or row.state == State.DOUBTED):
        take(row, step, actor, at, words=case)


def note_consequence(
    *, actor: Actor, verification: int, subject: str, what: str, at: datetime, details: Mapping[str, object]
) -> bool:
    """What followed for one that used a certificate of a closed case; written once, again changes nothing.

    For the program alone. Gives whether it was new. Raises `NotAllowed`.
    """
    if not is_program(actor):
        raise NotAllowed("origin.consequence")
    _, made = Consequence.objects.get_or_create(
        verification_id=verification, subject=subject, defaults={"what": what, "details": dict(details), "at": at}
    )
    return made
