"""The store of precedents over HTTP: the same operations as the pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request
from thongquan.base.accounts.permissions import is_trader
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.json import answer_json, read_json
from thongquan.base.core.openapi import described
from thongquan.clearance.classification import ruling_schemas as schemas
from thongquan.clearance.classification.operations.meeting import judge_met
from thongquan.clearance.classification.operations.precedents import enter_precedents, withdraw_precedent
from thongquan.clearance.classification.permissions import offices_for, own_enterprises
from thongquan.clearance.classification.queries.precedents import KINDS, contradictions, precedent, precedents

router = Router()


def reader(request: HttpRequest) -> tuple[Actor, bool]:
    """Officers who see codes for goods, and traders; and whether it is an officer. Raises `NotAllowed` for others."""
    actor = actor_of_request(request)
    works = bool(offices_for(actor, "classification.see"))
    if not (works or own_enterprises(actor) or is_trader(actor)):
        raise NotAllowed("classification.see")
    return actor, works


@router.get("/precedents", openapi_extra=described(schemas.PRECEDENTS), summary="Precedents")
def listed(request: HttpRequest, text: str = "", code: str = "", kind: str = "") -> HttpResponse:
    """The newest, narrowed by words, code (4 to 8 digits) and kind; traders read what was told to them."""
    actor, works = reader(request)
    found, _more = precedents(
        text=text[:80].replace("\x00", ""),
        code=code[:20],
        kind=kind if kind in KINDS else "",
        addressees=None if works else own_enterprises(actor),
    )
    return answer_json(found)


@router.post(
    "/precedents",
    openapi_extra=described(schemas.ENTERED, body=schemas.body(schemas.PrecedentsBody)),
    summary="Enter precedents",
)
def entered(request: HttpRequest) -> HttpResponse:
    """Put documents into the store, all or none, for officers."""
    given = read_json(request.body, schemas.PrecedentsBody)
    made = enter_precedents(actor=actor_of_request(request), given=given.precedents, at=now(), rows=True)
    return answer_json({"ids": made}, status=201)


@router.get(
    "/precedents/contradicted", openapi_extra=described(schemas.CONTRADICTED), summary="Lines against precedents"
)
def contradicted(request: HttpRequest) -> HttpResponse:
    """Lines of your offices whose code contradicts a document; `kind` tells doubt from guidance. For officers."""
    actor, works = reader(request)
    if not works:
        raise NotAllowed("classification.see")
    return answer_json(contradictions(actor=actor)[0])


@router.post(
    "/precedents/contradicted/{met_id}",
    openapi_extra=described(schemas.DONE, body=schemas.body(schemas.JudgeBody)),
    summary="Say what is right about such a line",
)
def judged(request: HttpRequest, met_id: int) -> HttpResponse:
    """wrong_code, other_goods or wrong_precedent, with words."""
    given = read_json(request.body, schemas.JudgeBody)
    judge_met(actor=actor_of_request(request), met=met_id, outcome=given.outcome, words=given.words, at=now())
    return answer_json({"id": met_id})


@router.get("/precedents/{precedent_id}", openapi_extra=described(schemas.PRECEDENT), summary="A precedent")
def seen(request: HttpRequest, precedent_id: int) -> HttpResponse:
    """One document of the store."""
    actor, works = reader(request)
    found = precedent(precedent_id)
    if found is None or not (works or (found.addressee and found.addressee in own_enterprises(actor))):
        raise NotFound(str(precedent_id))
    return answer_json(found)


@router.post(
    "/precedents/{precedent_id}/withdraw",
    openapi_extra=described(schemas.DONE, body=schemas.body(schemas.WordsBody)),
    summary="Withdraw a precedent",
)
def withdrawn(request: HttpRequest, precedent_id: int) -> HttpResponse:
    """It stays in the store, says so, and speaks for no code any more."""
    given = read_json(request.body, schemas.WordsBody)
    withdraw_precedent(actor=actor_of_request(request), precedent=precedent_id, words=given.words, at=now())
    return answer_json({"id": precedent_id})
