"""How the lanes stand, and the register of carriers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongquan.base.accounts.queries import names_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.express import operations, queries
from thongquan.clearance.express.permissions import registering_offices
from thongquan.clearance.express.shown import lanes_shown
from thongquan.clearance.express.views.common import actor_of_page, problems_of


@page
@never_cache
@require_GET
def lanes(request: HttpRequest) -> HttpResponse:
    """The three lanes now."""
    context = {"lanes": lanes_shown(), "waiting": queries.waiting_now(now())}
    return render(request, "express/lanes.html", context)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def carriers(request: HttpRequest) -> HttpResponse:
    """Carriers of the actor's offices, and a new one. Raises `NotAllowed` for everyone who keeps no register."""
    actor = actor_of_page(request)
    offices = registering_offices(actor)
    if not offices:
        raise NotAllowed("express.carriers")
    problems: list[Problem] = []
    if request.method == "POST":
        words = {name: request.POST.get(name, "").replace("\x00", "") for name in ("tax_code", "name", "office")}
        try:
            operations.register_carrier(actor=actor, **words, at=now())
            messages.success(request, _("The carrier may send parcels now."))
            return redirect("express:carriers")
        except Refused as refused:
            problems = problems_of(refused.faults)
    rows = queries.carriers_in_scope(actor)
    names = names_of({row.by for row in rows})
    context = {"rows": [(row, names.get(row.by, row.by)) for row in rows], "offices": offices, "problems": problems}
    return render(request, "express/carriers.html", context, status=422 if problems else 200)


@page
@require_POST
def end(request: HttpRequest, carrier_id: int) -> HttpResponse:
    """The carrier sends no more parcels from now on."""
    operations.end_carrier(actor=actor_of_page(request), carrier=carrier_id, at=now())
    messages.success(request, _("The carrier sends no more parcels to this office."))
    return redirect("express:carriers")
