"""Filters of the queues of certificates and of verifications, kept under names and shared with the team."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from thongquan.base.accounts.operations.saved_filters import MOST_NAME, change_filter, save_filter
from thongquan.base.accounts.permissions import is_trader, readable_offices
from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.accounts.queries.saved_filters import saved_filters_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.web.guard import page
from thongquan.clearance.origin.desk_words import QUEUES
from thongquan.clearance.origin.labels import STATES
from thongquan.clearance.origin.permissions import offices_for, own_enterprises
from thongquan.clearance.origin.queries.worklist import EVERY, WAITING, narrowed
from thongquan.clearance.origin.verification_labels import STATES as CASE_STATES

CERTIFICATES, VERIFICATIONS = "origin.certificates", "origin.verifications"
PLACES = (CERTIFICATES, VERIFICATIONS)
LISTS = {CERTIFICATES: "origin:list", VERIFICATIONS: "origin:verification_list"}


def saved_beside(actor: Actor, place: str, query: str) -> dict[str, Any]:
    """What a list needs to show its saved filters and to save one more."""
    return {
        "saved": saved_filters_of(actor, place),
        "here_query": query,
        "share_offices": sorted(readable_offices(actor)),
        "max_name": MOST_NAME,
        "save_url": f"{reverse('origin:save_filter')}?list={place.partition('.')[2]}",
        "manage_url": reverse("origin:saved_filters"),
    }


def case_query(state: str, text: str) -> str:
    """The query of the list of verifications."""
    return urlencode({name: value for name, value in (("state", state), ("text", text)) if value})


@page
@never_cache
@require_GET
def saved_filters(request: HttpRequest) -> HttpResponse:
    """One's own saved filters of both lists and those of the office."""
    actor = _reader(request)
    rows = [
        {
            "one": one,
            "queue": words[0],
            "active": [{"words": word} for word in words[1:] if word],
            "list_url": reverse(LISTS[one.place]),
            "change_url": reverse("origin:change_filter", args=[one.id]),
        }
        for one in saved_filters_of(actor, *PLACES)
        if (words := _words(one.place, QueryDict(one.query)))
    ]
    context = {"rows": rows, "offices": sorted(readable_offices(actor)), "max_name": MOST_NAME}
    return render(request, "origin/saved.html", context)


@page
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filters of a list under a name, and show the list with them."""
    actor, at = _reader(request), now()
    place = f"origin.{request.GET.get('list', '')}"
    if place not in PLACES:
        raise NotFound(place)
    query = _clean(actor, place, QueryDict(request.POST.get("query", "")[:500]))
    name, office = request.POST.get("name", ""), request.POST.get("office", "")
    try:
        save_filter(actor=actor, place=place, name=name, query=query, office=office, at=at)
    except Refused as refusal:
        _tell(request, refusal)
    else:
        messages.success(request, _("The filter is saved."))
    return redirect(f"{reverse(LISTS[place])}?{query}")


@page
@require_POST
def change(request: HttpRequest, view_id: int) -> HttpResponse:
    """Rename, share, no longer share, or delete one's own saved filter."""
    given = {name: request.POST.get(name, "") for name in ("act", "name", "office")}
    try:
        change_filter(actor=_reader(request), filter_id=view_id, places=PLACES, **given)
    except Refused as refusal:
        _tell(request, refusal)
    return redirect("origin:saved_filters")


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of_request(request, now())
    if not (offices_for(actor, "origin.see") or own_enterprises(actor) or is_trader(actor)):
        raise NotAllowed("origin.see")
    return actor


def _clean(actor: Actor, place: str, given: QueryDict) -> str:
    """The query with what the list knows and nothing else."""
    if place == CERTIFICATES:
        return narrowed(given, default=WAITING if offices_for(actor, "origin.see") else EVERY).query()
    state, text = given.get("state", ""), given.get("text", "")
    return case_query(state if state in CASE_STATES else "", text[:80].replace("\x00", "").strip())


def _words(place: str, given: QueryDict) -> list[str]:
    """A saved filter in words: the list, then what it is narrowed by."""
    if place == VERIFICATIONS:
        state = CASE_STATES.get(given.get("state", ""))
        return [_("Verifications of origin"), str(state or ""), given.get("text", "")]
    asked = narrowed(given, default=EVERY)
    return [str(QUEUES[asked.queue][0]), str(STATES.get(asked.state, "")), asked.agreement, asked.words]


def _tell(request: HttpRequest, refusal: Refused) -> None:
    for fault in refusal.faults:
        told = sentence(fault)
        messages.error(request, f"{told.text} {told.remedy}")
