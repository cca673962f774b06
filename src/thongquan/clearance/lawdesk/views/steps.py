"""The steps of a workbasket as forms: what each asks, and the operation it starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.lawdesk import operations
from thongquan.clearance.lawdesk.forms import (
    ApproveForm,
    FileForm,
    ParameterForm,
    RateForm,
    RemarkForm,
    RemoveForm,
    ReverseForm,
    TryForm,
    WordsForm,
)
from thongquan.clearance.lawdesk.period import since_of
from thongquan.clearance.lawdesk.permissions import may
from thongquan.clearance.lawdesk.queries import BasketFile
from thongquan.clearance.lawdesk.states import STEPS, State, Step


@dataclass(frozen=True)
class StepForm:
    """A step that is open to the reader, as the page shows it; `main` stands open."""

    name: str
    label: Promise
    form: forms.Form
    main: bool
    has_file: bool
    is_danger: bool


@dataclass(frozen=True)
class Spec:
    """The step it is, its words, its form, and what takes it."""

    step: Step
    label: Promise
    form: type[forms.Form]
    take: Callable[[Any, Actor, int, datetime], object]
    main: bool = False


def _add_file(form: Any, actor: Actor, workbasket: int, at: datetime) -> None:
    upload = form.cleaned_data["file"]
    operations.add_changes(actor=actor, workbasket=workbasket, content=upload.read(), file=upload.name, at=at)


def _add_row(form: Any, actor: Actor, workbasket: int, at: datetime) -> None:
    operations.add_row(actor=actor, workbasket=workbasket, table=form.table, values=form.cleaned_data, at=at)


def _remove(form: Any, actor: Actor, workbasket: int, at: datetime) -> None:
    operations.remove_change(actor=actor, workbasket=workbasket, change=form.cleaned_data["change"], at=at)


def _try(form: Any, actor: Actor, workbasket: int, at: datetime) -> None:
    since = since_of(form.cleaned_data["since"], at)
    operations.ask_dry_run(actor=actor, workbasket=workbasket, since=since, until=at, at=at)


def _approve(form: Any, actor: Actor, workbasket: int, at: datetime) -> None:
    words = form.cleaned_data["words"]
    operations.approve_workbasket(actor=actor, workbasket=workbasket, reasons=form.reasons(), words=words, at=at)


def _plain(operation: Callable[..., object]) -> Callable[[Any, Actor, int, datetime], object]:
    """An operation whose values are the fields of its form."""
    return lambda form, actor, workbasket, at: operation(actor=actor, workbasket=workbasket, at=at, **form.cleaned_data)


SPECS: dict[str, Spec] = {
    "file": Spec(Step.EDIT, _("Add a file of changes"), FileForm, _add_file, main=True),
    "parameter": Spec(Step.EDIT, _("Change a parameter"), ParameterForm, _add_row),
    "rate": Spec(Step.EDIT, _("Change a rate"), RateForm, _add_row),
    "remove": Spec(Step.EDIT, _("Take out"), RemoveForm, _remove),
    "try": Spec(Step.TRY, _("Make a dry run"), TryForm, _try, main=True),
    "propose": Spec(Step.PROPOSE, _("Give for approval"), RemarkForm, _plain(operations.propose_workbasket), main=True),
    "approve": Spec(Step.APPROVE, _("Approve and publish"), ApproveForm, _approve, main=True),
    "return": Spec(Step.RETURN, _("Return to the drafter"), WordsForm, _plain(operations.return_workbasket)),
    "reverse": Spec(Step.REVERSE, _("Take the publication back"), ReverseForm, _plain(operations.reverse_workbasket)),
    "discard": Spec(Step.DISCARD, _("Discard the draft"), WordsForm, _plain(operations.discard_workbasket)),
}


def form_of(name: str, kept: BasketFile, data: Any = None, files: Any = None) -> forms.Form:
    """The form of a step, bound where something was sent."""
    spec = SPECS[name]
    more: dict[str, Any] = {}
    if spec.form is ApproveForm:
        more["breaks"] = kept.run.breaks if kept.run else ()
    if spec.step is Step.REVERSE:
        more["initial"] = {"effective_on": kept.row.effective_on}
    return spec.form(data, files, prefix=name, **more)


def open_steps(actor: Actor, kept: BasketFile, bound: Mapping[str, forms.Form]) -> list[StepForm]:
    """The steps that the state allows and this person may take, in the order of the work."""
    found = []
    for name, spec in SPECS.items():
        if name != "remove" and is_open(actor, kept, spec.step):
            form = bound.get(name) or form_of(name, kept)
            danger = spec.step is Step.APPROVE and bool(kept.run and kept.run.breaks)
            found.append(StepForm(name, spec.label, form, _is_main(name, spec, kept), name == "file", danger))
    return found


def _is_main(name: str, spec: Spec, kept: BasketFile) -> bool:
    """A form that somebody waits for stands open: rows first, then the dry run, then the approval."""
    if not spec.main:
        return False
    if name == "file":
        return not kept.changes
    if name == "try":
        return bool(kept.changes) and not kept.is_tried and not (kept.run and kept.run.is_under_way)
    return kept.is_tried


def is_open(actor: Actor, kept: BasketFile, step: Step) -> bool:
    """Whether the step may be taken now by this person; own work is never approved."""
    rule = STEPS[step]
    if State(kept.row.state) not in rule.moves or not may(actor, rule.who):
        return False
    if step is Step.APPROVE:
        return kept.is_tried and not is_own(actor, kept)
    if step is Step.PROPOSE:
        return kept.is_tried
    if step is Step.REVERSE:
        return kept.reversal is None
    return step is not Step.TRY or bool(kept.changes)


def is_own(actor: Actor, kept: BasketFile) -> bool:
    """Whether the actor drafted it, proposed it or wrote a row of it."""
    wrote = {kept.row.drafted_by, kept.row.proposed_by, *(one.by for one in kept.changes)}
    return actor.reference in wrote
