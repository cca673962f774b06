"""The guided form of the six methods: choose line and method, say what it asks, look at the derivation, keep it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.summary import problems_of
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.declarations.queries import document_in_force
from thongquan.clearance.valuation.forms.methods import ChooseForm, MethodForm
from thongquan.clearance.valuation.labels import METHODS, NEVER, name_of_term
from thongquan.clearance.valuation.operations.determining import declared_values, determine_value, try_value
from thongquan.clearance.valuation.panels import told_prices
from thongquan.clearance.valuation.queries.consultations import ConsultationFile, consultation_file
from thongquan.clearance.valuation.queries.prices import alike
from thongquan.clearance.valuation.states import Step
from thongquan.clearance.valuation.views.common import actor_of_page
from thongquan.clearance.valuation.views.steps import is_open
from thongquan.rules.valuing import COMPARING, Valued
from thongquan.rules.valuing import METHODS as ORDER


@page
@never_cache
@require_http_methods(["GET", "POST"])
def method(request: HttpRequest, consultation_id: int) -> HttpResponse:
    """Find the value of a line. The address says which line and method; POST computes, and keeps when told to."""
    actor = actor_of_page(request)
    kept = consultation_file(actor=actor, consultation=consultation_id)
    if not is_open(Step.DETERMINE, actor, kept):
        raise NotAllowed("valuation.consult")
    choose = ChooseForm(request.GET or None, choices={"line": _lines(kept)})
    if not choose.is_valid() or choose.cleaned_data["method"] not in ORDER[1:]:
        status = 422 if request.GET else 200
        return render(request, "valuation/method.html", {"case": kept, "choose": choose}, status=status)
    line, chosen, turned = (choose.cleaned_data[name] for name in ("line", "method", "turned"))
    form = MethodForm(request.POST if request.method == "POST" else None, method=chosen, turned=turned)
    problems: list[Problem] = []
    valued: Valued | None = None
    if form.is_valid():
        try:
            valued = try_value(actor=actor, consultation=consultation_id, asked=form.asked(line), at=now())
            if "keep" in request.POST:
                determine_value(actor=actor, consultation=consultation_id, asked=form.asked(line), at=now())
                return redirect("valuation:case", consultation_id)
        except Refused as refused:
            problems = problems_of(refused.faults)
    rows = alike(actor=actor, number=kept.row.number, line=line) if chosen in COMPARING | {"fallback"} else []
    context = {
        "case": kept,
        "choose": choose,
        "form": form,
        "line": line,
        "method": METHODS[chosen],
        "never": NEVER if chosen == "fallback" else (),
        "alike": told_prices(rows),
        "problems": problems,
        **_derivation(kept, line, valued),
    }
    bad = request.method == "POST" and valued is None
    return render(request, "valuation/method.html", context, status=422 if bad else 200)


def _lines(kept: ConsultationFile) -> list[tuple[str, str]]:
    lines = {line.number: line for line in document_in_force(kept.row.number).lines}
    return [
        (str(number), f"{number} · {lines[number].hs or ''} · {(lines[number].description or '')[:60]}")
        for number in kept.row.lines
        if number in lines
    ]


def _derivation(kept: ConsultationFile, line: int, valued: Valued | None) -> dict[str, Any]:
    if valued is None:
        return {}
    return {
        "valued": valued,
        "declared_vnd": declared_values(kept.row.number)[line],
        "candidates": [
            {
                "one": candidate,
                "terms": [(name_of_term(valued.method, term.name), term.amount_vnd) for term in candidate.terms],
                "chosen": place == valued.chosen,
            }
            for place, candidate in enumerate(valued.candidates)
        ],
    }
