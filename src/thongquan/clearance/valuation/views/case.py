"""A consultation: what is in question, asked and found, its story beside it, the steps open to the reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences.labels import TAXES
from thongquan.base.web.guard import page
from thongquan.base.web.steps import Event
from thongquan.base.web.summary import problems_of
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.declarations.numbers import key_of_number
from thongquan.clearance.valuation.formats.letters import decision_pdf, invitation_pdf
from thongquan.clearance.valuation.forms.steps import Fields
from thongquan.clearance.valuation.labels import METHODS, OUTCOMES, STATES, STEPS, name_of_term
from thongquan.clearance.valuation.panels import told_prices
from thongquan.clearance.valuation.queries.consultations import ConsultationFile, Determined, consultation_file
from thongquan.clearance.valuation.queries.prices import prices_of
from thongquan.clearance.valuation.states import OPEN, State, Step
from thongquan.clearance.valuation.views.common import actor_of_page
from thongquan.clearance.valuation.views.steps import form_of, is_open, open_steps, take


@page
@never_cache
@require_GET
def case(request: HttpRequest, consultation_id: int) -> HttpResponse:
    """The page of a consultation."""
    actor = actor_of_page(request)
    return shown(request, actor, consultation_file(actor=actor, consultation=consultation_id), {}, [])


def step_view(step: Step) -> Callable[..., HttpResponse]:
    """The view of one step: it starts that step's operation and shows the case again."""

    @page
    @never_cache
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, consultation_id: int) -> HttpResponse:
        actor = actor_of_page(request)
        kept = consultation_file(actor=actor, consultation=consultation_id)
        if request.method != "POST":
            return redirect("valuation:case", consultation_id)
        form = form_of(step, kept, request.POST)
        problems: list[Problem] = []
        if form.is_valid():
            try:
                take(step, form, actor=actor, consultation=consultation_id, at=now())
                return redirect("valuation:case", consultation_id)
            except Refused as refused:
                problems = problems_of(refused.faults, f"{step}-")
        return shown(request, actor, kept, {step: form}, problems)

    return view


def shown(
    request: HttpRequest, actor: Actor, kept: ConsultationFile, bound: dict[Step, Fields], problems: list[Problem]
) -> HttpResponse:
    """The page, with a form that was refused and why."""
    prices = prices_of(key_of_number(kept.row.number)) if kept.works else []
    context: dict[str, Any] = {
        "case": kept,
        "state": STATES[kept.row.state],
        "outcome": OUTCOMES.get(kept.outcome, ""),
        "today": timezone.localdate(now()),
        "prices": told_prices(one for one in prices if one.line in kept.row.lines),
        "found": [told_value(one) for one in kept.determinations],
        "differences": [(one, _name_of_tax(one.tax)) for one in kept.differences],
        "events": _story(kept, actor),
        "steps": open_steps(actor, kept, bound),
        "determines": is_open(Step.DETERMINE, actor, kept),
        "is_open": State(kept.row.state) in OPEN,
        "files": f"consultation:{kept.row.id}",
        "problems": problems,
        "form": next(iter(bound.values()), None),
    }
    return render(request, "valuation/case.html", context, status=422 if bound else 200)


def told_value(one: Determined) -> dict[str, Any]:
    """A value found with its derivation in words."""
    return {
        "one": one,
        "method": METHODS[one.method],
        "refusals": [(METHODS[refusal.method], refusal.words) for refusal in one.tree.refusals],
        "candidates": [
            {
                "one": candidate,
                "terms": [(name_of_term(one.method, term.name), term.amount_vnd) for term in candidate.terms],
                "chosen": place == one.tree.chosen,
            }
            for place, candidate in enumerate(one.tree.candidates)
        ],
    }


def _name_of_tax(tax: str) -> str:
    return gettext(TAXES[tax]) if tax in TAXES else tax


def _story(kept: ConsultationFile, actor: Actor) -> list[Event]:
    """Steps, newest first; traders are not told the names of officers."""
    names = names_of({event.actor for event in kept.events}) if kept.works else {}
    return [
        Event(f"{STEPS[event.step]}: {event.words}" if event.words else str(STEPS[event.step]), event.at, by)
        for event, by in ((event, names.get(event.actor, "")) for event in reversed(kept.events))
    ]


@page
@never_cache
@require_GET
def letter(request: HttpRequest, consultation_id: int, name: str) -> HttpResponse:
    """The invitation to consult, or once it is decided the decision, as PDF. Raises `NotFound` for others."""
    kept = consultation_file(actor=actor_of_page(request), consultation=consultation_id)
    makers = {"invitation": invitation_pdf, "decision": decision_pdf}
    if name not in makers or (name == "decision" and State(kept.row.state) in OPEN):
        raise NotFound(name)
    response = HttpResponse(makers[name](kept), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="tham-van-{consultation_id}-{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
