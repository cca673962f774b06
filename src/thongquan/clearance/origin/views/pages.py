"""One certificate with its balance, last check and the steps open to the reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor, actor_of_request, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import Told, sentence
from thongquan.base.web.guard import page
from thongquan.base.web.steps import StepForm
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.origin import labels, operations
from thongquan.clearance.origin.forms import AcceptForm, CheckForm, UseForm, WordsForm
from thongquan.clearance.origin.permissions import may
from thongquan.clearance.origin.queries import CertificateFile, Checked, certificate_file
from thongquan.clearance.origin.states import STEPS, State, Step
from thongquan.clearance.origin.views.desk import onward, works
from thongquan.rules.origin.findings import GRADES, OriginFinding

FORMS: dict[Step, type[forms.Form]] = {
    Step.CHECK: CheckForm,
    Step.ACCEPT: AcceptForm,
    Step.DOUBT: WordsForm,
    Step.USE: UseForm,
    Step.WITHDRAW: WordsForm,
}
_VERBS: dict[Step, Callable[..., object]] = {
    Step.CHECK: operations.check_certificate,
    Step.ACCEPT: operations.accept_certificate,
    Step.DOUBT: operations.doubt_certificate,
    Step.USE: operations.use_certificate,
    Step.WITHDRAW: operations.withdraw_certificate,
}


@dataclass(frozen=True)
class Line:
    """A finding in words."""

    finding: OriginFinding
    told: Told
    grade: Promise


@dataclass(frozen=True)
class Happening:
    """A step of the story in words."""

    text: Promise
    reason: str
    at: object
    by: str


@page
@never_cache
@require_GET
def certificate(request: HttpRequest, proof_id: int) -> HttpResponse:
    """The page of a certificate."""
    return _shown(request, actor_of_request(request, now()), proof_id)


def step_view(step: Step) -> Callable[..., HttpResponse]:
    """The address of one step."""

    @page
    @never_cache
    @require_http_methods(["POST"])
    def view(request: HttpRequest, proof_id: int) -> HttpResponse:
        actor, at = actor_of_request(request, now()), now()
        form = FORMS[step](request.POST, prefix=step.value)
        problems: list[Problem] = []
        if form.is_valid():
            try:
                following = onward(request, actor, proof_id, step)
                _VERBS[step](actor=actor, certificate=proof_id, at=at, **form.cleaned_data)
                return redirect(following)
            except Refused as refused:
                problems = [
                    _problem(sentence(labels.named(one, at.date(), _language())), one) for one in refused.faults
                ]
        return _shown(request, actor, proof_id, bound={step: form}, problems=problems)

    return view


def _problem(told: Told, fault: Any) -> Problem:
    return Problem(told.text, "", told.remedy, fault.code, told.example, told.basis)


def _language() -> str:
    return get_language() or "vi"


def _shown(
    request: HttpRequest,
    actor: Actor,
    proof_id: int,
    *,
    bound: dict[Step, forms.Form] | None = None,
    problems: list[Problem] | None = None,
) -> HttpResponse:
    kept = certificate_file(actor=actor, certificate=proof_id)
    context: dict[str, Any] = {
        "kept": kept,
        "state": labels.STATES[kept.row.state],
        "grade": labels.GRADES[kept.row.grade],
        "lines": _lines(kept.check) if kept.check else [],
        "outcomes": [(one, labels.RESULTS[one.result]) for one in kept.check.outcomes] if kept.check else [],
        "events": _story(kept),
        "steps": _open_steps(actor, kept, bound or {}),
        "problems": problems,
        "works": works(actor),
    }
    return render(request, "origin/certificate.html", context, status=422 if bound else 200)


def _lines(check: Checked) -> list[Line]:
    """Findings, the gravest first."""
    ordered = sorted(check.findings, key=lambda one: GRADES.index(one.grade), reverse=True)
    on = check.at.date()
    return [Line(one, labels.told(one, on, _language()), labels.WEIGHTS[one.grade]) for one in ordered]


def _story(kept: CertificateFile) -> list[Happening]:
    names = names_of({one.actor for one in kept.events if one.actor})
    return [Happening(labels.STEPS[one.step], one.words, one.at, names.get(one.actor, "")) for one in kept.events]


def _open_steps(actor: Actor, kept: CertificateFile, bound: dict[Step, forms.Form]) -> list[StepForm]:
    """A form for each step that state and permission open to the reader."""
    row, state = kept.row, State(kept.row.state)
    main = Step.CHECK if not row.grade else Step.ACCEPT
    return [
        StepForm(
            labels.VERBS[step],
            reverse(f"origin:{step}", args=[row.id]),
            bound.get(step) or kind(prefix=step.value),
            step is main,
        )
        for step, kind in FORMS.items()
        if state in STEPS[step].moves and may(actor, STEPS[step].who, office=row.office, tax_code=row.tax_code)
    ]
