"""The steps of a verification that state, permission and the case itself open to the reader, each with its form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse

from thongquan.base.accounts.queries import Actor
from thongquan.base.web.steps import StepForm
from thongquan.clearance.origin import operations
from thongquan.clearance.origin.forms import verification as given
from thongquan.clearance.origin.permissions import may
from thongquan.clearance.origin.queries import VerificationFile
from thongquan.clearance.origin.verification_labels import LETTERS, OUTCOMES, VERBS
from thongquan.clearance.origin.verification_states import CASE_STEPS, CaseState, CaseStep
from thongquan.rules.origin.verifying import OUTCOMES as FOLLOWS

REPORTS = (CaseStep.REPORT_DUE, CaseStep.REPORT)
MAIN = {CaseStep.ANSWER, CaseStep.SIGN}
"""Steps that somebody waits for: their form stands open."""


@dataclass(frozen=True)
class Spec:
    """A form and the operation that takes its values by the same names, `more` beside them."""

    form: type[given.CaseForm]
    operation: Callable[..., object]
    more: tuple[tuple[str, str], ...] = ()


SPECS: dict[CaseStep, Spec] = {
    CaseStep.ANSWER: Spec(given.AnswerForm, operations.answer_question),
    CaseStep.SIGN: Spec(given.SignForm, operations.sign_letter),
    CaseStep.EXPLAIN: Spec(given.AskForm, operations.ask_explanation),
    CaseStep.DOCUMENTS: Spec(given.AskForm, operations.ask_documents),
    CaseStep.REQUEST: Spec(given.LetterForm, operations.write_letter, (("kind", "request"),)),
    CaseStep.REMIND: Spec(given.LetterForm, operations.write_letter, (("kind", "reminder"),)),
    CaseStep.VISIT: Spec(given.LetterForm, operations.write_letter, (("kind", "visit"),)),
    CaseStep.CONSENT: Spec(given.ConsentForm, operations.record_consent),
    CaseStep.RECORD: Spec(given.RecordForm, operations.record_answer),
    CaseStep.REPORT_DUE: Spec(given.AskForm, operations.start_report),
    CaseStep.REPORT: Spec(given.ReportForm, operations.record_report),
    CaseStep.NOTE: Spec(given.AskForm, operations.write_note),
    CaseStep.CLOSE: Spec(given.CloseForm, operations.close_verification),
}


def form_of(step: CaseStep, kept: VerificationFile, data: Any = None) -> given.CaseForm:
    """The form of a step, with the choices that this case offers."""
    initial = {"addressee": kept.row.issuer} if SPECS[step].form is given.LetterForm else None
    return SPECS[step].form(data, prefix=step.value, choices=_choices(step, kept), initial=initial)


def take_step(step: CaseStep, form: forms.Form, *, actor: Actor, verification: int, at: datetime) -> None:
    """Start the operation of a step with the values of its form."""
    spec = SPECS[step]
    spec.operation(actor=actor, verification=verification, at=at, **form.cleaned_data, **dict(spec.more))


def open_steps(actor: Actor, kept: VerificationFile, bound: dict[CaseStep, given.CaseForm]) -> list[StepForm]:
    """The steps that are open to the reader now."""
    row, state = kept.row, CaseState(kept.row.state)
    return [
        StepForm(
            VERBS[step],
            reverse("origin:verification_step", args=[row.id, step.value]),
            bound.get(step) or form_of(step, kept),
            step in MAIN,
        )
        for step in SPECS
        if state in CASE_STEPS[step].moves
        and may(actor, CASE_STEPS[step].who, office=row.office, tax_code=row.tax_code)
        and _makes_sense(step, kept, actor)
    ]


def _makes_sense(step: CaseStep, kept: VerificationFile, actor: Actor) -> bool:
    """What the case says against a step that state and permission would allow."""
    sent = {one.kind for one in kept.letters if one.signed_at}
    answered = sum(one.step == CaseStep.CONSENT for one in kept.events)
    proposed = sum(one.kind == "visit" and one.signed_at is not None for one in kept.letters)
    due = next((one.step for one in kept.events if one.step in REPORTS), "") == CaseStep.REPORT_DUE
    says_no = {
        CaseStep.ANSWER: all(one.answered_at for one in kept.questions),
        CaseStep.SIGN: not _unsigned(kept, actor),
        CaseStep.REMIND: "request" not in sent,
        CaseStep.CONSENT: proposed <= answered,
        CaseStep.RECORD: "request" not in sent,
        CaseStep.REPORT_DUE: due,
        CaseStep.REPORT: not due,
    }
    return not says_no.get(step, False)


def _unsigned(kept: VerificationFile, actor: Actor) -> list[tuple[str, str]]:
    """Letters that wait for the signature of somebody who did not write them."""
    return [
        (str(one.id), f"{one.number} · {LETTERS[one.kind]}")
        for one in kept.letters
        if one.signed_at is None and one.made_by != actor.reference
    ]


def _choices(step: CaseStep, kept: VerificationFile) -> dict[str, list[tuple[str, str]]]:
    if step is CaseStep.ANSWER:
        waiting = [one for one in kept.questions if one.answered_at is None]
        return {"question": [(str(one.number), one.words[:80]) for one in waiting]}
    if step is CaseStep.SIGN:
        waits = [one for one in kept.letters if one.signed_at is None]
        return {"letter": [(str(one.id), f"{one.number} · {LETTERS[one.kind]}") for one in waits]}
    if step is CaseStep.CLOSE:
        lines = [(f"{one.id}:{line}", f"{one.number}, {line}") for one in kept.certificates for line in one.lines]
        follows = FOLLOWS.get(kept.row.answer)
        return {
            "outcome": [(key, str(word)) for key, word in OUTCOMES.items() if key and (not follows or key == follows)],
            "lines": lines if follows in (None, "partly") else [],
        }
    return {}
