"""The enterprise a person works for now, of those that gave a mandate: what lists and new declarations begin with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from thongquan.base.accounts.queries import Actor, enterprise_names
from thongquan.base.web.guard import page
from thongquan.clearance.declarations.views.common import trader_of_page

KEPT = "enterprise"
FEW = 4
"""Up to so many stand side by side; more are chosen from a list."""


def chosen_enterprise(request: HttpRequest, actor: Actor) -> str:
    """The one the address names, else the one chosen last; empty for all."""
    asked = request.GET.get(KEPT)
    code = request.session.get(KEPT, "") if asked is None else asked
    return code if code in actor.enterprises else ""


def narrowed_to(actor: Actor, enterprise: str) -> Actor:
    """The same person acting for this enterprise alone."""
    return replace(actor, enterprises=frozenset({enterprise})) if enterprise else actor


def switcher(request: HttpRequest, actor: Actor, chosen: str) -> dict[str, Any] | None:
    """What the switcher offers; None for people of a single enterprise."""
    if len(actor.enterprises) < 2:
        return None
    names = sorted(enterprise_names(actor.enterprises).items(), key=lambda one: one[1])
    return {"names": names, "chosen": chosen, "next": request.path, "few": len(names) <= FEW}


@page
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice and go back to the page, which says it in its address."""
    actor, code = trader_of_page(request), request.POST.get(KEPT, "")
    code = code if code in actor.enterprises else ""
    request.session[KEPT] = code
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()})
    path = urlsplit(target).path if safe else reverse("today")
    return redirect(f"{path}?{urlencode({KEPT: code})}")
