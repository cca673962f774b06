"""Money over HTTP: what a subject owes, guarantees, bank files. Dong are written as strings."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from thongquan.base.accounts.auth import actor_of_request, api_auth, api_throttle
from thongquan.base.core.clock import now
from thongquan.base.core.json import answer_json, read_json
from thongquan.base.core.openapi import described
from thongquan.clearance.revenue.operations import (
    Proposal,
    accept_guarantee,
    close_guarantee,
    guarantee_liability,
    propose_guarantee,
    refuse_guarantee,
)
from thongquan.clearance.revenue.operations.banking import assign_payment, return_payment, take_bank_file
from thongquan.clearance.revenue.queries import bank, guarantees
from thongquan.clearance.revenue.queries.stories import money_file
from thongquan.clearance.revenue.schemas import (
    BANK_BODY,
    BOOKINGS,
    COVERED,
    GUARANTEES,
    MONEY,
    ONE_BOOKING,
    ONE_GUARANTEE,
    PROPOSED,
    TAKEN,
    Assignment,
    BankFile,
    Cover,
    Page,
    Refusal,
    body_of,
)

router = Router(tags=["money"], auth=api_auth, throttle=api_throttle)


@router.get("/of/{subject}", openapi_extra=described(MONEY), summary="Read the money of a declaration or a case")
def read(request: HttpRequest, subject: str) -> HttpResponse:
    """Balance, guarantees that stand, and every posting; `subject` is like `declaration:101234567890`."""
    return answer_json(money_file(actor=actor_of_request(request), subject=subject, at=now()))


@router.post(
    "/of/{subject}/guarantee",
    openapi_extra=described(COVERED, body=body_of(Cover)),
    summary="Let a guarantee stand for all that is open",
)
def cover(request: HttpRequest, subject: str) -> HttpResponse:
    """Reserve a guarantee; release may follow."""
    body, actor, at = read_json(request.body, Cover), actor_of_request(request), now()
    money_file(actor=actor, subject=subject, at=at)
    guarantee_liability(actor=actor, subject=subject, guarantee_number=body.guarantee, at=at)
    return answer_json(money_file(actor=actor, subject=subject, at=at))


@router.get("/guarantees/", openapi_extra=described(GUARANTEES), summary="List guarantees in my scope")
def listed(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """Those that wait for a decision first."""
    rows, more = guarantees.guarantees(actor=actor_of_request(request), offset=page.offset, limit=page.limit)
    return answer_json({"guarantees": rows, "more": more})


@router.post(
    "/guarantees/", openapi_extra=described(PROPOSED, body=body_of(Proposal)), summary="Propose a guarantee to customs"
)
def propose(request: HttpRequest) -> HttpResponse:
    """It can be used once the office has accepted it."""
    actor = actor_of_request(request)
    made = propose_guarantee(actor=actor, proposal=read_json(request.body, Proposal), at=now())
    return answer_json(guarantees.guarantee(actor=actor, guarantee_id=made), status=201)


@router.get("/guarantees/{guarantee_id}", openapi_extra=described(ONE_GUARANTEE), summary="Read a guarantee")
def guarantee(request: HttpRequest, guarantee_id: int) -> HttpResponse:
    """What it promises and what it has left."""
    return answer_json(guarantees.guarantee(actor=actor_of_request(request), guarantee_id=guarantee_id))


@router.post("/guarantees/{guarantee_id}/accept", openapi_extra=described(ONE_GUARANTEE), summary="Accept a guarantee")
def accept(request: HttpRequest, guarantee_id: int) -> HttpResponse:
    """For officers of its office; a general guarantee needs the conditions of the law."""
    actor = actor_of_request(request)
    number = guarantees.guarantee(actor=actor, guarantee_id=guarantee_id).number
    accept_guarantee(actor=actor, number=number, at=now())
    return answer_json(guarantees.guarantee(actor=actor, guarantee_id=guarantee_id))


@router.post(
    "/guarantees/{guarantee_id}/refuse",
    openapi_extra=described(ONE_GUARANTEE, body=body_of(Refusal)),
    summary="Refuse a guarantee",
)
def refuse(request: HttpRequest, guarantee_id: int) -> HttpResponse:
    """For officers of its office, with the reason."""
    actor, body = actor_of_request(request), read_json(request.body, Refusal)
    number = guarantees.guarantee(actor=actor, guarantee_id=guarantee_id).number
    refuse_guarantee(actor=actor, number=number, reason=body.reason, at=now())
    return answer_json(guarantees.guarantee(actor=actor, guarantee_id=guarantee_id))


@router.post("/guarantees/{guarantee_id}/close", openapi_extra=described(ONE_GUARANTEE), summary="Close a guarantee")
def close(request: HttpRequest, guarantee_id: int) -> HttpResponse:
    """For officers of its office, when it stands for nothing any more."""
    actor = actor_of_request(request)
    number = guarantees.guarantee(actor=actor, guarantee_id=guarantee_id).number
    close_guarantee(actor=actor, number=number, at=now())
    return answer_json(guarantees.guarantee(actor=actor, guarantee_id=guarantee_id))


@router.post(
    "/bank-files/", openapi_extra=described(TAKEN, body=BANK_BODY), summary="Take in a bank file (camt.053 or CSV)"
)
def take(request: HttpRequest, file: Query[BankFile]) -> HttpResponse:
    """Post and match its new bookings; the same booking is never posted twice."""
    actor = actor_of_request(request)
    taken = take_bank_file(actor=actor, office=file.office, name=file.name, content=request.body, at=now())
    return answer_json(taken)


@router.get("/bookings/", openapi_extra=described(BOOKINGS), summary="List bookings of the bank that wait")
def waiting(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """Unmatched, paid too much or too little, within the offices whose money I keep."""
    rows, more = bank.waiting(actor=actor_of_request(request), offset=page.offset, limit=page.limit)
    return answer_json({"bookings": rows, "more": more})


@router.get("/bookings/{line_id}", openapi_extra=described(ONE_BOOKING), summary="Read a booking of the bank")
def booking(request: HttpRequest, line_id: int) -> HttpResponse:
    """What the bank said and what became of it."""
    return answer_json(bank.booking(actor=actor_of_request(request), line_id=line_id))


@router.post(
    "/bookings/{line_id}/assign",
    openapi_extra=described(ONE_BOOKING, body=body_of(Assignment)),
    summary="Credit a booking to a declaration",
)
def assign(request: HttpRequest, line_id: int) -> HttpResponse:
    """All or part of what is left of it."""
    actor, body = actor_of_request(request), read_json(request.body, Assignment)
    bank.booking(actor=actor, line_id=line_id)
    assign_payment(actor=actor, line_id=line_id, at=now(), **msgspec.structs.asdict(body))
    return answer_json(bank.booking(actor=actor, line_id=line_id))


@router.post("/bookings/{line_id}/return", openapi_extra=described(ONE_BOOKING), summary="Send money back to its payer")
def send_back(request: HttpRequest, line_id: int) -> HttpResponse:
    """All that is left of the booking."""
    actor = actor_of_request(request)
    bank.booking(actor=actor, line_id=line_id)
    return_payment(actor=actor, line_id=line_id, at=now())
    return answer_json(bank.booking(actor=actor, line_id=line_id))
