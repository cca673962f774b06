"""Procedures explained: what to do, how long it takes, which papers, what fee, which law."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from thongquan.base.accounts.throttle import open_to_public
from thongquan.base.core.errors import NotFound
from thongquan.base.web.guard import open_page
from thongquan.insight.public.queries.procedures import explained, procedures_with
from thongquan.insight.public.reader import language_now, today
from thongquan.insight.public.views.sharing import kept_a_while

LONGEST = 80


@require_safe
@open_page
@open_to_public
def procedures(request: HttpRequest) -> HttpResponse:
    """Every procedure, or those that hold the words asked for."""
    text = request.GET.get("q", "").strip()[:LONGEST].replace("\x00", "")
    found = procedures_with(text, today(), language_now())
    return kept_a_while(render(request, "public/procedures.html", {"found": found, "q": text, "on": today()}))


@require_safe
@open_page
@open_to_public
def procedure(request: HttpRequest, key: str) -> HttpResponse:
    """One procedure with the numbers and papers of the law of today."""
    found = explained(key, today(), language_now())
    if found is None:
        raise NotFound(key)
    context = {"one": found, "told": found.procedure, "on": today(), "starts": _address(found.procedure.starts)}
    return kept_a_while(render(request, "public/procedure.html", context))


def _address(name: str) -> str:
    """Where it starts; empty where this installation has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
