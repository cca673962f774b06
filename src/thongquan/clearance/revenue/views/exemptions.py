"""Pages of exemption lists: those in scope, a new one, one with what was used of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongquan.base.accounts.permissions import is_trader, readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor, enterprise_names, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.revenue.claim_forms import ListForm, ReasonForm
from thongquan.clearance.revenue.claim_words import LIST_STATES, LIST_STEPS
from thongquan.clearance.revenue.operations.exemptions import STEPS, decide_exemption_list, propose_exemption_list
from thongquan.clearance.revenue.permissions import may_propose
from thongquan.clearance.revenue.queries.exemptions import Registered, exemption_list, exemption_lists
from thongquan.clearance.revenue.views.sharing import (
    PAGE,
    actor_of_page,
    attempt,
    language_now,
    page_number,
    today,
)
from thongquan.clearance.tariff.queries.code_lists import code_name, code_values

REGION = 4
"""Codes of offices have at least so many characters; shorter ones are regions, where nothing is declared."""


@page
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The lists in scope, newest first."""
    actor = _reader(request)
    number = page_number(request)
    found = exemption_lists(actor=actor, offset=(number - 1) * PAGE, limit=PAGE + 1)
    context = {
        "rows": [(row, LIST_STATES[row.state]) for row in found[:PAGE]],
        "is_trader": is_trader(actor),
        "previous": number - 1,
        "next": number + 1 if len(found) > PAGE else 0,
    }
    return render(request, "revenue/exemptions.html", context)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """File a list."""
    actor = actor_of_page(request)
    if not is_trader(actor):
        raise NotAllowed("revenue.claim")
    form = _form(actor, request.POST if request.method == "POST" else None)
    made: list[Registered] = []
    problems: list[Problem] | None = None
    if request.method == "POST":
        problems = attempt(form, lambda: made.append(_filed(actor, form)))
        if problems is None:
            return redirect("revenue:exemption", made[0].number)
    return render(request, "revenue/exemption_new.html", {"form": form, "problems": problems}, status=_status(problems))


def _filed(actor: Actor, form: forms.Form) -> Registered:
    return propose_exemption_list(actor=actor, at=now(), **form.cleaned_data)


def _form(actor: Actor, data: Any) -> ListForm:
    on, language = today(), language_now()
    return ListForm(
        data,
        enterprises=enterprise_names(actor.enterprises).items(),
        offices=[(one.code, one.name) for one in code_values("office", on, language) if len(one.code) >= REGION],
        exemptions=[(one.code, one.name) for one in code_values("exemption", on, language)],
    )


@page
@never_cache
@require_GET
def one(request: HttpRequest, exemption: str) -> HttpResponse:
    """A list with its lines and their uses."""
    return _shown(request, exemption)


@page
@never_cache
@require_POST
def step(request: HttpRequest, exemption: str, step: str) -> HttpResponse:
    """Register, refuse or close a list."""
    if step not in STEPS:
        raise Http404
    actor, form = actor_of_page(request), ReasonForm(request.POST)

    def take() -> None:
        reason = form.cleaned_data["reason"]
        decide_exemption_list(actor=actor, number=exemption, step=step, at=now(), reason=reason)

    problems = attempt(form, take)
    return redirect("revenue:exemption", exemption) if problems is None else _shown(request, exemption, problems)


def _shown(request: HttpRequest, number: str, problems: list[Problem] | None = None) -> HttpResponse:
    actor = actor_of_page(request)
    told, goods = exemption_list(actor=actor, number=number)
    open_steps = [name for name, (before, _after) in STEPS.items() if before == told.state]
    context = {
        "list": told,
        "state": LIST_STATES[told.state],
        "exemption": code_name("exemption", told.exemption, today(), language_now()),
        "goods": goods,
        "steps": [(name, LIST_STEPS[name]) for name in open_steps] if may_propose(actor, told.office) else [],
        "form": ReasonForm(),
        "events": _story(told),
        "problems": problems,
    }
    return render(request, "revenue/exemption.html", context, status=_status(problems))


def _story(told: Registered) -> list[dict[str, Any]]:
    names = names_of([told.proposed_by])
    filed = {"text": _("Filed by the trader"), "at": told.at, "by": names.get(told.proposed_by, "")}
    if told.decided_at is None:
        return [filed]
    return [{"text": str(LIST_STATES[told.state]), "at": told.decided_at, "reason": told.reason}, filed]


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of_page(request)
    if not (readable_offices(actor) or readable_enterprises(actor) or is_trader(actor)):
        raise NotAllowed("revenue.see")
    return actor


def _status(problems: list[Problem] | None) -> int:
    return 200 if problems is None else 422
