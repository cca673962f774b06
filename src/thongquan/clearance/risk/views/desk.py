"""The desk of the analyst, the lists of risk goods, and how fairly groups of traders are treated."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from msgspec.structs import replace

from thongquan.base.accounts.queries import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.risk.forms.goods import GoodsForm
from thongquan.clearance.risk.labels import GROUP_KINDS, GROUPS, PROFILE_STATES
from thongquan.clearance.risk.operations.goods import list_goods
from thongquan.clearance.risk.permissions import check_may, may
from thongquan.clearance.risk.plots import Plot, plot
from thongquan.clearance.risk.queries.desk import desk as desk_of
from thongquan.clearance.risk.queries.fairness import fairness as fairness_of
from thongquan.clearance.risk.queries.goods import listed_goods, risk_lists
from thongquan.clearance.risk.queries.league import league
from thongquan.clearance.risk.queries.model_league import model_league
from thongquan.clearance.risk.queries.picking import Picked
from thongquan.clearance.risk.tabs import tabs_of
from thongquan.rules.fairness import Group


@page
@never_cache
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What changed this week, and the league of profiles."""
    at = now()
    actor = actor_of_request(request, at)
    told, standing = desk_of(actor=actor, at=at), league(actor=actor, at=at)
    models = model_league(actor=actor, at=at)
    rates = [(row.name, row.rate) for row in standing.rows] + [(one.version[:8], one.rate) for one in models]
    context = {
        "desk": told,
        "league": standing,
        "rows": [(row, PROFILE_STATES[row.state]) for row in standing.rows],
        "models": models,
        "plot": plot(rates, standing.random_rate),
        "builds": may(actor, "risk.case"),
        "tabs": tabs_of(actor, "risk:desk"),
    }
    return render(request, "risk/desk.html", context)


@page
@never_cache
@require_GET
def fairness(request: HttpRequest) -> HttpResponse:
    """Whether groups are opened more without finding more."""
    at = now()
    actor = actor_of_request(request, at)
    told = fairness_of(actor=actor, at=at)
    kinds = [
        (
            GROUP_KINDS[kind],
            [(_named(kind, group.key), group, _picked(kind, group.key)) for group in groups],
            _drawn(kind, groups),
        )
        for kind, groups in told.kinds.items()
    ]
    alarms = [(GROUP_KINDS[kind], _named(kind, group.key)) for kind, group in told.alarms]
    context = {
        "told": told,
        "kinds": kinds,
        "alarms": alarms,
        "builds": may(actor, "risk.case"),
        "tabs": tabs_of(actor, "risk:fairness"),
    }
    return render(request, "risk/fairness.html", context)


def _picked(kind: str, key: str) -> str:
    """The query of a case on a group; '' for groups that are no part of a declaration."""
    fields = {"origin": "origin", "gate": "office"}
    return replace(Picked(days=180), **{fields[kind]: key}).query() if kind in fields and key else ""


def _drawn(kind: str, groups: tuple[Group, ...]) -> Plot:
    return plot([(_named(kind, one.key), one.opened) for one in groups[:12]])


def _named(kind: str, key: str) -> str:
    return str(GROUPS.get(key, key or "–")) if kind in ("size", "newness") else key or "–"


@page
@never_cache
@require_http_methods(["GET", "POST"])
def goods(request: HttpRequest) -> HttpResponse:
    """The nine lists and the codes on them; POST puts a code on a list or takes it off."""
    at = now()
    actor = actor_of_request(request, at)
    check_may(actor, "risk.see")
    language = get_language() or "vi"
    names = {one.code: one.name(language) for one in risk_lists(at.date())}
    form = GoodsForm(request.POST or None, lists=list(names.items()), initial={"valid_from": at.date()})
    problems: list[Problem] = []
    if request.method == "POST":
        check_may(actor, "risk.draft")
        if form.is_valid():
            try:
                list_goods(actor=actor, at=at, **form.values())
                return redirect("risk:goods")
            except Refused as refused:
                told = [(fault, sentence(fault)) for fault in refused.faults]
                problems = [Problem(one.text, f"id_{fault.path}", one.remedy, fault.code) for fault, one in told]
    rows = listed_goods(actor=actor)
    context = {
        "lists": [
            (one, names[one.code], sum(row.listed and row.risk_list == one.code for row in rows))
            for one in risk_lists(at.date())
        ],
        "rows": [(row, names.get(row.risk_list, row.risk_list)) for row in rows],
        "form": form if may(actor, "risk.draft") else None,
        "problems": problems,
        "tabs": tabs_of(actor, "risk:goods"),
    }
    return render(request, "risk/goods.html", context, status=422 if request.method == "POST" else 200)
