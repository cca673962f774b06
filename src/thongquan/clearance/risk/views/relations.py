"""Enterprises that name the same things, as a table and as a graph in the page."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from thongquan.base.accounts.queries import actor_of_request, names_of
from thongquan.base.core.clock import now
from thongquan.base.web.guard import page
from thongquan.clearance.risk.case_words import PERIODS, TIES
from thongquan.clearance.risk.permissions import may
from thongquan.clearance.risk.queries.picking import Picked, picked_of
from thongquan.clearance.risk.queries.relations import Relations, Shared, related_pairs, relations
from thongquan.clearance.risk.tabs import tabs_of

USUAL_DAYS = 180
_FORM = re.compile(r"^(công ty|cty)\s+((tnhh|cổ phần|cp|hợp danh)\s+)?((mtv|một thành viên)\s+)?", re.IGNORECASE)
"""What nearly every name begins with: left out where there is room for a few letters alone."""


@page
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Enterprises with ties that few share, those with most findings first; the way to one enterprise."""
    at = now()
    actor = actor_of_request(request, at)
    picked = _picked(request)
    context = {
        "rows": related_pairs(actor=actor, picked=picked, at=at),
        "picked": picked,
        "periods": PERIODS,
        "tabs": tabs_of(actor, "risk:relations"),
    }
    return render(request, "risk/relations.html", context)


@page
@never_cache
@require_GET
def enterprise(request: HttpRequest, enterprise: str) -> HttpResponse:
    """What ties one enterprise to others."""
    at = now()
    actor = actor_of_request(request, at)
    picked = _picked(request)
    told = relations(actor=actor, enterprise=enterprise, picked=picked, at=at)
    people = names_of({one.key for one in told.shared if one.kind == "person"})
    shared = [(one, TIES.get(one.kind, one.kind), people.get(one.key, one.name)) for one in told.shared]
    firms = {one.tax_code: one for one in told.firms}
    context = {
        "told": told,
        "picked": picked,
        "periods": PERIODS,
        "shared": [
            (one, kind, name, [(firms[code], count) for code, count in sorted(one.named_by.items())])
            for one, kind, name in shared
        ],
        "graph": graph_of(told, [(one, f"{kind}: {name}") for one, kind, name in shared]),
        "builds": may(actor, "risk.case"),
        "tabs": tabs_of(actor, "risk:relations"),
    }
    return render(request, "risk/relation.html", context)


def graph_of(told: Relations, shared: list[tuple[Shared, str]]) -> list[dict[str, Any]]:
    """Nodes and edges as the library in the page reads them; what is common is left out."""
    nodes: list[dict[str, Any]] = [
        {
            "data": {
                "id": f"firm:{one.tax_code}",
                "label": _FORM.sub("", one.name) or one.tax_code,
                "found": one.found.part,
            },
            "classes": "asked" if one.is_asked else "firm",
        }
        for one in told.firms
    ]
    edges: list[dict[str, Any]] = []
    for one, label in shared:
        if one.is_common or len(one.named_by) < 2:
            continue
        key = f"{one.kind}:{one.key}"
        nodes.append({"data": {"id": key, "label": label}, "classes": "tie"})
        edges += [
            {"data": {"id": f"{key}|{code}", "source": key, "target": f"firm:{code}", "weight": count}}
            for code, count in one.named_by.items()
        ]
    return nodes + edges


def _picked(request: HttpRequest) -> Picked:
    picked = picked_of(request.GET)
    return picked if "days" in request.GET else picked.only(days=USUAL_DAYS)
