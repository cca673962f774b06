"""A case: what was found, the fine as proposed or decided, its story, and the steps that are open to the reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.core.law_words import legal
from thongquan.base.web.guard import page
from thongquan.base.web.steps import Event, StepForm
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.violations import labels, operations
from thongquan.clearance.violations.formats.decision import decision_pdf
from thongquan.clearance.violations.forms import ProposeForm, WordsForm
from thongquan.clearance.violations.permissions import may
from thongquan.clearance.violations.queries import CaseFile, Found, act_on, case_file
from thongquan.clearance.violations.states import SERVED, STEPS, State, Step
from thongquan.clearance.violations.views.common import actor_of_page, attempt, language_now, subject_or_none


@dataclass(frozen=True)
class Line:
    """A finding with the name and law of its act, and its fine once one is proposed."""

    found: Found
    name: str
    article: str
    verified: bool
    share: object
    fine_vnd: object


@page
@never_cache
@require_GET
def case(request: HttpRequest, violation_id: int) -> HttpResponse:
    """The page of a case."""
    return _shown(request, actor_of_page(request), violation_id)


def _shown(
    request: HttpRequest,
    actor: Actor,
    violation_id: int,
    *,
    bound: dict[Step, forms.Form] | None = None,
    problems: list[Problem] | None = None,
) -> HttpResponse:
    kept = case_file(actor=actor, case=violation_id)
    context: dict[str, Any] = {
        "case": kept,
        "state": labels.STATES[kept.row.state],
        "target": subject_or_none(actor, kept.row.subject),
        "lines": _lines(kept),
        "moves": kept.moves,
        "events": _story(kept, actor),
        "steps": [_shown_step(step, form, kept) for step, form in _open_steps(actor, kept, bound or {}).items()],
        "served": State(kept.row.state) in SERVED,
        "problems": problems,
    }
    return render(request, "violations/case.html", context, status=422 if bound else 200)


def _lines(kept: CaseFile) -> list[Line]:
    """Findings with their act in the reader's language and the fine of the last proposal or decision."""
    told = [move for move in kept.moves if move.fines]
    fines = {row["finding"]: row["amount_vnd"] for row in told[-1].fines} if told else {}
    return [_line(found, fines.get(found.id)) for found in kept.findings]


def _line(found: Found, fine: object) -> Line:
    act = act_on(found.act, found.on)
    if act is None:
        return Line(found, found.act, "", verified=False, share=None, fine_vnd=fine)
    return Line(found, act.name(language_now()), legal(act.law.article), act.law.verified, act.law.share, fine)


def _story(kept: CaseFile, actor: Actor) -> list[Event]:
    """Steps, newest first; traders are not told names of officers."""
    names = names_of({move.actor for move in kept.moves}) if kept.works else {actor.reference: actor.name}
    return [
        Event(f"{labels.STEPS[move.step]}{': ' if move.words else ''}{move.words}", move.at, names.get(move.actor, ""))
        for move in reversed(kept.moves)
    ]


def _open_steps(actor: Actor, kept: CaseFile, bound: dict[Step, forms.Form]) -> dict[Step, forms.Form]:
    """A form for each step that state and permission open to the reader, nobody deciding the own proposal."""
    if not kept.works:
        return {}
    state = State(kept.row.state)
    last = next((move.actor for move in reversed(kept.moves) if move.step == Step.PROPOSE), "")
    found: dict[Step, forms.Form] = {}
    for step in (Step.PROPOSE, Step.DECIDE, Step.RETURN, Step.DROP, Step.ANNUL):
        second = {Step.DECIDE: last, Step.DROP: kept.row.opened_by}.get(step)
        if state in STEPS[step].moves and may(actor, STEPS[step].who, kept.row.office) and second != actor.reference:
            found[step] = bound.get(step) or _form(step, kept, None)
    return found


def _shown_step(step: Step, form: forms.Form, kept: CaseFile) -> StepForm:
    url = reverse(f"violations:{step}", args=[kept.row.id])
    return StepForm(labels.VERBS[step], url, form, step in (Step.PROPOSE, Step.DECIDE))


def _form(step: Step, kept: CaseFile, data: Any) -> forms.Form:
    if step is not Step.PROPOSE:
        return WordsForm(data, prefix=step.value)
    unknown = []
    for found in kept.findings:
        act = act_on(found.act, found.on)
        if act is not None and act.law.fine_rule == "stated" and found.withdrawn_at is None:
            unknown.append((found, act.name(language_now())))
    return ProposeForm(data, findings=unknown)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, violation_id: int) -> HttpResponse:
    """Propose a decision."""
    actor = actor_of_page(request)

    def step(form: forms.Form) -> None:
        stated = form.stated() if isinstance(form, ProposeForm) else {}
        words = form.cleaned_data["words"]
        operations.propose_decision(actor=actor, case=violation_id, words=words, stated_vnd=stated, at=now())

    return _stepped(request, actor, violation_id, Step.PROPOSE, step)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, violation_id: int) -> HttpResponse:
    """Decide as proposed."""
    return _worded(request, violation_id, Step.DECIDE, operations.decide_case)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, violation_id: int) -> HttpResponse:
    """Give a proposal back."""
    return _worded(request, violation_id, Step.RETURN, operations.return_case)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, violation_id: int) -> HttpResponse:
    """End a case without a decision."""
    return _worded(request, violation_id, Step.DROP, operations.drop_case)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def annul(request: HttpRequest, violation_id: int) -> HttpResponse:
    """Annul a decision."""
    return _worded(request, violation_id, Step.ANNUL, operations.annul_decision)


def _worded(request: HttpRequest, violation_id: int, step: Step, operation: Callable[..., object]) -> HttpResponse:
    actor = actor_of_page(request)

    def take(form: forms.Form) -> None:
        operation(actor=actor, case=violation_id, words=form.cleaned_data["words"], at=now())

    return _stepped(request, actor, violation_id, step, take)


def _stepped(
    request: HttpRequest, actor: Actor, violation_id: int, step: Step, take: Callable[[forms.Form], None]
) -> HttpResponse:
    """Take the step and show the case again; a refusal stands above it with what was typed."""
    kept = case_file(actor=actor, case=violation_id)
    if request.method != "POST":
        return redirect("violations:case", violation_id)
    form = _form(step, kept, request.POST)
    problems = attempt(form, lambda: take(form))
    if problems is None:
        return redirect("violations:case", violation_id)
    return _shown(request, actor, violation_id, bound={step: form}, problems=problems)


@page
@never_cache
@require_GET
def decision(request: HttpRequest, violation_id: int) -> HttpResponse:
    """The decision as PDF, once there is one. Raises `NotFound` before."""
    kept = case_file(actor=actor_of_page(request), case=violation_id)
    if State(kept.row.state) not in SERVED:
        raise NotFound(str(violation_id))
    response = HttpResponse(decision_pdf(kept), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="quyet-dinh-{violation_id}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
