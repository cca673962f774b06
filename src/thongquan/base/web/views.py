"""Shared pages: home, the rail's counts, theme, keyboard help, and what is shown when something fails."""

from __future__ import annotations

import sys
from urllib.parse import urlsplit

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from thongquan.base.core.middleware import unavailable
from thongquan.base.core.people import actor_behind
from thongquan.base.core.registry import registry
from thongquan.base.web.context import THEME_COOKIE, THEMES, rail_of
from thongquan.base.web.guard import page

THEME_COOKIE_SECONDS = 365 * 24 * 3600


@page
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What matters now, per role: the cards that rooms have registered and that have something for this person."""
    actor = actor_behind(request)
    made = [(template, context_of(actor)) for template, context_of in registry.home_cards]
    cards = [{"template": template, "context": context} for template, context in made if context is not None]
    return render(request, "web/home.html", {"cards": cards, "actor": actor})


@page
@require_GET
def rail(request: HttpRequest) -> HttpResponse:
    """The rail alone, with counts of this moment; asked for by the page itself every minute."""
    path = urlsplit(request.headers.get("HX-Current-URL", "")).path
    return render(request, "web/_rail.html", {"entries": rail_of(actor_behind(request), path)})


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme in a cookie; `system` forgets it. Goes back to the page it came from."""
    chosen = request.POST.get("theme", "")
    if chosen not in (*THEMES, "system"):
        raise Http404
    target = request.POST.get("next") or request.headers.get("Referer") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()})
    response = HttpResponseRedirect(target if safe else reverse("home"))
    if chosen == "system":
        response.delete_cookie(THEME_COOKIE)
    else:
        response.set_cookie(THEME_COOKIE, chosen, max_age=THEME_COOKIE_SECONDS, samesite="Lax", httponly=True)
    return response


@require_GET
def keyboard(request: HttpRequest) -> HttpResponse:
    """The keys that work on every page."""
    return render(request, "web/keyboard.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return render(request, "web/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "web/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return render(request, "web/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, made without the database and without the shell, since either may be what failed.

    Django asks for this page while it handles the error; a database that is away is said as what it is, 503.
    """
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return unavailable(request)
    return HttpResponse(render_to_string("web/500.html"), status=500)
