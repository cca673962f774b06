"""Profiles and fairness over HTTP, to read: drafting and approving are for people at the pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.json import answer_json
from thongquan.base.core.openapi import described
from thongquan.clearance.risk import schemas
from thongquan.clearance.risk.queries.fairness import fairness
from thongquan.clearance.risk.queries.profiles import profile_file, profiles
from thongquan.clearance.risk.states import State

router = Router()


@router.get("/profiles", openapi_extra=described(schemas.PROFILES), summary="Risk profiles")
def listed(request: HttpRequest, state: str = "") -> HttpResponse:
    """Profiles, newest first, narrowed by state; for analysts, directors and internal control."""
    return answer_json(profiles(actor=actor_of_request(request), state=state if state in set(State) else ""))


@router.get("/profiles/{profile_id}", openapi_extra=described(schemas.PROFILE), summary="A risk profile")
def profile(request: HttpRequest, profile_id: int) -> HttpResponse:
    """What it chooses by, its newest dry run and its story."""
    return answer_json(profile_file(actor=actor_of_request(request), profile=min(profile_id, 2**62)))


@router.get("/fairness", openapi_extra=described(schemas.FAIRNESS), summary="How groups of traders are treated")
def groups(request: HttpRequest) -> HttpResponse:
    """Selection and hit rates by size, newness, origin and gate with intervals, beside the random lane."""
    return answer_json(fairness(actor=actor_of_request(request), at=now()))
