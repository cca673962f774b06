"""Batches of parcels over HTTP: announce a file, send its parts, watch it judged, read every result."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from thongquan.base.accounts.auth import actor_of_request, api_auth, api_throttle
from thongquan.base.core.clock import now
from thongquan.base.core.errors import Conflict
from thongquan.base.core.json import answer_json, read_json, told_faults
from thongquan.base.core.openapi import described
from thongquan.clearance.express import operations, queries, schemas
from thongquan.clearance.express.queries.parcels import Found, ParcelFile
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

router = Router(tags=["express"], auth=api_auth, throttle=api_throttle)


@router.post(
    "/batches", openapi_extra=described(schemas.OPENED, body=schemas.BATCH_BODY), summary="Announce a file of parcels"
)
def announce(request: HttpRequest) -> HttpResponse:
    """201 with the batch and `received`, the byte to go on from; 200 when this very file was announced before."""
    about = read_json(request.body, schemas.BatchBody)
    opened = operations.open_batch(actor=actor_of_request(request), **msgspec.structs.asdict(about), at=now())
    return answer_json(opened, status=200 if opened.repeated else 201)


@router.put(
    "/batches/{batch}/content",
    openapi_extra=described(schemas.TAKEN, body=schemas.CONTENT_BODY),
    summary="Send a part of a file",
)
def send(request: HttpRequest, batch: int, parameters: Query[schemas.PartParameters]) -> HttpResponse:
    """The bytes from `offset` on, one MB at most; 409 with `received` when the upload stands at another byte."""
    offset = parameters.offset
    try:
        taken = operations.add_part(
            actor=actor_of_request(request), batch=batch, offset=offset, content=request.body, at=now()
        )
    except Conflict as error:
        received = error.detail
        fault = Fault(code=Code.TQ_EXP_011, path="offset", value=str(offset), values={"received": received})
        return answer_json({"faults": told_faults([fault]), "received": int(received)}, status=409)
    return answer_json(taken)


@router.get("/batches", openapi_extra=described(schemas.LISTED), summary="List batches in my scope")
def listed(request: HttpRequest, parameters: Query[schemas.PageParameters]) -> HttpResponse:
    """Newest first, 50 at a time."""
    rows, more = queries.batches_in_scope(actor=actor_of_request(request), offset=parameters.offset)
    return answer_json({"batches": [_batch(row) for row in rows], "more": more})


@router.get("/batches/{batch}", openapi_extra=described(schemas.SHOWN), summary="How a batch stands")
def shown(request: HttpRequest, batch: int) -> HttpResponse:
    """State, bytes received, parcels judged, accepted, held, money, place in the queue."""
    return answer_json(_batch(queries.batch_file(actor=actor_of_request(request), batch=batch)))


def _batch(row: queries.BatchFile) -> dict[str, Any]:
    return {**msgspec.structs.asdict(row), "faults": told_faults(row.faults)}


@router.get("/batches/{batch}/results", openapi_extra=described(schemas.RESULTS), summary="Results by parcel")
def results(request: HttpRequest, batch: int, parameters: Query[schemas.ResultParameters]) -> HttpResponse:
    """Every parcel with its number, duties and VAT, or with everything that is wrong with it."""
    found = queries.results_of(actor=actor_of_request(request), batch=batch, **parameters.dict())
    next_after = found[-1].place if len(found) == parameters.limit else None
    return answer_json({"results": [_found(one) for one in found], "next_after": next_after})


def _found(one: Found) -> dict[str, Any]:
    return {**msgspec.structs.asdict(one), "due_vnd": one.due_vnd, "faults": told_faults(one.faults)}


@router.get("/batches/{batch}/parcels/{place}", openapi_extra=described(schemas.SHOWN), summary="One parcel, and why")
def parcel(request: HttpRequest, batch: int, place: int) -> HttpResponse:
    """What was given, the verdict made again from the stored facts, and whether it is the stored one."""
    return answer_json(_file(queries.parcel_file(actor=actor_of_request(request), batch=batch, place=place)))


def _file(file: ParcelFile) -> dict[str, Any]:
    return {
        **_found(file.found),
        "parcel": file.parcel,
        "lines": file.verdict.lines,
        "totals_vnd": file.verdict.totals_vnd,
        "relieved_by": file.verdict.relieved_by,
        "law_version": file.law.version,
        "judged_at": file.judged_at,
        "same": file.same,
        "root": file.root,
    }


@router.post(
    "/batches/{batch}/parcels/{place}/decision",
    openapi_extra=described(schemas.DECIDED, body=schemas.DECISION_BODY),
    summary="Decide on a held parcel",
)
def decide(request: HttpRequest, batch: int, place: int) -> HttpResponse:
    """For officers of the office: release it, or refuse it with a reason."""
    asked = read_json(request.body, schemas.DecisionBody)
    actor = actor_of_request(request)
    operations.decide_parcel(
        actor=actor, batch=batch, place=place, outcome=asked.outcome, reason=asked.reason, at=now()
    )
    return answer_json(_file(queries.parcel_file(actor=actor, batch=batch, place=place)))


@router.get("/parcels/{consignment}", openapi_extra=described(schemas.LISTED), summary="Find a parcel by its number")
def find(request: HttpRequest, consignment: str) -> HttpResponse:
    """Accepted parcels of this number in scope."""
    found = queries.found_parcels(actor=actor_of_request(request), consignment=consignment)
    return answer_json({"parcels": [_found(one) for one in found]})


@router.get("/lanes", openapi_extra=described(schemas.LISTED), summary="How the lanes stand")
def lanes(request: HttpRequest) -> HttpResponse:
    """Work in flight and waiting, quotas and answer times of the three lanes; and what waits in the express lane."""
    at = now()
    waiting = queries.waiting_now(at)
    return answer_json({"lanes": queries.lanes_now(at), "express": waiting, "seconds": waiting.seconds})
