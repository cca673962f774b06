"""Lodge, try, list, read and replay over HTTP."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from thongquan.base.accounts.auth import actor_of_request, api_auth, api_throttle
from thongquan.base.core.clock import now
from thongquan.base.core.json import answer_json, told_faults
from thongquan.base.core.openapi import described
from thongquan.clearance.declarations.api.bodies import SIGNATURE, decision_answer, document_of, idempotency_key
from thongquan.clearance.declarations.clocking import clock_told
from thongquan.clearance.declarations.goods_told import goods_faults
from thongquan.clearance.declarations.openapi import DECIDED, DOCUMENT_BODY, FILE, LIST, LODGED, REPLAYED
from thongquan.clearance.declarations.operations import Lodged, decide_declaration, lodge_signed
from thongquan.clearance.declarations.operations.replaying import replay_declaration
from thongquan.clearance.declarations.operations.signed import split_signed
from thongquan.clearance.declarations.plain import plain_state
from thongquan.clearance.declarations.queries import Filters, declaration_file, worklist
from thongquan.clearance.declarations.queries.clocks import clocks_that_matter, side_of
from thongquan.clearance.declarations.schemas import ListParameters, LodgeParameters
from thongquan.rules.clocks import DECLARANT

router = Router(tags=["declarations"], auth=api_auth, throttle=api_throttle)


@router.post("/", openapi_extra=described(LODGED, body=DOCUMENT_BODY), summary="Lodge a declaration")
def lodge(request: HttpRequest, parameters: Query[LodgeParameters]) -> HttpResponse:
    """Judge and store a declaration; 201 with number, duties and channel, 422 with every fault.

    With `split=1` more lines than one declaration may have become linked declarations, all or none, listed in
    `declarations`. The header `Signature-JWS` may carry a detached signature over the body.
    """
    document, door = document_of(request)
    lodge_it = split_signed if parameters.split else _lodge_one
    found = lodge_it(
        actor=actor_of_request(request),
        document=document,
        body=request.body,
        signature=request.headers.get(SIGNATURE, ""),
        at=now(),
        source=door,
        idempotency_key=idempotency_key(request),
    )
    answer = _answer(found[0])
    if parameters.split:
        answer["declarations"] = [_answer(one) for one in found]
    return answer_json(answer, status=201)


def _lodge_one(**given: Any) -> tuple[Lodged, ...]:
    return (lodge_signed(**given),)


def _answer(lodged: Lodged) -> dict[str, Any]:
    return {
        "number": lodged.number,
        "state": lodged.state,
        "registered_at": lodged.registered_at,
        **decision_answer(lodged.decision),
    }


@router.post(
    "/decide", openapi_extra=described(DECIDED, body=DOCUMENT_BODY), summary="Try a declaration, store nothing"
)
def try_out(request: HttpRequest) -> HttpResponse:
    """Validity and duties of a document on this day; never channel or risk.

    Among `faults` are warnings: goods that you declared under another code before, or for which customs gave one. They
    refuse nothing, and each says how to correct.
    """
    document, _door = document_of(request)
    actor, at = actor_of_request(request), now()
    decision = decide_declaration(actor=actor, document=document, at=at)
    answer = decision_answer(decision)
    answer["faults"] += told_faults(goods_faults(actor=actor, document=document, on=timezone.localdate(at)))
    return answer_json(answer, status=200 if decision.accepted else 422)


@router.get("/", openapi_extra=described(LIST), summary="List declarations in my scope")
def listed(request: HttpRequest, parameters: Query[ListParameters]) -> HttpResponse:
    """Newest first, 50 at a time; `clock` is the running clock that is due first, null where none runs.

    `state_text` says in one line of the asked language who acts next.
    """
    filters = Filters(**parameters.dict(exclude={"offset", "limit"}))
    actor, at = actor_of_request(request), now()
    rows, more = worklist(actor=actor, filters=filters, offset=parameters.offset, limit=parameters.limit)
    clocks = clocks_that_matter(actor=actor, rows=rows, at=at)
    mine = side_of(actor) == DECLARANT
    told = [
        {
            **msgspec.structs.asdict(row),
            "state_text": plain_state(row, mine=mine),
            "clock": clock_told(clocks.get(row.number)),
        }
        for row in rows
    ]
    return answer_json({"declarations": told, "more": more})


@router.get("/{number}", openapi_extra=described(FILE), summary="Read a declaration")
def read(request: HttpRequest, number: str) -> HttpResponse:
    """Document and decision as this reader may see them."""
    actor = actor_of_request(request)
    file = declaration_file(actor=actor, number=number)
    return answer_json(
        {
            **msgspec.structs.asdict(file.summary),
            "state_text": plain_state(file.summary, mine=side_of(actor) == DECLARANT),
            "version": file.version,
            "law_version": file.law_version,
            "rules_release": file.rules_release,
            "document": file.document,
            **decision_answer(file.decision),
            "channel": file.summary.channel,
            "due_vnd": file.summary.due_vnd,
        }
    )


@router.post("/{number}/replay", openapi_extra=described(REPLAYED), summary="Decide again from the stored facts")
def replay(request: HttpRequest, number: str) -> HttpResponse:
    """Whether the stored facts give the stored decision again, bit for bit."""
    return answer_json(replay_declaration(actor=actor_of_request(request), number=number))
