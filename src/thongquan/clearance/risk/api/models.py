"""Models over HTTP, to read: proposing and approving are for people at the pages, with their second factor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.json import answer_json
from thongquan.base.core.openapi import described
from thongquan.clearance.risk import schemas
from thongquan.clearance.risk.queries.versions import model_file, registry

router = Router()


@router.get("/models", openapi_extra=described(schemas.MODELS), summary="Models of risk")
def listed(request: HttpRequest) -> HttpResponse:
    """Versions, newest first, with what waits for a decision and alarms; for analysts, directors, internal control."""
    return answer_json(registry(actor=actor_of_request(request), at=now()))


@router.get("/models/{riskmodel}", openapi_extra=described(schemas.MODEL), summary="A model of risk")
def one(request: HttpRequest, riskmodel: str) -> HttpResponse:
    """What it learned from, what it is worth, its weeks of drift and its story."""
    return answer_json(model_file(actor=actor_of_request(request), version=riskmodel[:32]))
