"""The page of specialized inspections: asking other agencies, and their results."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.control.labels import RESULTS, SPECIALIZED
from thongquan.clearance.control.operations.samples import enter_specialized_result, request_specialized
from thongquan.clearance.control.permissions import check_may_read
from thongquan.clearance.control.queries.due import asked_conditions
from thongquan.clearance.control.queries.samples import specialized_of
from thongquan.clearance.control.schemas import SpecializedBody, SpecializedResultBody
from thongquan.clearance.control.views.common import actor_of_page, carried_out, posted, strip_of
from thongquan.clearance.declarations.permissions import may
from thongquan.clearance.declarations.queries import document_in_force, stand_of


@page
@never_cache
@require_http_methods(["GET", "POST"])
def specialized(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for a specialized inspection, or enter its result."""
    actor = actor_of_page(request)
    if request.method != "POST":
        return _shown(request, actor, number)

    def verb() -> None:
        if "result" in request.POST:
            result = posted(request, SpecializedResultBody)
            enter_specialized_result(actor=actor, number=number, at=now(), **msgspec.structs.asdict(result))
            return
        body = posted(request, SpecializedBody)
        request_specialized(actor=actor, number=number, at=now(), **msgspec.structs.asdict(body))

    def again(problems: list[Problem]) -> HttpResponse:
        return _shown(request, actor, number, problems)

    return carried_out(request, verb, again=again, to=reverse("control:specialized", args=[number]))


def _shown(request: HttpRequest, actor: Actor, number: str, problems: list[Problem] | None = None) -> HttpResponse:
    stand = stand_of(actor=actor, number=number)
    check_may_read(actor, stand)
    context = {
        "stand": stand,
        "strip": strip_of(stand),
        "problems": problems or [],
        "rows": [(SPECIALIZED.get(one.kind, one.kind), RESULTS[one.result], one) for one in specialized_of(stand.key)],
        "kinds": list(SPECIALIZED.items()),
        "asked": asked_conditions(stand),
        "lines": document_in_force(number).lines,
        "may_check": may(actor, "control.check", office=stand.office, tax_code=stand.tax_code),
    }
    return render(request, "control/specialized.html", context)
