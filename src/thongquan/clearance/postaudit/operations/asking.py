"""Requests to the declarant with their days, the answers, and notes that stay with the office."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.postaudit.models import Request
from thongquan.clearance.postaudit.operations.steps import check_words, locked, missing_words, take
from thongquan.clearance.postaudit.states import Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def ask_declarant(*, actor: Actor, audit: int, text: str, due_on: date, at: datetime) -> int:
    """Ask the declarant for papers or an explanation by a day; gives the request's identity.

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-AUD-002, -004, -011.
    """
    with transaction.atomic():
        row = locked(actor, audit, Step.ASK)
        faults = missing_words(text=text)
        if due_on < timezone.localdate(at):
            faults.append(Fault(code=Code.TQ_AUD_011, path="due_on", value=due_on.isoformat()))
        if faults:
            raise Refused(faults)
        asked = Request.objects.create(
            audit=row, text=text.strip(), asked_at=at, asked_by=actor.reference, due_on=due_on
        )
        data = {"request": asked.id, "due_on": due_on.isoformat()}
        take(row, Step.ASK, actor, at, words=text, data=data, details=data)
        return asked.id


def answer_request(*, actor: Actor, audit: int, request: int, text: str, at: datetime) -> None:
    """Answer a request, as the trader or its broker; an answer is given once. Late answers are kept as late.

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-AUD-002, -004.
    """
    with transaction.atomic():
        row = locked(actor, audit, Step.ANSWER)
        asked = row.requests.filter(id=request, answered_at=None).first()
        if asked is None:
            raise NotFound(str(request))
        check_words(text=text)
        asked.answer, asked.answered_at, asked.answered_by = text.strip(), at, actor.reference
        asked.save(update_fields=["answer", "answered_at", "answered_by"])
        data = {"request": asked.id, "late": timezone.localdate(at) > asked.due_on}
        take(row, Step.ANSWER, actor, at, words=text, data=data, details=data)


def write_note(*, actor: Actor, audit: int, text: str, at: datetime) -> None:
    """Keep a note for the office. Raises `NotFound`, `NotAllowed`; `Refused` with TQ-AUD-004."""
    with transaction.atomic():
        row = locked(actor, audit, Step.NOTE)
        check_words(text=text)
        take(row, Step.NOTE, actor, at, words=text)
