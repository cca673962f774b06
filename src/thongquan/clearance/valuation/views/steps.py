"""The steps of a consultation as forms: what each asks, and the operation it starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.valuation.forms.steps import (
    AnswerForm,
    AskForm,
    Fields,
    ProposeForm,
    RemarkForm,
    TextForm,
    WithdrawForm,
    WordsForm,
)
from thongquan.clearance.valuation.labels import METHODS, VERBS
from thongquan.clearance.valuation.operations import asking, deciding, determining
from thongquan.clearance.valuation.permissions import may
from thongquan.clearance.valuation.queries.consultations import ConsultationFile
from thongquan.clearance.valuation.states import STEPS, State, Step

MAIN = frozenset({Step.ANSWER, Step.DECIDE})
"""Steps that somebody waits for: their form stands open."""


@dataclass(frozen=True)
class Spec:
    """A form and the operation that takes its values by the same names."""

    form: type[Fields]
    operation: Callable[..., object]


@dataclass(frozen=True)
class StepForm:
    """A step that is open to the reader, as the page shows it."""

    step: Step
    label: Promise
    form: forms.Form
    main: bool


SPECS: dict[Step, Spec] = {
    Step.ANSWER: Spec(AnswerForm, asking.answer_question),
    Step.DECIDE: Spec(RemarkForm, deciding.decide_outcome),
    Step.RETURN: Spec(WordsForm, deciding.return_outcome),
    Step.ASK: Spec(AskForm, asking.ask_declarant),
    Step.WITHDRAW: Spec(WithdrawForm, determining.withdraw_value),
    Step.PROPOSE: Spec(ProposeForm, deciding.propose_outcome),
    Step.NOTE: Spec(TextForm, asking.write_note),
}


def form_of(step: Step, kept: ConsultationFile, data: Any = None) -> Fields:
    """The form of a step, with the choices that this case offers."""
    return SPECS[step].form(data, prefix=step.value, choices=_choices(step, kept))


def take(step: Step, form: forms.Form, *, actor: Actor, consultation: int, at: datetime) -> None:
    """Start the operation of a step with the values of its form."""
    SPECS[step].operation(actor=actor, consultation=consultation, at=at, **form.cleaned_data)


def open_steps(actor: Actor, kept: ConsultationFile, bound: dict[Step, Fields]) -> list[StepForm]:
    """The steps that state, permission and the case itself open to the reader now."""
    found = []
    for step in SPECS:
        if is_open(step, actor, kept):
            form = bound.get(step) or form_of(step, kept)
            found.append(StepForm(step, VERBS[step], form, step in MAIN))
    return found


def is_open(step: Step, actor: Actor, kept: ConsultationFile) -> bool:
    """Whether the state and the case allow the step, and the actor may take it."""
    rule, row = STEPS[step], kept.row
    if State(row.state) not in rule.moves or not may(actor, rule.who, office=row.office, tax_code=row.tax_code):
        return False
    says_no = {
        Step.ANSWER: all(one.answered_at for one in kept.questions),
        Step.WITHDRAW: not kept.standing,
        Step.DECIDE: kept.proposed_by == actor.reference,
    }
    return not says_no.get(step, False)


def _choices(step: Step, kept: ConsultationFile) -> dict[str, list[tuple[str, str]]]:
    if step is Step.ANSWER:
        return {"question": [(str(one.id), one.text[:80]) for one in kept.questions if one.answered_at is None]}
    if step is Step.WITHDRAW:
        return {"determination": [(str(one.id), f"{one.line} · {METHODS[one.method]}") for one in kept.standing]}
    return {}
