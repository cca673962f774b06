"""Working through a queue: live counts of its tabs, and what comes next after a declaration.

Whoever comes to a declaration from a queue brings the queue in the address; a cookie keeps it until the next one, so
that it is still known after an act, whose page leads back without it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.web.guard import page
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.declarations.queries.queueing import Cursor, QueueRow, count_in_queue, next_in_queue
from thongquan.clearance.declarations.views.asking import Asked, active_filters, asked_in, asked_of, queue_name
from thongquan.clearance.declarations.views.common import fragment
from thongquan.clearance.declarations.views.lists import reader, tabs_of

COOKIE = "tq_queue"
HOURS = 12
MOST = 1_000


@page
@require_GET
def counts(request: HttpRequest) -> HttpResponse:
    """The counts of the tabs alone, each replacing its own."""
    return fragment(request, "declarations/_counts.html", {"tabs": tabs_of(reader(request))})


def came_from(request: HttpRequest, actor: Actor, stand: Stand) -> tuple[Asked, Cursor | None] | None:
    """The queue this declaration was opened from, and where it stood in it; None when it was opened otherwise."""
    if "queue" in request.GET:
        return asked_of(actor, request.GET), Cursor.read(request.GET.get("place", ""))
    key, _bar, text = request.COOKIES.get(COOKIE, "").partition("|")
    if key != str(stand.key):
        return None
    query, _bar, place = text.partition("|")
    return asked_in(actor, query), Cursor.read(place)


def queue_bar(request: HttpRequest, actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """Which queue one works through, how much is left in it, and what comes next."""
    came = came_from(request, actor, stand)
    if came is None:
        return None
    asked, cursor = came
    at, queue, filters = now(), asked.queue, asked.filters
    after = next_in_queue(actor=actor, queue=queue, filters=filters, at=at, cursor=cursor, number=stand.number)
    return {
        "name": queue_name(actor, queue),
        "active": active_filters(asked),
        "count": count_in_queue(actor, queue, filters, at),
        "back": f"{reverse('declarations:list')}?{asked.query()}",
        "next": _address(asked, after) if after else "",
        "kept": f"{stand.key}|{asked.query()}|{cursor or ''}",
    }


def _address(asked: Asked, row: QueueRow) -> str:
    place = urlencode({"place": row.cursor})
    return f"{reverse('declarations:file', args=[row.number])}?{asked.query()}&{place}"


def remember(request: HttpRequest, response: HttpResponse, bar: dict[str, Any] | None) -> HttpResponse:
    """Keep the queue for the pages that lead back here."""
    if bar is not None and len(bar["kept"]) <= MOST and request.COOKIES.get(COOKIE) != bar["kept"]:
        response.set_cookie(
            COOKIE,
            bar["kept"],
            max_age=HOURS * 3600,
            path=reverse("declarations:list"),
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response
