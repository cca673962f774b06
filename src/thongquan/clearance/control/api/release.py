"""Conditions, release, clearance and exits over HTTP: the same operations as the pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request, api_auth, api_throttle
from thongquan.base.core.clock import now
from thongquan.base.core.json import answer_json, read_json
from thongquan.base.core.openapi import described
from thongquan.clearance.control.answers import judged, read_uses, told_verdict
from thongquan.clearance.control.openapi import (
    CHANNEL_BODY,
    CLEAR_BODY,
    CONDITIONS,
    EXIT_BODY,
    REASON_BODY,
    RELEASE_BODY,
    SLIP,
    SLIP_BODY,
    STOOD,
    USES_BODY,
    VERDICT,
    VERDICTS,
)
from thongquan.clearance.control.operations.channel import (
    lower_channel,
    propose_lower_channel,
    raise_channel,
    reject_lower_channel,
)
from thongquan.clearance.control.operations.exits import let_out
from thongquan.clearance.control.operations.releasing import clear_goods, release_goods
from thongquan.clearance.control.operations.slips import issue_slip
from thongquan.clearance.control.queries.missing import told_conditions
from thongquan.clearance.control.queries.slips import slip_of
from thongquan.clearance.control.schemas import ChannelBody, ClearBody, ExitBody, ReasonBody, ReleaseBody, SlipBody
from thongquan.clearance.declarations.queries import stand_of

router = Router(tags=["control"], auth=api_auth, throttle=api_throttle)


@router.get("/{number}/conditions", openapi_extra=described(CONDITIONS), summary="What clearance still waits for")
def conditions(request: HttpRequest, number: str) -> HttpResponse:
    """Every condition of the law of the day, what is missing first."""
    actor = actor_of_request(request)
    stand = stand_of(actor=actor, number=number)
    told = told_conditions(actor, stand, "clear")
    return answer_json({"number": stand.number, "open": all(one.met for one in told), "conditions": told})


@router.post("/{number}/release", openapi_extra=described(STOOD, body=RELEASE_BODY), summary="Release goods")
def release(request: HttpRequest, number: str) -> HttpResponse:
    """Release while the final tax is open; 422 names every unmet condition."""
    body = read_json(request.body, ReleaseBody)
    actor, at = actor_of_request(request), now()
    return answer_json(release_goods(actor=actor, number=number, question=body.question, reason=body.reason, at=at))


@router.post("/{number}/clear", openapi_extra=described(STOOD, body=CLEAR_BODY), summary="Clear goods")
def clear(request: HttpRequest, number: str) -> HttpResponse:
    """Clear; 422 names every unmet condition."""
    body = read_json(request.body or b"{}", ClearBody)
    return answer_json(clear_goods(actor=actor_of_request(request), number=number, result=body.result, at=now()))


@router.post("/{number}/channel/raise", openapi_extra=described(STOOD, body=CHANNEL_BODY), summary="Raise the channel")
def raised(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for a stricter check, with a reason."""
    body = read_json(request.body, ChannelBody)
    actor, at = actor_of_request(request), now()
    return answer_json(raise_channel(actor=actor, number=number, channel=body.channel, reason=body.reason, at=at))


@router.post(
    "/{number}/channel/propose", openapi_extra=described(STOOD, body=CHANNEL_BODY), summary="Propose a lower channel"
)
def proposed(request: HttpRequest, number: str) -> HttpResponse:
    """Nothing changes until another person, a team leader, signs."""
    body = read_json(request.body, ChannelBody)
    actor, at = actor_of_request(request), now()
    return answer_json(
        propose_lower_channel(actor=actor, number=number, channel=body.channel, reason=body.reason, at=at)
    )


@router.post("/{number}/channel/sign", openapi_extra=described(STOOD), summary="Sign a proposed lower channel")
def signed(request: HttpRequest, number: str) -> HttpResponse:
    """The second signature; internal control is told."""
    return answer_json(lower_channel(actor=actor_of_request(request), number=number, at=now()))


@router.post(
    "/{number}/channel/reject",
    openapi_extra=described(STOOD, body=REASON_BODY),
    summary="Refuse a proposed lower channel",
)
def rejected(request: HttpRequest, number: str) -> HttpResponse:
    """Nothing changes; whoever proposed is told the reason."""
    body = read_json(request.body, ReasonBody)
    return answer_json(
        reject_lower_channel(actor=actor_of_request(request), number=number, reason=body.reason, at=now())
    )


@router.post("/{number}/slips", openapi_extra=described(SLIP, body=SLIP_BODY), summary="Issue an exit slip")
def slip(request: HttpRequest, number: str) -> HttpResponse:
    """One vehicle may leave once through one gate; 201 with the code for the QR square."""
    body, actor, at = read_json(request.body, SlipBody), actor_of_request(request), now()
    issued = issue_slip(actor=actor, number=number, plate=body.plate, gate=body.gate, at=at)
    return answer_json(slip_of(actor=actor, number=number, serial=issued.serial, at=at), status=201)


@router.post("/exits", openapi_extra=described(VERDICT, body=EXIT_BODY), summary="Show a slip at a gate")
def exits(request: HttpRequest) -> HttpResponse:
    """Let a vehicle out; 422 with every reason when it may not pass. Either way it is written down."""
    body, actor, at = read_json(request.body, ExitBody), actor_of_request(request), now()
    verdict = let_out(actor=actor, code=body.code, plate=body.plate, gate=body.gate, attempt=body.attempt, at=at)
    return answer_json(told_verdict(verdict), status=200 if verdict.passed else 422)


@router.post("/exits/reconcile", openapi_extra=described(VERDICTS, body=USES_BODY), summary="Upload offline exits")
def reconcile(request: HttpRequest) -> HttpResponse:
    """Take in what a gate let out without network; a second use of a slip is found and named. May be sent again."""
    verdicts: list[dict[str, Any]] = judged(actor_of_request(request), read_uses(request.body), now())
    return answer_json({"verdicts": verdicts})
