"""Data given before registration, over HTTP: keep, change, read, register."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request, api_auth, api_throttle
from thongquan.base.core.clock import now
from thongquan.base.core.json import answer_json
from thongquan.base.core.openapi import described
from thongquan.clearance.declarations.api.bodies import SIGNATURE, decision_answer, document_of
from thongquan.clearance.declarations.openapi import (
    BODY,
    DOCUMENT_BODY,
    KEPT,
    PREREGISTERED,
    PREREGISTRATIONS,
    REGISTERED,
)
from thongquan.clearance.declarations.operations.preregistering import (
    change_preregistered,
    preregister,
    register_preregistered,
)
from thongquan.clearance.declarations.queries import PreRegistered, preregistered_in_scope, preregistered_of
from thongquan.clearance.declarations.queries.preregistered import preregistered_body

router = Router(tags=["declarations"], auth=api_auth, throttle=api_throttle)


@router.post("/", openapi_extra=described(KEPT, body=DOCUMENT_BODY), summary="Pre-register data")
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the data under a number of their own for the days the law says. Nothing is judged."""
    document, _door = document_of(request)
    kept = preregister(actor=actor_of_request(request), document=document, at=now())
    return answer_json(_answer(kept), status=201)


@router.get("/", openapi_extra=described(PREREGISTRATIONS), summary="List pre-registered data")
def listed(request: HttpRequest) -> HttpResponse:
    """Those of my enterprises that may still be registered, latest first."""
    rows = preregistered_in_scope(actor_of_request(request), now())
    return answer_json({"preregistered": [_answer(one) for one in rows]})


@router.get("/{number}", openapi_extra=described(PREREGISTERED), summary="Read pre-registered data")
def read(request: HttpRequest, number: str) -> HttpResponse:
    """The data with their state: kept, lapsed or registered."""
    return answer_json(_answer(preregistered_of(actor=actor_of_request(request), number=number, at=now())))


@router.put(
    "/{number}", openapi_extra=described(PREREGISTERED, body=DOCUMENT_BODY), summary="Change pre-registered data"
)
def change(request: HttpRequest, number: str) -> HttpResponse:
    """As often as one likes, free of any consequence."""
    actor, at = actor_of_request(request), now()
    preregistered_of(actor=actor, number=number, at=at)
    document, _door = document_of(request)
    return answer_json(_answer(change_preregistered(actor=actor, number=number, document=document, at=at)))


@router.get("/{number}/body", openapi_extra=described(BODY), summary="Read what a signature is made over")
def body(request: HttpRequest, number: str) -> HttpResponse:
    """The very bytes that are kept, for a detached signature that goes with the registration."""
    data = preregistered_body(actor=actor_of_request(request), number=number)
    return HttpResponse(data, content_type="application/json", headers={"Cache-Control": "no-store"})


@router.post("/{number}/register", openapi_extra=described(REGISTERED), summary="Register pre-registered data")
def register(request: HttpRequest, number: str) -> HttpResponse:
    """Lodge the data under their number by the law of now; 422 with every fault, and the data stay.

    The header `Signature-JWS` may carry a detached signature over the data as `/body` gives them.
    """
    lodged = register_preregistered(
        actor=actor_of_request(request),
        number=number,
        at=now(),
        source="api",
        signature=request.headers.get(SIGNATURE, ""),
    )
    answer = {
        "number": lodged.number,
        "state": lodged.state,
        "registered_at": lodged.registered_at,
        **decision_answer(lodged.decision),
    }
    return answer_json(answer, status=201)


def _answer(kept: PreRegistered) -> dict[str, object]:
    return msgspec.structs.asdict(kept)
