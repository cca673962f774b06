"""A file: what the reader found in it, its pictures, and the file itself to keep."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thongquan.base.accounts.auth import actor_of_request
from thongquan.base.accounts.queries import Actor
from thongquan.base.attachments import permissions, queries, storage
from thongquan.base.attachments.handing import handed_out, shown
from thongquan.base.attachments.leaves import page_picture
from thongquan.base.attachments.operations import open_original
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem


@page
@never_cache
@require_safe
def file(request: HttpRequest, file_id: int) -> HttpResponse:
    """What is known of a file."""
    return _answer(request, actor_of_request(request), file_id, [])


def _answer(request: HttpRequest, actor: Actor, file_id: int, problems: list[Problem]) -> HttpResponse:
    found = queries.file_for(actor=actor, file_id=file_id)
    is_own = queries.is_own_enterprise(actor, found)
    context = {
        "file": found,
        "why": sentence(found.why) if found.why else None,
        "attached": queries.subjects_of(actor=actor, file_id=file_id),
        "is_own": is_own,
        "can_take": not found.is_picture or is_own or found.has_pictures,
        "can_unseal": found.is_picture and not is_own and permissions.can_unseal(actor, found.owner),
        "problems": problems,
    }
    return render(request, "attachments/file.html", context, status=422 if problems else 200)


@page
@require_safe
def content(request: HttpRequest, file_id: int) -> HttpResponse:
    """The file to keep; a picture of somebody else comes without place and device."""
    return handed_out(*queries.handed_out(actor=actor_of_request(request), file_id=file_id))


@page
@require_safe
def thumb(request: HttpRequest, file_id: int) -> HttpResponse:
    """A small picture of it."""
    return shown(queries.picture_of(actor=actor_of_request(request), file_id=file_id, name=storage.THUMB))


@page
@require_safe
def view(request: HttpRequest, file_id: int) -> HttpResponse:
    """The picture, upright, without place and device."""
    return shown(queries.picture_of(actor=actor_of_request(request), file_id=file_id, name=storage.VIEW))


@page
@require_safe
def leaf(request: HttpRequest, file_id: int, place: int) -> HttpResponse:
    """A page of a PDF as a picture of ours."""
    return shown(page_picture(actor=actor_of_request(request), file_id=file_id, place=place))


@page
@require_POST
def original(request: HttpRequest, file_id: int) -> HttpResponse:
    """The sealed original of a picture, for a reason that is kept."""
    actor = actor_of_request(request)
    try:
        found, data = open_original(actor=actor, file_id=file_id, reason=request.POST.get("reason", ""), at=now())
    except Refused as refused:
        told = [sentence(fault) for fault in refused.faults]
        return _answer(request, actor, file_id, [Problem(one.text, "reason", one.remedy) for one in told])
    return handed_out(found, data)
