"""The steps of a profile as forms: what each asks, and the operation it starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.risk.forms.profiles import EmptyForm, RemarkForm, WordsForm
from thongquan.clearance.risk.operations import approving, drafting, running
from thongquan.clearance.risk.permissions import may
from thongquan.clearance.risk.queries.profiles import ProfileFile
from thongquan.clearance.risk.states import STEPS, State, Step


@dataclass(frozen=True)
class Spec:
    """The step it is, its words, its form, and what takes it; `main` stands open."""

    step: Step
    label: Promise
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
    "try": Spec(Step.TRY, _("Make a dry run"), EmptyForm, running.ask_run, main=True),
    "propose": Spec(Step.PROPOSE, _("Give for approval"), RemarkForm, approving.propose_profile, main=True),
    "approve": Spec(Step.APPROVE, _("Approve: live from now on"), RemarkForm, approving.approve_profile, main=True),
    "return": Spec(Step.RETURN, _("Return to the drafter"), WordsForm, approving.return_profile),
    "keep": Spec(Step.KEEP, _("Keep it"), WordsForm, approving.keep_profile, main=True),
    "retire": Spec(Step.RETIRE, _("Retire it"), WordsForm, approving.retire_profile),
    "revise": Spec(Step.REVISE, _("Begin a revision"), EmptyForm, drafting.revise_profile),
    "discard": Spec(Step.DISCARD, _("Discard the draft"), WordsForm, approving.discard_profile),
}


def take(name: str, form: forms.Form, actor: Actor, profile: int, at: datetime) -> Any:
    """Start the operation of a step."""
    return SPECS[name].take(actor=actor, profile=profile, at=at, **form.cleaned_data)


def open_steps(actor: Actor, kept: ProfileFile, bound: dict[str, forms.Form]) -> list[StepForm]:
    """The steps that the state allows and this person may take, in the order of the work."""
    return [
        StepForm(name, spec.label, bound.get(name) or spec.form(prefix=name), spec.main)
        for name, spec in SPECS.items()
        if is_open(actor, kept, spec.step)
    ]


def is_open(actor: Actor, kept: ProfileFile, step: Step) -> bool:
    """Whether the step may be taken now by this person; own work is never approved."""
    rule = STEPS[step]
    if State(kept.row.state) not in rule.moves or not may(actor, rule.who):
        return False
    if step is Step.APPROVE:
        return kept.is_tried and actor.reference not in kept.wrote
    if step is Step.PROPOSE:
        return kept.is_tried
    return step is not Step.TRY or not kept.is_tried
