"""One parcel with its reasons, and the decision on one that is held."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thongquan.base.accounts.queries import Actor, name_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.core.sentences.labels import TAXES
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.declarations.permissions import audience_of
from thongquan.clearance.express import operations, queries
from thongquan.clearance.express.labels import PARCEL_STATES, RELIEFS
from thongquan.clearance.express.permissions import checking_offices, checks_parcels
from thongquan.clearance.express.queries.parcels import ParcelFile
from thongquan.clearance.express.views.common import actor_of_page, problems_of, told_of, whole
from thongquan.rules.parcels import told_reasons


@page
@never_cache
@require_http_methods(["GET", "POST"])
def parcel(request: HttpRequest, batch: int, place: int) -> HttpResponse:
    """What was given, what was found and why; a POST decides on a held parcel."""
    actor = actor_of_page(request)
    file = queries.parcel_file(actor=actor, batch=batch, place=place)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            _decide(request, actor, batch, place)
            return redirect("express:parcel", batch, place)
        except Refused as refused:
            problems = problems_of(refused.faults)
    return render(request, "express/parcel.html", _context(actor, file, problems), status=422 if problems else 200)


def _decide(request: HttpRequest, actor: Actor, batch: int, place: int) -> None:
    outcome, reason = request.POST.get("outcome", ""), request.POST.get("reason", "")
    operations.decide_parcel(actor=actor, batch=batch, place=place, outcome=outcome, reason=reason, at=now())
    messages.success(request, _("The parcel is released.") if outcome == "released" else _("The parcel is refused."))


def _context(actor: Actor, file: ParcelFile, problems: list[Problem]) -> dict[str, object]:
    reasons = told_reasons(file.verdict, audience_of(actor))
    return {
        "file": file,
        "found": file.found,
        "state": PARCEL_STATES[file.found.state],
        "faults": told_of(file.found.faults),
        "reasons": [(reason, sentence(reason)) for reason in reasons],
        "lines": list(zip(file.parcel.goods, _taxes(file), strict=True)),
        "relief": RELIEFS.get(file.verdict.relieved_by, ""),
        "decides": file.found.state == "held" and checks_parcels(actor, file.found.office),
        "checked_by": name_of(file.checked_by) if file.checked_by else "",
        "problems": problems,
    }


def _taxes(file: ParcelFile) -> list[list[tuple[object, object]]]:
    """The taxes of each kind of goods with their names; none where the parcel was refused."""
    if not file.verdict.lines:
        return [[] for _goods in file.parcel.goods]
    return [[(tax, _(TAXES[tax.tax])) for tax in line.taxes] for line in file.verdict.lines]


@page
@never_cache
@require_http_methods(["GET", "POST"])
def held(request: HttpRequest) -> HttpResponse:
    """Parcels that wait for a decision at the actor's offices; a POST releases those that are ticked."""
    actor = actor_of_page(request)
    if not checking_offices(actor):
        raise NotAllowed("express.check")
    if request.method == "POST":
        count = _release_ticked(request, actor)
        messages.success(request, _("Released: %(count)d.") % {"count": count})
        return redirect("express:held")
    return render(request, "express/held.html", {"rows": queries.held_parcels(actor=actor)})


def _release_ticked(request: HttpRequest, actor: Actor) -> int:
    """Each on its own: what somebody else decided meanwhile is passed over."""
    count = 0
    for ticked in request.POST.getlist("parcel")[:500]:
        batch, _separator, place = ticked.partition("/")
        try:
            operations.decide_parcel(actor=actor, batch=whole(batch), place=whole(place), outcome="released", at=now())
            count += 1
        except Refused:
            continue
    return count
