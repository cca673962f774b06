"""Notes of a declaration, for officers of its office, and the notes that name somebody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.summary import problems_of
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.casework.operations.notes import finish_mention, withdraw_note, write_note
from thongquan.clearance.casework.permissions import can_write_notes, colleague_offices
from thongquan.clearance.casework.queries.notes import mentions_of, notes_of, officers_to_mention
from thongquan.clearance.casework.views.common import actor_of_page, typed

MOST_NAMED = 50


@page
@never_cache
@require_http_methods(["GET", "POST"])
def notes(request: HttpRequest, number: str) -> HttpResponse:
    """All notes of a declaration; POST writes one and leads back to the declaration."""
    actor = actor_of_page(request)
    if request.method != "POST":
        return render(request, "casework/notes.html", _context(actor, number))
    text, named = typed(request, "text"), request.POST.getlist("mention")[:MOST_NAMED]
    try:
        write_note(actor=actor, number=number, text=text, mentions=named, at=now())
    except Refused as refused:
        context = _context(actor, number, problems_of(refused.faults)) | {"text": text, "named": named}
        return render(request, "casework/notes.html", context, status=422)
    return _back(number)


def _context(actor: Actor, number: str, problems: list[Problem] | None = None) -> dict[str, Any]:
    stand, rows = notes_of(actor=actor, number=number)
    return {"panel": notes_context(actor, stand.number, stand.office, rows), "problems": problems or []}


def notes_context(actor: Actor, number: str, office: str, rows: list[Any]) -> dict[str, Any]:
    """What the list and the form of notes show."""
    can_write = can_write_notes(actor, office)
    officers = officers_to_mention(office, now()) if can_write else {}
    return {
        "number": number,
        "rows": rows,
        "can_write": can_write,
        "officers": [(reference, name) for reference, name in officers.items() if reference != actor.reference],
    }


@page
@require_POST
def withdraw(request: HttpRequest, note_id: int) -> HttpResponse:
    """Take back one's own note."""
    return _back(withdraw_note(actor=actor_of_page(request), note_id=note_id, at=now()))


def _back(number: str) -> HttpResponse:
    return redirect(f"{reverse('declarations:file', args=[number])}#notes")


@page
@never_cache
@require_GET
def mentions(request: HttpRequest) -> HttpResponse:
    """The notes that name the reader and wait."""
    actor = actor_of_page(request)
    if not colleague_offices(actor):
        raise NotAllowed("casework.note")
    return render(request, "casework/mentions.html", {"rows": mentions_of(actor)})


@page
@require_POST
def done(request: HttpRequest, note_id: int) -> HttpResponse:
    """Dealt with."""
    finish_mention(actor=actor_of_page(request), note_id=note_id, at=now())
    return redirect("casework:mentions")
