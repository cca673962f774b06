"""Questions to the declarant with their days, the answers, and notes that stay with the office."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.revenue.queries.law import number_of_law
from thongquan.clearance.tariff.queries.calendars import calendar_of
from thongquan.clearance.valuation.models import Question
from thongquan.clearance.valuation.operations.steps import check_words, happened, kept, locked, missing_words
from thongquan.clearance.valuation.states import Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def usual_answer_day(office: str, on: date) -> date:
    """The day by which a question of today is answered: working days of the office, a parameter."""
    return calendar_of(office, around=on).add_working_days(on, number_of_law("consultation_answer_days", on))


def ask_declarant(*, actor: Actor, consultation: int, text: str, at: datetime, due_on: date | None = None) -> int:
    """Ask the declarant, by a day or within the usual days; gives the question's identity.

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-CVL-001, or all of -002, -015.
    """
    with transaction.atomic():
        row, today = locked(actor, consultation, Step.ASK), timezone.localdate(at)
        faults = missing_words(text=text)
        if due_on is not None and due_on < today:
            faults.append(Fault(code=Code.TQ_CVL_015, path="due_on", value=due_on.isoformat()))
        if faults:
            raise Refused(faults)
        asked = Question.objects.create(
            consultation=row,
            text=kept(text),
            asked_at=at,
            asked_by=actor.reference,
            due_on=due_on or usual_answer_day(row.office, today),
        )
        happened(row, Step.ASK, actor, at, data={"question": asked.pk, "due_on": asked.due_on.isoformat()})
        return asked.pk


def answer_question(*, actor: Actor, consultation: int, question: int, text: str, at: datetime) -> None:
    """Answer a question as the trader or its broker, once; a late answer is kept as late.

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-CVL-001, -002.
    """
    with transaction.atomic():
        row = locked(actor, consultation, Step.ANSWER)
        asked = row.questions.filter(pk=question, answered_at=None).first()
        if asked is None:
            raise NotFound(str(question))
        check_words(text=text)
        asked.answer, asked.answered_at, asked.answered_by = kept(text), at, actor.reference
        asked.save(update_fields=["answer", "answered_at", "answered_by"])
        late = timezone.localdate(at) > asked.due_on
        happened(row, Step.ANSWER, actor, at, data={"question": asked.pk, "late": late})


def write_note(*, actor: Actor, consultation: int, text: str, at: datetime) -> None:
    """Keep a note for the office. Raises `NotFound`, `NotAllowed`; `Refused` with TQ-CVL-002."""
    with transaction.atomic():
        row = locked(actor, consultation, Step.NOTE)
        check_words(text=text)
        happened(row, Step.NOTE, actor, at, words=text)
