"""Lodging a draft: one declaration, linked ones of a split, or an incomplete one of a priority enterprise."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.clearance.declarations.fieldpaths import field_name
from thongquan.clearance.declarations.formats.content import Content, document_of
from thongquan.clearance.declarations.operations import Lodged, lodge_signed, mark_lodged, save_draft
from thongquan.clearance.declarations.operations.incomplete import lodge_incomplete
from thongquan.clearance.declarations.operations.signed import split_signed
from thongquan.clearance.declarations.queries import draft_of
from thongquan.clearance.declarations.views.common import drafter_of_page
from thongquan.clearance.declarations.views.drafting import form_page, kept_url, posted, title_of
from thongquan.rules.document import Document


@page
@never_cache
@require_http_methods(["GET", "POST"])
def lodge(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Lodge the draft: to the declaration when accepted, else back to the form with every fault at its field.

    The key of the request is the draft itself, so that a second click gets the same answer.
    """
    if request.method != "POST":
        return redirect("declarations:draft", draft_id)
    actor, at = drafter_of_page(request), now()
    content = posted(request, actor, draft_id).without_blank_lines()
    kept = draft_of(actor=actor, draft_id=draft_id)
    if kept.lodged_number or kept.purpose != "lodge":
        return redirect("declarations:file", kept.lodged_number) if kept.lodged_number else redirect(kept_url(kept))
    save_draft(actor=actor, draft_id=draft_id, content=content.stored(), title=title_of(content), at=at)
    try:
        found = _lodged(request, actor, draft_id, content, at)
    except Refused as refused:
        return form_page(request, kept, content, at, faults=refused.faults, checked=True, status=422)
    mark_lodged(actor=actor, draft_id=draft_id, number=found[0].number, at=at)
    return lodged_page(request, found)


def _lodged(request: HttpRequest, actor: Actor, draft_id: int, content: Content, at: datetime) -> tuple[Lodged, ...]:
    """One declaration, or as many as the lines need where the box for a split is ticked."""
    document, key = document_of(content), f"draft:{draft_id}"
    if request.POST.get("incomplete"):
        return (_incomplete(request, actor, document, key, at),)
    if request.POST.get("split"):
        return split_signed(
            actor=actor, document=document, body=b"", signature="", at=at, source="form", idempotency_key=key
        )
    one = lodge_signed(
        actor=actor, document=document, body=b"", signature="", at=at, source="form", idempotency_key=key
    )
    return (one,)


def _incomplete(request: HttpRequest, actor: Actor, document: Document, key: str, at: datetime) -> Lodged:
    """A priority enterprise fills in the rest later; by when is told beside the number."""
    found = lodge_incomplete(
        actor=actor, document=document, body=b"", signature="", at=at, source="form", idempotency_key=key
    )
    if found.complete_by is not None:
        on = formats.date_format(timezone.localtime(found.complete_by), "SHORT_DATETIME_FORMAT")
        fields = ", ".join(field_name(path) for path in found.left_out)
        told = _("Left out for now: %(fields)s. Complete the declaration by %(on)s.") % {"fields": fields, "on": on}
        messages.warning(request, told)
    return found.lodged


def lodged_page(request: HttpRequest, found: tuple[Lodged, ...]) -> HttpResponse:
    """To the declaration, or to the first of a split, with what was registered told at its head."""
    number = found[0].number
    if len(found) > 1:
        numbers = {"count": len(found), "numbers": ", ".join(one.number for one in found)}
        messages.success(request, _("%(count)s linked declarations are registered: %(numbers)s.") % numbers)
    else:
        messages.success(request, _("Declaration %(number)s is registered.") % {"number": number})
    return redirect("declarations:file", number)
