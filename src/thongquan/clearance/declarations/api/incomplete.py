"""Incomplete declarations of priority enterprises over HTTP: what may wait, lodge, complete."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from thongquan.base.accounts.auth import actor_of_request, api_auth, api_throttle
from thongquan.base.core.clock import now
from thongquan.base.core.json import answer_json, told_faults
from thongquan.base.core.openapi import described
from thongquan.clearance.declarations.api.bodies import SIGNATURE, decision_answer, document_of, idempotency_key
from thongquan.clearance.declarations.openapi import AMENDED, DOCUMENT_BODY, INCOMPLETE, MAY_WAIT
from thongquan.clearance.declarations.operations.incomplete import complete_declaration, lodge_incomplete
from thongquan.clearance.declarations.queries import stand_of
from thongquan.clearance.declarations.queries.incomplete import may_be_left_out
from thongquan.clearance.declarations.schemas import AmendParameters

router = Router(tags=["declarations"], auth=api_auth, throttle=api_throttle)


@router.get("/incomplete", openapi_extra=described(MAY_WAIT), summary="Fields a priority enterprise may fill in later")
def may_wait(request: HttpRequest) -> HttpResponse:
    """Paths of fields by the law of this day."""
    return answer_json({"fields": may_be_left_out(now())})


@router.post(
    "/incomplete",
    openapi_extra=described(INCOMPLETE, body=DOCUMENT_BODY),
    summary="Lodge an incomplete declaration (priority enterprises)",
)
def lodge(request: HttpRequest) -> HttpResponse:
    """As lodging, but fields that may wait may be missing; `left_out` tells them, `complete_by` the last moment."""
    document, door = document_of(request)
    found = lodge_incomplete(
        actor=actor_of_request(request),
        document=document,
        body=request.body,
        signature=request.headers.get(SIGNATURE, ""),
        at=now(),
        source=door,
        idempotency_key=idempotency_key(request),
    )
    answer = {
        "number": found.lodged.number,
        "state": found.lodged.state,
        "registered_at": found.lodged.registered_at,
        **decision_answer(found.lodged.decision),
        "left_out": found.left_out,
        "complete_by": found.complete_by,
    }
    return answer_json(answer, status=201)


@router.post(
    "/{number}/complete", openapi_extra=described(AMENDED, body=DOCUMENT_BODY), summary="Complete a declaration"
)
def complete(request: HttpRequest, number: str, parameters: Query[AmendParameters]) -> HttpResponse:
    """The body is the whole document; only what was left out may differ from what was declared."""
    actor = actor_of_request(request)
    stand_of(actor=actor, number=number)
    document, door = document_of(request)
    completed = complete_declaration(
        actor=actor,
        number=number,
        document=document,
        body=request.body,
        signature=request.headers.get(SIGNATURE, ""),
        at=now(),
        door=door,
        reason=parameters.reason,
        base=parameters.version,
    )
    answer = {
        "number": completed.number,
        "state": completed.state,
        "version": completed.version,
        "changes": completed.changes,
        "consequences": told_faults(completed.consequences),
        **decision_answer(completed.decision),
        "channel": completed.channel,
    }
    return answer_json(answer, status=201)
