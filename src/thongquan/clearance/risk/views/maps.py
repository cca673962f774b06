"""The map of where risk is: gates, routes and goods of a period beside the period before."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from thongquan.base.accounts.queries import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.web.guard import page
from thongquan.clearance.risk.case_words import FLOWS, PERIODS
from thongquan.clearance.risk.drawing import Located, routes_of, sheets
from thongquan.clearance.risk.permissions import may
from thongquan.clearance.risk.places import places
from thongquan.clearance.risk.plots import plot
from thongquan.clearance.risk.queries.maps import Spot, where
from thongquan.clearance.risk.queries.picking import picked_of
from thongquan.clearance.risk.tabs import tabs_of
from thongquan.clearance.tariff.queries.code_lists import code_name
from thongquan.clearance.tariff.queries.releases import GateFact, gates_on


@page
@never_cache
@require_GET
def regions(request: HttpRequest) -> HttpResponse:
    """Where risk is: the map, the routes and the goods, each with its table."""
    at = now()
    actor = actor_of_request(request, at)
    picked = picked_of(request.GET)
    told, language = where(actor=actor, picked=picked, at=at), get_language() or "vi"
    facts, known, on = gates_on(timezone.localdate(at)), places(), timezone.localdate(at)
    gates = [(one, _name(one, language, facts)) for one in told.gates]
    drawn = [Located(one, known[one.key[0]], name) for one, name in gates if one.key[0] in known]
    countries = {one.key[0]: code_name("country", one.key[0], on, language) or one.key[0] for one in told.routes}
    whole, near = sheets(drawn, known, _("Around Đồng Đăng"))
    context = {
        "told": told,
        "picked": picked,
        "periods": PERIODS,
        "sheets": [(_("The border from Na Hình to Móng Cái"), whole), (_("Around Đồng Đăng"), near)],
        "gates": [(one, name, known.get(one.key[0])) for one, name in gates],
        "routes": routes_of(told.routes, {key: key for key in countries}, {}),
        "route_rows": [(one, countries[one.key[0]], FLOWS.get(one.key[2], one.key[2])) for one in told.routes],
        "goods_plot": plot([(one.key[0], one.found) for one in told.goods]),
        "builds": may(actor, "risk.case"),
        "tabs": tabs_of(actor, "risk:map"),
    }
    return render(request, "risk/map.html", context)


def _name(spot: Spot, language: str, facts: dict[str, GateFact]) -> str:
    """A short name: the gate's proper name, in Chinese its own; the office where no gate is known."""
    gate, office = spot.key
    place, fact = places().get(gate), facts.get(gate)
    if fact and (language == "zh-hans" or place is None):
        return fact.name(language)
    return place.name if place else gate or office
