"""Cases of two codes: goods that hang together, and what is made of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.classification import labels
from thongquan.clearance.classification.operations.cases import BECOMES, close_case, reopen_case
from thongquan.clearance.classification.permissions import check_anywhere, may
from thongquan.clearance.classification.queries.cases import CaseFile, case_file, cases
from thongquan.clearance.classification.queries.findings import findings
from thongquan.clearance.classification.views.ruling_common import PAGE, actor_of_page, page_asked, problems_of


@page
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Cases, those with most at stake first."""
    actor = actor_of_page(request)
    check_anywhere(actor, "classification.see")
    state = request.GET.get("state", "open")
    state = state if state in labels.CASE_STATES else "open"
    place = page_asked(request)
    rows, more = cases(actor=actor, state=state, offset=(place - 1) * PAGE, limit=PAGE)
    context: dict[str, Any] = {
        "rows": [(row, labels.CASE_STATES[row.state], labels.BECAME[row.became]) for row in rows],
        "state": state,
        "states": labels.CASE_STATES,
        "works": True,
        "previous": place - 1,
        "next": place + 1 if more else 0,
    }
    return render(request, "classification/cases.html", context)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """A case with its findings; `POST` closes it with what it becomes, or opens it again."""
    actor = actor_of_page(request)
    check_anywhere(actor, "classification.see")
    kept = case_file(actor=actor, case=case_id)
    if request.method != "POST":
        return _page(request, actor, kept, [])
    words = request.POST.get("words", "")
    try:
        if request.POST.get("act") == "reopen":
            reopen_case(actor=actor, case=kept.row.id, words=words, at=now())
        else:
            close_case(actor=actor, case=kept.row.id, becomes=request.POST.get("becomes", ""), words=words, at=now())
    except Refused as refused:
        return _page(request, actor, kept, problems_of(refused.faults))
    return redirect("classification:case", kept.row.id)


def _page(request: HttpRequest, actor: Actor, kept: CaseFile, problems: list[Problem]) -> HttpResponse:
    row = kept.row
    found, more = findings(actor=actor, case=row.id, limit=200)
    names = names_of({step.by for step in kept.steps})
    context: dict[str, Any] = {
        "row": row,
        "state": labels.CASE_STATES[row.state],
        "became": labels.BECAME[row.became],
        "rows": [(one, labels.OUTCOMES[one.outcome], labels.likeness_words(one.likeness)) for one in found],
        "more": more,
        "leads": may(actor, "classification.lead", office=row.office),
        "becomes": [(key, labels.BECOMES[key]) for key in BECOMES],
        "given": request.POST,
        "steps": [(step, labels.BECAME[step.step], names.get(step.by, "")) for step in kept.steps],
        "problems": problems,
    }
    return render(request, "classification/case.html", context, status=422 if problems else 200)
