"""The steps of an audit as forms: what each asks, and the operation it starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.postaudit import operations
from thongquan.clearance.postaudit.forms import (
    AnswerForm,
    AskForm,
    DecideForm,
    Fields,
    FindForm,
    SignForm,
    TextForm,
    WithdrawForm,
    WordsForm,
)
from thongquan.clearance.postaudit.labels import VERBS, name_of_field
from thongquan.clearance.postaudit.permissions import may
from thongquan.clearance.postaudit.queries import AuditFile, Found
from thongquan.clearance.postaudit.states import STEPS, State, Step
from thongquan.clearance.postaudit.views.common import language_now
from thongquan.clearance.violations.queries import acts_on
from thongquan.rules.found import HEADER_FIELDS, LINE_FIELDS

Take = Callable[..., object]
MAIN = frozenset({Step.ANSWER, Step.SIGN, Step.DECIDE_OBJECTION, Step.DECIDE_APPEAL, Step.OBJECT, Step.APPEAL})
"""Steps that somebody waits for: their form stands open."""


@dataclass(frozen=True)
class Spec:
    """A form and the operation that takes its values by the same names; `rename` where a name differs."""

    form: type[Fields]
    operation: Take
    rename: tuple[tuple[str, str], ...] = ()


SPECS: dict[Step, Spec] = {
    Step.PLAN: Spec(TextForm, operations.plan_audit, (("text", "plan"),)),
    Step.ASK: Spec(AskForm, operations.ask_declarant),
    Step.ANSWER: Spec(AnswerForm, operations.answer_request),
    Step.FIND: Spec(FindForm, operations.record_finding),
    Step.WITHDRAW: Spec(WithdrawForm, operations.withdraw_finding),
    Step.RECALCULATE: Spec(Fields, operations.recalculate),
    Step.PROPOSE: Spec(TextForm, operations.propose_conclusion),
    Step.SIGN: Spec(SignForm, operations.sign_conclusion),
    Step.RETURN: Spec(WordsForm, operations.return_conclusion),
    Step.EXTEND: Spec(WordsForm, operations.extend_audit),
    Step.OBJECT: Spec(TextForm, operations.file_objection),
    Step.DECIDE_OBJECTION: Spec(DecideForm, operations.decide_objection),
    Step.APPEAL: Spec(TextForm, operations.file_appeal),
    Step.DECIDE_APPEAL: Spec(DecideForm, operations.decide_appeal),
    Step.NOTE: Spec(TextForm, operations.write_note),
}


@dataclass(frozen=True)
class StepForm:
    """A step that is open to the reader, as the page shows it."""

    step: Step
    label: Promise
    form: forms.Form
    main: bool


def form_of(step: Step, kept: AuditFile, data: Any = None) -> Fields:
    """The form of a step, with the choices that this case offers."""
    return SPECS[step].form(data, prefix=step.value, choices=_choices(step, kept))


def take(step: Step, form: forms.Form, *, actor: Actor, audit: int, at: datetime) -> None:
    """Start the operation of a step with the values of its form."""
    spec = SPECS[step]
    names = dict(spec.rename)
    values = {names.get(name, name): value for name, value in form.cleaned_data.items()}
    spec.operation(actor=actor, audit=audit, at=at, **values)


def open_steps(actor: Actor, kept: AuditFile, bound: dict[Step, Fields], at: datetime) -> list[StepForm]:
    """The steps that state, permission and the case itself open to the reader now."""
    state = State(kept.row.state)
    found = []
    for step in SPECS:
        rule = STEPS[step]
        allowed = may(actor, rule.who, office=kept.row.office, tax_code=kept.row.tax_code)
        if state in rule.moves and allowed and _makes_sense(step, actor, kept, at):
            form = bound.get(step) or form_of(step, kept)
            found.append(StepForm(step, VERBS[step], form, step in MAIN))
    return found


def _makes_sense(step: Step, actor: Actor, kept: AuditFile, at: datetime) -> bool:
    """What the case says against a step that state and permission would allow."""
    today, row = timezone.localdate(at), kept.row
    says_no = {
        Step.ANSWER: all(one.answered_at for one in kept.requests),
        Step.WITHDRAW: not kept.standing,
        Step.RECALCULATE: kept.recalculated or not kept.findings,
        Step.PROPOSE: bool(kept.findings) and not kept.recalculated,
        Step.SIGN: kept.proposed_by == actor.reference,
        Step.EXTEND: kept.extended_until is not None or row.place == "customs",
        Step.OBJECT: row.object_by is not None and today > row.object_by,
        Step.APPEAL: row.reply_by is not None and today > row.reply_by,
        Step.DECIDE_APPEAL: answered_by(kept, actor),
    }
    return not says_no.get(step, False)


def answered_by(kept: AuditFile, actor: Actor) -> bool:
    """Whether the actor answered the objection: then the appeal against it is somebody else's."""
    return any(one.kind == "objection" and one.answered_by == actor.reference for one in kept.objections)


def _choices(step: Step, kept: AuditFile) -> dict[str, list[tuple[str, str]]]:
    if step is Step.ANSWER:
        waiting = [one for one in kept.requests if one.answered_at is None]
        return {"request": [(str(one.id), one.text[:80]) for one in waiting]}
    if step is Step.FIND:
        fields = [*LINE_FIELDS, *HEADER_FIELDS]
        acts = acts_on(timezone.localdate(kept.row.registered_at))
        named = [(act.law.code, act.name(language_now())) for act in acts]
        return {"field": [(name, name_of_field(name)) for name in fields], "act": [("", _("None")), *named]}
    if step is Step.WITHDRAW:
        return {"finding": [(str(one.id), told(one)) for one in kept.standing]}
    if step in (Step.DECIDE_OBJECTION, Step.DECIDE_APPEAL):
        return {"withdrawn": [(str(one.id), told(one)) for one in kept.standing]}
    return {}


def told(found: Found) -> str:
    """A finding in a line."""
    place = _("Line %(line)s") % {"line": found.line} if found.line else _("Whole declaration")
    return f"{place} · {name_of_field(found.field)}: {found.declared or '–'} → {found.found or '–'}"
