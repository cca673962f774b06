"""Consultations in one's scope, proposals made by bands, and the opening of one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.paging import page_number
from thongquan.base.web.summary import problems_of
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.declarations.queries import Stand, document_in_force, stand_of
from thongquan.clearance.valuation.forms.steps import OpenForm
from thongquan.clearance.valuation.labels import OUTCOMES, STATES
from thongquan.clearance.valuation.operations.opening import open_consultation
from thongquan.clearance.valuation.panels import told_prices
from thongquan.clearance.valuation.permissions import check_may, may_anywhere, offices_for
from thongquan.clearance.valuation.queries import consultations as queries
from thongquan.clearance.valuation.queries.prices import Priced, prices_of, proposals
from thongquan.clearance.valuation.views.common import actor_of_page

PAGE = 50
LOOK_BACK = timedelta(days=30)


@page
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Consultations, undecided ones first by their last day."""
    actor = actor_of_page(request)
    works = bool(offices_for(actor, "valuation.see"))
    if not (works or is_trader(actor)):
        raise NotAllowed("valuation.see")
    state, place = request.GET.get("state", ""), page_number(request)
    state = state if state in STATES else ""
    rows, more = queries.worklist(actor=actor, state=state, offset=(place - 1) * PAGE, limit=PAGE)
    context = {
        "rows": [(row, STATES[row.state], OUTCOMES.get(row.outcome, "")) for row in rows],
        "state": state,
        "states": STATES,
        "works": works,
        "prices": may_anywhere(actor, "valuation.see"),
        "today": timezone.localdate(now()),
        "previous": place - 1,
        "next": place + 1 if more else 0,
    }
    return render(request, "valuation/list.html", context)


@page
@never_cache
@require_GET
def proposed(request: HttpRequest) -> HttpResponse:
    """Lines of the last 30 days below what is usual, with no consultation yet. Raises `NotAllowed`."""
    actor = actor_of_page(request)
    if not offices_for(actor, "valuation.see"):
        raise NotAllowed("valuation.see")
    rows = proposals(actor=actor, since=now() - LOOK_BACK)
    context = {"rows": told_prices(rows), "consults": bool(offices_for(actor, "valuation.consult"))}
    return render(request, "valuation/proposals.html", context)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def open_case(request: HttpRequest, number: str) -> HttpResponse:
    """Open a consultation on a declaration; lines below their band are chosen beforehand."""
    actor = actor_of_page(request)
    stand = stand_of(actor=actor, number=number)
    check_may(actor, "valuation.consult", office=stand.office)
    prices = prices_of(stand.key)
    form = OpenForm(
        request.POST if request.method == "POST" else None, initial=_initial(prices), choices={"lines": _lines(stand)}
    )
    problems: list[Problem] = []
    if form.is_valid():
        try:
            made = open_consultation(actor=actor, number=number, at=now(), **form.cleaned_data)
            return redirect("valuation:case", made)
        except Refused as refused:
            problems = problems_of(refused.faults)
    context = {"form": form, "stand": stand, "problems": problems, "rows": told_prices(prices)}
    return render(request, "valuation/open.html", context, status=422 if request.method == "POST" else 200)


def _lines(stand: Stand) -> list[tuple[str, str]]:
    lines = document_in_force(stand.number).lines
    return [(str(line.number), f"{line.number} · {line.hs or ''} · {(line.description or '')[:80]}") for line in lines]


def _initial(prices: list[Priced]) -> dict[str, Any]:
    below = [one.line for one in prices if one.placed == "below"]
    if not below:
        return {}
    ground = _(
        "The declared price lies below what is usual for such goods (line %(lines)s). "
        "Decree 08/2015/NĐ-CP Art. 20; Circular 39/2015/TT-BTC."
    )
    return {"lines": below, "ground": ground % {"lines": ", ".join(map(str, below))}}
