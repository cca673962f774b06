"""The list of certificates: queues of an officer with live counts, or all certificates of a trader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.web.guard import page
from thongquan.clearance.origin import labels
from thongquan.clearance.origin.desk_words import QUEUES
from thongquan.clearance.origin.permissions import offices_for, own_enterprises
from thongquan.clearance.origin.queries.worklist import (
    EVERY,
    WAITING,
    Narrowed,
    narrowed,
    next_in_queue,
    queue_counts,
    queue_page,
)
from thongquan.clearance.origin.states import Step
from thongquan.clearance.origin.views.filters import CERTIFICATES, saved_beside
from thongquan.clearance.tariff.queries.origins import agreements_on

PAGE = 50


@dataclass(frozen=True)
class Tab:
    """A queue of the desk; no count stands beside the list of everything."""

    queue: str
    name: Promise
    hint: Promise
    count: int | None
    is_here: bool


def local_day() -> date:
    """The day of the office."""
    return timezone.localdate(now())


def works(actor: Actor) -> bool:
    """Whether the reader has a desk: an officer who may see certificates of an office."""
    return bool(offices_for(actor, "origin.see"))


def asked_by(request: HttpRequest, actor: Actor) -> Narrowed:
    """The queue that the address names; officers begin with what waits, traders with everything."""
    return narrowed(request.GET, default=WAITING if works(actor) else EVERY)


@page
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The queues of the officer's offices, or the certificates of the trader's enterprises."""
    actor = actor_of_request(request, now())
    if not (works(actor) or own_enterprises(actor) or is_trader(actor)):
        raise NotAllowed("origin.see")
    asked, on = asked_by(request, actor), local_day()
    place = _place(request.GET.get("page", "1"))
    rows, more = queue_page(actor=actor, asked=asked, on=on, offset=(place - 1) * PAGE, limit=PAGE)
    context = {
        "rows": [(row, labels.STATES[row.state], labels.GRADES[row.grade]) for row in rows],
        "asked": asked,
        "queue_query": asked.query(),
        "tabs": tabs(actor, asked, on) if works(actor) else [],
        "states": labels.STATES,
        "agreements": [(one.code, one.name(get_language() or "vi")) for one in agreements_on(on)],
        "is_trader": is_trader(actor),
        "previous": place - 1,
        "next": place + 1 if more else 0,
        "today": on,
        **saved_beside(actor, CERTIFICATES, asked.query()),
    }
    return render(request, "origin/list.html", context)


@page
@never_cache
@require_GET
def counts(request: HttpRequest) -> HttpResponse:
    """The counts beside the queues, for swapping in."""
    actor = actor_of_request(request, now())
    if not works(actor):
        raise NotAllowed("origin.see")
    return render(request, "origin/_counts.html", {"tabs": tabs(actor, Narrowed(), local_day())})


def tabs(actor: Actor, asked: Narrowed, on: date) -> list[Tab]:
    """The queues with their live counts."""
    counted = queue_counts(actor=actor, on=on)
    return [Tab(key, name, hint, counted.get(key), key == asked.queue) for key, (name, hint) in QUEUES.items()]


def queue_bar(request: HttpRequest, actor: Actor, certificate: int) -> dict[str, Any] | None:
    """Back to the queue and on to the next in it; nothing for those who have no desk."""
    if not works(actor):
        return None
    asked, on = asked_by(request, actor), local_day()
    count = queue_counts(actor=actor, on=on).get(asked.queue)
    following = next_in_queue(actor=actor, asked=asked, after=certificate, on=on)
    return {"asked": asked, "query": asked.query(), "name": QUEUES[asked.queue][0], "count": count, "next": following}


def onward(request: HttpRequest, actor: Actor, certificate: int, step: Step) -> str:
    """Where a step leads: after a decision of a queue the next in it, after a check at the desk the same page again."""
    if not works(actor) or not ({"queue", "desk"} & request.GET.keys()):
        return reverse("origin:certificate", args=[certificate])
    asked = asked_by(request, actor)
    target, queue = certificate, f"?{asked.query()}"
    if step in (Step.ACCEPT, Step.DOUBT):
        following = next_in_queue(actor=actor, asked=asked, after=certificate, on=local_day())
        if following is None:
            messages.success(request, _("Decided. Nothing else is in this queue."))
            return reverse("origin:list") + queue
        messages.success(request, _("Decided. Here is the next in the queue."))
        target = following
    return reverse("origin:desk", args=[target]) + queue


def _place(given: str) -> int:
    return max(int(given), 1) if given.isascii() and given.isdigit() and len(given) < 5 else 1
