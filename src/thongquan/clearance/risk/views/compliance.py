"""Compliance on pages: the list of one's scope, and how one enterprise stands, why, and what would raise it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from thongquan.base.accounts.queries import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.web.guard import page
from thongquan.clearance.risk.labels import CONDITIONS, LEVELS, RANKS
from thongquan.clearance.risk.permissions import own_enterprises, working_offices
from thongquan.clearance.risk.queries.compliance import compliance_file, standings
from thongquan.clearance.risk.tabs import tabs_of
from thongquan.clearance.risk.told import told

PAGE = 50
CHOICES = {"5": LEVELS[5], "4": LEVELS[4], "3": LEVELS[3], "2": LEVELS[2], "1": LEVELS[1], "none": LEVELS[None]}


@page
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Enterprises in the reader's scope, the lowest level first; who has one enterprise alone goes straight to it."""
    actor = actor_of_request(request, now())
    own = own_enterprises(actor)
    if len(own) == 1 and not working_offices(actor):
        return redirect("risk:enterprise", next(iter(own)))
    level = request.GET.get("level", "")
    level = level if level in CHOICES else ""
    number = request.GET.get("page", "1")
    place = max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 5 else 1
    rows, more = standings(actor=actor, level=level, offset=(place - 1) * PAGE, limit=PAGE)
    context = {
        "rows": [(row, LEVELS[row.level], RANKS[row.rank]) for row in rows],
        "level": level,
        "levels": CHOICES,
        "previous": place - 1,
        "next": place + 1 if more else 0,
        "tabs": tabs_of(actor, "risk:compliance"),
    }
    return render(request, "risk/compliance.html", context)


@page
@never_cache
@require_GET
def enterprise(request: HttpRequest, enterprise: str) -> HttpResponse:
    """How one enterprise stands."""
    actor = actor_of_request(request, now())
    kept = compliance_file(actor=actor, enterprise=enterprise)
    context = {
        "kept": kept,
        "level": LEVELS[kept.now.level],
        "rank": RANKS[kept.now.rank],
        "grounds": told(kept.assessed.grounds),
        "raises": told(kept.assessed.raises),
        "conditions": [(CONDITIONS[one.key], one) for one in kept.conditions],
        "history": [(one, LEVELS[one.level], RANKS[one.rank]) for one in kept.history],
        "is_own": enterprise in own_enterprises(actor),
        "tabs": tabs_of(actor, "risk:compliance"),
    }
    return render(request, "risk/enterprise.html", context)
