"""Workbooks of descriptions: taken in whole or refused whole, answered in the background, dropped after a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from procrastinate.contrib.django import app

from thongquan.base.accounts.queries import Actor
from thongquan.base.ledger.operations import record
from thongquan.clearance.classification.formats.suggest_excel import Answer, read_descriptions
from thongquan.clearance.classification.models import SuggestionSheet
from thongquan.clearance.classification.queries.suggesting import THRESHOLD, check_may_ask, vague_of_day
from thongquan.clearance.classification.queries.suggesting_models import InForce, model_in_force
from thongquan.clearance.classification.suggesting_labels import NO_MODEL, QUESTIONS, UNSURE
from thongquan.clearance.classification.suggesting_states import SheetState
from thongquan.learning.suggest import Suggestion, suggested_at

TASK = "thongquan.clearance.classification.suggesting_tasks.answer_sheet"
KEPT = timedelta(days=1)
_BATCH = 50


def send_sheet(*, actor: Actor, data: bytes, name: str, language: str, at: datetime) -> int:
    """Take a workbook in and queue its answers; gives its number.

    Raises `NotAllowed`; `Refused` with every fault of the workbook (`read_descriptions`).
    """
    check_may_ask(actor)
    rows = read_descriptions(data)
    with transaction.atomic():
        sheet = SuggestionSheet.objects.create(
            name=name[:200],
            sent_by=actor.reference,
            sent_at=at,
            language=language,
            rows=rows,
            total=len(rows),
            state=SheetState.WAITING,
        )
        subject = f"suggestion_sheet:{sheet.pk}"
        record(action="suggestion.asked", subject=subject, actor=actor.reference, at=at, details={"rows": len(rows)})
        app.configure_task(TASK).defer(sheet=sheet.pk)
    return int(sheet.pk)


def answer_sheet(*, sheet: int, at: datetime) -> None:
    """Answer the rows that have no answer yet, a few at a time, so that whoever waits sees how far it is."""
    row = SuggestionSheet.objects.filter(pk=sheet, state=SheetState.WAITING).first()
    if row is None:
        return
    on = localdate(at)
    with translation.override(row.language):
        while row.done < row.total:
            part = row.rows[row.done : row.done + _BATCH]
            row.answers += [_answer(model_in_force(), text, on) for _number, text in part]
            row.done = len(row.answers)
            row.save(update_fields=["answers", "done"])
    row.state = SheetState.DONE
    row.save(update_fields=["state"])


def _answer(force: InForce | None, text: str, on: date) -> Answer:
    if force is None:
        return Answer([], [], str(NO_MODEL))
    found = suggested_at(force.model, text, (6, 8), threshold=THRESHOLD, vague=vague_of_day(on))
    six = found[6]
    if six.refusal is not None:
        return Answer([], [], str(QUESTIONS[six.refusal]))
    return Answer(_sure(six), _sure(found[8])[:1], str(UNSURE) if six.abstains else "")


def _sure(found: Suggestion) -> list[tuple[str, float]]:
    return [(one.code, round(one.sureness or 0.0, 3)) for one in found.candidates]


def drop_old_sheets(*, at: datetime) -> int:
    """Drop what was sent more than a day ago; gives how many."""
    return int(SuggestionSheet.objects.filter(sent_at__lt=at - KEPT).delete()[0])
