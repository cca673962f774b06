"""Bands of prices and reference prices, for officers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.summary import problems_of
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.valuation.forms.prices import ReferenceForm
from thongquan.clearance.valuation.labels import REFERENCES
from thongquan.clearance.valuation.operations.references import confirm_reference, enter_reference, withdraw_reference
from thongquan.clearance.valuation.permissions import check_may_anywhere, may_anywhere
from thongquan.clearance.valuation.queries.bands import bands_told
from thongquan.clearance.valuation.queries.prices import references
from thongquan.clearance.valuation.views.common import actor_of_page


@page
@never_cache
@require_http_methods(["GET", "POST"])
def prices(request: HttpRequest) -> HttpResponse:
    """Bands and reference prices of the codes asked for; POST enters a reference price. Raises `NotAllowed`."""
    actor = actor_of_page(request)
    check_may_anywhere(actor, "valuation.see")
    form = ReferenceForm(request.POST if request.method == "POST" else None, initial=_initial(request))
    problems: list[Problem] = []
    if form.is_valid():
        try:
            enter_reference(actor=actor, at=now(), **form.cleaned_data)
            return redirect("valuation:prices")
        except Refused as refused:
            problems = problems_of(refused.faults)
    return _shown(request, actor, form, problems)


@page
@never_cache
@require_POST
def confirm(request: HttpRequest, reference_id: int) -> HttpResponse:
    """Confirm a reference price that somebody else entered."""
    actor = actor_of_page(request)
    try:
        confirm_reference(actor=actor, reference=reference_id, at=now())
    except Refused as refused:
        return _shown(request, actor, ReferenceForm(initial=_initial(request)), problems_of(refused.faults))
    return redirect("valuation:prices")


@page
@never_cache
@require_POST
def withdraw(request: HttpRequest, reference_id: int) -> HttpResponse:
    """Take a reference price back."""
    withdraw_reference(actor=actor_of_page(request), reference=reference_id, at=now())
    return redirect("valuation:prices")


def _asked(request: HttpRequest) -> str:
    """The beginning of the code asked for, digits alone."""
    return "".join(sign for sign in request.GET.get("hs", "") if sign.isascii() and sign.isdigit())[:8]


def _initial(request: HttpRequest) -> dict[str, object]:
    return {"valid_from": timezone.localdate(now()), "hs": _asked(request)}


def _shown(request: HttpRequest, actor: Actor, form: ReferenceForm, problems: list[Problem]) -> HttpResponse:
    known = references(actor=actor, hs=_asked(request))
    names = names_of({one.entered_by for one in known} | {one.confirmed_by for one in known})
    context = {
        "asked": _asked(request),
        "bands": bands_told(actor=actor, hs=_asked(request), on=timezone.localdate(now())),
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
