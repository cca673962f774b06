"""The heartbeat of an open page: who else is there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from thongquan.base.core.clock import now
from thongquan.base.web.guard import open_page
from thongquan.clearance.casework.operations.presence import beat
from thongquan.clearance.casework.queries.presence import Watcher
from thongquan.clearance.casework.views.common import actor_of_page, typed
from thongquan.clearance.casework.words import WORKS

NAMED = 3


@open_page
@never_cache
@require_POST
def presence(request: HttpRequest, number: str) -> HttpResponse:
    """Say that one is here, and read who else is; a line of text that takes the same room whatever it says.

    For nobody it is 401, so that no page of signing in is put into the line of a page left open.
    """
    actor = actor_of_page(request)
    if not actor.is_authenticated:
        return HttpResponse(status=401)
    others = beat(actor=actor, number=number, work=typed(request, "work", 16), at=now())
    context = {"told": [told(one) for one in others[:NAMED]], "more": len(others[NAMED:])}
    return render(request, "casework/_presence.html", context)


def told(one: Watcher) -> tuple[str, bool]:
    """A person in words, and whether they are at work."""
    return str(WORKS[one.work]).format(name=one.name), bool(one.work)
