"""The exercise room: start, go on, decide, and see how it went."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from thongquan.academy.operations import decide_case, open_case, start_exercise
from thongquan.academy.permissions import check_may_train
from thongquan.academy.queries import Judged, exercise_file, exercises_of, open_exercise_of, specimens_at
from thongquan.academy.words import DECIDED, VERDICTS
from thongquan.base.accounts.queries import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem

MOST_LINES = 200


@page
@never_cache
@require_GET
def room(request: HttpRequest) -> HttpResponse:
    """One's exercises, and the way into the next."""
    return _room(request, [])


@page
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Draw the cases of a new exercise and open the first."""
    actor, at = actor_of_request(request, now()), now()
    office = request.POST.get("office", "")
    try:
        exercise_id = start_exercise(actor=actor, office=office, at=at)
    except Refused as refused:
        return _room(request, _problems(refused))
    return redirect("declarations:file", open_case(actor=actor, exercise=exercise_id, at=at))


@page
@never_cache
@require_GET
def exercise(request: HttpRequest, exercise_id: int) -> HttpResponse:
    """The score of an exercise, case by case."""
    found = exercise_file(actor=actor_of_request(request, now()), exercise=exercise_id)
    cases = [
        (one, DECIDED.get(one.decision, ""), VERDICTS[verdict_of(one)] if one.answer else "") for one in found.cases
    ]
    return render(request, "academy/exercise.html", {"row": found.row, "cases": cases})


@page
@require_POST
def following(request: HttpRequest, exercise_id: int) -> HttpResponse:
    """Open the next case, on the page of its declaration."""
    number = open_case(actor=actor_of_request(request, now()), exercise=exercise_id, at=now())
    return redirect("declarations:file", number)


@page
@require_POST
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """Decide a case; its declaration then shows what crossed."""
    actor, post = actor_of_request(request, now()), request.POST
    lines = [int(one) for one in post.getlist("line")[:MOST_LINES] if one.isascii() and one.isdigit() and len(one) < 4]
    try:
        decide_case(actor=actor, number=number, decision=post.get("decision", ""), lines=lines, at=now())
    except Refused as refused:
        return _room(request, _problems(refused))
    return redirect("declarations:file", number)


def verdict_of(case: Judged) -> str:
    """How a decided case went, as a key of `words.VERDICTS`."""
    answer = case.answer
    if answer is None or (answer.missed and not answer.found):
        return "missed"
    if answer.found:
        return "partly" if answer.missed else "found"
    if answer.needless:
        return "needless"
    return "error" if answer.errors_found else "right"


def _room(request: HttpRequest, problems: list[Problem]) -> HttpResponse:
    actor = actor_of_request(request, now())
    offices = check_may_train(actor)
    context: dict[str, Any] = {
        "offices": offices,
        "rows": exercises_of(actor),
        "open": open_exercise_of(actor),
        "specimens": specimens_at(actor),
        "problems": problems,
    }
    return render(request, "academy/room.html", context, status=422 if problems else 200)


def _problems(refused: Refused) -> list[Problem]:
    told = [(fault, sentence(fault)) for fault in refused.faults]
    return [Problem(one.text, "", one.remedy, fault.code, one.example, one.basis) for fault, one in told]
