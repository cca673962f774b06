"""What each office could open in each hour, and what filled it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from thongquan.base.accounts.queries import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.web.guard import page
from thongquan.clearance.risk.queries.scores import filled_hours, share_filled
from thongquan.clearance.risk.tabs import tabs_of


@page
@never_cache
@require_GET
def hours(request: HttpRequest) -> HttpResponse:
    """The hours of the last day at the reader's offices."""
    at = now()
    actor = actor_of_request(request, at)
    rows = filled_hours(actor=actor, at=at)
    context = {"rows": rows, "filled": share_filled(rows), "tabs": tabs_of(actor, "risk:selection")}
    return render(request, "risk/selection.html", context)
