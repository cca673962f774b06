"""Advance rulings over HTTP: the same operations as the pages; published ones without signing in."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request
from thongquan.base.accounts.throttle import public_throttle
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.core.json import answer_json, read_json
from thongquan.base.core.openapi import described
from thongquan.clearance.classification import ruling_schemas as schemas
from thongquan.clearance.classification.api.precedents import reader
from thongquan.clearance.classification.operations import ruling_decisions as decisions
from thongquan.clearance.classification.operations import rulings as operations
from thongquan.clearance.classification.queries.published import published_document, published_documents
from thongquan.clearance.classification.queries.rulings import ruling_file, rulings

router = Router()
published_router = Router(tags=["public"], auth=None, throttle=public_throttle)
_WORDS = ("words",)
_STEPS: dict[str, tuple[Callable[..., None], tuple[str, ...]]] = {
    "change": (operations.change_ruling, ("given",)),
    "file": (operations.file_ruling, ()),
    "answer": (operations.answer_ruling, _WORDS),
    "withdraw": (operations.withdraw_ruling, _WORDS),
    "receive": (decisions.receive_ruling, ()),
    "give_back": (decisions.give_back_ruling, _WORDS),
    "ask": (decisions.ask_applicant, _WORDS),
    "call_complex": (decisions.call_complex, _WORDS),
    "propose": (decisions.propose_ruling, ("outcome", "hs", "reasons", "ground", "valid_to")),
    "send_back": (decisions.send_back_ruling, _WORDS),
    "sign": (decisions.sign_ruling, ()),
    "propose_end": (decisions.propose_end, _WORDS),
    "keep": (decisions.keep_ruling, _WORDS),
    "revoke": (decisions.revoke_ruling, _WORDS),
}
"""Each step with its operation and the fields of the body it reads."""


@router.get("/rulings", openapi_extra=described(schemas.RULINGS), summary="Applications for advance rulings")
def listed(request: HttpRequest, state: str = "", text: str = "") -> HttpResponse:
    """The newest in your scope, narrowed by state, or by words of the goods, the trader or the number."""
    actor, _works = reader(request)
    return answer_json(rulings(actor=actor, at=now(), state=state[:10], text=text[:80].replace("\x00", ""))[0])


@router.post(
    "/rulings",
    openapi_extra=described(schemas.STARTED, body=schemas.body(schemas.RulingBody)),
    summary="Begin an application for an advance ruling",
)
def started(request: HttpRequest) -> HttpResponse:
    """Tell of the goods for an enterprise of yours; attach papers to `ruling:<id>`, then take the step `file`."""
    given = read_json(request.body, schemas.RulingBody)
    made = operations.start_ruling(
        actor=actor_of_request(request),
        office=given.office,
        tax_code=given.tax_code,
        trader_name=given.trader_name,
        given=given.given,
        at=now(),
    )
    return answer_json({"id": made}, status=201)


@router.get("/rulings/{ruling_id}", openapi_extra=described(schemas.RULING), summary="An application")
def seen(request: HttpRequest, ruling_id: int) -> HttpResponse:
    """The application with its questions, clocks and story, as far as they are yours to read."""
    return answer_json(ruling_file(actor=actor_of_request(request), ruling=ruling_id, at=now()))


@router.post(
    "/rulings/{ruling_id}/{step}",
    openapi_extra=described(schemas.RULING_STEPPED, body=schemas.body(schemas.RulingStepBody)),
    summary="Take a step of an application",
)
def stepped(request: HttpRequest, ruling_id: int, step: str) -> HttpResponse:
    """file, answer, withdraw, change (applicant); receive, ask, propose, sign and the others (customs)."""
    actor, at = actor_of_request(request), now()
    ruling_file(actor=actor, ruling=ruling_id, at=at)
    if step not in _STEPS:
        raise NotFound(step)
    operation, names = _STEPS[step]
    given = read_json(request.body or b"{}", schemas.RulingStepBody)
    told = {name: getattr(given, name) for name in names}
    if "given" in told and told["given"] is None:
        told["given"] = operations.RulingGiven(goods="", description="")
    operation(actor=actor, ruling=ruling_id, at=at, **told)
    return answer_json(ruling_file(actor=actor, ruling=ruling_id, at=now()))


@published_router.get(
    "/", openapi_extra=described(schemas.PUBLISHED, open_to_all=True), summary="Published advance rulings"
)
def published(request: HttpRequest, text: str = "", code: str = "") -> HttpResponse:
    """For everyone: newest first, narrowed by words and code; no applicants, no trade secrets."""
    return answer_json(published_documents(text=text[:80].replace("\x00", ""), code=code[:20], on=now().date()))


@published_router.get(
    "/one", openapi_extra=described(schemas.PUBLISHED_ONE, open_to_all=True), summary="A published advance ruling"
)
def published_one(request: HttpRequest, number: str) -> HttpResponse:
    """One of them, by its number."""
    found = published_document(number, on=now().date())
    if found is None:
        raise NotFound(number[:60])
    return answer_json(msgspec.to_builtins(found))
