"""The list of workbaskets, and one with its changes, its dry run and the steps open to the reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.steps import Event
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.lawdesk import operations, queries
from thongquan.clearance.lawdesk.forms import StartForm
from thongquan.clearance.lawdesk.labels import STATES, STEPS
from thongquan.clearance.lawdesk.permissions import check_may, may
from thongquan.clearance.lawdesk.queries import BasketFile
from thongquan.clearance.lawdesk.shown import shown_change
from thongquan.clearance.lawdesk.states import State, Step
from thongquan.clearance.lawdesk.views.common import actor_of_page, problems_of
from thongquan.clearance.lawdesk.views.results import shown_run
from thongquan.clearance.lawdesk.views.steps import SPECS, form_of, is_open, is_own, open_steps
from thongquan.clearance.tariff.queries.changes import SEEN


@page
@never_cache
@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """Workbaskets, newest first; POST starts one."""
    at = now()
    actor = actor_of_page(request, at)
    state = request.GET.get("state", "")
    rows = queries.baskets(actor=actor, state=state if state in STATES else "")
    form, problems = StartForm(request.POST or None), []
    if request.method == "POST":
        check_may(actor, "lawdesk.draft")
        if form.is_valid():
            try:
                return redirect("lawdesk:basket", operations.start_workbasket(actor=actor, at=at, **form.cleaned_data))
            except Refused as refused:
                problems = problems_of(refused.faults)
    names = names_of({row.drafted_by for row in rows})
    context = {
        "rows": [(row, STATES[row.state], names.get(row.drafted_by, "")) for row in rows],
        "state": state,
        "states": STATES,
        "form": form if may(actor, "lawdesk.draft") else None,
        "problems": problems,
    }
    return render(request, "lawdesk/list.html", context, status=422 if request.method == "POST" else 200)


@page
@never_cache
@require_GET
def basket(request: HttpRequest, workbasket: int) -> HttpResponse:
    """The page of a workbasket."""
    at = now()
    actor = actor_of_page(request, at)
    return _shown(request, actor, queries.basket_file(actor=actor, workbasket=workbasket, at=at), {}, [], at)


def step_view(name: str) -> Callable[..., HttpResponse]:
    """The view of one step: it starts that step's operation and shows the workbasket again."""

    @page
    @never_cache
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, workbasket: int) -> HttpResponse:
        at = now()
        actor = actor_of_page(request, at)
        kept = queries.basket_file(actor=actor, workbasket=workbasket, at=at)
        if request.method != "POST":
            return redirect("lawdesk:basket", workbasket)
        form = form_of(name, kept, request.POST, request.FILES)
        problems: list[Problem] = []
        if form.is_valid():
            try:
                made = SPECS[name].take(form, actor, workbasket, at)
                return redirect("lawdesk:basket", made if name == "reverse" else workbasket)
            except Refused as refused:
                problems = problems_of(refused.faults, f"{name}-")
        return _shown(request, actor, kept, {name: form}, problems, at)

    return view


def _shown(
    request: HttpRequest,
    actor: Actor,
    kept: BasketFile,
    bound: dict[str, forms.Form],
    problems: list[Problem],
    at: datetime,
) -> HttpResponse:
    context: dict[str, Any] = {
        "kept": kept,
        "state": STATES[kept.row.state],
        "changes": [shown_change(one) for one in kept.changes],
        "unseen": sorted({one.table for one in kept.changes} - SEEN),
        "takes_out": is_open(actor, kept, Step.EDIT),
        "steps": open_steps(actor, kept, bound),
        "waits_for_another": kept.row.state == State.PROPOSED and is_own(actor, kept) and may(actor, "lawdesk.approve"),
        "events": _story(kept),
        "problems": problems,
        "form": next(iter(bound.values()), None),
        **(shown_run(kept.run, at) if kept.run else {}),
    }
    return render(request, "lawdesk/basket.html", context, status=422 if bound else 200)


def _story(kept: BasketFile) -> list[Event]:
    names = names_of({event.actor for event in kept.events})
    return [
        Event(
            f"{STEPS[event.step]}: {event.words}" if event.words else str(STEPS[event.step]),
            event.at,
            names.get(event.actor, ""),
        )
        for event in reversed(kept.events)
    ]
