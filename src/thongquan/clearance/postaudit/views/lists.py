"""Audits in one's scope, the opening of one, and selections for those who select."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.paging import page_number
from thongquan.base.web.summary import problems_of
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.declarations.queries import stand_of
from thongquan.clearance.postaudit import operations, queries
from thongquan.clearance.postaudit.criteria import share_of
from thongquan.clearance.postaudit.forms import OpenForm, SelectionForm
from thongquan.clearance.postaudit.labels import PLACES, STATES, WHYS
from thongquan.clearance.postaudit.permissions import check_may, may, offices_for
from thongquan.clearance.postaudit.views.common import actor_of_page
from thongquan.rules.decision import Fault

PAGE = 50


@page
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Audits, newest first: of the actor's offices, or of the actor's enterprises."""
    actor = actor_of_page(request)
    if not (offices_for(actor, "postaudit.see") or is_trader(actor)):
        raise NotAllowed("postaudit.see")
    state, place = request.GET.get("state", ""), page_number(request)
    state = state if state in STATES else ""
    rows, more = queries.worklist(actor=actor, state=state, offset=(place - 1) * PAGE, limit=PAGE)
    context = {
        "rows": [(row, STATES[row.state], PLACES[row.place]) for row in rows],
        "state": state,
        "states": STATES,
        "is_trader": is_trader(actor),
        "selects": bool(offices_for(actor, "postaudit.select")),
        "previous": place - 1,
        "next": place + 1 if more else 0,
    }
    return render(request, "postaudit/list.html", context)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def open_case(request: HttpRequest, number: str) -> HttpResponse:
    """Open an audit of a declaration."""
    actor = actor_of_page(request)
    stand = stand_of(actor=actor, number=number)
    check_may(actor, "postaudit.audit", office=stand.office)
    form = OpenForm(request.POST or None, initial={"place": "customs", "candidate": _candidate(request)})
    problems: list[Problem] = []
    if form.is_valid():
        try:
            place, candidate = form.cleaned_data["place"], form.cleaned_data["candidate"]
            audit = operations.open_audit(actor=actor, number=number, place=place, candidate=candidate, at=now())
            return redirect("postaudit:case", audit)
        except Refused as refused:
            problems = problems_of(refused.faults)
    context = {"form": form, "stand": stand, "problems": problems}
    return render(request, "postaudit/open.html", context, status=422 if request.method == "POST" else 200)


def _candidate(request: HttpRequest) -> str:
    text = request.GET.get("candidate", "")
    return text if text.isascii() and text.isdigit() and len(text) < 12 else ""


@page
@never_cache
@require_http_methods(["GET", "POST"])
def selections(request: HttpRequest) -> HttpResponse:
    """Selections, newest first, and a new one. Raises `NotAllowed` for everyone who does not select."""
    actor = actor_of_page(request)
    if not offices_for(actor, "postaudit.select"):
        raise NotAllowed("postaudit.select")
    form = SelectionForm(request.POST or None)
    problems: list[Problem] = []
    if form.is_valid():
        try:
            return redirect("postaudit:selection", _made(form, request))
        except Refused as refused:
            problems = problems_of(refused.faults)
    context = {"rows": queries.selections_in_scope(actor), "form": form, "problems": problems}
    return render(request, "postaudit/selections.html", context, status=422 if request.method == "POST" else 200)


def _made(form: SelectionForm, request: HttpRequest) -> int:
    faults: list[Fault] = []
    share = share_of(form.cleaned_data["random_share"], "random_share", faults)
    score = share_of(form.cleaned_data["score_at_least"], "score_at_least", faults)
    if faults:
        raise Refused(faults)
    return operations.make_selection(
        actor=actor_of_page(request),
        name=form.cleaned_data["name"],
        criteria=form.criteria(),
        random_share=share or Decimal(0),
        score_at_least=score,
        at=now(),
    )


@page
@never_cache
@require_http_methods(["GET", "POST"])
def selection(request: HttpRequest, selection_id: int) -> HttpResponse:
    """A selection with what it chose; POST runs it, once."""
    actor = actor_of_page(request)
    kept = queries.selection_file(actor=actor, selection=selection_id)
    if request.method == "POST":
        operations.run_selection(actor=actor, selection=selection_id, at=now())
        return redirect("postaudit:selection", selection_id)
    asked = {name: getattr(kept.criteria, name) for name in kept.criteria.__struct_fields__}
    labels = SelectionForm.base_fields
    context = {
        "kept": kept,
        "asked": [(labels[name].label, value) for name, value in asked.items() if value],
        "chosen": [
            (one, WHYS[one.why], may(actor, "postaudit.audit", office=one.office) and not one.audit)
            for one in kept.chosen
        ],
    }
    return render(request, "postaudit/selection.html", context)
