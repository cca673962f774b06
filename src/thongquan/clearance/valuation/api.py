"""Customs values over HTTP: consultations to read and to answer, bands and what lies below them for officers.

Finding values and deciding are for people at the pages.
"""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request, api_auth, api_throttle
from thongquan.base.core.clock import now
from thongquan.base.core.json import answer_json, read_json
from thongquan.base.core.openapi import described
from thongquan.clearance.valuation import schemas
from thongquan.clearance.valuation.operations.asking import answer_question
from thongquan.clearance.valuation.permissions import check_may_anywhere
from thongquan.clearance.valuation.queries.bands import bands_told
from thongquan.clearance.valuation.queries.consultations import consultation_file, worklist
from thongquan.clearance.valuation.queries.prices import proposals
from thongquan.clearance.valuation.states import State

router = Router(tags=["valuation"], auth=api_auth, throttle=api_throttle)
_MOST = 2**62
_LOOK_BACK = timedelta(days=30)


@router.get("/consultations", openapi_extra=described(schemas.LISTED), summary="Consultations on customs values")
def listed(request: HttpRequest, state: str = "") -> HttpResponse:
    """Consultations in your scope, undecided ones first, at most 200; `state` narrows them."""
    known = state if state in set(State) else ""
    return answer_json(worklist(actor=actor_of_request(request), state=known, limit=200)[0])


@router.get("/consultations/{consultation_id}", openapi_extra=described(schemas.TOLD), summary="A consultation")
def told(request: HttpRequest, consultation_id: int) -> HttpResponse:
    """What is in question, asked, answered and decided; values found once it is decided, for officers before."""
    return answer_json(consultation_file(actor=actor_of_request(request), consultation=min(consultation_id, _MOST)))


@router.post(
    "/consultations/{consultation_id}/questions/{question_id}",
    openapi_extra=described(schemas.TOLD, body=schemas.body_of(schemas.ValueAnswerBody)),
    summary="Answer a question of a consultation",
)
def answered(request: HttpRequest, consultation_id: int, question_id: int) -> HttpResponse:
    """Answer as the trader or its broker; an answer is given once."""
    body, actor = read_json(request.body, schemas.ValueAnswerBody), actor_of_request(request)
    case = min(consultation_id, _MOST)
    answer_question(actor=actor, consultation=case, question=min(question_id, _MOST), text=body.text, at=now())
    return answer_json(consultation_file(actor=actor, consultation=case))


@router.get("/bands", openapi_extra=described(schemas.BANDS), summary="Bands of declared prices")
def bands(request: HttpRequest, hs: str) -> HttpResponse:
    """What is usual for goods whose code begins so, at most 200 rows; for officers."""
    return answer_json(bands_told(actor=actor_of_request(request), hs=hs[:8], on=timezone.localdate(now())))


@router.get("/below", openapi_extra=described(schemas.BELOW), summary="Lines below what is usual")
def below(request: HttpRequest) -> HttpResponse:
    """Lines of the last 30 days at your offices below their band, with no consultation yet; for officers."""
    actor = actor_of_request(request)
    check_may_anywhere(actor, "valuation.see")
    return answer_json(proposals(actor=actor, since=now() - _LOOK_BACK))
