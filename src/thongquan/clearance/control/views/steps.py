"""What the pages of release share: a step tried, and every refusal told above the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.control.queries.missing import shown_fault
from thongquan.clearance.declarations.permissions import may
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.declarations.states import STEPS, State, Step
from thongquan.rules.decision import Fault

Context = dict[str, Any]


def problems_of(refused: Refused) -> list[Problem]:
    """Every fault as an entry of the error summary."""
    return [_problem(fault) for fault in refused.faults]


def _problem(fault: Fault) -> Problem:
    told = sentence(shown_fault(fault))
    return Problem(told.text, remedy=told.remedy, code=str(fault.code), example=told.example, basis=told.basis)


def tried(
    request: HttpRequest,
    act: Callable[[], object],
    *,
    done: str,
    leads_to: tuple[str, ...],
    template: str,
    context: Callable[[], Context],
) -> HttpResponse:
    """Do it and lead on with a word of success, or show the page again with every fault above it (422)."""
    try:
        act()
    except Refused as refused:
        shown = {**context(), "problems": problems_of(refused), "posted": request.POST}
        return render(request, template, shown, status=422)
    messages.success(request, done)
    return redirect(*leads_to)


def can_take(actor: Actor, stand: Stand, step: Step) -> bool:
    """Whether the state opens a step and the actor has its permission."""
    rule = STEPS[step]
    return State(stand.state) in rule.moves and may(actor, rule.who, office=stand.office, tax_code=stand.tax_code)
