"""Questions to the office: the queue, one thread, and asking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.paging import page_number
from thongquan.base.web.summary import problems_of
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.casework.operations import questions as verbs
from thongquan.clearance.casework.permissions import can_ask, colleague_offices
from thongquan.clearance.casework.queries import questions as asked
from thongquan.clearance.casework.states import State, Step
from thongquan.clearance.casework.views.common import actor_of_page, typed
from thongquan.clearance.casework.words import STATES
from thongquan.clearance.control.views.common import strip_of
from thongquan.clearance.declarations.queries import stand_of

Verb = Callable[..., object]


@page
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What was asked, within the reader's scope: for officers by the answer clock, for traders what moved last."""
    actor, at, place = actor_of_page(request), now(), page_number(request)
    if not (is_trader(actor) or colleague_offices(actor)):
        raise NotAllowed("casework.answer")
    state, mine = request.GET.get("state", ""), request.GET.get("mine") == "1"
    chosen = state if state in STATES or state == "all" else _first(actor)
    rows, more = asked.questions_in_scope(
        actor=actor, at=at, state=chosen, mine=mine, offset=(place - 1) * asked.PAGE, limit=asked.PAGE
    )
    counts = asked.count_by_state(actor)
    context = {
        "rows": [(row, STATES[State(row.state)]) for row in rows],
        "tabs": [(one.value, words, counts.get(one, 0)) for one, words in STATES.items()],
        "state": chosen,
        "total": sum(counts.values()),
        "mine": mine,
        "is_trader": is_trader(actor),
        "previous": place - 1,
        "next": place + 1 if more else 0,
    }
    return render(request, "casework/questions.html", context)


def _first(actor: Actor) -> str:
    """What a list opens with: for officers what waits for them, for traders everything."""
    return "all" if is_trader(actor) else State.OPEN


@page
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the office about a declaration."""
    actor, at = actor_of_page(request), now()
    stand = stand_of(actor=actor, number=number)
    if not can_ask(actor, stand.tax_code):
        raise NotAllowed("casework.ask")
    problems: list[Problem] = []
    topic, text = typed(request, "topic", 2_000), typed(request, "text")
    if request.method == "POST":
        try:
            made = verbs.ask_question(actor=actor, number=number, topic=topic, text=text, at=at)
        except Refused as refused:
            problems = problems_of(refused.faults)
        else:
            return redirect("casework:thread", made)
    context = {"stand": stand, "strip": strip_of(stand), "topic": topic, "text": text, "problems": problems}
    return render(request, "casework/ask.html", context, status=422 if problems else 200)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def thread(request: HttpRequest, thread_id: int) -> HttpResponse:
    """A question and what was said; POST `act`: `say`, `answer_close`, `close` or `reopen`."""
    actor, problems = actor_of_page(request), []
    if request.method == "POST":
        try:
            _act(request, actor, thread_id)
        except Refused as refused:
            problems = problems_of(refused.faults)
        else:
            return redirect("casework:thread", thread_id)
    return render(
        request, "casework/thread.html", _shown(request, actor, thread_id, problems), status=422 if problems else 200
    )


def _act(request: HttpRequest, actor: Actor, thread_id: int) -> None:
    act, at = request.POST.get("act", "say"), now()
    if act == "close":
        verbs.close_question(actor=actor, thread_id=thread_id, at=at)
        return
    speak: dict[str, Verb] = {"answer_close": verbs.answer_and_close, "reopen": verbs.reopen_question}
    speak.get(act, verbs.follow_up)(actor=actor, thread_id=thread_id, text=typed(request, "text"), at=at)


def _shown(request: HttpRequest, actor: Actor, thread_id: int, problems: list[Problem]) -> dict[str, Any]:
    found = asked.conversation(actor=actor, thread_id=thread_id, at=now())
    steps = set(found.steps)
    return {
        "found": found,
        "question": found.question,
        "state_words": STATES[State(found.question.state)],
        "can_say": bool(steps & {Step.ANSWER, Step.FOLLOW}),
        "can_reopen": Step.REOPEN in steps,
        "can_close": Step.CLOSE in steps,
        "answers": Step.ANSWER in steps,
        "is_open": found.question.state == State.OPEN,
        "subject": f"question:{thread_id}",
        "text": typed(request, "text"),
        "problems": problems,
    }
