"""What the pages of declarations share: the one who acts, the language, the day."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.signatures.detached import MAX_SIGNATURE

CORRECTORS = frozenset({"clearance_officer", "team_leader"})
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def actor_of_page(request: HttpRequest) -> Actor:
    """The person behind a page."""
    return actor_of_request(request, now())


def trader_of_page(request: HttpRequest) -> Actor:
    """The person behind a page for people who lodge. Raises `NotAllowed` for everyone else."""
    actor = actor_of_page(request)
    if not is_trader(actor):
        raise NotAllowed("declarations.lodge")
    return actor


def drafter_of_page(request: HttpRequest) -> Actor:
    """The person behind a page for people who write drafts: those who lodge, and officers who correct.

    Raises `NotAllowed` for everyone else; a draft itself is found only by its owner.
    """
    actor = actor_of_page(request)
    if not (is_trader(actor) or actor.roles & CORRECTORS):
        raise NotAllowed("declarations.amend")
    return actor


def language_now() -> str:
    """The language of the page."""
    return get_language() or "vi"


def today() -> date:
    """The local day."""
    return timezone.localdate(now())


def signature_of(request: HttpRequest) -> str:
    """The text of the signature file, '' when none was sent; what is too long to be one is refused as unreadable."""
    file = request.FILES.get("signature")
    return file.read(MAX_SIGNATURE + 1).decode("ascii", "replace") if file is not None else ""


def fragment(request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    """A part of a page for htmx, never cached."""
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def attached(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def tell_refusal(request: HttpRequest, refusal: Refused) -> None:
    """Say on the next page why something was refused, and what to do."""
    for fault in refusal.faults:
        told = sentence(fault)
        messages.error(request, f"{told.text} {told.remedy}")
