"""Cases on pages: the list, building one from a part of a chart, and one with its story and steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor, actor_of_request, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.steps import Event
from thongquan.base.web.summary import problems_of
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.risk.case_words import CASE_STATES, CASE_STEPS, HANDED, OUTCOMES
from thongquan.clearance.risk.forms.cases import CaseForm
from thongquan.clearance.risk.operations.cases import MOST_ITEMS, start_case
from thongquan.clearance.risk.permissions import check_may, may
from thongquan.clearance.risk.picked_words import filters_told, title_told
from thongquan.clearance.risk.queries.cases import PAGE, CaseFile, CaseStory, case_file, cases
from thongquan.clearance.risk.queries.picking import copies, picked_of
from thongquan.clearance.risk.tabs import tabs_of
from thongquan.clearance.risk.views.case_steps import SPECS, form_of, open_steps

SHOWN = 20


@page
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Cases, newest first."""
    actor = actor_of_request(request, now())
    state, number = request.GET.get("state", ""), request.GET.get("page", "1")
    state = state if state in CASE_STATES else ""
    place = max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 5 else 1
    rows, more = cases(actor=actor, state=state, offset=(place - 1) * PAGE)
    names = names_of({row.owner for row in rows})
    context = {
        "rows": [
            (row, CASE_STATES[row.state], names.get(row.owner, ""), OUTCOMES.get(row.outcome, "")) for row in rows
        ],
        "state": state,
        "states": CASE_STATES,
        "previous": place - 1,
        "next": place + 1 if more else 0,
        "tabs": tabs_of(actor, "risk:cases"),
    }
    return render(request, "risk/cases.html", context)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Build a case from the part of a chart that the address names."""
    at = now()
    actor = actor_of_request(request, at)
    check_may(actor, "risk.case")
    picked, language, on = picked_of(request.GET), get_language() or "vi", timezone.localdate(at)
    rows = copies(actor=actor, picked=picked, at=at)
    count = rows.count()
    started = {"title": title_told(picked, on, language, min(count, MOST_ITEMS))}
    form = CaseForm(request.POST or None, initial=started)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("risk:case", start_case(actor=actor, picked=picked, at=at, **form.cleaned_data))
        except Refused as refused:
            problems = problems_of(refused.faults)
    context = {
        "form": form,
        "problems": problems,
        "filters": filters_told(picked, on, language),
        "picked": picked,
        "count": count,
        "most": MOST_ITEMS,
        "rows": rows.order_by("-registered_at")[:SHOWN],
        "tabs": tabs_of(actor, "risk:cases"),
    }
    return render(request, "risk/case_new.html", context, status=422 if request.method == "POST" else 200)


@page
@never_cache
@require_GET
def case(request: HttpRequest, riskcase: int) -> HttpResponse:
    """The page of a case."""
    at = now()
    actor = actor_of_request(request, at)
    return _shown(request, actor, case_file(actor=actor, case=riskcase), at, {}, [])


def step_view(name: str) -> Callable[..., HttpResponse]:
    """The view of one step: it starts that step's operation and shows the case again."""

    @page
    @never_cache
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, riskcase: int) -> HttpResponse:
        at = now()
        actor = actor_of_request(request, at)
        kept = case_file(actor=actor, case=riskcase)
        if request.method != "POST":
            return redirect("risk:case", riskcase)
        check_may(actor, "risk.case")
        form = form_of(name, kept, at, request.POST)
        problems: list[Problem] = []
        if form.is_valid():
            try:
                SPECS[name].take(actor=actor, case=riskcase, at=at, **form.cleaned_data)
                return redirect("risk:case", riskcase)
            except Refused as refused:
                problems = problems_of(refused.faults)
        return _shown(request, actor, kept, at, {name: form}, problems)

    return view


def _shown(
    request: HttpRequest,
    actor: Actor,
    kept: CaseFile,
    at: datetime,
    bound: dict[str, forms.Form],
    problems: list[Problem],
) -> HttpResponse:
    names = names_of({*(one.actor for one in kept.events), kept.row.owner, *_owners(kept)})
    context: dict[str, Any] = {
        "kept": kept,
        "state": CASE_STATES[kept.row.state],
        "outcome": OUTCOMES.get(kept.row.outcome, ""),
        "handed": HANDED.get(kept.row.handed, ""),
        "owner": names.get(kept.row.owner, ""),
        "filters": filters_told(kept.picked, timezone.localdate(kept.row.opened_at), get_language() or "vi"),
        "steps": open_steps(actor, kept, at, bound),
        "problems": problems,
        "form": next(iter(bound.values()), None),
        "events": [_event(one, names) for one in kept.events],
        "is_own": kept.row.owner == actor.reference,
        "builds": may(actor, "risk.case"),
        "tabs": tabs_of(actor, "risk:cases"),
    }
    return render(request, "risk/case.html", context, status=422 if bound else 200)


def _owners(kept: CaseFile) -> set[str]:
    return {str(one.data["to"]) for one in kept.events if "to" in one.data}


def _event(one: CaseStory, names: dict[str, str]) -> Event:
    told, step = one.words or names.get(str(one.data.get("to", "")), ""), CASE_STEPS[one.step]
    return Event(f"{step}: {told}" if told else str(step), one.at, names.get(one.actor, ""))
