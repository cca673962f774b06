"""Cases of two codes: goods that hang together, and what is made of them."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.classification import labels
from thongquan.clearance.classification.forms.case_requests import CodeForm
from thongquan.clearance.classification.operations.case_requests import decline_code, give_code
from thongquan.clearance.classification.operations.cases import BECOMES, close_case, reopen_case
from thongquan.clearance.classification.permissions import check_anywhere, may
from thongquan.clearance.classification.queries.cases import CaseDone, CaseFile, CodeAsked, case_file, cases
from thongquan.clearance.classification.queries.findings import findings
from thongquan.clearance.classification.views.ruling_common import PAGE, actor_of_page, attempt, page_asked, problems_of
from thongquan.rules.decision import Fault


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
    """A case with its findings; `POST` closes it with what it becomes, opens it again, or answers what it asks for."""
    actor = actor_of_page(request)
    check_anywhere(actor, "classification.see")
    kept = case_file(actor=actor, case=case_id)
    if request.method != "POST":
        return _page(request, actor, kept, [])
    form = CodeForm(request.POST) if request.POST.get("act") == "give" else None
    try:
        problems = _done(request, actor, kept.row.id, form)
    except Refused as refused:
        problems = problems_of(refused.faults)
    if problems is None:
        return redirect("classification:case", kept.row.id)
    return _page(request, actor, kept, problems, form=form, refused=True)


def _done(request: HttpRequest, actor: Actor, key: int, form: CodeForm | None) -> list[Problem] | None:
    """Do what was asked; None when it was done."""
    act, words = request.POST.get("act"), request.POST.get("words", "")
    if form is not None:
        return attempt(form, lambda: give_code(actor=actor, case=key, at=now(), **form.cleaned_data))
    if act == "decline":
        decline_code(actor=actor, case=key, words=words, at=now())
    elif act == "reopen":
        reopen_case(actor=actor, case=key, words=words, at=now())
    else:
        close_case(actor=actor, case=key, becomes=request.POST.get("becomes", ""), words=words, at=now())
    return None


def _page(
    request: HttpRequest,
    actor: Actor,
    kept: CaseFile,
    problems: list[Problem],
    *,
    form: CodeForm | None = None,
    refused: bool = False,
) -> HttpResponse:
    row = kept.row
    found, more = findings(actor=actor, case=row.id, limit=200)
    names = names_of({step.by for step in kept.steps} | {one.asked_by for one in kept.requests})
    waiting = next((one for one in kept.requests if one.state == "waiting"), None)
    context: dict[str, Any] = {
        "row": row,
        "works": True,
        "state": labels.CASE_STATES[row.state],
        "became": labels.BECAME[row.became],
        "rows": [(one, labels.OUTCOMES[one.outcome], labels.likeness_words(one.likeness)) for one in found],
        "more": more,
        "leads": may(actor, "classification.lead", office=row.office),
        "becomes": [(key, labels.BECOMES[key]) for key in BECOMES],
        "given": request.POST,
        "steps": [(step, labels.BECAME[step.step], names.get(step.by, ""), _why_not(step)) for step in kept.steps],
        "requests": [
            (one, labels.REQUESTS[one.kind], labels.REQUEST_STATES[one.state], names.get(one.asked_by, ""))
            for one in kept.requests
        ],
        "form": _form(actor, kept, waiting, form),
        "problems": problems,
    }
    return render(request, "classification/case.html", context, status=422 if refused else 200)


def _form(actor: Actor, kept: CaseFile, waiting: CodeAsked | None, form: CodeForm | None) -> CodeForm | None:
    """For who may answer what the case asks for: not the one who asked."""
    own = waiting is not None and waiting.asked_by == actor.reference
    if waiting is None or own or not may(actor, "classification.rule", office=kept.row.office):
        return None
    return form or CodeForm(initial={"description": waiting.description})


def _why_not(step: CaseDone) -> list[str]:
    """Why another room did not do it, in sentences."""
    return [sentence(msgspec.convert(one, Fault)).text for one in step.data.get("faults", ())]
