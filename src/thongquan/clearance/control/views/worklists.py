"""The desk of checks: documents to check, goods to inspect, inspections of one's own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.web.guard import page
from thongquan.clearance.control.permissions import inspector_offices, led_offices
from thongquan.clearance.control.queries.duty import on_duty
from thongquan.clearance.control.queries.lists import documents_to_check, goods_to_inspect
from thongquan.clearance.control.views.common import actor_of_page
from thongquan.clearance.declarations.queries.clocks import clocks_that_matter

TABS = {"documents": _("Documents"), "goods": _("Goods"), "mine": _("My inspections")}


@page
@require_GET
def worklists(request: HttpRequest) -> HttpResponse:
    """What waits at the actor's offices, in the order of the law: perishables first, then the oldest."""
    actor, at = actor_of_page(request), now()
    if not inspector_offices(actor):
        raise NotAllowed("control.read")
    documents = documents_to_check(actor=actor, at=at)
    goods = goods_to_inspect(actor=actor, at=at)
    lists = {"documents": documents, "goods": goods, "mine": [one for one in goods if one.is_mine]}
    asked = request.GET.get("list", "")
    tab = asked if asked in TABS else "mine" if lists["mine"] else "documents"
    context = {
        "tab": tab,
        "tabs": [(key, words, len(lists[key])) for key, words in TABS.items()],
        "rows": lists[tab],
        "clocks": clocks_that_matter(actor=actor, rows=[one.stand for one in lists[tab]], at=at),
        "on_duty": sum(len(on_duty(office, at)) for office in inspector_offices(actor)),
        "leads": bool(led_offices(actor)),
    }
    return render(request, "control/worklists.html", context)
