"""Cases: a question to an officer, the answer, and an end by two persons with its ground."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.ledger.operations import record
from thongquan.base.notices.operations import notify
from thongquan.clearance.integrity.models import Case, CaseEvent, Signal
from thongquan.clearance.integrity.permissions import check_controls, may_answer
from thongquan.clearance.integrity.states import ENDS, STEPS, State, Step
from thongquan.clearance.integrity.words import ASKED, ENDED
from thongquan.clearance.revenue.queries.law import number_of_law
from thongquan.clearance.tariff.queries.calendars import calendar_of
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

MOST_WORDS = 8_000
THE_OFFICER = "integrity:officer"
"""How the ledger calls the officer who was asked: who it is stays in the case."""


def ask_officer(*, actor: Actor, signal: int, question: str, at: datetime) -> int:
    """Ask the officer a signal is about; gives the case. The officer is told, and answers first.

    Raises `NotAllowed`, `NotFound`; `Refused` with all of TQ-ITG-002, -004, or with -005.
    """
    offices = check_controls(actor)
    with transaction.atomic():
        row = Signal.objects.filter(pk=signal, office__in=offices).first()
        if row is None:
            raise NotFound(str(signal))
        faults = _words_faults("question", question)
        if row.officer == actor.reference:
            faults.append(Fault(code=Code.TQ_ITG_004, path="actor"))
        if faults:
            raise Refused(faults)
        case = _made(row, actor, question, at)
        _happened(case, Step.ASK, actor, at, question)
        notify(to=[case.officer], kind=ASKED, subject=_subject(case), values={}, at=at)
        return case.pk


def answer_case(*, actor: Actor, case: int, answer: str, at: datetime) -> None:
    """Answer as the officer who was asked, once. Raises `NotFound` for everybody else; `Refused` with -001, -002."""
    with transaction.atomic():
        row = Case.objects.select_for_update().filter(pk=case).first()
        if row is None or not may_answer(actor, row.officer):
            raise NotFound(str(case))
        _check_state(row, Step.ANSWER)
        _check_words("answer", answer)
        row.answer, row.answered_at = _kept(answer), at
        _move(row, Step.ANSWER, actor, at, answer, "answer", "answered_at")


def propose_end(*, actor: Actor, case: int, end: str, ground: str, at: datetime) -> None:
    """Propose how the case ends: `explained`, `measures` or `passed_on`, on which ground.

    Before the officer answered only once the day of the answer is over. Raises `NotAllowed`, `NotFound`; `Refused` with
    TQ-ITG-001, or all of -002, -004.
    """
    with transaction.atomic():
        row = _locked(actor, case, Step.PROPOSE)
        if row.state == State.ASKED and timezone.localdate(at) <= row.due_on:
            raise Refused([Fault(code=Code.TQ_ITG_001, path="state")])
        faults = _words_faults("ground", ground)
        if end not in ENDS:
            faults.append(Fault(code=Code.TQ_ITG_002, path="end"))
        if faults:
            raise Refused(faults)
        row.end, row.ground, row.proposed_by = end, _kept(ground), actor.reference
        _move(row, Step.PROPOSE, actor, at, ground, "end", "ground", "proposed_by")


def return_end(*, actor: Actor, case: int, words: str, at: datetime) -> None:
    """Give a proposed end back. Raises `NotAllowed`, `NotFound`; `Refused` with TQ-ITG-001, -002."""
    with transaction.atomic():
        row = _locked(actor, case, Step.RETURN)
        _check_words("words", words)
        row.end, row.ground, row.proposed_by = "", "", ""
        _move(row, Step.RETURN, actor, at, words, "end", "ground", "proposed_by")


def sign_end(*, actor: Actor, case: int, at: datetime) -> None:
    """End the case as proposed, as another person; the officer is told end and ground.

    Raises `NotAllowed`, `NotFound`; `Refused` with TQ-ITG-001, -003, -004.
    """
    with transaction.atomic():
        row = _locked(actor, case, Step.SIGN)
        if row.proposed_by == actor.reference:
            raise Refused([Fault(code=Code.TQ_ITG_003, path="actor")])
        row.ended_by, row.ended_at = actor.reference, at
        _move(row, Step.SIGN, actor, at, "", "ended_by", "ended_at")
        notify(to=[row.officer], kind=ENDED, subject=_subject(row), values={}, at=at)


def _made(row: Signal, actor: Actor, question: str, at: datetime) -> Case:
    today = timezone.localdate(at)
    days = number_of_law("integrity_answer_days", today)
    try:
        with transaction.atomic():
            return Case.objects.create(
                kind=row.kind,
                office=row.office,
                officer=row.officer,
                lodger=row.lodger,
                figures={name: getattr(row, name) for name in ("part", "of", "part_all", "of_all", "looked_at")}
                | {"since": row.since.isoformat(), "on": row.on.isoformat(), "corrected": str(row.corrected)},
                state=State.ASKED,
                question=_kept(question),
                asked_by=actor.reference,
                asked_at=at,
                due_on=calendar_of(row.office, around=today).add_working_days(today, days),
            )
    except IntegrityError:
        raise Refused([Fault(code=Code.TQ_ITG_005, path="signal")]) from None


def _locked(actor: Actor, case: int, step: Step) -> Case:
    offices = check_controls(actor)
    row = Case.objects.select_for_update().filter(pk=case, office__in=offices).first()
    if row is None:
        raise NotFound(str(case))
    if row.officer == actor.reference:
        raise Refused([Fault(code=Code.TQ_ITG_004, path="actor")])
    _check_state(row, step)
    return row


def _check_state(row: Case, step: Step) -> None:
    if State(row.state) not in STEPS[step].moves:
        raise Refused([Fault(code=Code.TQ_ITG_001, path="state")])


def _move(row: Case, step: Step, actor: Actor, at: datetime, words: str, *changed: str) -> None:
    row.state = STEPS[step].moves[State(row.state)]
    row.save(update_fields=["state", *changed])
    _happened(row, step, actor, at, words)


def _happened(row: Case, step: Step, actor: Actor, at: datetime, words: str) -> None:
    """The story here; in the ledger a digest of it, and of an answer not even the person."""
    salt, kept = secrets.token_bytes(16), _kept(words)
    CaseEvent.objects.create(case=row, step=step, at=at, actor=actor.reference, words=kept, salt=salt)
    digest = hashlib.sha256(b"\x00".join((salt, actor.reference.encode(), kept.encode()))).hexdigest()
    who = THE_OFFICER if step is Step.ANSWER else actor.reference
    details = {"state": row.state, "digest": digest}
    record(action=f"integrity.{step}", subject=_subject(row), actor=who, at=at, details=details)


def _subject(row: Case) -> str:
    return f"integrity_case:{row.pk}"


def _kept(words: str) -> str:
    return storable(words).strip()[:MOST_WORDS]


def _words_faults(path: str, words: str) -> list[Fault]:
    return [] if words.strip() else [Fault(code=Code.TQ_ITG_002, path=path)]


def _check_words(path: str, words: str) -> None:
    if faults := _words_faults(path, words):
        raise Refused(faults)
