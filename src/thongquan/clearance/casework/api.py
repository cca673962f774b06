"""Questions to the office over HTTP: ask, list, read, answer, close, open again. Notes have no door for programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request, api_auth, api_throttle
from thongquan.base.core.clock import now
from thongquan.base.core.json import answer_json, read_json
from thongquan.base.core.openapi import described
from thongquan.clearance.casework.operations import questions as verbs
from thongquan.clearance.casework.queries.questions import PAGE, conversation, questions_in_scope, questions_of
from thongquan.clearance.casework.schemas import ASKED, LISTED, TOLD, AskBody, ReopenBody, SayBody, body_of

router = Router(tags=["questions"], auth=api_auth, throttle=api_throttle)
MOST_PAGES = 1000


@router.get("/", openapi_extra=described(LISTED), summary="List questions")
def listed(request: HttpRequest, state: str = "", number: str = "", page: int = 1) -> HttpResponse:
    """Questions in scope, or those of one declaration; `state` is open, answered or closed."""
    actor, at = actor_of_request(request), now()
    if number:
        return answer_json({"questions": questions_of(actor=actor, number=number, at=at)[1], "more": False})
    offset = (min(max(page, 1), MOST_PAGES) - 1) * PAGE
    rows, more = questions_in_scope(actor=actor, at=at, state=state, offset=offset)
    return answer_json({"questions": rows, "more": more})


@router.post("/", openapi_extra=described(ASKED, body=body_of(AskBody)), summary="Ask the office")
def asked(request: HttpRequest) -> HttpResponse:
    """Ask about a declaration of one's own; the answer clock of the office starts."""
    body, actor, at = read_json(request.body, AskBody), actor_of_request(request), now()
    made = verbs.ask_question(actor=actor, number=body.number, topic=body.topic, text=body.text, at=at)
    return _told(request, made, status=201)


@router.get("/{thread_id}", openapi_extra=described(TOLD), summary="Read a question")
def told(request: HttpRequest, thread_id: int) -> HttpResponse:
    """A question and what was said; `steps` are open to the reader now."""
    return _told(request, thread_id)


@router.post("/{thread_id}/messages", openapi_extra=described(TOLD, body=body_of(SayBody)), summary="Say more, answer")
def said(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Add to a question, or answer it as the office."""
    body, actor = read_json(request.body, SayBody), actor_of_request(request)
    say = verbs.answer_and_close if body.close else verbs.follow_up
    say(actor=actor, thread_id=thread_id, text=body.text, at=now())
    return _told(request, thread_id)


@router.post("/{thread_id}/close", openapi_extra=described(TOLD), summary="Close a question")
def closed(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Close an answered question."""
    verbs.close_question(actor=actor_of_request(request), thread_id=thread_id, at=now())
    return _told(request, thread_id)


@router.post(
    "/{thread_id}/reopen", openapi_extra=described(TOLD, body=body_of(ReopenBody)), summary="Open a question again"
)
def reopened(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Say what is still open; the answer clock starts anew."""
    body, actor = read_json(request.body, ReopenBody), actor_of_request(request)
    verbs.reopen_question(actor=actor, thread_id=thread_id, text=body.text, at=now())
    return _told(request, thread_id)


def _told(request: HttpRequest, thread_id: int, *, status: int = 200) -> HttpResponse:
    found = conversation(actor=actor_of_request(request), thread_id=thread_id, at=now())
    return answer_json(found, status=status)
