"""Bands of prices and reference prices, for officers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from thongquan.base.accounts.queries import names_of
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.valuation.forms.prices import ReferenceForm
from thongquan.clearance.valuation.labels import REFERENCES
from thongquan.clearance.valuation.operations.references import confirm_reference, enter_reference, withdraw_reference
from thongquan.clearance.valuation.permissions import check_may_anywhere, may_anywhere
from thongquan.clearance.valuation.queries.bands import bands_told
from thongquan.clearance.valuation.queries.prices import references
from thongquan.clearance.valuation.views.common import actor_of_page, problems_of


@page
@never_cache
@require_http_methods(["GET", "POST"])
def prices(request: HttpRequest) -> HttpResponse:
    """Bands and reference prices of the codes asked for; POST enters a reference price. Raises `NotAllowed`."""
    actor = actor_of_page(request)
    check_may_anywhere(actor, "valuation.see")
    asked = "".join(sign for sign in request.GET.get("hs", "") if sign.isascii() and sign.isdigit())[:8]
    form = ReferenceForm(request.POST or None, initial={"valid_from": timezone.localdate(now()), "hs": asked})
    problems: list[Problem] = []
    if form.is_valid():
        try:
            enter_reference(actor=actor, at=now(), **form.cleaned_data)
            return redirect("valuation:prices")
        except Refused as refused:
            problems = problems_of(refused.faults)
    known = references(actor=actor, hs=asked)
    names = names_of({one.entered_by for one in known} | {one.confirmed_by for one in known})
    context = {
        "asked": asked,
        "bands": bands_told(actor=actor, hs=asked, on=timezone.localdate(now())),
        "references": [
            (one, REFERENCES[one.state], names.get(one.entered_by, ""), names.get(one.confirmed_by, ""))
            for one in known
        ],
        "mine": actor.reference,
        "enters": may_anywhere(actor, "valuation.price"),
        "form": form,
        "problems": problems,
    }
    return render(request, "valuation/prices.html", context, status=422 if request.method == "POST" else 200)


@page
@never_cache
@require_POST
def confirm(request: HttpRequest, reference_id: int) -> HttpResponse:
    """Confirm a reference price that somebody else entered."""
    confirm_reference(actor=actor_of_page(request), reference=reference_id, at=now())
    return redirect("valuation:prices")


@page
@never_cache
@require_POST
def withdraw(request: HttpRequest, reference_id: int) -> HttpResponse:
    """Take a reference price back."""
    withdraw_reference(actor=actor_of_page(request), reference=reference_id, at=now())
    return redirect("valuation:prices")
