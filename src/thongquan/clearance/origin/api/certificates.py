"""Certificates of origin over HTTP: the same operations as the pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.core.json import answer_json, read_json
from thongquan.base.core.openapi import described
from thongquan.clearance.origin import schemas
from thongquan.clearance.origin.operations import (
    accept_certificate,
    check_certificate,
    doubt_certificate,
    give_back,
    register_certificate,
    use_certificate,
    withdraw_certificate,
)
from thongquan.clearance.origin.queries import certificate_file
from thongquan.clearance.origin.queries.files import worklist
from thongquan.clearance.origin.schemas import OriginBody, OriginStepBody
from thongquan.clearance.origin.subjects import claim_of

router = Router()
_WORDED: dict[str, Callable[..., object]] = {
    "accept": accept_certificate,
    "doubt": doubt_certificate,
    "withdraw": withdraw_certificate,
}


@router.get("/certificates", openapi_extra=described(schemas.LISTED), summary="Certificates of origin")
def listed(request: HttpRequest, state: str = "", number: str = "") -> HttpResponse:
    """The newest in your scope, narrowed by state or number."""
    rows, _more = worklist(actor=actor_of_request(request), state=state[:12], number=number[:80])
    return answer_json(rows)


@router.post(
    "/certificates",
    openapi_extra=described(schemas.REGISTERED, body=schemas.body(OriginBody)),
    summary="Register a certificate",
)
def register(request: HttpRequest) -> HttpResponse:
    """Register a certificate of a trader; one presented already is refused."""
    given, actor = read_json(request.body, OriginBody), actor_of_request(request)
    made = register_certificate(
        actor=actor,
        office=given.office,
        tax_code=given.tax_code,
        trader_name=given.trader_name,
        paper=given.paper,
        at=now(),
    )
    return answer_json({"id": made}, status=201)


@router.get("/certificates/{proof_id}", openapi_extra=described(schemas.SEEN), summary="A certificate")
def certificate(request: HttpRequest, proof_id: int) -> HttpResponse:
    """The paper, its balance, its last check and its story."""
    return answer_json(certificate_file(actor=actor_of_request(request), certificate=proof_id))


@router.post(
    "/certificates/{proof_id}/{step}",
    openapi_extra=described(schemas.STEPPED, body=schemas.body(OriginStepBody)),
    summary="Take a step of a certificate",
)
def step(request: HttpRequest, proof_id: int, step: str) -> HttpResponse:
    """`check`, `accept`, `doubt`, `withdraw`, `use` (by a declaration) or `give_back`."""
    given, actor, at = read_json(request.body or b"{}", OriginStepBody), actor_of_request(request), now()
    seen = certificate_file(actor=actor, certificate=proof_id)
    if step == "check":
        check_certificate(actor=actor, certificate=proof_id, at=at, declaration=given.declaration)
    elif step == "use":
        use_certificate(actor=actor, certificate=proof_id, declaration=given.declaration, at=at)
    elif step == "give_back":
        claim = claim_of(actor, given.declaration, seen.paper.number)
        give_back(actor=actor, subject=claim.subject, at=at)
    elif step in _WORDED:
        _WORDED[step](actor=actor, certificate=proof_id, words=given.words, at=at)
    else:
        raise NotFound(step)
    return answer_json(certificate_file(actor=actor, certificate=proof_id))
