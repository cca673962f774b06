"""The history of an exporter or an issuer, for officers: what it brought, what became of it, since when."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from thongquan.base.accounts.queries import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.web.guard import page
from thongquan.clearance.origin import labels
from thongquan.clearance.origin.charts import months_chart
from thongquan.clearance.origin.queries.history import History, Whose, history_of
from thongquan.clearance.origin.views.desk import works

LONGEST = 300


def of(whose: Whose) -> Any:
    """The page of exporters, or that of issuers."""

    @page
    @never_cache
    @require_GET
    def view(request: HttpRequest) -> HttpResponse:
        actor = actor_of_request(request, now())
        if not works(actor):
            raise NotAllowed("origin.see")
        name, country = request.GET.get("name", "")[:LONGEST], request.GET.get("country", "")[:2]
        if "\x00" in name:
            raise NotFound(whose)
        return render(
            request, "origin/history.html", _told(history_of(actor=actor, whose=whose, name=name, country=country))
        )

    return view


def _told(found: History) -> dict[str, Any]:
    return {
        "found": found,
        "states": [(labels.STATES[state], n) for state, n in found.states.items()],
        "grades": [(labels.GRADES[grade], n) for grade, n in found.grades.items()],
        "doubts": [(one, labels.STATES[one.state]) for one in found.doubts],
        "newest": [(one, labels.STATES[one.state], labels.GRADES[one.grade]) for one in found.newest],
        "bad": found.states.get("doubted", 0) + found.states.get("refused", 0),
        "chart": months_chart(found.months),
    }
