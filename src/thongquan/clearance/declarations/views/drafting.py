"""Drafts and the form: start, write, save as typed, check, throw away; lodging is `lodging`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongquan.base.accounts.queries import Actor, enterprise_names
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.clearance.declarations.fieldpaths import field_name
from thongquan.clearance.declarations.formats.again import Anew
from thongquan.clearance.declarations.formats.content import Content, content_from, document_of
from thongquan.clearance.declarations.formats.grafting import grafted
from thongquan.clearance.declarations.forms import changed_rows, form_of, posted_content, told_faults_of
from thongquan.clearance.declarations.goods_told import goods_faults
from thongquan.clearance.declarations.labels import PURPOSES
from thongquan.clearance.declarations.models import Draft
from thongquan.clearance.declarations.operations import (
    decide_declaration,
    discard_draft,
    save_draft,
    start_draft,
)
from thongquan.clearance.declarations.operations.changing import STEP_OF, decide_change
from thongquan.clearance.declarations.operations.templates import content_of_source, start_again
from thongquan.clearance.declarations.queries import declaration_file, draft_of, drafts_of, instructions_of
from thongquan.clearance.declarations.queries.incomplete import lodges_incomplete, may_be_left_out
from thongquan.clearance.declarations.queries.templates import templates_of
from thongquan.clearance.declarations.views.chosen import chosen_enterprise
from thongquan.clearance.declarations.views.common import (
    drafter_of_page,
    fragment,
    language_now,
    trader_of_page,
)
from thongquan.clearance.declarations.views.tried import tried
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

MAX_REASON = 2000
SHOWN_TEMPLATES = 8


@page
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin: import or export, from nothing or from an earlier declaration; the draft exists from then on."""
    actor = trader_of_page(request)
    if request.method != "POST":
        recent = list(drafts_of(actor.user_id or 0)[:5])
        context = {
            "enterprises": enterprise_names(actor.enterprises),
            "chosen": chosen_enterprise(request, actor),
            "drafts": recent,
            "templates": templates_of(actor, now(), enterprise=chosen_enterprise(request, actor))[:SHOWN_TEMPLATES],
        }
        return render(request, "declarations/new.html", context)
    if number := request.POST.get("copy", ""):
        content = content_of_source(actor=actor, number=number)
        started = start_again(actor=actor, content=content, at=now())
        tell_cleared(request, started.again)
        return redirect("declarations:draft", started.draft.pk)
    draft = start_draft(actor=actor, content=_beginning(request, actor).stored(), at=now())
    return redirect("declarations:draft", draft.pk)


def tell_cleared(request: HttpRequest, again: Anew) -> None:
    """Say which fields of the earlier declaration were cleared, to be filled in anew."""
    names = list(dict.fromkeys(str(label) for label in again.labels))
    if names:
        messages.info(request, _("Cleared, to be filled in anew: %(fields)s.") % {"fields": ", ".join(names)})


def _beginning(request: HttpRequest, actor: Actor) -> Content:
    flow = "export" if request.POST.get("flow") == "export" else "import"
    return Content(flow, _known_parties(request.POST.get("trader", ""), actor), [])


def _known_parties(chosen: str, actor: Actor) -> dict[str, str]:
    """The trader when it is clear which one; a broker also stands as the agent."""
    codes = sorted(actor.enterprises)
    code = chosen if chosen in actor.enterprises else codes[0] if len(codes) == 1 else ""
    fields = {"trader.tax_code": code} if code else {}
    if code:
        fields["trader.name"] = enterprise_names([code]).get(code, "")
    if actor.organization_kind == "broker":
        fields["agent.name"] = actor.organization
    return fields


@page
@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    """Declarations being written, latest first."""
    actor = trader_of_page(request)
    return render(request, "declarations/drafts.html", {"drafts": list(drafts_of(actor.user_id or 0)[:200])})


@page
@never_cache
@require_GET
def draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The form of a draft."""
    actor = drafter_of_page(request)
    kept = draft_of(actor=actor, draft_id=draft_id)
    if kept.lodged_number:
        return redirect("declarations:file", kept.lodged_number)
    return form_page(request, kept, content_from(kept.content), kept.saved_at)


@never_cache
@require_POST
def save(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Keep what was typed. A session that ended is answered 401 when a script asks, so that it keeps its own copy."""
    if request.headers.get("HX-Request") and not request.user.is_authenticated:
        return HttpResponse(status=401)
    return _save(request, draft_id=draft_id)


@page
def _save(request: HttpRequest, draft_id: int) -> HttpResponse:
    actor, at = drafter_of_page(request), now()
    content = posted(request, actor, draft_id)
    action = request.POST.get("rows", "")
    content = changed_rows(content, action)
    stored = stored_with(content, reason_of(request))
    save_draft(actor=actor, draft_id=draft_id, content=stored, title=title_of(content), at=at)
    if request.headers.get("HX-Request"):
        return fragment(request, "declarations/_saved.html", {"at": at})
    return HttpResponseRedirect(reverse("declarations:draft", args=[draft_id]) + ("#lines" if action else ""))


@page
@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Validity and duties of the draft as it stands; never channel or risk. Only the draft is kept."""
    if request.method != "POST":
        return redirect("declarations:draft", draft_id)
    actor, at = drafter_of_page(request), now()
    content = posted(request, actor, draft_id)
    stored = stored_with(content, reason_of(request))
    kept = save_draft(actor=actor, draft_id=draft_id, content=stored, title=title_of(content), at=at)
    faults, outcome = _decided(actor, kept, content, at)
    if request.headers.get("HX-Request"):
        context = {"faults": told_faults_of(content, faults), "tried": outcome}
        return fragment(request, "declarations/_checked.html", context)
    return form_page(request, kept, content, at, faults=faults, checked=True, outcome=outcome)


def _decided(actor: Actor, kept: Draft, content: Content, at: datetime) -> tuple[Iterable[Fault], object]:
    try:
        if kept.purpose in STEP_OF:
            document = grafted(declaration_file(actor=actor, number=kept.amends).document, content)
            decision = decide_change(actor=actor, number=kept.amends, purpose=kept.purpose, document=document, at=at)
        else:
            document = document_of(content)
            decision = decide_declaration(actor=actor, document=document, at=at)
    except Refused as refused:
        return refused.faults, None
    goods = goods_faults(actor=actor, document=document, on=timezone.localdate(at), apart_from=kept.amends)
    return [*decision.faults, *goods], tried(document, decision) if decision.accepted else None


@page
@require_POST
def discard(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Throw a draft away."""
    discard_draft(actor=drafter_of_page(request), draft_id=draft_id)
    messages.info(request, _("The draft was deleted."))
    return redirect("declarations:drafts")


def posted(request: HttpRequest, actor: Actor, draft_id: int) -> Content:
    """What the form says now; the flow is the draft's. Raises `NotFound` for another person's draft."""
    flow = content_from(draft_of(actor=actor, draft_id=draft_id).content).flow
    return posted_content(request.POST, flow=flow, language=request.POST.get("language") or language_now())


def reason_of(request: HttpRequest) -> str:
    """Why a change is made, as typed."""
    return (request.POST.get("reason") or "")[:MAX_REASON].strip()


def stored_with(content: Content, reason: str) -> dict[str, object]:
    """What a draft keeps: the form and the reason of the change."""
    return {**content.stored(), "reason": reason} if reason else content.stored()


def kept_url(kept: Draft) -> str:
    """Where a draft is written."""
    return reverse("declarations:draft", args=[kept.pk])


def title_of(content: Content) -> str:
    """What a draft is called in lists: invoice and partner, as far as they are there."""
    named = [content.fields.get(key, "") for key in ("invoice.number", "counterpart.name", "own_reference")]
    return " · ".join(text for text in named if text)[:200]


def form_page(
    request: HttpRequest,
    kept: Draft,
    content: Content,
    saved_at: datetime,
    *,
    faults: Iterable[Fault] = (),
    checked: bool = False,
    outcome: object = None,
    status: int = 200,
) -> HttpResponse:
    """The form of a draft; a change also shows what customs asks to correct, each at its field with its example."""
    language = language_now()
    asked = [] if checked else asked_faults(kept)
    context: dict[str, Any] = {
        "draft_id": kept.pk,
        "form": form_of(content, language=language, faults=[*asked, *faults]),
        "title": title_of(content),
        "saved_at": saved_at,
        "language": language,
        "checked": checked or bool(asked),
        "tried": outcome,
        "person": request.user.pk,
        "kept": kept,
        "purpose": PURPOSES.get(kept.purpose),
        "reason": reason_of(request) or kept.content.get("reason", ""),
        "may_wait": _may_wait(kept, content),
        "may_split": any(fault.code == Code.TQ_DEC_005 for fault in faults),
    }
    return render(request, "declarations/draft.html", context, status=status)


def _may_wait(kept: Draft, content: Content) -> list[str]:
    """Names of the fields that may be filled in later; empty unless a priority enterprise lodges."""
    at = now()
    if kept.purpose != "lodge" or not lodges_incomplete(content.fields.get("trader.tax_code", ""), at):
        return []
    return [field_name(path) for path in may_be_left_out(at)]


def asked_faults(kept: Draft) -> list[Fault]:
    """What customs asks to correct, as faults of the fields."""
    if kept.purpose != "amend":
        return []
    return [
        Fault(
            code=Code.TQ_LIF_016, path=one.path, values={"words": one.words, "example": one.example, "field": one.path}
        )
        for one in instructions_of(kept.amends)
    ]
