"""Guarantees: the list, a new one proposed by a trader, one with what it stands for and what customs may do."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongquan.base.accounts.permissions import is_trader, readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.revenue.money_forms import GuaranteeForm, RefusalForm
from thongquan.clearance.revenue.operations import (
    Proposal,
    accept_guarantee,
    close_guarantee,
    propose_guarantee,
    refuse_guarantee,
)
from thongquan.clearance.revenue.permissions import keeps_money
from thongquan.clearance.revenue.queries import has_conditions_for_guarantee
from thongquan.clearance.revenue.queries.guarantees import Given, guarantee, guarantees, standing_for
from thongquan.clearance.revenue.views.sharing import PAGE, actor_of_page, attempt, page_number, problems_of
from thongquan.clearance.revenue.words import GUARANTEE_KINDS, GUARANTEE_STATES


@page
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Guarantees in scope, those that wait on top."""
    actor = actor_of_page(request)
    if not (readable_offices(actor) or readable_enterprises(actor) or is_trader(actor)):
        raise NotAllowed("revenue.see")
    number = page_number(request)
    rows, more = guarantees(actor=actor, offset=(number - 1) * PAGE, limit=PAGE)
    context = {
        "rows": [(row, GUARANTEE_KINDS.get(row.kind, row.kind), GUARANTEE_STATES[row.state]) for row in rows],
        "previous": number - 1,
        "next": number + 1 if more else 0,
        "is_trader": is_trader(actor),
    }
    return render(request, "revenue/guarantees.html", context)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """A trader proposes a guarantee."""
    actor = actor_of_page(request)
    if not is_trader(actor):
        raise NotAllowed("revenue.guarantee")
    start = {"valid_from": timezone.localdate(now()), "office": "", "kind": "general"}
    form = GuaranteeForm(request.POST or None, tax_codes=sorted(actor.enterprises), initial=start)
    problems: list[Problem] | None = []
    if request.method == "POST":
        done: list[int] = []
        problems = attempt(form, lambda: done.append(_propose(actor, form)))
        if done:
            messages.success(request, _("The guarantee is proposed; the office decides."))
            return redirect("revenue:guarantee", done[0])
    status = 422 if request.method == "POST" else 200
    return render(request, "revenue/propose.html", {"form": form, "problems": problems or []}, status=status)


def _propose(actor: Actor, form: GuaranteeForm) -> int:
    texts = ("number", "declaration", "guarantor", "office")
    values = form.cleaned_data | {name: form.cleaned_data[name].strip() for name in texts}
    return propose_guarantee(actor=actor, proposal=Proposal(**values), at=now())


@page
@never_cache
@require_GET
def one(request: HttpRequest, guarantee_id: int) -> HttpResponse:
    """A guarantee: its balance, what it stands for, and for its office whether the trader meets the conditions."""
    actor = actor_of_page(request)
    return _shown(request, actor, guarantee(actor=actor, guarantee_id=guarantee_id), RefusalForm(), [])


def _shown(
    request: HttpRequest, actor: Actor, given: Given, form: RefusalForm, problems: list[Problem], *, status: int = 200
) -> HttpResponse:
    decides = keeps_money(actor, given.office)
    waits = decides and given.state == "proposed"
    unmet = has_conditions_for_guarantee(given.tax_code, now()) if waits and given.kind == "general" else []
    context = {
        "given": given,
        "kind": GUARANTEE_KINDS.get(given.kind, given.kind),
        "state": GUARANTEE_STATES[given.state],
        "standing": standing_for(given.id),
        "waits": waits,
        "can_close": decides and given.state == "accepted" and not given.used_vnd,
        "unmet": problems_of(unmet),
        "form": form,
        "problems": problems,
        "today": timezone.localdate(now()),
    }
    return render(request, "revenue/guarantee.html", context, status=status)


def _taken(request: HttpRequest, guarantee_id: int, step: Callable[[Actor, str], None], words: str) -> HttpResponse:
    """Take a step of the office and go back to the page, or say there why not."""
    actor = actor_of_page(request)
    given = guarantee(actor=actor, guarantee_id=guarantee_id)
    try:
        step(actor, given.number)
    except Refused as refused:
        return _shown(request, actor, given, RefusalForm(), problems_of(refused.faults), status=422)
    messages.success(request, words)
    return redirect("revenue:guarantee", guarantee_id)


@page
@never_cache
@require_POST
def accept(request: HttpRequest, guarantee_id: int) -> HttpResponse:
    """The office accepts."""

    def step(actor: Actor, number: str) -> None:
        accept_guarantee(actor=actor, number=number, at=now())

    return _taken(request, guarantee_id, step, _("The guarantee is accepted."))


@page
@never_cache
@require_POST
def refuse(request: HttpRequest, guarantee_id: int) -> HttpResponse:
    """The office refuses, with a reason."""
    actor = actor_of_page(request)
    given = guarantee(actor=actor, guarantee_id=guarantee_id)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _shown(request, actor, given, form, [], status=422)

    def step(who: Actor, number: str) -> None:
        refuse_guarantee(actor=who, number=number, reason=form.cleaned_data["reason"], at=now())

    return _taken(request, guarantee_id, step, _("The guarantee is refused."))


@page
@never_cache
@require_POST
def close(request: HttpRequest, guarantee_id: int) -> HttpResponse:
    """The office ends a guarantee that stands for nothing."""

    def step(actor: Actor, number: str) -> None:
        close_guarantee(actor=actor, number=number, at=now())

    return _taken(request, guarantee_id, step, _("The guarantee is closed."))
