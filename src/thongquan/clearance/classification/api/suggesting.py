"""Suggested codes over HTTP: one description by its address, up to a hundred in a body."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.json import answer_json, read_json
from thongquan.base.core.openapi import described
from thongquan.clearance.classification import suggesting_schemas as schemas
from thongquan.clearance.classification.queries.suggesting import GoodsQuestion, suggestion, suggestions

router = Router()


@router.get("/suggestions", openapi_extra=described(schemas.ONE), summary="Suggest codes for one description")
def one(request: HttpRequest, description: str, digits: int = 4, under: str = "") -> HttpResponse:
    """Five candidates of 2, 4, 6 or 8 digits, surest first, each with the texts that led to it.

    `outcome` is `proposed`, `unsure` (no code is proposed), `refused` (`question` is what to ask) or `silent` (no model
    today). `under` keeps to codes that begin so. Texts of other traders are never shown to a trader.
    """
    found = suggestion(
        actor=actor_of_request(request),
        question=GoodsQuestion(description=description, digits=digits, under=under),
        on=localdate(now()),
        language=get_language() or "vi",
    )
    return answer_json(found)


@router.post(
    "/suggestions",
    openapi_extra=described(schemas.SEVERAL, body=schemas.BODY),
    summary="Suggest codes for several descriptions",
)
def several(request: HttpRequest) -> HttpResponse:
    """The same for up to 100 descriptions; every fault of every one is told at once, and then none is answered."""
    given = read_json(request.body, schemas.QuestionsBody)
    found = suggestions(
        actor=actor_of_request(request), questions=given.items, on=localdate(now()), language=get_language() or "vi"
    )
    return answer_json(schemas.SuggestedBatch(items=found))
