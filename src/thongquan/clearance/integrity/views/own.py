"""Pages of an officer who was asked: the own questions, and the answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.summary import problems_of
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.integrity.forms import AnswerForm
from thongquan.clearance.integrity.operations.cases import answer_case
from thongquan.clearance.integrity.permissions import may_answer
from thongquan.clearance.integrity.queries.reading import own_question, own_questions
from thongquan.clearance.integrity.states import State
from thongquan.clearance.integrity.views.common import actor_of_page
from thongquan.clearance.integrity.words import ENDS, KINDS, STATES, told_counts


@page
@never_cache
@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """The questions asked of the reader. Raises `NotAllowed` where the second factor is missing."""
    actor = actor_of_page(request)
    if not may_answer(actor, actor.reference):
        raise NotAllowed("integrity.answer")
    rows = [(one, KINDS[one.kind], STATES[one.state], ENDS[one.end]) for one in own_questions(actor)]
    return render(request, "integrity/questions.html", {"rows": rows, "today": timezone.localdate(now())})


@page
@never_cache
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, case_id: int) -> HttpResponse:
    """A question asked of the reader; POST answers it. Raises `NotFound` for everybody else."""
    actor = actor_of_page(request)
    kept = own_question(actor=actor, case=case_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    problems: list[Problem] = []
    if form.is_valid():
        try:
            answer_case(actor=actor, case=case_id, at=now(), **form.cleaned_data)
            return redirect("integrity:question", case_id)
        except Refused as refused:
            problems = problems_of(refused.faults)
    context = {
        "case": kept,
        "kind": KINDS[kept.row.kind],
        "state": STATES[kept.row.state],
        "end": ENDS[kept.row.end],
        "counts": told_counts(kept.row.kind, kept.figures),
        "answers": kept.row.state == State.ASKED,
        "form": form,
        "problems": problems,
    }
    return render(request, "integrity/question.html", context, status=422 if request.method == "POST" else 200)
