"""Asking before lodging whether something speaks against the codes of lines."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import answer_json, read_json, told_faults
from thongquan.base.core.openapi import described
from thongquan.clearance.classification import ruling_schemas as schemas
from thongquan.clearance.classification.permissions import check_may
from thongquan.clearance.classification.queries.warning import MOST_LINES, warnings_for
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

router = Router()


@router.post(
    "/check",
    openapi_extra=described(schemas.CHECKED, body=schemas.body(schemas.CheckBody)),
    summary="Check the codes of lines before lodging",
)
def check(request: HttpRequest) -> HttpResponse:
    """Own earlier lines of the same goods under another code, and what customs ruled for such goods.

    Nothing is kept and nothing is stopped. Only lines of the enterprise itself are looked at, of rulings of others only
    what is published.
    """
    given, at = read_json(request.body, schemas.CheckBody), now()
    check_may(actor_of_request(request), "classification.apply", tax_code=given.tax_code)
    if len(given.lines) > MOST_LINES:
        raise Refused([Fault(code=Code.TQ_FMT_011, path="lines", values={"limit": str(MOST_LINES)})])
    found = warnings_for(lines=given.lines, tax_code=given.tax_code, on=timezone.localdate(at))
    told = told_faults([one.fault for one in found])
    rows = [
        {**msgspec.to_builtins(row), "kind": one.kind, "declaration": one.declaration, "exact": one.exact}
        for one, row in zip(found, told, strict=True)
    ]
    return answer_json({"warnings": rows})
