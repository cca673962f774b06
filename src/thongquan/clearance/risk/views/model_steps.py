"""The steps of a version of the model as forms: what each asks, when it stands open, the operation it starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.risk.forms.profiles import RemarkForm, WordsForm
from thongquan.clearance.risk.model_states import NEXT, SEATABLE, Mode, Role
from thongquan.clearance.risk.operations import registry, registry_steps
from thongquan.clearance.risk.permissions import may
from thongquan.clearance.risk.queries.versions import ModelFile


@dataclass(frozen=True)
class Spec:
    """The words of a step, who may, its form, what takes it and when it is open; `main` stands open on the page."""

    label: Promise
    who: str
    form: type[forms.Form]
    take: Callable[..., object]
    is_open: Callable[[ModelFile], bool]
    main: bool = False


@dataclass(frozen=True)
class StepForm:
    """A step that is open to the reader, as the page shows it."""

    name: str
    label: Promise
    form: forms.Form
    main: bool


def _seatable(kept: ModelFile) -> bool:
    return kept.proposal is None and kept.row.role in SEATABLE


def _further(kept: ModelFile) -> bool:
    return kept.proposal is None and kept.row.role == Role.CHAMPION and Mode(kept.row.mode) in NEXT


def _waits(kept: ModelFile) -> bool:
    return kept.proposal is not None


_PROPOSE, _APPROVE = "risk.propose_model", "risk.approve_model"
SPECS: dict[str, Spec] = {
    "approve": Spec(
        _("Approve: it holds from now on"), _APPROVE, RemarkForm, registry_steps.approve_step, _waits, main=True
    ),
    "refuse": Spec(_("Refuse it"), _APPROVE, WordsForm, registry_steps.refuse_step, _waits),
    "withdraw": Spec(_("Take the proposal back"), _PROPOSE, RemarkForm, registry_steps.withdraw_step, _waits),
    "seat": Spec(_("Propose it as champion"), _PROPOSE, WordsForm, registry_steps.propose_seat, _seatable, main=True),
    "further": Spec(_("Propose the next mode"), _PROPOSE, WordsForm, registry_steps.propose_mode, _further, main=True),
    "retreat": Spec(
        _("Let it in less, at once"),
        _PROPOSE,
        WordsForm,
        registry.retreat,
        lambda kept: kept.row.role == Role.CHAMPION and kept.row.mode != Mode.SHADOW,
    ),
    "watch": Spec(
        _("Watch it beside the champion"),
        _PROPOSE,
        WordsForm,
        registry.watch_model,
        lambda kept: _seatable(kept) and kept.row.role != Role.SHADOW,
    ),
    "retire": Spec(
        _("Set it aside"),
        _PROPOSE,
        WordsForm,
        registry.retire_model,
        lambda kept: _seatable(kept) and kept.row.role != Role.RETIRED,
    ),
}


def open_steps(actor: Actor, kept: ModelFile, bound: dict[str, forms.Form]) -> list[StepForm]:
    """The steps that the state allows and this person may take; nobody is offered to approve their own proposal."""
    return [
        StepForm(name, spec.label, bound.get(name) or spec.form(prefix=name), spec.main)
        for name, spec in SPECS.items()
        if spec.is_open(kept) and may(actor, spec.who) and not (name == "approve" and is_own(actor, kept))
    ]


def is_own(actor: Actor, kept: ModelFile) -> bool:
    """Whether the reader proposed what waits, or brought the model in."""
    return kept.proposal is not None and actor.reference in (kept.proposal.proposed_by, kept.row.registered_by)
