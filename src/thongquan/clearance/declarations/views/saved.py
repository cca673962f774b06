"""Saved filters: kept from the list, renamed, shared with the office, thrown away; and the columns of the list."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thongquan.base.accounts.operations.saved_filters import MOST_NAME, change_filter
from thongquan.base.accounts.permissions import readable_offices
from thongquan.base.accounts.queries.saved_filters import saved_filters_of
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.clearance.declarations.operations.saved_views import PLACE, choose_columns, save_view
from thongquan.clearance.declarations.views.asking import active_filters, asked_in, queue_name
from thongquan.clearance.declarations.views.columns import COLUMNS
from thongquan.clearance.declarations.views.common import tell_refusal
from thongquan.clearance.declarations.views.lists import reader


@page
@require_GET
def saved_filters(request: HttpRequest) -> HttpResponse:
    """One's own saved filters and those of the office."""
    actor = reader(request)
    rows = [
        {
            "one": one,
            "queue": queue_name(actor, asked.queue),
            "active": active_filters(asked),
            "list_url": reverse("declarations:list"),
            "change_url": reverse("declarations:change_filter", args=[one.id]),
        }
        for one, asked in ((one, asked_in(actor, one.query)) for one in saved_filters_of(actor, PLACE))
    ]
    context = {"rows": rows, "offices": sorted(readable_offices(actor)), "max_name": MOST_NAME}
    return render(request, "declarations/saved.html", context)


@page
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the list under a name, and show the list with them."""
    actor = reader(request)
    query = asked_in(actor, request.POST.get("query", "")).query()
    try:
        save_view(
            actor=actor,
            name=request.POST.get("name", ""),
            query=query,
            office=request.POST.get("office", ""),
            at=now(),
        )
    except Refused as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, _("The filter is saved."))
    return redirect(f"{reverse('declarations:list')}?{query}")


@page
@require_POST
def change(request: HttpRequest, view_id: int) -> HttpResponse:
    """Rename, share, no longer share, or delete one's own saved filter."""
    given = {name: request.POST.get(name, "") for name in ("act", "name", "office")}
    try:
        change_filter(actor=reader(request), filter_id=view_id, places=(PLACE,), **given)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("declarations:saved_filters")


@page
@require_POST
def columns(request: HttpRequest) -> HttpResponse:
    """Keep which columns the list shows; `standard` brings back those it shows by itself."""
    actor = reader(request)
    wanted = set(request.POST.getlist("column")) if "standard" not in request.POST else set()
    choose_columns(actor=actor, names=[name for name in COLUMNS if name in wanted])
    query = urlencode(parse_qsl(request.POST.get("query", "")))
    return redirect(f"{reverse('declarations:list')}?{query}")
