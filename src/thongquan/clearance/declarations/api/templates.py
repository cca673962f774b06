"""Templates over HTTP: which there are, and what a new declaration begins with."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router

from thongquan.base.accounts.auth import actor_of_request, api_auth, api_throttle
from thongquan.base.accounts.permissions import LODGE_SCOPE
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.json import answer_json
from thongquan.base.core.openapi import described
from thongquan.clearance.declarations.formats.content import plain_values
from thongquan.clearance.declarations.openapi import STARTED, TEMPLATES
from thongquan.clearance.declarations.operations.templates import start_from_template
from thongquan.clearance.declarations.queries.templates import templates_of
from thongquan.clearance.declarations.schemas import StartParameters, TemplateParameters

router = Router(tags=["declarations"], auth=api_auth, throttle=api_throttle)


@router.get("/", openapi_extra=described(TEMPLATES), summary="List templates I may begin from")
def listed(request: HttpRequest, parameters: Query[TemplateParameters]) -> HttpResponse:
    """My own, and those that people of my firm share, by name."""
    actor = actor_of_request(request)
    _check(actor.allows(LODGE_SCOPE) and bool(actor.enterprises))
    rows = templates_of(actor, now(), enterprise=parameters.enterprise)
    return answer_json({"templates": [msgspec.structs.asdict(row) for row in rows]})


@router.post("/{template_id}/start", openapi_extra=described(STARTED), summary="Start a draft from a template")
def start(request: HttpRequest, template_id: int, parameters: Query[StartParameters]) -> HttpResponse:
    """A draft of mine, and its document as it begins: fill in what was cleared and lodge it."""
    actor = actor_of_request(request)
    _check(actor.allows(LODGE_SCOPE) and bool(actor.enterprises))
    started = start_from_template(
        actor=actor,
        template_id=template_id,
        at=now(),
        quantities=parameters.quantities,
        prices=parameters.prices,
    )
    values, _places = plain_values(started.again.content)
    answer = {
        "draft": started.draft.pk,
        "url": reverse("declarations:draft", args=[started.draft.pk]),
        "cleared": started.again.cleared,
        "document": values,
    }
    return answer_json(answer, status=201)


def _check(is_allowed: bool) -> None:
    if not is_allowed:
        raise NotAllowed("declarations.lodge")
