"""Goods kept elsewhere: asked, answered, arrived, their result; and the list of those that wait."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.web.guard import page
from thongquan.clearance.control.operations.preserving import (
    preserve_goods,
    record_preserved_arrival,
    record_preserved_result,
    refuse_preservation,
    request_preservation,
)
from thongquan.clearance.control.permissions import inspector_offices
from thongquan.clearance.control.queries.due import law_day
from thongquan.clearance.control.queries.preservations import preservation_of, waiting_preservations
from thongquan.clearance.control.views.common import actor_of_page, strip_of
from thongquan.clearance.control.views.steps import Context, can_take, tried
from thongquan.clearance.declarations.queries import Stand, stand_of
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.tariff.queries import current_law

TEMPLATE = "control/preservation.html"
DONE = {
    "request": gettext_lazy("The office is asked; it answers within the hours of the law."),
    "grant": gettext_lazy("The goods may go to preservation."),
    "refuse": gettext_lazy("The request is refused."),
    "arrived": gettext_lazy("The arrival is recorded."),
    "result": gettext_lazy("The result is recorded."),
}


@page
@never_cache
@require_http_methods(["GET", "POST"])
def preservation(request: HttpRequest, number: str) -> HttpResponse:
    """The preservation of a declaration's goods. POST `act`: one of `DONE`."""
    actor, at = actor_of_page(request), now()
    if request.method != "POST":
        return render(request, TEMPLATE, _context(actor, number))
    posted = request.POST
    acts: dict[str, Callable[..., object]] = {
        "request": partial(
            request_preservation,
            place_kind=posted.get("place_kind", ""),
            place=posted.get("place", ""),
            reason=posted.get("reason", ""),
        ),
        "grant": partial(preserve_goods, answer=posted.get("answer", "")),
        "refuse": partial(refuse_preservation, answer=posted.get("answer", "")),
        "arrived": record_preserved_arrival,
        "result": partial(record_preserved_result, result=posted.get("result", ""), paper=posted.get("paper", "")),
    }
    which = posted.get("act", "")
    if which not in acts:
        return render(request, TEMPLATE, _context(actor, number), status=422)
    return tried(
        request,
        partial(acts[which], actor=actor, number=number, at=at),
        done=str(DONE[which]),
        leads_to=("control:preservation", number),
        template=TEMPLATE,
        context=lambda: _context(actor, number),
    )


def _context(actor: Actor, number: str) -> Context:
    stand = stand_of(actor=actor, number=number)
    kept = preservation_of(actor=actor, number=number)
    is_asked = kept is not None and kept.granted is None
    is_kept = kept is not None and bool(kept.granted)
    return {
        "stand": stand,
        "strip": strip_of(stand),
        "kept": kept,
        "can_request": not is_asked and can_take(actor, stand, Step.REQUEST_PRESERVATION),
        "can_answer": is_asked and can_take(actor, stand, Step.PRESERVE),
        "can_arrive": is_kept and kept and not kept.arrived_at and can_take(actor, stand, Step.PRESERVED_ARRIVAL),
        "can_result": is_kept and kept and not kept.result and can_take(actor, stand, Step.PRESERVED_RESULT),
        "hours": _hours(stand),
        "places": [("agency", _("A place that the agency names")), ("own", _("The declarant's own store"))],
        "results": [("passed", _("Passed")), ("failed", _("Failed"))],
    }


def _hours(stand: Stand) -> dict[str, str]:
    """The times of the law of the declaration's day; a dash where it has none."""
    law, on = current_law(), law_day(stand)
    names = {
        "agency": "preservation_reply_agency_hours",
        "own": "preservation_reply_own_hours",
        "days": "preservation_result_days",
    }
    found = {key: law.parameter(name, on) for key, name in names.items()}
    return {key: parameter.value if parameter else "–" for key, parameter in found.items()}


@page
@never_cache
@require_GET
def preservations(request: HttpRequest) -> HttpResponse:
    """Requests that wait for an answer and goods whose result is awaited, for officers."""
    actor = actor_of_page(request)
    if not inspector_offices(actor):
        raise NotAllowed("control.check")
    return render(request, "control/preservations.html", {"kept": waiting_preservations(actor)})
