"""Proofs of origin after lodging over HTTP: what is awaited, and filing the certificate."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from thongquan.base.accounts.auth import actor_of_request, api_auth, api_throttle
from thongquan.base.core.clock import now
from thongquan.base.core.json import answer_json, read_json, told_faults
from thongquan.base.core.openapi import described
from thongquan.clearance.declarations.api.bodies import check_size
from thongquan.clearance.declarations.clocking import clock_told
from thongquan.clearance.declarations.openapi import AWAITED, AWAITED_OF, FILED_LATE, LATE_BODY
from thongquan.clearance.declarations.operations.late_filing import file_late_certificate
from thongquan.clearance.declarations.queries import stand_of
from thongquan.clearance.declarations.queries.late import Awaited, awaited_of, late_in_scope, which_of
from thongquan.clearance.declarations.schemas import LateParameters
from thongquan.rules.document import Frozen

router = Router(tags=["declarations"], auth=api_auth, throttle=api_throttle)
PAGE = 50


class LateBody(Frozen, frozen=True, kw_only=True):
    """The number of a registered certificate."""

    certificate: str


@router.get("/late-certificates", openapi_extra=described(AWAITED), summary="Proofs of origin that are awaited")
def awaited(request: HttpRequest, parameters: Query[LateParameters]) -> HttpResponse:
    """Of your enterprises or offices, what is due first on top; `show` is soon, overdue, filed or ended."""
    rows, more = late_in_scope(
        actor=actor_of_request(request),
        at=now(),
        which=which_of(parameters.show),
        offset=(parameters.page - 1) * PAGE,
        limit=PAGE,
    )
    return answer_json({"proofs": [_told(one) for one in rows], "more": more})


@router.get("/{number}/late-certificate", openapi_extra=described(AWAITED_OF), summary="Proofs awaited for one")
def awaited_for_one(request: HttpRequest, number: str) -> HttpResponse:
    """Every proof that is or was awaited for the declaration, with its clock."""
    stand = stand_of(actor=actor_of_request(request), number=number)
    return answer_json({"proofs": [_told(one) for one in awaited_of(number=stand.number, at=now())]})


@router.post(
    "/{number}/late-certificate",
    openapi_extra=described(FILED_LATE, body=LATE_BODY),
    summary="File a certificate of origin after lodging",
)
def file(request: HttpRequest, number: str) -> HttpResponse:
    """Filed in time it is kept; duties are recalculated once an officer has accepted it. Twice changes nothing."""
    actor = actor_of_request(request)
    stand = stand_of(actor=actor, number=number)
    check_size(request)
    given = read_json(request.body, LateBody)
    filed = file_late_certificate(actor=actor, number=stand.number, certificate=given.certificate, at=now())
    answer = {**msgspec.structs.asdict(filed), "warnings": told_faults(filed.warnings)}
    return answer_json(answer, status=200 if filed.repeated else 201)


def _told(one: Awaited) -> dict[str, object]:
    return {
        "number": one.number,
        "line": one.line,
        "kind": one.kind,
        "schedule": one.schedule,
        "guaranteed": one.guaranteed,
        "outcome": one.outcome,
        "certificate": one.certificate_number,
        "filed_at": one.filed_at,
        "clock": clock_told(one.due),
    }
