"""Exemption lists over HTTP: file, read with what was used, register, refuse, close."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from thongquan.base.accounts.auth import actor_of_request, api_auth, api_throttle
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.core.json import answer_json, read_json
from thongquan.base.core.openapi import described
from thongquan.clearance.revenue.claim_schemas import (
    EXEMPTIONS,
    FILED,
    ONE_EXEMPTION,
    Decided,
    Filing,
)
from thongquan.clearance.revenue.operations.exemptions import STEPS, decide_exemption_list, propose_exemption_list
from thongquan.clearance.revenue.queries.exemptions import exemption_list, exemption_lists
from thongquan.clearance.revenue.schemas import Page, body_of

router = Router(tags=["money"], auth=api_auth, throttle=api_throttle)


@router.get("/", openapi_extra=described(EXEMPTIONS), summary="List exemption lists in my scope")
def listed(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """Newest first."""
    found = exemption_lists(actor=actor_of_request(request), offset=page.offset, limit=page.limit + 1)
    return answer_json({"exemptions": found[: page.limit], "more": len(found) > page.limit})


@router.post("/", openapi_extra=described(FILED, body=body_of(Filing)), summary="File an exemption list")
def file(request: HttpRequest) -> HttpResponse:
    """It can be used once the office has registered it."""
    actor, body = actor_of_request(request), read_json(request.body, Filing)
    given = {name: getattr(body, name) for name in body.__struct_fields__}
    made = propose_exemption_list(actor=actor, at=now(), **given)
    return answer_json(_whole(actor, made.number), status=201)


@router.get("/{number}", openapi_extra=described(ONE_EXEMPTION), summary="Read an exemption list")
def read(request: HttpRequest, number: str) -> HttpResponse:
    """Its lines with what was used of each, and by which declaration."""
    return answer_json(_whole(actor_of_request(request), number))


@router.post(
    "/{number}/{step}",
    openapi_extra=described(ONE_EXEMPTION, body=body_of(Decided)),
    summary="Register, refuse or close an exemption list",
)
def decide(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """For officers of its office; `step` is register, refuse or close, the last two with a reason."""
    actor = actor_of_request(request)
    exemption_list(actor=actor, number=number)
    if step not in STEPS:
        raise NotFound(step)
    body = read_json(request.body or b"{}", Decided)
    decide_exemption_list(actor=actor, number=number, step=step, at=now(), reason=body.reason)
    return answer_json(_whole(actor, number))


def _whole(actor: Actor, number: str) -> dict[str, object]:
    told, goods = exemption_list(actor=actor, number=number)
    lines = [{**msgspec.structs.asdict(one), "left": one.left} for one in goods]
    return {**msgspec.structs.asdict(told), "lines": lines}
