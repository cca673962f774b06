"""Claims over HTTP: money asked back and taxes not collected; asked, proposed, decided by a second person, paid."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from thongquan.base.accounts.auth import actor_of_request, api_auth, api_throttle
from thongquan.base.core.clock import now
from thongquan.base.core.json import answer_json, read_json
from thongquan.base.core.openapi import described
from thongquan.clearance.revenue.claim_schemas import ASKED, CLAIMS, ONE_CLAIM, Asking, Finding, Order, Ruling
from thongquan.clearance.revenue.operations.claims import decide_claim, pay_refund, propose_decision, request_claim
from thongquan.clearance.revenue.queries.claims import claim_of, claims
from thongquan.clearance.revenue.schemas import Page, body_of

router = Router(tags=["money"], auth=api_auth, throttle=api_throttle)


@router.get("/", openapi_extra=described(CLAIMS), summary="List claims in my scope")
def listed(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """Those that wait for a decision first."""
    found = claims(actor=actor_of_request(request), offset=page.offset, limit=page.limit + 1)
    return answer_json({"claims": found[: page.limit], "more": len(found) > page.limit})


@router.post("/", openapi_extra=described(ASKED, body=body_of(Asking)), summary="Ask for money back")
def ask(request: HttpRequest) -> HttpResponse:
    """A refund, or a tax not collected, in a case of the law; of a declaration or of a fine."""
    body = read_json(request.body, Asking)
    told = request_claim(actor=actor_of_request(request), at=now(), **msgspec.structs.asdict(body))
    return answer_json(told, status=201)


@router.get("/{number}", openapi_extra=described(ONE_CLAIM), summary="Read a claim")
def read(request: HttpRequest, number: str) -> HttpResponse:
    """Who asked for what, what was proposed and decided."""
    return answer_json(claim_of(actor=actor_of_request(request), number=number))


@router.post(
    "/{number}/propose", openapi_extra=described(ONE_CLAIM, body=body_of(Finding)), summary="Propose a decision"
)
def propose(request: HttpRequest, number: str) -> HttpResponse:
    """For officers who clear at its office; an amount of 0 proposes to refuse."""
    actor = actor_of_request(request)
    claim_of(actor=actor, number=number)
    body = read_json(request.body, Finding)
    return answer_json(propose_decision(actor=actor, number=number, at=now(), **msgspec.structs.asdict(body)))


@router.post("/{number}/decide", openapi_extra=described(ONE_CLAIM, body=body_of(Ruling)), summary="Decide a claim")
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """For leaders of its office, never the person who proposed it."""
    actor = actor_of_request(request)
    claim_of(actor=actor, number=number)
    body = read_json(request.body, Ruling)
    return answer_json(decide_claim(actor=actor, number=number, at=now(), **msgspec.structs.asdict(body)))


@router.post("/{number}/pay", openapi_extra=described(ONE_CLAIM, body=body_of(Order)), summary="Note a refund as paid")
def pay(request: HttpRequest, number: str) -> HttpResponse:
    """For those who keep the money of its office; `reference` is the number of the treasury's payment order."""
    actor = actor_of_request(request)
    claim_of(actor=actor, number=number)
    body = read_json(request.body, Order)
    return answer_json(pay_refund(actor=actor, number=number, reference=body.reference, at=now()))
