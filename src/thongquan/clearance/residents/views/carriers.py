"""Who carries for whom: for team leaders, with a purpose typed before anything opens, every look logged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.core.tables import Value, csv_table, excel_table
from thongquan.base.web.guard import page
from thongquan.clearance.residents.labels import SAME
from thongquan.clearance.residents.operations import look_at_carriers
from thongquan.clearance.residents.permissions import offices_for
from thongquan.clearance.residents.queries.carriers import Carriers, kept_since, looks_at
from thongquan.clearance.residents.views.common import actor_of_page, day_of, problems_of, text_of

Context = dict[str, Any]
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WEEK = timedelta(days=6)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def carriers(request: HttpRequest) -> HttpResponse:
    """GET shows only the question; POST with a purpose shows who stands behind many quotas, or hands it out."""
    actor, at = actor_of_page(request), now()
    offices = sorted(offices_for(actor, "residents.watch"))
    if not offices:
        raise NotAllowed("residents.watch")
    today, posted = timezone.localdate(at), request.POST
    since, until = day_of(posted.get("since", "")) or today - WEEK, day_of(posted.get("until", "")) or today
    office = text_of(posted, "office", 6) or offices[0]
    context = _context(actor, offices, office, since, until, today)
    if request.method != "POST":
        return render(request, "residents/carriers.html", context)
    shape = posted.get("act", "page")
    shape = shape if shape in TYPES else "page"
    try:
        found = look_at_carriers(
            actor=actor,
            office=office,
            purpose=text_of(posted, "purpose", 1000),
            since=since,
            until=until,
            shape=shape,
            at=at,
        )
    except Refused as refused:
        shown = {**context, "problems": problems_of(refused.faults)}
        return render(request, "residents/carriers.html", shown, status=422)
    if shape != "page":
        return _handed_out(found, shape)
    rows = [(SAME[one.kind], one) for one in found.rows]
    shown = {**context, "found": found, "rows": rows, "purpose": posted.get("purpose", "")}
    return render(request, "residents/carriers.html", shown)


def _context(actor: Actor, offices: list[str], office: str, since: date, until: date, today: date) -> Context:
    looks = looks_at(office) if office in offices else []
    names = names_of({one.actor for one in looks})
    return {
        "offices": offices,
        "office": office,
        "since": since,
        "until": until,
        "kept_since": kept_since(today),
        "looks": [(one, names.get(one.actor, one.actor)) for one in looks],
    }


def _handed_out(found: Carriers, shape: str) -> HttpResponse:
    """The table to take away; names that begin like a formula are made harmless."""
    head = [_("Kind"), _("Truck, phone, buyer or hour"), _("Persons"), _("Forms"), _("Quota used (VND)")]
    rows: list[list[Value]] = [
        [str(SAME[one.kind]), one.name, one.people, one.forms, one.free_vnd] for one in found.rows
    ]
    table = csv_table(head, rows) if shape == "csv" else excel_table(_("Who carries for whom"), head, rows)
    response = HttpResponse(table, content_type=TYPES[shape])
    response["Content-Disposition"] = f'attachment; filename="carriers-{found.since}-{found.until}.{shape}"'
    response["Cache-Control"] = "no-store"
    return response
