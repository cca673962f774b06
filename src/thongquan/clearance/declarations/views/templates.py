"""Templates of declarations as pages: the list, one to begin from, saving, renaming, sharing, deleting."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.clearance.declarations.operations.templates import (
    MOST_NAME,
    content_of_source,
    delete_template,
    rename_template,
    save_template,
    share_template,
    start_from_template,
)
from thongquan.clearance.declarations.queries.templates import template_of, templates_of
from thongquan.clearance.declarations.views.chosen import chosen_enterprise, switcher
from thongquan.clearance.declarations.views.common import tell_refusal, trader_of_page
from thongquan.clearance.declarations.views.drafting import tell_cleared


@page
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What one may begin from."""
    actor = trader_of_page(request)
    chosen = chosen_enterprise(request, actor)
    context = {
        "rows": templates_of(actor, now(), enterprise=chosen),
        "switcher": switcher(request, actor, chosen),
        "is_trader": True,
    }
    return render(request, "declarations/templates.html", context)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, template_id: int) -> HttpResponse:
    """A template; sent, it starts a draft."""
    actor = trader_of_page(request)
    row, content = template_of(actor=actor, template_id=template_id, at=now())
    if request.method != "POST":
        context = {"row": row, "lines": content.get("lines", []), "max_name": MOST_NAME}
        return render(request, "declarations/template.html", context)
    started = start_from_template(
        actor=actor,
        template_id=template_id,
        at=now(),
        quantities="quantities" in request.POST,
        prices="prices" in request.POST,
    )
    tell_cleared(request, started.again)
    return redirect("declarations:draft", started.draft.pk)


@page
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep a lodged declaration or a draft of one's own as a template."""
    actor = trader_of_page(request)
    number, draft = request.POST.get("number", ""), request.POST.get("draft", "")
    draft_id = int(draft) if draft.isdecimal() and len(draft) < 18 else 0
    content = content_of_source(actor=actor, number=number, draft_id=draft_id)
    try:
        made = save_template(
            actor=actor,
            name=request.POST.get("name", ""),
            content=content,
            shared="shared" in request.POST,
            at=now(),
        )
    except Refused as refusal:
        tell_refusal(request, refusal)
        return redirect("declarations:file", number) if number else redirect("declarations:draft", draft_id)
    messages.success(request, _("The template is saved."))
    return redirect("declarations:template_page", made)


@page
@require_POST
def change(request: HttpRequest, template_id: int) -> HttpResponse:
    """Rename, share, no longer share, or delete one's own template."""
    actor, act = trader_of_page(request), request.POST.get("act", "")
    try:
        if act == "delete":
            delete_template(actor=actor, template_id=template_id)
            messages.info(request, _("The template was deleted."))
            return redirect("declarations:templates")
        if act in ("share", "keep"):
            share_template(actor=actor, template_id=template_id, shared=act == "share", at=now())
        else:
            rename_template(actor=actor, template_id=template_id, name=request.POST.get("name", ""))
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("declarations:template_page", template_id)
