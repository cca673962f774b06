"""Everything a declarant or broker has to do now, with the clock."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from thongquan.base.accounts.queries import enterprise_names
from thongquan.base.core.clock import now
from thongquan.base.web.guard import page
from thongquan.clearance.declarations.todo import todos_of
from thongquan.clearance.declarations.views.chosen import chosen_enterprise, narrowed_to, switcher
from thongquan.clearance.declarations.views.common import trader_of_page

MOST = 50
"""Of each kind; more are one link away."""


@page
@never_cache
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """One list in the order of the clock, across all enterprises or for one of them."""
    actor = trader_of_page(request)
    chosen = chosen_enterprise(request, actor)
    context = {
        "found": todos_of(narrowed_to(actor, chosen), now(), most=MOST),
        "names": enterprise_names(actor.enterprises),
        "switcher": switcher(request, actor, chosen),
        "is_trader": True,
        "most": MOST,
    }
    return render(request, "declarations/today.html", context)
