"""The steps of a case as forms: what each asks, and the operation it starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.risk.case_states import CASE_STEPS, CaseStep
from thongquan.clearance.risk.case_words import CASE_VERBS
from thongquan.clearance.risk.forms.cases import CloseForm, LookForm, NoteForm, OwnerForm
from thongquan.clearance.risk.operations import cases
from thongquan.clearance.risk.permissions import may, offices_for
from thongquan.clearance.risk.queries.cases import CaseFile


@dataclass(frozen=True)
class Spec:
    """The step, its form, and what takes it; `main` stands open."""

    step: CaseStep
    form: type[forms.Form]
    take: Callable[..., object]
    main: bool = False


@dataclass(frozen=True)
class StepForm:
    """A step that is open to the reader, as the page shows it."""

    name: str
    label: Promise
    form: forms.Form
    main: bool


SPECS: dict[str, Spec] = {
    "note": Spec(CaseStep.NOTE, NoteForm, cases.note_case, main=True),
    "officers": Spec(CaseStep.OFFICERS, LookForm, cases.hand_to_officers),
    "audit": Spec(CaseStep.AUDIT, LookForm, cases.propose_audit),
    "assign": Spec(CaseStep.ASSIGN, OwnerForm, cases.assign_case),
    "close": Spec(CaseStep.CLOSE, CloseForm, cases.close_case),
    "reopen": Spec(CaseStep.REOPEN, NoteForm, cases.reopen_case),
}


def form_of(name: str, kept: CaseFile, at: datetime, data: Any = None) -> forms.Form:
    """The form of a step, filled with what was sent."""
    more: dict[str, Any] = {}
    if name == "assign":
        known = cases.analysts_of(list(kept.offices), at)
        more["analysts"] = {one: said for one, said in known.items() if one != kept.row.owner}
    return SPECS[name].form(data, prefix=name, **more)


def open_steps(actor: Actor, kept: CaseFile, at: datetime, bound: dict[str, forms.Form]) -> list[StepForm]:
    """The steps that the state allows and this person may take, in the order of the work."""
    found = []
    for name, spec in SPECS.items():
        rule = CASE_STEPS[spec.step]
        if kept.state not in rule.moves or not may(actor, rule.who):
            continue
        if not set(kept.offices) <= offices_for(actor, rule.who):
            continue
        form = bound.get(name) or form_of(name, kept, at)
        if name != "assign" or form.fields["owner"].choices:  # type: ignore[attr-defined]  # a field of choices
            found.append(StepForm(name, CASE_VERBS[name], form, spec.main))
    return found
