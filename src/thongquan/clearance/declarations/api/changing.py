"""Amend, ask to amend, ask to cancel, and compare versions over HTTP."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from thongquan.base.accounts.auth import actor_of_request, api_auth, api_throttle
from thongquan.base.core.clock import now
from thongquan.base.core.json import answer_json, read_json, told_faults
from thongquan.base.core.openapi import described
from thongquan.clearance.declarations.api.bodies import (
    SIGNATURE,
    check_size,
    decision_answer,
    document_of,
    idempotency_key,
)
from thongquan.clearance.declarations.openapi import AMENDED, CANCEL_BODY, DOCUMENT_BODY, REQUESTED, VERSIONS
from thongquan.clearance.declarations.operations.cancelling import request_cancellation
from thongquan.clearance.declarations.operations.requesting import request_amendment
from thongquan.clearance.declarations.operations.signed import amend_signed
from thongquan.clearance.declarations.queries import Kept, comparison_of, stand_of, versions_of
from thongquan.clearance.declarations.schemas import AmendParameters, VersionsParameters
from thongquan.rules.document import Frozen

router = Router(tags=["declarations"], auth=api_auth, throttle=api_throttle)


class Cancellation(Frozen, frozen=True, kw_only=True):
    """What is asked: a ground of the code list `cancel_ground`, and why."""

    ground: str
    reason: str


@router.post("/{number}/amend", openapi_extra=described(AMENDED, body=DOCUMENT_BODY), summary="Amend before clearance")
def amend(request: HttpRequest, number: str, parameters: Query[AmendParameters]) -> HttpResponse:
    """The body is the whole document as it shall read from now on; judged by the law of the day of registration."""
    actor = actor_of_request(request)
    stand_of(actor=actor, number=number)
    document, door = document_of(request)
    amended = amend_signed(
        actor=actor,
        number=number,
        document=document,
        reason=parameters.reason,
        body=request.body,
        signature=request.headers.get(SIGNATURE, ""),
        at=now(),
        door=door,
        base=parameters.version,
        idempotency_key=idempotency_key(request),
    )
    answer = {
        "number": amended.number,
        "state": amended.state,
        "version": amended.version,
        "changes": amended.changes,
        "consequences": told_faults(amended.consequences),
        **decision_answer(amended.decision),
        "channel": amended.channel,
    }
    return answer_json(answer, status=201)


@router.post(
    "/{number}/amendment-requests",
    openapi_extra=described(REQUESTED, body=DOCUMENT_BODY),
    summary="Ask to amend after clearance",
)
def ask_amend(request: HttpRequest, number: str, parameters: Query[AmendParameters]) -> HttpResponse:
    """The body is the whole document as it should read; an officer decides."""
    actor = actor_of_request(request)
    stand_of(actor=actor, number=number)
    document, _door = document_of(request)
    stand, consequences = request_amendment(
        actor=actor,
        number=number,
        document=document,
        reason=parameters.reason,
        at=now(),
        base=parameters.version,
    )
    answer = {"number": stand.number, "state": stand.state, "consequences": told_faults(consequences)}
    return answer_json(answer, status=202)


@router.post(
    "/{number}/cancellation-requests",
    openapi_extra=described(REQUESTED, body=CANCEL_BODY),
    summary="Ask to cancel",
)
def ask_cancel(request: HttpRequest, number: str) -> HttpResponse:
    """An officer decides by the grounds of the law."""
    actor = actor_of_request(request)
    stand_of(actor=actor, number=number)
    check_size(request)
    asked = read_json(request.body, Cancellation)
    stand = request_cancellation(actor=actor, number=number, ground=asked.ground, reason=asked.reason, at=now())
    return answer_json({"number": stand.number, "state": stand.state}, status=202)


@router.get("/{number}/versions", openapi_extra=described(VERSIONS), summary="Compare versions")
def versions(request: HttpRequest, number: str, parameters: Query[VersionsParameters]) -> HttpResponse:
    """All versions with number, moment and reason; two of them compared field by field and tax by tax."""
    actor = actor_of_request(request)
    kept = versions_of(actor=actor, number=number)
    after = len(kept) - 1 if parameters.after is None else parameters.after
    before = max(after - 1, 0) if parameters.before is None else parameters.before
    compared = comparison_of(actor=actor, number=number, before=before, after=after)
    answer = {
        "versions": [_version(one) for one in kept],
        "before": before,
        "after": after,
        "changes": compared.changes,
        "taxes": [{**msgspec.structs.asdict(one), "difference_vnd": one.difference_vnd} for one in compared.taxes],
    }
    return answer_json(answer)


def _version(kept: Kept) -> dict[str, object]:
    return {
        "version": kept.version,
        "number": kept.number,
        "kind": kept.kind,
        "at": kept.at,
        "reason": kept.reason,
        "channel": kept.channel,
        "due_vnd": kept.decision.due_vnd,
        "changes": kept.changes,
        "consequences": told_faults(kept.consequences),
    }
