"""Compliance over HTTP: the same queries as the pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request
from thongquan.base.core.json import answer_json
from thongquan.base.core.openapi import described
from thongquan.clearance.risk import schemas
from thongquan.clearance.risk.labels import LEVELS
from thongquan.clearance.risk.queries.compliance import compliance_file, standings

router = Router()
_CHOICES = {str(level) if level else "none" for level in LEVELS}


@router.get("/compliance", openapi_extra=described(schemas.STANDINGS), summary="Compliance of enterprises")
def listed(request: HttpRequest, level: str = "") -> HttpResponse:
    """Enterprises in your scope, the lowest level first, at most 200; `level` 1 to 5 or `none` narrows them."""
    known = level if level in _CHOICES else ""
    rows, _more = standings(actor=actor_of_request(request), level=known, limit=200)
    return answer_json(rows)


@router.get(
    "/compliance/{enterprise}", openapi_extra=described(schemas.STANDING), summary="Compliance of an enterprise"
)
def enterprise(request: HttpRequest, enterprise: str) -> HttpResponse:
    """Level and rank with their grounds, what would raise the level, and how it stood before."""
    return answer_json(compliance_file(actor=actor_of_request(request), enterprise=enterprise))
