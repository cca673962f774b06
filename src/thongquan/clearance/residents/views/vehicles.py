"""The register of vehicles that come and go in the border area."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.residents.operations import note_arrival, note_departure
from thongquan.clearance.residents.permissions import offices_for
from thongquan.clearance.residents.queries.vehicles import stays_of
from thongquan.clearance.residents.views.common import actor_of_page, problems_of, text_of
from thongquan.rules.slips import plain_plate


@page
@never_cache
@require_http_methods(["GET", "POST"])
def vehicles(request: HttpRequest) -> HttpResponse:
    """Vehicles in the area now, the longest overdue first, and those that left; POST notes one in, or `stay` out."""
    actor, at = actor_of_page(request), now()
    works = sorted(offices_for(actor, "residents.work"))
    if not offices_for(actor, "residents.see"):
        raise NotAllowed("residents.see")
    posted, problems = request.POST, list[Problem]()
    if request.method == "POST":
        try:
            if "stay" in posted:
                note_departure(actor=actor, stay=_key(posted["stay"]), at=at)
            else:
                note_arrival(
                    actor=actor,
                    office=text_of(posted, "office", 6),
                    plate=text_of(posted, "plate", 20),
                    driver=text_of(posted, "driver", 120),
                    purpose=text_of(posted, "purpose"),
                    at=at,
                )
            return redirect("residents:vehicles")
        except Refused as refused:
            problems = problems_of(refused.faults)
    text = text_of(request.GET, "q", 20)
    context = {
        "stays": stays_of(actor, at, text=plain_plate(text)),
        "q": text,
        "works": works,
        "problems": problems,
        "posted": posted,
    }
    return render(request, "residents/vehicles.html", context, status=422 if problems else 200)


def _key(text: str) -> int:
    """The number of a stay. Raises `NotFound` for nonsense."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise NotFound("stay")
    return int(text)
