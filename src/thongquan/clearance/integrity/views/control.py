"""Pages of internal control: signals, a signal, cases, a case. Every look is written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.steps import Event
from thongquan.base.web.summary import problems_of
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.declarations.numbers import number_of
from thongquan.clearance.integrity.forms import AskForm, EmptyForm, EndForm, WordsForm
from thongquan.clearance.integrity.operations import cases as verbs
from thongquan.clearance.integrity.operations.looking import note_look
from thongquan.clearance.integrity.queries import reading
from thongquan.clearance.integrity.states import STEPS, State, Step
from thongquan.clearance.integrity.views.common import actor_of_page
from thongquan.clearance.integrity.words import ENDS, KINDS, STATES, VERBS, told_counts
from thongquan.clearance.integrity.words import STEPS as STEP_WORDS
from thongquan.clearance.revenue.queries.law import number_of_law


@dataclass(frozen=True)
class Spec:
    """A step's form and the operation that takes its values by the same names."""

    form: type[forms.Form]
    operation: Callable[..., object]


@dataclass(frozen=True)
class StepForm:
    """A step that is open to the reader."""

    step: Step
    label: Promise
    form: forms.Form


SPECS: dict[Step, Spec] = {
    Step.PROPOSE: Spec(EndForm, verbs.propose_end),
    Step.SIGN: Spec(EmptyForm, verbs.sign_end),
    Step.RETURN: Spec(WordsForm, verbs.return_end),
}


@page
@never_cache
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Signals and cases of the actor's offices. Raises `NotAllowed` for everyone but internal control."""
    actor, at = actor_of_page(request), now()
    note_look(actor=actor, at=at, what="desk")
    found, held = reading.signals(actor), reading.cases(actor)
    names = names_of({one.officer for one in found} | {one.officer for one in held})
    context = {
        "signals": [
            (one, KINDS[one.kind], told_counts(one.kind, one.figures), names.get(one.officer, one.officer))
            for one in found
        ],
        "cases": [
            (one, KINDS[one.kind], STATES[one.state], ENDS[one.end], names.get(one.officer, one.officer))
            for one in held
        ],
        "today": timezone.localdate(at),
        "days": number_of_law("integrity_days", timezone.localdate(at)),
        "keep_days": number_of_law("integrity_keep_days", timezone.localdate(at)),
    }
    return render(request, "integrity/desk.html", context)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def signal(request: HttpRequest, signal_id: int) -> HttpResponse:
    """A signal with its figures; POST asks the officer."""
    actor, at = actor_of_page(request), now()
    one = reading.signal_file(actor=actor, signal=signal_id)
    form = AskForm(request.POST if request.method == "POST" else None)
    problems: list[Problem] = []
    if form.is_valid():
        try:
            made = verbs.ask_officer(actor=actor, signal=signal_id, at=at, **form.cleaned_data)
            return redirect("integrity:case", made)
        except Refused as refused:
            problems = problems_of(refused.faults)
    note_look(actor=actor, at=at, what="signal", key=signal_id)
    context = {
        "one": one,
        "kind": KINDS[one.kind],
        "counts": told_counts(one.kind, one.figures),
        "officer": names_of({one.officer}).get(one.officer, one.officer),
        "numbers": [number_of(key) for key in one.examples],
        "form": form,
        "problems": problems,
    }
    return render(request, "integrity/signal.html", context, status=422 if request.method == "POST" else 200)


@page
@never_cache
@require_GET
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """A case with its story."""
    actor = actor_of_page(request)
    return _shown(request, actor, reading.case_file(actor=actor, case=case_id), {}, [])


def step_view(step: Step) -> Callable[..., HttpResponse]:
    """The view of one step: it starts that step's operation and shows the case again."""

    @page
    @never_cache
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, case_id: int) -> HttpResponse:
        actor = actor_of_page(request)
        kept = reading.case_file(actor=actor, case=case_id)
        if request.method != "POST":
            return redirect("integrity:case", case_id)
        form = SPECS[step].form(request.POST, prefix=step.value)
        problems: list[Problem] = []
        if form.is_valid():
            try:
                SPECS[step].operation(actor=actor, case=case_id, at=now(), **form.cleaned_data)
                return redirect("integrity:case", case_id)
            except Refused as refused:
                problems = problems_of(refused.faults, f"{step}-")
        return _shown(request, actor, kept, {step: form}, problems)

    return view


def _shown(
    request: HttpRequest,
    actor: Actor,
    kept: reading.CaseFile,
    bound: dict[Step, forms.Form],
    problems: list[Problem],
) -> HttpResponse:
    at = now()
    note_look(actor=actor, at=at, what="case", key=kept.row.id)
    names = names_of({kept.row.officer} | {event.actor for event in kept.events})
    context: dict[str, Any] = {
        "case": kept,
        "kind": KINDS[kept.row.kind],
        "state": STATES[kept.row.state],
        "end": ENDS[kept.row.end],
        "counts": told_counts(kept.row.kind, kept.figures),
        "officer": names.get(kept.row.officer, kept.row.officer),
        "today": timezone.localdate(at),
        "steps": _open_steps(actor, kept, bound, at),
        "waits_for_another": kept.row.state == State.PROPOSED and kept.proposed_by == actor.reference,
        "events": [
            Event(f"{STEP_WORDS[one.step]}: {one.words}" if one.words else str(STEP_WORDS[one.step]), one.at, by)
            for one, by in ((one, names.get(one.actor, "")) for one in reversed(kept.events))
        ],
        "problems": problems,
        "form": next(iter(bound.values()), None),
    }
    return render(request, "integrity/case.html", context, status=422 if bound else 200)


def _open_steps(actor: Actor, kept: reading.CaseFile, bound: dict[Step, forms.Form], at: datetime) -> list[StepForm]:
    """The steps that the state and the case open to this person now."""
    too_early = kept.row.state == State.ASKED and timezone.localdate(at) <= kept.row.due_on
    says_no = {Step.PROPOSE: too_early, Step.SIGN: kept.proposed_by == actor.reference}
    return [
        StepForm(step, VERBS[step], bound.get(step) or spec.form(prefix=step.value))
        for step, spec in SPECS.items()
        if State(kept.row.state) in STEPS[step].moves and not says_no.get(step, False)
    ]
