"""Residents' forms over HTTP: the same operations as the pages. Who carries for whom has no door here, on purpose."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.errors import Throttled

from thongquan.base.accounts.auth import actor_of_request, api_auth, api_throttle
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.core.json import answer_json, read_json
from thongquan.base.core.openapi import described
from thongquan.clearance.residents import openapi
from thongquan.clearance.residents.limits import HOUR, may_prepare
from thongquan.clearance.residents.operations import (
    admit_form,
    cancel_form,
    gather_forms,
    inspect_goods,
    let_form_out,
    lodge_collection,
    note_arrival,
    note_departure,
    open_collection,
    order_inspection,
    prepare_form,
    refuse_form,
    register_form,
    release_form,
    take_cash,
    withdraw_collection,
)
from thongquan.clearance.residents.operations.previewing import preview_form
from thongquan.clearance.residents.queries.forms import form_file
from thongquan.clearance.residents.queries.gathering import collection_file
from thongquan.clearance.residents.schemas import (
    ArrivalBody,
    CodesBody,
    FormStepBody,
    OpenBody,
    PrepareBody,
    RegisterBody,
)
from thongquan.clearance.residents.shapes import MerchantGiven

router = Router(tags=["residents"], auth=api_auth, throttle=api_throttle)
_PLAIN: dict[str, Callable[..., object]] = {
    "release": release_form,
    "admit": admit_form,
    "exit": let_form_out,
    "pay": take_cash,
}
_TOLD: dict[str, Callable[..., object]] = {
    "order_inspection": order_inspection,
    "refuse": refuse_form,
    "cancel": cancel_form,
}


@router.post(
    "/prepared",
    auth=None,
    openapi_extra=described(openapi.PREPARED, body=openapi.body(PrepareBody), open_to_all=True),
    summary="Prepare a form without an account",
)
def prepare(request: HttpRequest) -> HttpResponse:
    """A code to show at the counter; nothing is declared with it."""
    given, at = read_json(request.body, PrepareBody), now()
    if not may_prepare(request, at):
        raise Throttled(wait=HOUR)
    return answer_json({"code": prepare_form(given=given.form, person=given.person, at=at)}, status=201)


@router.post(
    "/forms",
    openapi_extra=described(openapi.REGISTERED, body=openapi.body(RegisterBody)),
    summary="Register a form",
)
def register(request: HttpRequest) -> HttpResponse:
    """Register a form for a person whose document was seen; quota and duties are in the answer."""
    given, actor = read_json(request.body, RegisterBody), actor_of_request(request)
    made = register_form(
        actor=actor,
        office=given.office,
        given=given.form,
        person=given.person,
        code=given.code,
        attempt=given.attempt,
        at=now(),
    )
    return answer_json(made, status=201)


@router.post(
    "/forms/preview",
    openapi_extra=described(openapi.PREVIEWED, body=openapi.body(RegisterBody)),
    summary="What a form would come to",
)
def preview(request: HttpRequest) -> HttpResponse:
    """Quota and duties as registration would find them now; nothing is stored."""
    given, actor = read_json(request.body, RegisterBody), actor_of_request(request)
    found = preview_form(actor=actor, office=given.office, given=given.form, person=given.person, at=now())
    return answer_json(found)


@router.get("/forms/{form}", openapi_extra=described(openapi.SEEN), summary="A form")
def form(request: HttpRequest, form: str) -> HttpResponse:
    """Everything in a form, for officers of its office."""
    return answer_json(form_file(actor=actor_of_request(request), number=form))


@router.post(
    "/forms/{form}/{step}",
    openapi_extra=described(openapi.STEPPED, body=openapi.body(FormStepBody)),
    summary="Take a step of a form",
)
def step(request: HttpRequest, form: str, step: str) -> HttpResponse:
    """`order_inspection`, `inspect`, `pay` (in cash), `release`, `admit`, `exit`, `refuse` or `cancel`."""
    given, actor, at = read_json(request.body or b"{}", FormStepBody), actor_of_request(request), now()
    if step == "inspect":
        inspect_goods(actor=actor, number=form, agrees=given.agrees, words=given.words, at=at)
    elif step in _PLAIN:
        _PLAIN[step](actor=actor, number=form, at=at)
    elif step in _TOLD:
        _TOLD[step](actor=actor, number=form, words=given.words, at=at)
    else:
        raise NotFound(step)
    return answer_json(form_file(actor=actor, number=form))


@router.post(
    "/collections",
    openapi_extra=described(openapi.OPENED, body=openapi.body(OpenBody)),
    summary="Open a collection list",
)
def open_list(request: HttpRequest) -> HttpResponse:
    """A list of goods that a merchant gathers from residents."""
    given, actor = read_json(request.body, OpenBody), actor_of_request(request)
    number = open_collection(
        actor=actor, tax_code=given.tax_code, office=given.office, collected_on=given.collected_on, at=now()
    )
    return answer_json({"number": number}, status=201)


@router.get("/collections/{collection}", openapi_extra=described(openapi.LISTED), summary="A collection list")
def collection(request: HttpRequest, collection: str) -> HttpResponse:
    """Goods and forms of a list, for the merchant and officers of the office."""
    return answer_json(collection_file(actor=actor_of_request(request), number=collection))


@router.post(
    "/collections/{collection}/forms",
    openapi_extra=described(openapi.GATHERED, body=openapi.body(CodesBody)),
    summary="Add forms to a list",
)
def gather(request: HttpRequest, collection: str) -> HttpResponse:
    """All the forms named, or none; each form stands in one list only."""
    given, actor = read_json(request.body, CodesBody), actor_of_request(request)
    gather_forms(actor=actor, collection=collection, codes=given.codes, at=now())
    return answer_json(collection_file(actor=actor, number=collection))


@router.post(
    "/collections/{collection}/lodge",
    openapi_extra=described(openapi.LODGED, body=openapi.body(MerchantGiven)),
    summary="Declare a collection list",
)
def lodge(request: HttpRequest, collection: str) -> HttpResponse:
    """One ordinary import of everything gathered."""
    given, actor = read_json(request.body, MerchantGiven), actor_of_request(request)
    return answer_json(lodge_collection(actor=actor, collection=collection, given=given, at=now()), status=201)


@router.post("/collections/{collection}/withdraw", openapi_extra=described(openapi.GATHERED), summary="Give forms back")
def withdraw(request: HttpRequest, collection: str) -> HttpResponse:
    """Close a list that was not declared; its forms are free again."""
    actor = actor_of_request(request)
    withdraw_collection(actor=actor, collection=collection, at=now())
    return answer_json(collection_file(actor=actor, number=collection))


@router.post(
    "/vehicles", openapi_extra=described(openapi.CAME, body=openapi.body(ArrivalBody)), summary="A vehicle came in"
)
def arrival(request: HttpRequest) -> HttpResponse:
    """Note a vehicle in the register."""
    given, actor = read_json(request.body, ArrivalBody), actor_of_request(request)
    stay = note_arrival(
        actor=actor, office=given.office, plate=given.plate, driver=given.driver, purpose=given.purpose, at=now()
    )
    return answer_json({"stay": stay}, status=201)


@router.post("/vehicles/{stay}/out", openapi_extra=described(openapi.WENT), summary="A vehicle left")
def departure(request: HttpRequest, stay: int) -> HttpResponse:
    """Note that it left; a second time changes nothing."""
    note_departure(actor=actor_of_request(request), stay=stay, at=now())
    return answer_json({"stay": stay})
