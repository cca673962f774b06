"""Declarations over HTTP. Bodies are the typed document of `rules.document`; money is written as strings."""

from __future__ import annotations

from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from thongquan.base.accounts.auth import actor_of_request, api_auth, api_throttle
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import answer_json, read_json, told_faults
from thongquan.base.core.openapi import described
from thongquan.clearance.declarations.formats.wco import read_declaration
from thongquan.clearance.declarations.openapi import DECIDED, DOCUMENT_BODY, FILE, LIST, LODGED, REPLAYED
from thongquan.clearance.declarations.operations import decide_declaration, lodge_signed
from thongquan.clearance.declarations.operations.replaying import replay_declaration
from thongquan.clearance.declarations.queries import Filters, declaration_file, worklist
from thongquan.clearance.declarations.schemas import ListParameters
from thongquan.rules.codes import Code
from thongquan.rules.decision import Decision, Fault
from thongquan.rules.document import Document

router = Router(tags=["declarations"], auth=api_auth, throttle=api_throttle)
XML_TYPES = frozenset({"application/xml", "text/xml"})
MAX_KEY = 128
SIGNATURE = "Signature-JWS"


def document_of(request: HttpRequest) -> tuple[Document, str]:
    """The document in a request's body and its door. Raises `Refused` for a body that cannot be read."""
    if len(request.body) > settings.MAX_UPLOAD_BYTES:
        raise Refused([Fault(code=Code.TQ_API_003, values={"limit": str(settings.MAX_UPLOAD_BYTES // 2**20)})])
    if (request.content_type or "").lower() in XML_TYPES:
        return read_declaration(request.body).document, "wco"
    return read_json(request.body, Document), "api"


@router.post("/", openapi_extra=described(LODGED, body=DOCUMENT_BODY), summary="Lodge a declaration")
def lodge(request: HttpRequest) -> HttpResponse:
    """Judge and store a declaration; 201 with number, duties and channel, 422 with every fault.

    The header `Signature-JWS` may carry a detached signature over the body.
    """
    document, door = document_of(request)
    lodged = lodge_signed(
        actor=actor_of_request(request),
        document=document,
        body=request.body,
        signature=request.headers.get(SIGNATURE, ""),
        at=now(),
        source=door,
        idempotency_key=_idempotency_key(request),
    )
    return answer_json(
        {
            "number": lodged.number,
            "state": lodged.state,
            "registered_at": lodged.registered_at,
            **decision_answer(lodged.decision),
        },
        status=201,
    )


@router.post(
    "/decide", openapi_extra=described(DECIDED, body=DOCUMENT_BODY), summary="Try a declaration, store nothing"
)
def try_out(request: HttpRequest) -> HttpResponse:
    """Validity and duties of a document on this day; never channel or risk."""
    document, _door = document_of(request)
    decision = decide_declaration(actor=actor_of_request(request), document=document, at=now())
    return answer_json(decision_answer(decision), status=200 if decision.accepted else 422)


@router.get("/", openapi_extra=described(LIST), summary="List declarations in my scope")
def listed(request: HttpRequest, parameters: Query[ListParameters]) -> HttpResponse:
    """Newest first, 50 at a time."""
    filters = Filters(**parameters.dict(exclude={"offset", "limit"}))
    rows, more = worklist(
        actor=actor_of_request(request), filters=filters, offset=parameters.offset, limit=parameters.limit
    )
    return answer_json({"declarations": rows, "more": more})


@router.get("/{number}", openapi_extra=described(FILE), summary="Read a declaration")
def read(request: HttpRequest, number: str) -> HttpResponse:
    """Document and decision as this reader may see them."""
    file = declaration_file(actor=actor_of_request(request), number=number)
    return answer_json(
        {
            **msgspec.structs.asdict(file.summary),
            "version": file.version,
            "law_version": file.law_version,
            "rules_release": file.rules_release,
            "document": file.document,
            **decision_answer(file.decision),
        }
    )


@router.post("/{number}/replay", openapi_extra=described(REPLAYED), summary="Decide again from the stored facts")
def replay(request: HttpRequest, number: str) -> HttpResponse:
    """Whether the stored facts give the stored decision again, bit for bit."""
    return answer_json(replay_declaration(actor=actor_of_request(request), number=number))


def decision_answer(decision: Decision) -> dict[str, Any]:
    """A decision as the API gives it: every fault and reason with its sentence."""
    answer: dict[str, Any] = {name: getattr(decision, name) for name in decision.__struct_fields__}
    answer["faults"] = told_faults(decision.faults)
    answer["reasons"] = [_reason(reason) for reason in decision.reasons]
    return answer


def _reason(reason: Any) -> dict[str, object]:
    fault = Fault(code=reason.code, line=reason.line, values=reason.values)
    return {**told_faults([fault])[0], "channel": reason.channel, "source": reason.source}


def _idempotency_key(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > MAX_KEY or "\x00" in key:
        values = {"max": str(MAX_KEY)}
        raise Refused([Fault(code=Code.TQ_DEC_002, path="Idempotency-Key", value=key[:40], values=values)])
    return key
