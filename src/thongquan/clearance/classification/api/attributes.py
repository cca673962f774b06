"""Deciding attributes over HTTP: the same operations as the page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.json import answer_json, read_json
from thongquan.base.core.openapi import described
from thongquan.clearance.classification import ruling_schemas as schemas
from thongquan.clearance.classification.operations import attributes as operations
from thongquan.clearance.classification.permissions import offices_for
from thongquan.clearance.classification.queries.attributes import attributes
from thongquan.learning.suggest.knowledge import digits_of

router = Router()


@router.get("/attributes", openapi_extra=described(schemas.ATTRIBUTES), summary="Deciding attributes")
def listed(request: HttpRequest, code: str = "", history: bool = False) -> HttpResponse:
    """What decides between the codes of a heading, for officers; `history` adds what was ended or rejected."""
    if not offices_for(actor_of_request(request), "classification.see"):
        raise NotAllowed("classification.see")
    return answer_json(attributes(code=digits_of(code[:20]), history=history))


@router.post(
    "/attributes",
    openapi_extra=described(schemas.PROPOSED, body=schemas.body(operations.AttributeGiven)),
    summary="Propose a deciding attribute",
)
def proposed(request: HttpRequest) -> HttpResponse:
    """It holds once another person takes the step `sign`."""
    given = read_json(request.body, operations.AttributeGiven)
    made = operations.propose_attribute(actor=actor_of_request(request), given=given, at=now())
    return answer_json({"id": made}, status=201)


@router.post(
    "/attributes/{attribute_id}/{step}",
    openapi_extra=described(schemas.DONE, body=schemas.body(schemas.WordsBody)),
    summary="Take a step of a deciding attribute",
)
def stepped(request: HttpRequest, attribute_id: int, step: str) -> HttpResponse:
    """sign, reject (with words) or end (proposes the end, with words)."""
    actor, at = actor_of_request(request), now()
    given = read_json(request.body or b"{}", schemas.WordsBody)
    if step == "sign":
        operations.sign_attribute(actor=actor, attribute=attribute_id, at=at)
    elif step == "reject":
        operations.reject_attribute(actor=actor, attribute=attribute_id, words=given.words, at=at)
    elif step == "end":
        operations.propose_attribute_end(actor=actor, attribute=attribute_id, words=given.words, at=at)
    else:
        raise NotFound(step)
    return answer_json({"id": attribute_id})
