"""Merchants' collection lists: opened, filled from receipts, declared; read by officers of the office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.accounts.queries import Actor, enterprise_names
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.residents.labels import LISTS, STATES
from thongquan.clearance.residents.operations import (
    gather_forms,
    lodge_collection,
    open_collection,
    withdraw_collection,
)
from thongquan.clearance.residents.permissions import offices_for
from thongquan.clearance.residents.queries.gathering import OPEN, Collection, collection_file, collections_of
from thongquan.clearance.residents.shapes import MerchantGiven
from thongquan.clearance.residents.views.common import (
    actor_of_page,
    day_of,
    language_now,
    problems_of,
    read_number,
    text_of,
    unit_name,
)
from thongquan.clearance.tariff.queries.code_lists import code_values
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

Context = dict[str, Any]
VAT_RATES = ("8", "10", "5")


@page
@never_cache
@require_http_methods(["GET", "POST"])
def collections(request: HttpRequest) -> HttpResponse:
    """The lists of the merchant, for officers those of their offices; POST opens one."""
    actor = actor_of_page(request)
    if not (is_trader(actor) or offices_for(actor, "residents.see")):
        raise NotAllowed("residents.gather")
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            return redirect("residents:collection", _opened(request, actor))
        except Refused as refused:
            problems = problems_of(refused.faults)
    today = timezone.localdate(now())
    context = {
        "lists": [(one, LISTS[one.state]) for one in collections_of(actor)],
        "enterprises": sorted(enterprise_names(actor.enterprises).items()),
        "offices": code_values("office", today, language_now()),
        "today": today,
        "problems": problems,
        "posted": request.POST,
    }
    return render(request, "residents/collections.html", context, status=422 if problems else 200)


def _opened(request: HttpRequest, actor: Actor) -> str:
    day = day_of(request.POST.get("collected_on", ""))
    if day is None:
        value = text_of(request.POST, "collected_on", 20)
        raise Refused([Fault(code=Code.TQ_FMT_018, path="collected_on", value=value)])
    tax_code, office = text_of(request.POST, "tax_code", 14), text_of(request.POST, "office", 6)
    return open_collection(actor=actor, tax_code=tax_code, office=office, collected_on=day, at=now())


@page
@never_cache
@require_http_methods(["GET", "POST"])
def collection(request: HttpRequest, collection: str) -> HttpResponse:
    """One list. POST `act`: `gather` adds forms by their codes, `lodge` declares, `withdraw` gives them back."""
    actor = actor_of_page(request)
    kept = collection_file(actor=actor, number=collection)
    if request.method != "POST":
        return render(request, "residents/collection.html", _context(actor, kept))
    try:
        done = _acted(request, actor, kept)
    except Refused as refused:
        context = {**_context(actor, kept), "problems": problems_of(refused.faults), "posted": request.POST}
        return render(request, "residents/collection.html", context, status=422)
    messages.success(request, done)
    return redirect("residents:collection", kept.number)


def _acted(request: HttpRequest, actor: Actor, kept: Collection) -> str:
    posted, at, act = request.POST, now(), request.POST.get("act")
    if act == "withdraw":
        withdraw_collection(actor=actor, collection=kept.number, at=at)
        return _("The forms are given back.")
    if act == "lodge":
        lodged = lodge_collection(actor=actor, collection=kept.number, given=_merchant(request), at=at)
        return _("Declaration %(number)s is registered.") % {"number": lodged.number}
    gather_forms(actor=actor, collection=kept.number, codes=text_of(posted, "codes", 4000).split(), at=at)
    return _("The forms stand in the list.")


def _merchant(request: HttpRequest) -> MerchantGiven:
    packages = read_number(request.POST.get("packages", ""))
    return MerchantGiven(
        plate=text_of(request.POST, "plate", 20),
        packages=int(packages) if packages is not None and 0 < packages < 10**8 else 0,
        package_unit=text_of(request.POST, "package_unit", 3) or "PK",
        gross_weight_kg=read_number(request.POST.get("gross_weight_kg", "")),
        unloading_place=text_of(request.POST, "unloading_place", 10),
        vat_rate=text_of(request.POST, "vat_rate", 4),
    )


def _context(actor: Actor, kept: Collection) -> Context:
    today = timezone.localdate(now())
    return {
        "list": kept,
        "state": LISTS[kept.state],
        "goods": [(one, unit_name(one.unit, today)) for one in kept.goods],
        "forms": [(one, STATES[one.state]) for one in kept.forms],
        "is_mine": kept.state == OPEN and kept.tax_code in actor.enterprises,
        "days_left": (kept.due_on - today).days,
        "vat_rates": VAT_RATES,
        "package_units": code_values("package_kind", today, language_now()),
    }
