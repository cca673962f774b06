"""Data given before registration: the list, one of them, change and register."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.clearance.declarations.formats.content import content_of, document_of
from thongquan.clearance.declarations.formats.grafting import grafted
from thongquan.clearance.declarations.forms import told_faults_of
from thongquan.clearance.declarations.operations import mark_lodged, save_draft
from thongquan.clearance.declarations.operations.drafts import new_draft
from thongquan.clearance.declarations.operations.preregistering import (
    change_preregistered,
    preregister,
    register_preregistered,
)
from thongquan.clearance.declarations.queries import (
    draft_of,
    keep_days,
    preregistered_in_scope,
    preregistered_of,
)
from thongquan.clearance.declarations.queries.preregistered import preregistered_body
from thongquan.clearance.declarations.views.common import attached, signature_of, trader_of_page
from thongquan.clearance.declarations.views.drafting import form_page, posted, title_of


@page
@never_cache
@require_GET
def preregistered_list(request: HttpRequest) -> HttpResponse:
    """What waits to be registered, latest first."""
    actor, at = trader_of_page(request), now()
    rows = preregistered_in_scope(actor, at)
    return render(request, "declarations/preregistrations.html", {"rows": rows, "days": keep_days(at)})


@page
@never_cache
@require_http_methods(["GET", "POST"])
def preregistered(request: HttpRequest, number: str) -> HttpResponse:
    """One of them; `register` lodges it, `change` opens it in the form."""
    actor, at = trader_of_page(request), now()
    kept = preregistered_of(actor=actor, number=number, at=at)
    if kept.state == "registered":
        return redirect("declarations:file", kept.number)
    content = content_of(kept.document)
    context = {"kept": kept, "document": kept.document, "title": title_of(content)}
    if request.method != "POST":
        return render(request, "declarations/preregistration.html", context)
    if request.POST.get("do") == "change":
        draft = new_draft(actor=actor, content=content.stored(), at=at, purpose="preregister", amends=kept.number)
        return redirect("declarations:draft", draft.pk)
    try:
        lodged = register_preregistered(actor=actor, number=number, at=at, signature=signature_of(request))
    except Refused as refused:
        told = told_faults_of(content, refused.faults)
        context |= {
            "errors": [one for one in told if one.severity == "error"],
            "warnings": [one for one in told if one.severity != "error"],
        }
        return render(request, "declarations/preregistration.html", context, status=422)
    messages.success(request, _("Declaration %(number)s is registered.") % {"number": lodged.number})
    return redirect("declarations:file", lodged.number)


@page
@never_cache
@require_GET
def body(request: HttpRequest, number: str) -> HttpResponse:
    """The data as they are kept, to make a signature over."""
    data = preregistered_body(actor=trader_of_page(request), number=number)
    return attached(data, "application/json", f"preregistered-{number}.json")


@page
@never_cache
@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Pre-register a draft, or change what was pre-registered; nothing is judged."""
    if request.method != "POST":
        return redirect("declarations:draft", draft_id)
    actor, at = trader_of_page(request), now()
    draft = draft_of(actor=actor, draft_id=draft_id)
    content = posted(request, actor, draft_id).without_blank_lines()
    save_draft(actor=actor, draft_id=draft_id, content=content.stored(), title=title_of(content), at=at)
    try:
        if draft.amends:
            base = preregistered_of(actor=actor, number=draft.amends, at=at).document
            kept = change_preregistered(actor=actor, number=draft.amends, document=grafted(base, content), at=at)
        else:
            kept = preregister(actor=actor, document=document_of(content), at=at)
    except Refused as refused:
        return form_page(request, draft, content, at, faults=refused.faults, checked=True, status=422)
    mark_lodged(actor=actor, draft_id=draft_id, number=kept.number, at=at)
    messages.success(request, _("The data are pre-registered under number %(number)s.") % {"number": kept.number})
    return redirect("declarations:preregistered", kept.number)
